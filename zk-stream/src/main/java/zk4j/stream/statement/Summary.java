package zk4j.stream.statement;

import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.circuit.Bounded;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.poseidon.Poseidon;
import zk4j.stream.Tag;
import zk4j.stream.Window;
import zk4j.stream.WindowHeader;

/**
 * What a window's circuit and a day's hide in one commitment, so that the day's need not open the
 * window. As secret as the window.
 *
 * @param window whose summary it is
 * @param audience who is to be convinced
 * @param low the least reading in range
 * @param high the largest one
 * @param salt uniform in the field, for this summary alone
 */
record Summary(EnrolledWindow window, Fr audience, int low, int high, Fr salt) {
  private Window slots() {
    return window.sealed().window();
  }

  private IntStream readings() {
    return IntStream.range(0, slots().format().slots())
        .filter(slots()::isPresent)
        .map(slots()::reading);
  }

  WindowHeader header() {
    return window.sealed().header();
  }

  long present() {
    return slots().present();
  }

  long inRange() {
    return readings().filter(reading -> reading >= low && reading <= high).count();
  }

  long sum() {
    return readings().asLongStream().sum();
  }

  Fr commitment() {
    return Poseidon.hash(
        Tag.SUMMARY,
        header().hash(),
        header().previous(),
        header().subject(),
        Fr.of(header().start().toEpochMilli()),
        audience,
        window.device().root(),
        Fr.of(low),
        Fr.of(high),
        Fr.of(present()),
        Fr.of(inRange()),
        Fr.of(sum()),
        salt);
  }

  /** What the summaries of a day have in common, in a circuit. */
  record Common(Signal subject, Signal audience, Signal enrolment, Bounded low, Bounded high) {}

  /** As {@link #commitment}, in a circuit. */
  static Signal commitment(
      CircuitBuilder c,
      Common common,
      Signal header,
      Signal previous,
      Signal start,
      Totals totals,
      Signal salt) {
    return PoseidonCircuit.hash(
        c,
        c.constant(Tag.SUMMARY),
        header,
        previous,
        common.subject,
        start,
        common.audience,
        common.enrolment,
        common.low,
        common.high,
        totals.present(),
        totals.inRange(),
        totals.sum(),
        salt);
  }
}
