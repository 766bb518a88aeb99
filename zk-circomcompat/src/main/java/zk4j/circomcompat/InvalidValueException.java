package zk4j.circomcompat;

import java.io.IOException;
import java.io.Serial;
import zk4j.core.MalformedDataException;

/**
 * A proof, public signals or a witness of the right shape with a value that no valid one has: a
 * coordinate or signal that is not below its field's modulus, a point off the curve or outside the
 * subgroup, a witness whose wire 0 is not 1. Such data is invalid, where what throws {@link
 * MalformedDataException} is not such data at all.
 */
public final class InvalidValueException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final MalformedDataException found;

  /**
   * @param found what was found, and where
   */
  InvalidValueException(MalformedDataException found) {
    super(found.getMessage(), found);
    this.found = found;
  }

  MalformedDataException found() {
    return found;
  }
}
