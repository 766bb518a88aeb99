package zk4j.stream.ledger;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Arrays;
import java.util.Base64;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zk4j.core.MalformedDataException;

/**
 * What a ledger was at some time, signed: whoever keeps one can tell whether the ledger has only
 * grown since. Its text is a checkpoint as transparency logs have them (C2SP, {@code
 * tlog-checkpoint}): a note that is signed by Ed25519 (C2SP, {@code signed-note}). Immutable.
 */
public final class Checkpoint {
  private static final int MAX_CHARACTERS = 1000;
  private static final int RAW_KEY_BYTES = 32;
  private static final int KEY_ID_BYTES = 4;
  private static final int SIGNATURE_BYTES = 64;
  private static final byte ED25519 = 1;

  private static final Pattern NOTE =
      Pattern.compile(
          "(([^\\s+]{1,200})\n(0|[1-9][0-9]{0,9})\n([A-Za-z0-9+/]{43}=)\n)"
              + "\n\u2014 ([^\\s+]{1,200}) ([A-Za-z0-9+/]{91}=)\n");

  private final String text;
  private final String origin;
  private final int size;
  private final byte[] root;

  private Checkpoint(String text, String origin, int size, byte[] root) {
    this.text = text;
    this.origin = origin;
    this.size = size;
    this.root = root;
  }

  static Checkpoint sign(String origin, int size, byte[] root, KeyPair key) {
    String body = "%s\n%d\n%s\n".formatted(origin, size, Base64.getEncoder().encodeToString(root));
    try {
      Signature signer = Signature.getInstance("Ed25519");
      signer.initSign(key.getPrivate());
      signer.update(body.getBytes(UTF_8));
      ByteBuffer signature = ByteBuffer.allocate(KEY_ID_BYTES + SIGNATURE_BYTES);
      signature.put(keyId(origin, key.getPublic())).put(signer.sign());
      String encoded = Base64.getEncoder().encodeToString(signature.array());
      String text = body + "\n\u2014 " + origin + " " + encoded + "\n";
      return new Checkpoint(text, origin, size, root.clone());
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("a key that is none of Ed25519", e);
    }
  }

  /** The first bytes of the SHA-256 of name, algorithm and key, as notes have them. */
  private static byte[] keyId(String name, PublicKey key) throws GeneralSecurityException {
    byte[] encoded = key.getEncoded();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    digest.update((name + "\n").getBytes(UTF_8));
    digest.update(ED25519);
    digest.update(encoded, encoded.length - RAW_KEY_BYTES, RAW_KEY_BYTES);
    return Arrays.copyOf(digest.digest(), KEY_ID_BYTES);
  }

  /**
   * Reads a checkpoint that somebody has kept.
   *
   * @param key of the ledger, Ed25519
   * @throws MalformedDataException if the text is no checkpoint, or not signed by that key
   */
  public static Checkpoint parse(String text, PublicKey key) throws MalformedDataException {
    Matcher note = NOTE.matcher(text.length() > MAX_CHARACTERS ? "" : text);
    if (!note.matches() || !note.group(2).equals(note.group(5))) {
      throw malformed("no text of an origin, a size, a root and one signature");
    }
    long size = Long.parseLong(note.group(3));
    byte[] signature = Base64.getDecoder().decode(note.group(6));
    try {
      Signature verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(note.group(1).getBytes(UTF_8));
      byte[] id = Arrays.copyOf(signature, KEY_ID_BYTES);
      // Base64 has several texts for the same bytes, of which only one is a checkpoint's.
      boolean canonical = Base64.getEncoder().encodeToString(signature).equals(note.group(6));
      if (size > Integer.MAX_VALUE
          || !canonical
          || !Arrays.equals(id, keyId(note.group(2), key))
          || !verifier.verify(signature, KEY_ID_BYTES, SIGNATURE_BYTES)) {
        throw malformed("not signed by the ledger's key");
      }
    } catch (GeneralSecurityException e) {
      throw malformed("not signed by the ledger's key: " + e.getMessage());
    }
    return new Checkpoint(
        text, note.group(2), (int) size, Base64.getDecoder().decode(note.group(4)));
  }

  private static MalformedDataException malformed(String problem) {
    return new MalformedDataException("checkpoint", null, -1, problem);
  }

  /** The ledger's name. */
  public String origin() {
    return origin;
  }

  /** How many entries it had. */
  public int size() {
    return size;
  }

  /** The root of its tree. */
  public byte[] root() {
    return root.clone();
  }

  /** The text, to be kept by others. */
  public String text() {
    return text;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Checkpoint that && text.equals(that.text);
  }

  @Override
  public int hashCode() {
    return text.hashCode();
  }

  @Override
  public String toString() {
    return text;
  }
}
