package zk4j.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.GateSystem.Gate;

/**
 * Writes constraints as gates with lookups. Sums with too many terms for a gate are carried through
 * rows of three terms each; one that is a factor or in a range gets a wire of its own. Ranges
 * become lookups when all are known, and with them the table: see {@link #finish}.
 */
final class GateBackend implements Backend.CustomGates {
  /** Rows of the smallest domain. */
  private static final int MIN_ROWS = 8;

  private static final Fr MINUS_ONE = Fr.ONE.negate();

  /** The number of the first extra wire, above all of the builder's until these are counted. */
  private static final int FIRST_EXTRA = 1 << 30;

  /** A wire that the builder does not have: some bits of a combination, or all of it if 0. */
  record Extra(LinearCombination x, int shift, int bits) {
    private Fr of(FrVector values, int builderWires) {
      Fr sum = Fr.ZERO;
      for (int k = 0; k < x.terms(); k++) {
        sum = sum.plus(x.factor(k).times(values.get(index(x.wire(k), builderWires))));
      }
      if (bits == 0) {
        return sum;
      }
      BigInteger mask = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      return Fr.of(sum.toBigInteger().shiftRight(shift).and(mask));
    }
  }

  /** A range that is required, of bits at most. */
  private record Range(int bits, int origin) {}

  /** A gate in the making. */
  private static final class Row {
    private final int[] wires = {GateSystem.NONE, GateSystem.NONE, GateSystem.NONE};
    private final Fr[] factors = {Fr.ZERO, Fr.ZERO, Fr.ZERO};
    private final int origin;
    private Fr qm = Fr.ZERO;
    private Fr qd = Fr.ZERO;
    private Fr qc = Fr.ZERO;
    private boolean carries;
    private boolean raises;
    private int shift = GateSystem.NO_LOOKUP;

    Row(int origin) {
      this.origin = origin;
    }

    Row cell(int column, int wire, Fr factor) {
      wires[column] = wire;
      factors[column] = factor;
      return this;
    }

    /** Brings a wire to the first cell, if that changes nothing. */
    boolean first(int wire) {
      for (int column = 0; column < wires.length; column++) {
        if (wires[column] == wire && (column == 0 || (!raises && (column == 1 || qm.isZero())))) {
          Fr factor = factors[column];
          cell(column, wires[0], factors[0]).cell(0, wire, factor);
          return true;
        }
      }
      return false;
    }

    Gate gate(IntUnaryOperator place) {
      return new Gate(
          at(0, place),
          at(1, place),
          at(2, place),
          qm,
          factors[0],
          factors[1],
          factors[2],
          qd,
          qc,
          carries,
          raises,
          shift);
    }

    private int at(int column, IntUnaryOperator place) {
      return wires[column] == GateSystem.NONE ? GateSystem.NONE : place.applyAsInt(wires[column]);
    }
  }

  /** A sum of which the terms before some term are the next row's d, if there are such. */
  private record Tail(LinearCombination x, int from, boolean carried) {
    /** Writes the terms that are left, and the constant, times a factor. */
    void to(Row row, int column, Fr factor) {
      int at = column;
      for (int k = from; k < x.terms(); k++) {
        row.cell(at++, x.wire(k), x.factor(k).times(factor));
      }
      row.qd = carried ? factor : Fr.ZERO;
      row.qc = row.qc.plus(x.constant().times(factor));
    }
  }

  /** A factor of a product: a wire times a factor, and a constant. */
  private record Linear(int wire, Fr factor, Fr constant) {}

  private final List<Row> rows = new ArrayList<>();
  private final Map<LinearCombination, Integer> known = new HashMap<>();
  private final Map<LinearCombination, Range> ranges = new LinkedHashMap<>();
  private final List<Extra> extras = new ArrayList<>();

  @Override
  public void zero(LinearCombination x, int origin) {
    Tail tail = carried(x, 3, origin);
    tail.to(row(origin), 0, Fr.ONE);
  }

  @Override
  public void product(LinearCombination a, LinearCombination b, LinearCombination c, int origin) {
    Linear left = linear(a, origin);
    Linear right = linear(b, origin);
    Tail tail = carried(c, 1, origin);
    Row row = row(origin);
    tail.to(row, 2, MINUS_ONE);
    row.cell(0, left.wire, left.factor.times(right.constant));
    row.cell(1, right.wire, right.factor.times(left.constant));
    row.qm = left.factor.times(right.factor);
    row.qc = row.qc.plus(left.constant.times(right.constant));
  }

  @Override
  public void range(LinearCombination x, int bits, int origin) {
    ranges.merge(x, new Range(bits, origin), (p, q) -> p.bits <= q.bits ? p : q);
  }

  @Override
  public void fifthPower(LinearCombination x, int base, int square, int fifth, int origin) {
    Tail tail = carried(x, 0, origin);
    Row row = row(origin);
    tail.to(row, 0, Fr.ONE);
    row.cell(0, base, MINUS_ONE).cell(1, square, Fr.ZERO).cell(2, fifth, Fr.ZERO);
    row.raises = true;
  }

  private Row row(int origin) {
    Row row = new Row(origin);
    rows.add(row);
    return row;
  }

  /** Writes rows of three terms until there are so few left. */
  private Tail carried(LinearCombination x, int left, int origin) {
    int from = x.terms() > 0 && x.wire(0) == 0 ? 1 : 0;
    boolean carried = false;
    while (x.terms() - from > left) {
      Row row = row(origin);
      for (int column = 0; column < 3 && from < x.terms(); column++, from++) {
        row.cell(column, x.wire(from), x.factor(from));
      }
      row.qd = carried ? Fr.ONE : Fr.ZERO;
      row.carries = true;
      carried = true;
    }
    return new Tail(x, from, carried);
  }

  private Linear linear(LinearCombination x, int origin) {
    Fr constant = x.constant();
    if (x.terms() == (constant.isZero() ? 1 : 2)) {
      int last = x.terms() - 1;
      return new Linear(x.wire(last), x.factor(last), constant);
    }
    return new Linear(wire(x, origin), Fr.ONE, Fr.ZERO);
  }

  /** A wire that is a combination. */
  private int wire(LinearCombination x, int origin) {
    if (x.terms() == 1 && x.factor(0).isOne()) {
      return x.wire(0);
    }
    Integer made = known.get(x);
    if (made != null) {
      return made;
    }
    int wire = extra(new Extra(x, 0, 0));
    known.put(x, wire);
    Tail tail = carried(x, 2, origin);
    Row row = row(origin);
    tail.to(row, 1, Fr.ONE);
    row.cell(0, wire, MINUS_ONE);
    return wire;
  }

  private int extra(Extra extra) {
    extras.add(extra);
    return FIRST_EXTRA + extras.size() - 1;
  }

  // Lookups.

  /** How many lookups a range takes. */
  private static int lookups(int bits, int table) {
    return (bits + table - 1) / table + (bits % table == 0 ? 0 : 1);
  }

  /** How many rows the sum of a range's limbs takes. */
  private static int limbRows(int bits, int table) {
    return bits <= table ? 0 : (bits + table - 1) / table / 3 + 1;
  }

  /** The bits of a table for which rows and table fit in the smallest domain, with least rows. */
  private int bestTable(int publicSignals) {
    int best = 1;
    long least = Long.MAX_VALUE;
    for (int table = 1; table <= GateSystem.MAX_TABLE_BITS; table++) {
      long lookups = 0;
      long count = (long) publicSignals + rows.size();
      for (Range range : ranges.values()) {
        lookups += lookups(range.bits, table);
        count += limbRows(range.bits, table);
      }
      count = Math.max(count, lookups);
      long size = Math.max(Math.max(count, MIN_ROWS), 1L << table);
      long cost = (Long.highestOneBit(2 * size - 1) << 32) + count;
      if (cost < least) {
        least = cost;
        best = table;
      }
    }
    return best;
  }

  /** What was written. */
  static final class Result {
    final GateSystem system;
    final List<Extra> extras;

    /** The wires that gates have, in the order of a witness; the extra ones follow all others. */
    private final int[] kept;

    /** Of each gate, where it is from. */
    private final int[] origins;

    private Result(GateSystem system, List<Extra> extras, int[] kept, int[] origins) {
      this.system = system;
      this.extras = extras;
      this.kept = kept;
      this.origins = origins;
    }

    int origin(int gate) {
      return origins[gate];
    }

    /** A witness's values of all wires, the builder's and the extra ones. */
    FrVector witness(FrVector builderValues) {
      int builderWires = builderValues.size();
      FrVector all = builderValues.padded(builderWires + extras.size());
      for (int i = 0; i < extras.size(); i++) {
        all.set(builderWires + i, extras.get(i).of(all, builderWires));
      }
      FrVector witness = FrVector.zeros(kept.length);
      for (int i = 0; i < kept.length; i++) {
        witness.set(i, all.get(kept[i]));
      }
      return witness;
    }
  }

  private static int index(int wire, int builderWires) {
    return wire >= FIRST_EXTRA ? wire - FIRST_EXTRA + builderWires : wire;
  }

  /**
   * Turns ranges into lookups.
   *
   * @param order the builder's wires, the constant one and the public signals first
   * @param table the bits of the table; 0 for the best
   */
  Result finish(int publicSignals, int[] order, int table) {
    int tableBits = table == 0 ? bestTable(publicSignals) : table;
    List<Row> signals = new ArrayList<>();
    for (int i = 1; i <= publicSignals; i++) {
      signals.add(new Row(0).cell(0, order[i], Fr.ONE));
    }
    rows.addAll(0, signals);
    List<int[]> lookups = new ArrayList<>(); // wire, shift, origin
    ranges.forEach((x, range) -> split(x, range, tableBits, lookups));
    place(lookups);

    int[] kept = kept(order);
    int[] place = new int[order.length + extras.size()];
    for (int i = 0; i < kept.length; i++) {
      place[kept[i]] = i;
    }
    return new Result(
        GateSystem.of(
            publicSignals,
            kept.length,
            tableBits,
            rows.stream().map(row -> row.gate(wire -> place[index(wire, order.length)])).toList()),
        List.copyOf(extras),
        kept,
        rows.stream().mapToInt(row -> row.origin).toArray());
  }

  /** The constant one, the public signals, and the other wires that gates have. */
  private int[] kept(int[] order) {
    boolean[] used = new boolean[order.length + extras.size()];
    for (Row row : rows) {
      for (int wire : row.wires) {
        if (wire != GateSystem.NONE) {
          used[index(wire, order.length)] = true;
        }
      }
    }
    return IntStream.concat(IntStream.of(order), IntStream.range(order.length, used.length))
        .filter(wire -> used[wire] || wire == 0)
        .toArray();
  }

  /**
   * A range's lookups. A number below 2^k is below 2^s too if 2^(k-s) times it is below 2^k, which
   * as its product has at most 2k - s bits is no matter of the modulus. Longer ones are sums of
   * limbs of k bits, and one of fewer.
   */
  private void split(LinearCombination x, Range range, int table, List<int[]> lookups) {
    int wire = wire(x, range.origin);
    int limbs = (range.bits + table - 1) / table;
    int shift = limbs * table - range.bits;
    int last = wire;
    if (limbs > 1) {
      LinearCombination value = LinearCombination.ofWire(wire);
      LinearCombination rest = value;
      Fr power = MINUS_ONE;
      Fr base = Fr.of(1L << table);
      for (int i = 0; i < limbs; i++) {
        last = extra(new Extra(value, i * table, table));
        rest = rest.plus(LinearCombination.ofWire(last), power);
        power = power.times(base);
        if (i < limbs - 1) {
          lookups.add(new int[] {last, 0, range.origin});
        }
      }
      zero(rest, range.origin);
    }
    lookups.add(new int[] {last, 0, range.origin});
    if (shift > 0) {
      lookups.add(new int[] {last, shift, range.origin});
    }
  }

  /** Gives each lookup a row that has its wire already, or one more. */
  private void place(List<int[]> lookups) {
    Map<Integer, List<Row>> candidates = new HashMap<>();
    lookups.forEach(lookup -> candidates.put(lookup[0], new ArrayList<>()));
    for (Row row : rows) {
      for (int wire : row.wires) {
        List<Row> list = candidates.get(wire);
        if (list != null) {
          list.add(row);
        }
      }
    }
    for (int[] lookup : lookups) {
      Row row = free(candidates.get(lookup[0]), lookup[0]);
      if (row == null) {
        row = row(lookup[2]).cell(0, lookup[0], Fr.ZERO);
      }
      row.shift = lookup[1];
    }
  }

  private static @Nullable Row free(@Nullable List<Row> candidates, int wire) {
    if (candidates != null) {
      for (Row row : candidates) {
        if (row.shift == GateSystem.NO_LOOKUP && row.first(wire)) {
          return row;
        }
      }
    }
    return null;
  }
}
