package zk4j.cli;

import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import zk4j.circomcompat.InvalidValueException;
import zk4j.circomcompat.witness.WitnessCalculationException;
import zk4j.circomcompat.witness.WitnessCalculationException.Reason;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.UnsatisfiedConstraintException;

/** What the process returns, and what it says, for each kind of failure. */
final class ExitCodes {
  /** Done, or valid. */
  static final int OK = 0;

  /** A well-shaped proof, signals or witness that does not hold. */
  static final int INVALID = 1;

  /** Wrong usage, a file that is unreadable or of the wrong shape, a refused key. */
  static final int ERROR = 2;

  private ExitCodes() {}

  static int of(Throwable failure) {
    if (failure instanceof CommandException ended) {
      return ended.exitCode();
    }
    boolean invalid =
        failure instanceof InvalidValueException
            || failure instanceof UnsatisfiedConstraintException
            || failure instanceof ProvingException
            || (failure instanceof WitnessCalculationException calculation
                && calculation.reason() == Reason.ASSERTION_FAILED);
    return invalid ? INVALID : ERROR;
  }

  static String message(Throwable failure) {
    if (failure instanceof NoSuchFileException missing) {
      return missing.getFile() + ": no such file";
    }
    if (failure instanceof FileAlreadyExistsException existing) {
      return existing.getFile() + ": already exists";
    }
    if (failure instanceof AccessDeniedException denied) {
      return denied.getFile() + ": permission denied";
    }
    if (failure instanceof FileSystemException file && file.getReason() != null) {
      return file.getFile() + ": " + file.getReason();
    }
    if (failure instanceof OutOfMemoryError) {
      return "out of memory: the Java heap is limited to "
          + Runtime.getRuntime().maxMemory() / (1 << 20)
          + " MiB; JDK_JAVA_OPTIONS=-Xmx... raises that";
    }
    String message = failure.getMessage();
    boolean ours =
        failure instanceof CommandException || failure.getClass().getName().startsWith("zk4j.");
    return ours && message != null ? message : failure.toString();
  }
}
