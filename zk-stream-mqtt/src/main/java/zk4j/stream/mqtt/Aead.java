package zk4j.stream.mqtt;

import java.security.GeneralSecurityException;
import java.util.Optional;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;

/** AES-256-GCM with tags of 16 bytes. */
final class Aead {
  static final int NONCE = 12;
  static final int TAG = 16;

  private Aead() {}

  private static Cipher cipher(int mode, SecretKey key, byte[] nonce, byte[] associated)
      throws GeneralSecurityException {
    Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
    cipher.init(mode, key, new GCMParameterSpec(8 * TAG, nonce));
    cipher.updateAAD(associated);
    return cipher;
  }

  /** The ciphertext, and the tag behind it. */
  static byte[] encrypt(SecretKey key, byte[] nonce, byte[] associated, byte[] plain) {
    try {
      return cipher(Cipher.ENCRYPT_MODE, key, nonce, associated).doFinal(plain);
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // every JDK has it, and it takes any text of such a length
    }
  }

  /** The plaintext of the bytes from an offset on, unless their tag is wrong. */
  static Optional<byte[]> decrypt(
      SecretKey key, byte[] nonce, byte[] associated, byte[] bytes, int offset) {
    try {
      Cipher cipher = cipher(Cipher.DECRYPT_MODE, key, nonce, associated);
      return Optional.of(cipher.doFinal(bytes, offset, bytes.length - offset));
    } catch (AEADBadTagException e) {
      return Optional.empty();
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e); // as above
    }
  }
}
