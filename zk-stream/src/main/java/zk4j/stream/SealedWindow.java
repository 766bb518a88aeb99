package zk4j.stream;

import zk4j.bn254.Fr;
import zk4j.core.VerificationResult;
import zk4j.eddsa.EddsaSignature;

/**
 * A window as its device hands it over: readings, salt, and the signed header. Secret: destroy the
 * salt, and nobody can open the commitment again, though what was proven stays so.
 *
 * @param window the readings
 * @param salt of the commitment
 * @param header what was signed
 * @param signature of the header's hash by its device
 */
public record SealedWindow(Window window, Fr salt, WindowHeader header, EddsaSignature signature) {
  /** Whether the header is that of these readings, and signed by its device. */
  public VerificationResult check() {
    if (!header.format().equals(window.format()) || !header.start().equals(window.start())) {
      return VerificationResult.invalid("the header is that of another window: " + header.start());
    }
    if (header.present() != window.present()) {
      return VerificationResult.invalid(
          "the header says " + header.present() + " readings of " + window.present());
    }
    if (!header.commitment().equals(window.commitment(salt))) {
      return VerificationResult.invalid("the commitment is to other readings or has another salt");
    }
    if (!header.device().verify(header.hash(), signature)) {
      return VerificationResult.invalid("the signature is not the device's");
    }
    return VerificationResult.VALID;
  }

  /** Which window; readings and salt are secret. */
  @Override
  public String toString() {
    return "sealed " + window;
  }
}
