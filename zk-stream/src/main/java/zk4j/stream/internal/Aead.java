package zk4j.stream.internal;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES-256-GCM (NIST SP 800-38D) with a random nonce of 96 bits before the ciphertext. */
public final class Aead {
  /** Bytes of a key. */
  public static final int KEY_BYTES = 32;

  /** Bytes that a ciphertext has more than its plaintext. */
  public static final int OVERHEAD = 12 + 16;

  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private Aead() {}

  /** Nonce, ciphertext and tag. No key may be used for more than 2^32 of them. */
  public static byte[] seal(byte[] key, byte[] plaintext, byte[] associated, SecureRandom random) {
    byte[] nonce = new byte[NONCE_BYTES];
    random.nextBytes(nonce);
    try {
      byte[] result = Arrays.copyOf(nonce, plaintext.length + OVERHEAD);
      cipher(Cipher.ENCRYPT_MODE, key, nonce, associated)
          .doFinal(plaintext, 0, plaintext.length, result, NONCE_BYTES);
      return result;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without AES-256-GCM", e);
    }
  }

  /**
   * The plaintext.
   *
   * @throws AEADBadTagException if the key, the ciphertext or what belongs to it is another
   */
  public static byte[] open(byte[] key, byte[] sealed, byte[] associated)
      throws AEADBadTagException {
    if (sealed.length < OVERHEAD) {
      throw new AEADBadTagException("a ciphertext of " + sealed.length + " bytes");
    }
    try {
      byte[] nonce = Arrays.copyOf(sealed, NONCE_BYTES);
      return cipher(Cipher.DECRYPT_MODE, key, nonce, associated)
          .doFinal(sealed, NONCE_BYTES, sealed.length - NONCE_BYTES);
    } catch (AEADBadTagException e) {
      throw e;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("a JDK without AES-256-GCM", e);
    }
  }

  private static Cipher cipher(int mode, byte[] key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, new SecretKeySpec(key, "AES"), new GCMParameterSpec(TAG_BITS, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }
}
