package zk4j.eddsa;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import javax.security.auth.Destroyable;
import zk4j.babyjubjub.Point;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.eddsa.internal.Scalars;

/**
 * A secret key of EdDSA-Poseidon: a scalar k below {@link Point#ORDER}, whose public key is k B8,
 * and 64 bytes that nonces come from. Its signatures are circomlib's: S = r + 8 h k mod l, R8 = r
 * B8.
 *
 * <ul>
 *   <li>From a seed, k is HMAC-SHA512 of the seed with the key {@code zk4j.eddsa.v1.scalar}, as a
 *       little-endian number modulo l, and the nonces' secret is HMAC-SHA512 of the seed with the
 *       key {@code zk4j.eddsa.v1.nonce}, all in ASCII. circomlibjs derives both with Blake-512
 *       instead, so that the same seed is another key there; {@link #ofScalar} takes a scalar from
 *       there.
 *   <li>A nonce r is HMAC-SHA512, with the nonces' secret as its key, of the coordinates of the
 *       public key and the message, 32 little-endian bytes each, as a little-endian number modulo
 *       l. So the same message has the same signature, and no source of randomness can fail.
 * </ul>
 *
 * <p>Making keys and signing takes time that depends on the public key, the message and the
 * signature alone, as far as a JVM allows. Thread-safe; {@link #close} overwrites the secrets.
 */
public final class SigningKey implements AutoCloseable, Destroyable {
  /** Bytes of a seed, and of a scalar. */
  public static final int BYTES = 32;

  private static final String SCALAR = "zk4j.eddsa.v1.scalar";
  private static final String NONCE = "zk4j.eddsa.v1.nonce";

  /** k, little-endian. */
  private final byte[] scalar;

  private final byte[] nonceSecret;
  private final EddsaPublicKey publicKey;
  private boolean destroyed;

  private SigningKey(byte[] scalar, byte[] nonceSecret) {
    this.scalar = scalar;
    this.nonceSecret = nonceSecret;
    this.publicKey = EddsaPublicKey.unchecked(Point.base8TimesSecret(scalar));
  }

  /** A new key. */
  public static SigningKey generate(SecureRandom random) {
    byte[] seed = new byte[BYTES];
    random.nextBytes(seed);
    try {
      return ofSeed(seed);
    } finally {
      Arrays.fill(seed, (byte) 0);
    }
  }

  /**
   * The key of a seed.
   *
   * @param seed 32 bytes that nobody can guess; they are not kept
   * @throws IllegalArgumentException if there are more or fewer
   */
  public static SigningKey ofSeed(byte[] seed) {
    if (seed.length != BYTES) {
      throw new IllegalArgumentException("a seed has " + BYTES + " bytes, not " + seed.length);
    }
    byte[] wide = hmac(SCALAR.getBytes(StandardCharsets.US_ASCII), seed);
    byte[] scalar = Scalars.reduce(wide);
    Arrays.fill(wide, (byte) 0);
    if (!Scalars.isInRange(scalar)) { // which has the probability 1/l
      throw new IllegalArgumentException("the seed gives the scalar 0");
    }
    return new SigningKey(scalar, hmac(NONCE.getBytes(StandardCharsets.US_ASCII), seed));
  }

  /**
   * The key with a scalar k that was made elsewhere, such as circomlibjs's pruned hash of a private
   * key divided by 8, modulo l. The nonces' secret is HMAC-SHA512 of k, little-endian, with the key
   * {@code zk4j.eddsa.v1.nonce}.
   *
   * @param scalar 32 bytes, little-endian; they are copied
   * @throws IllegalArgumentException unless they are 32 bytes of a number from 1 to below {@link
   *     Point#ORDER}
   */
  public static SigningKey ofScalar(byte[] scalar) {
    if (scalar.length != BYTES || !Scalars.isInRange(scalar)) {
      // Without the value, which is secret.
      throw new IllegalArgumentException(
          "a scalar has " + BYTES + " bytes and is from 1 to below " + Point.ORDER);
    }
    return new SigningKey(scalar.clone(), hmac(NONCE.getBytes(StandardCharsets.US_ASCII), scalar));
  }

  private static byte[] hmac(byte[] key, byte[]... message) {
    try {
      Mac mac = Mac.getInstance("HmacSHA512");
      mac.init(new SecretKeySpec(key, "HmacSHA512"));
      for (byte[] part : message) {
        mac.update(part);
      }
      return mac.doFinal();
    } catch (NoSuchAlgorithmException | InvalidKeyException e) {
      throw new AssertionError(e); // every JDK has it, and it takes any key
    }
  }

  /** The public key, which outlives this one. */
  public EddsaPublicKey publicKey() {
    return publicKey;
  }

  /**
   * Signs a message.
   *
   * @param message one element; hash longer messages, such as with {@link
   *     zk4j.poseidon.PoseidonSponge}, whose domain says what is signed
   * @throws IllegalStateException if the key was destroyed
   */
  public synchronized EddsaSignature sign(Fr message) {
    if (destroyed) {
      throw new IllegalStateException("the signing key was destroyed");
    }
    Point key = publicKey.point();
    byte[] wide =
        hmac(nonceSecret, littleEndian(key.x()), littleEndian(key.y()), littleEndian(message));
    byte[] nonce = Scalars.reduce(wide);
    Point r8 = Point.base8TimesSecret(nonce);
    byte[] challenge = littleEndian(EddsaPublicKey.challenge(r8, key, message));
    byte[] s = Scalars.addEightfoldProduct(nonce, challenge, scalar);
    Arrays.fill(wide, (byte) 0);
    Arrays.fill(nonce, (byte) 0);
    return EddsaSignature.of(r8, EddsaSignature.number(s));
  }

  private static byte[] littleEndian(Fr element) {
    return element.encode(FieldEncoding.LITTLE_ENDIAN);
  }

  /** Overwrites the secrets; the key cannot sign any more. */
  @Override
  public synchronized void destroy() {
    destroyed = true;
    Arrays.fill(scalar, (byte) 0);
    Arrays.fill(nonceSecret, (byte) 0);
  }

  @Override
  public synchronized boolean isDestroyed() {
    return destroyed;
  }

  /** Does what {@link #destroy} does. */
  @Override
  public void close() {
    destroy();
  }

  /** The public key. */
  @Override
  public String toString() {
    return "signing key of " + publicKey;
  }
}
