package zk4j.stream.statement;

import zk4j.bn254.Fr;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;

/**
 * The summary of a window that an enrolled device has signed, as a circuit: its only public signal
 * is {@code summary}, a commitment to how many readings there are, how many of them are in a range,
 * and their sum. It hides them, and which window they are of; {@link DayCircuit} opens it.
 *
 * @param format of the window
 */
public record SummaryCircuit(WindowFormat format) implements Circuit {
  @Override
  public void define(CircuitBuilder c) {
    int bits = format.channel().bits();
    Signal start = c.input("start");
    Summary.Common common =
        new Summary.Common(
            c.input("subject"),
            c.input("audience"),
            c.input("enrolment"),
            c.input("low", bits),
            c.input("high", bits));
    SignedWindow window =
        c.in(
            "window",
            () -> SignedWindow.open(c, format, "", start, common.subject(), common.enrolment()));
    Totals totals = Statements.totals(c, window.open(), common.low(), common.high());
    c.output(
        "summary",
        Summary.commitment(
            c, common, window.header(), window.previous(), start, totals, c.input("summarySalt")));
  }

  /**
   * The inputs for a window.
   *
   * @param audience who is to be convinced
   * @param low the least reading in range
   * @param high the largest one
   * @param salt uniform in the field, for this proof alone
   * @throws IllegalArgumentException if the window has another format
   */
  public Inputs inputs(EnrolledWindow window, Fr audience, int low, int high, Fr salt) {
    Window slots = window.sealed().window();
    if (!slots.format().equals(format)) {
      throw new IllegalArgumentException(slots + " for a circuit of " + format);
    }
    Inputs inputs =
        Inputs.of("start", slots.start().toEpochMilli())
            .and("subject", window.sealed().header().subject())
            .and("audience", audience)
            .and("enrolment", window.device().root())
            .and("low", low)
            .and("high", high)
            .and("summarySalt", salt);
    return SignedWindow.inputs(inputs, "", window);
  }
}
