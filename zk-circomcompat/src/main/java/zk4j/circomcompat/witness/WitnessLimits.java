package zk4j.circomcompat.witness;

import java.time.Duration;

/**
 * What a circuit's WebAssembly may use for one witness. A calculation that goes beyond ends with a
 * {@link WitnessCalculationException}.
 *
 * @param memoryPages pages of 64 KiB, 1..32767 (just below 2 GiB, the most that an instance can
 *     have). They are taken from the Java heap, of which an instance gets half at most. circom's
 *     code takes about 40 bytes a signal
 * @param timeout from the beginning of a calculation; more than nothing and at most 365 days
 */
public record WitnessLimits(int memoryPages, Duration timeout) {
  /** The most pages that can be allowed. */
  public static final int MAX_MEMORY_PAGES = 32767;

  private static final Duration MAX_TIMEOUT = Duration.ofDays(365);

  /** Checks the ranges. */
  public WitnessLimits {
    if (memoryPages < 1 || memoryPages > MAX_MEMORY_PAGES) {
      throw new IllegalArgumentException(
          "memoryPages must be from 1 to " + MAX_MEMORY_PAGES + ", not " + memoryPages);
    }
    if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(MAX_TIMEOUT) > 0) {
      throw new IllegalArgumentException(
          "timeout must be more than 0 and at most " + MAX_TIMEOUT + ", not " + timeout);
    }
  }

  /** 1 GiB and five minutes. */
  public static WitnessLimits defaults() {
    return new WitnessLimits(1 << 14, Duration.ofMinutes(5));
  }

  /** These limits with another number of pages. */
  public WitnessLimits withMemoryPages(int pages) {
    return new WitnessLimits(pages, timeout);
  }

  /** These limits with another timeout. */
  public WitnessLimits withTimeout(Duration newTimeout) {
    return new WitnessLimits(memoryPages, newTimeout);
  }
}
