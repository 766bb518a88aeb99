package zk4j.stream.statement;

import java.util.List;
import java.util.stream.IntStream;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.stream.WindowFormat;

/**
 * The slots of a window in a circuit that has opened its commitment.
 *
 * @param format what the readings mean
 * @param readings for each slot, of the format's bits; whatever they are where none is present
 * @param present for each slot, whether it has a reading
 */
public record OpenWindow(WindowFormat format, List<Bounded> readings, List<Bool> present) {
  /** Bits of a number of slots. */
  static final int COUNT_BITS = 17;

  /**
   * A window.
   *
   * @throws IllegalArgumentException unless there is a reading and a bit for each slot
   */
  public OpenWindow {
    readings = List.copyOf(readings);
    present = List.copyOf(present);
    if (readings.size() != format.slots() || present.size() != format.slots()) {
      throw new IllegalArgumentException(
          readings.size() + " readings, " + present.size() + " bits, " + format.slots() + " slots");
    }
  }

  /** The numbers of the slots. */
  IntStream slots() {
    return IntStream.range(0, format.slots());
  }
}
