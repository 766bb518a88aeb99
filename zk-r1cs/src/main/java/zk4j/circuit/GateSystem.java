package zk4j.circuit;

import java.math.BigInteger;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.r1cs.Witness;

/**
 * A circuit as rows of gates with a lookup each. A row i has cells a, b and c, which are of wires
 * or of none, and an accumulator d that is the system's own. It requires
 *
 * <pre>qm a b + ql a + qr b + qo c + qd d + qc = d of row i + 1 if the gate carries, else 0
 * b = a^2 and c = a b^2                   if it raises
 * 2^shift a is in 0..2^tableBits - 1      if it looks up</pre>
 *
 * <p>and that the cells of a wire are equal. The first rows are the public signals': a is the
 * signal and nothing is added to it, and the value that verifiers have is taken from it. So a long
 * sum is some rows of three terms each, whose sums are carried from row to row.
 *
 * <p>Immutable and thread-safe.
 */
public final class GateSystem {
  /** What a cell is of that is of no wire. */
  public static final int NONE = -1;

  /** The shift of a gate that looks nothing up. */
  public static final int NO_LOOKUP = -1;

  /** The most bits of a table's numbers. */
  public static final int MAX_TABLE_BITS = 20;

  /**
   * A row.
   *
   * @param a the wire of the first cell; {@code b} and {@code c} alike; {@link #NONE} if of none
   * @param qm the factor of ab
   * @param ql the factor of a
   * @param qr the factor of b
   * @param qo the factor of c
   * @param qd the factor of d
   * @param qc the constant
   * @param carries whether the sum is the next row's d
   * @param raises whether b is the square of a, and c its fifth power
   * @param shift of what is looked up, or {@link #NO_LOOKUP}
   */
  public record Gate(
      int a,
      int b,
      int c,
      Fr qm,
      Fr ql,
      Fr qr,
      Fr qo,
      Fr qd,
      Fr qc,
      boolean carries,
      boolean raises,
      int shift) {
    /** The wires of a, b and c. */
    public List<Integer> wires() {
      return List.of(a, b, c);
    }

    /** What a is multiplied by before it is looked up: 0, which is in all tables, if nothing is. */
    public Fr lookupFactor() {
      return shift == NO_LOOKUP ? Fr.ZERO : Fr.of(BigInteger.ONE.shiftLeft(shift));
    }
  }

  /** What a row can fail to satisfy. */
  public enum Requirement {
    /** Its sum. */
    SUM,
    /** The square and the fifth power. */
    FIFTH_POWER,
    /** Its lookup. */
    LOOKUP,
    /** That the cells of a wire are equal. */
    COPY
  }

  /**
   * What does not hold; no values, which are secret.
   *
   * @param gate the row
   * @param requirement of it
   */
  public record Violation(int gate, Requirement requirement) {}

  private final int publicSignals;
  private final int wires;
  private final int tableBits;
  private final List<Gate> gates;

  private GateSystem(int publicSignals, int wires, int tableBits, List<Gate> gates) {
    this.publicSignals = publicSignals;
    this.wires = wires;
    this.tableBits = tableBits;
    this.gates = gates;
  }

  /**
   * The system of some gates.
   *
   * @param publicSignals how many: wires 1 to that, and the first gates
   * @param wires how many, the constant one among them, which is no cell's; no more than cells
   * @param tableBits 1..{@value #MAX_TABLE_BITS}
   * @throws IllegalArgumentException if a number is out of range, a public signal's gate is another
   *     one, a gate that raises or looks up lacks a wire, or the last gate carries
   */
  public static GateSystem of(int publicSignals, int wires, int tableBits, List<Gate> gates) {
    require(tableBits >= 1 && tableBits <= MAX_TABLE_BITS, "a table of " + tableBits + " bits");
    require(
        publicSignals >= 0 && publicSignals < wires && publicSignals <= gates.size(),
        publicSignals + " public signals of " + wires + " wires in " + gates.size() + " gates");
    require(
        wires - 1L <= 3L * gates.size(),
        wires + " wires in the cells of " + gates.size() + " gates");
    for (int i = 0; i < gates.size(); i++) {
      Gate gate = gates.get(i);
      for (int wire : gate.wires()) {
        require(
            wire == NONE || (wire > 0 && wire < wires), "gate " + i + " is of the wire " + wire);
      }
      require(
          gate.shift >= NO_LOOKUP
              && gate.shift <= tableBits
              && (gate.shift == NO_LOOKUP || gate.a != NONE),
          "gate " + i + " looks up with a shift of " + gate.shift);
      require(!gate.raises || !gate.wires().contains(NONE), "gate " + i + " raises without a wire");
      require(
          i >= publicSignals || gate.equals(ofPublicSignal(i + 1, gate.shift)),
          "gate " + i + " is not that of public signal " + (i + 1));
    }
    require(
        gates.isEmpty() || !gates.get(gates.size() - 1).carries,
        "the last gate carries, and there is no next one");
    return new GateSystem(publicSignals, wires, tableBits, List.copyOf(gates));
  }

  private static void require(boolean condition, String problem) {
    if (!condition) {
      throw new IllegalArgumentException(problem);
    }
  }

  static Gate ofPublicSignal(int wire, int shift) {
    Fr none = Fr.ZERO;
    return new Gate(wire, NONE, NONE, none, Fr.ONE, none, none, none, none, false, false, shift);
  }

  /** How many public signals a statement has. */
  public int publicSignals() {
    return publicSignals;
  }

  /** How many wires a witness has, the constant one among them. */
  public int wires() {
    return wires;
  }

  /** The table has the numbers of so many bits. */
  public int tableBits() {
    return tableBits;
  }

  /** The rows. */
  public List<Gate> gates() {
    return gates;
  }

  /** How many rows look something up. */
  public int lookups() {
    return (int) gates.stream().filter(gate -> gate.shift != NO_LOOKUP).count();
  }

  /**
   * The columns a, b, c and d of a witness; 0 in cells of no wire, and where nothing was carried.
   *
   * @throws IllegalArgumentException if the witness has another number of wires
   */
  public List<FrVector> columns(Witness witness) {
    require(witness.size() == wires, witness.size() + " wires instead of " + wires);
    List<FrVector> columns =
        List.of(
            FrVector.zeros(gates.size()),
            FrVector.zeros(gates.size()),
            FrVector.zeros(gates.size()),
            FrVector.zeros(gates.size()));
    for (int i = 0; i < gates.size(); i++) {
      Gate gate = gates.get(i);
      for (int column = 0; column < 3; column++) {
        int wire = gate.wires().get(column);
        if (wire != NONE) {
          columns.get(column).set(i, witness.get(wire));
        }
      }
      if (gate.carries) {
        columns.get(3).set(i + 1, sum(columns, i));
      }
    }
    return columns;
  }

  private Fr sum(List<FrVector> columns, int row) {
    Gate gate = gates.get(row);
    Fr a = columns.get(0).get(row);
    Fr b = columns.get(1).get(row);
    Fr sum = gate.qc;
    sum = gate.qm.isZero() ? sum : sum.plus(gate.qm.times(a).times(b));
    sum = gate.ql.isZero() ? sum : sum.plus(gate.ql.times(a));
    sum = gate.qr.isZero() ? sum : sum.plus(gate.qr.times(b));
    sum = gate.qo.isZero() ? sum : sum.plus(gate.qo.times(columns.get(2).get(row)));
    return gate.qd.isZero() ? sum : sum.plus(gate.qd.times(columns.get(3).get(row)));
  }

  /** Whether a witness satisfies all gates. */
  public boolean isSatisfied(Witness witness) {
    return violation(witness).isEmpty();
  }

  /**
   * The lowest gate that a witness does not satisfy.
   *
   * @throws IllegalArgumentException if the witness has another number of wires
   */
  public Optional<Violation> violation(Witness witness) {
    return violation(columns(witness), witness.publicSignals(publicSignals).toList());
  }

  /**
   * The lowest row of some columns that does not satisfy its gate.
   *
   * @param columns a, b, c and d, with a row for each gate and perhaps more
   * @param publics the public signals' values
   * @throws IllegalArgumentException if there are fewer rows, or another number of signals
   */
  public Optional<Violation> violation(List<FrVector> columns, List<Fr> publics) {
    require(publics.size() == publicSignals, publics.size() + " public signals");
    require(
        columns.size() == 4 && columns.stream().allMatch(c -> c.size() >= gates.size()),
        "columns of fewer than " + gates.size() + " rows");
    Fr[] values = new Fr[wires];
    for (int i = 0; i < gates.size(); i++) {
      Gate gate = gates.get(i);
      Fr expected = i < publicSignals ? publics.get(i) : Fr.ZERO;
      if (!sum(columns, i).equals(gate.carries ? columns.get(3).get(i + 1) : expected)) {
        return Optional.of(new Violation(i, Requirement.SUM));
      }
      Fr a = columns.get(0).get(i);
      Fr square = a.square();
      if (gate.raises
          && !(columns.get(1).get(i).equals(square)
              && columns.get(2).get(i).equals(square.square().times(a)))) {
        return Optional.of(new Violation(i, Requirement.FIFTH_POWER));
      }
      if (a.times(gate.lookupFactor()).toBigInteger().bitLength() > tableBits) {
        return Optional.of(new Violation(i, Requirement.LOOKUP));
      }
      for (int column = 0; column < 3; column++) {
        int wire = gate.wires().get(column);
        Fr value = columns.get(column).get(i);
        if (wire != NONE) {
          Fr before = Objects.requireNonNullElse(values[wire], value);
          if (!before.equals(value)) {
            return Optional.of(new Violation(i, Requirement.COPY));
          }
          values[wire] = value;
        }
      }
    }
    return Optional.empty();
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof GateSystem that
        && publicSignals == that.publicSignals
        && wires == that.wires
        && tableBits == that.tableBits
        && gates.equals(that.gates);
  }

  @Override
  public int hashCode() {
    return Objects.hash(publicSignals, wires, tableBits, gates);
  }

  /** The counts. */
  @Override
  public String toString() {
    return "%d gates, %d lookups of %d bits, %d wires, %d public signals"
        .formatted(gates.size(), lookups(), tableBits, wires, publicSignals);
  }
}
