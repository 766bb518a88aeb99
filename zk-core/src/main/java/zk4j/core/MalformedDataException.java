package zk4j.core;

import java.io.IOException;
import java.io.Serial;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Bytes or text from outside that are not what they claim to be. The message names the source
 * (usually a file), the section of it, the offset within that section, and the value at fault.
 */
public final class MalformedDataException extends IOException {
  @Serial private static final long serialVersionUID = 1;

  private final String source;
  private final @Nullable String section;
  private final long offset;
  private final String problem;

  /**
   * Names the place and the problem.
   *
   * @param source where the data came from, such as a file's path
   * @param section the part of the source, or null where it has no parts
   * @param offset bytes from the beginning of the section (of the source where there is none), or
   *     -1 where an offset means nothing
   * @param problem what is wrong, with the value found
   */
  public MalformedDataException(
      String source, @Nullable String section, long offset, String problem) {
    this(source, section, offset, problem, null);
  }

  /** As the other constructor, with the exception that revealed the fault. */
  public MalformedDataException(
      String source,
      @Nullable String section,
      long offset,
      String problem,
      @Nullable Throwable cause) {
    super(describe(source, section, offset, problem), cause);
    this.source = source;
    this.section = section;
    this.offset = offset;
    this.problem = problem;
  }

  private static String describe(
      String source, @Nullable String section, long offset, String problem) {
    StringBuilder text = new StringBuilder(source);
    if (section != null) {
      text.append(", ").append(section);
    }
    if (offset >= 0) {
      text.append(", byte ").append(offset);
    }
    return text.append(": ").append(problem).toString();
  }

  /** Where the data came from. */
  public String source() {
    return source;
  }

  /** The part of the source at fault. */
  public Optional<String> section() {
    return Optional.ofNullable(section);
  }

  /** Bytes from the beginning of the section. */
  public OptionalLong offset() {
    return offset < 0 ? OptionalLong.empty() : OptionalLong.of(offset);
  }

  /** What is wrong, without the place. */
  public String problem() {
    return problem;
  }
}
