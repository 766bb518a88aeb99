package zk4j.plonk;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Function;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.Polynomial;
import zk4j.bn254.SparseMatrix;
import zk4j.r1cs.R1cs;

/**
 * The gates of a rank-1 system: Qm ab + Ql a + Qr b + Qo c + Qc = 0 for three wires of each. In the
 * order of snarkjs 0.7.6, on which keys depend: first a gate with Ql = 1 for each public signal,
 * then each constraint's.
 *
 * <p>A gate takes one wire from each factor of a constraint, or three from a linear one. Longer
 * sums are shortened by additions: gates that give the sum of two terms a wire of its own. Wire 0,
 * the constant one of a rank-1 system, is 0 here; constants are in Qc.
 */
final class PlonkGates {
  /** wires[0] * factor[0] + wires[1] * factor[1] is a wire, numbered from the system's wires on. */
  record Addition(int left, int right, Fr leftFactor, Fr rightFactor) {}

  /** A gate's wires and selectors. */
  record Gate(int a, int b, int c, Fr qm, Fr ql, Fr qr, Fr qo, Fr qc) {
    int wire(int column) {
      return column == 0 ? a : column == 1 ? b : c;
    }
  }

  /** A term of a sum. */
  private record Term(int wire, Fr factor) {}

  /** A sum of as many terms as a gate takes, and a constant. */
  private record ShortSum(List<Term> terms, Fr constant) {}

  /** What becomes of terms whose factor is 0, on which the number of gates depends. */
  enum ZeroTerms {
    /** They stay, as in snarkjs's PLONK. */
    KEPT,
    /** They are left out, as in its fflonk. */
    DROPPED
  }

  /** The coset of the second wires, and that of the third ones. */
  static final Fr K1 = Fr.of(2);

  static final Fr K2 = Fr.of(3);

  /** Those of all three. */
  static final List<Fr> COSETS = List.of(Fr.ONE, K1, K2);

  private static final List<Function<Gate, Fr>> SELECTORS =
      List.of(Gate::qm, Gate::ql, Gate::qr, Gate::qo, Gate::qc);

  private static final Term NONE = new Term(0, Fr.ZERO);

  private final List<Gate> gates = new ArrayList<>();
  private final List<Addition> additions = new ArrayList<>();
  private final R1cs circuit;
  private final ZeroTerms zeroTerms;
  private int wires;

  private PlonkGates(R1cs circuit, ZeroTerms zeroTerms) {
    this.circuit = circuit;
    this.zeroTerms = zeroTerms;
    this.wires = circuit.wires();
  }

  static PlonkGates of(R1cs circuit, ZeroTerms zeroTerms) {
    PlonkGates gates = new PlonkGates(circuit, zeroTerms);
    for (int wire = 1; wire <= circuit.publicSignals(); wire++) {
      gates.add(new Term(wire, Fr.ONE), NONE, NONE, Fr.ZERO, Fr.ZERO);
    }
    for (int row = 0; row < circuit.constraints(); row++) {
      gates.addConstraint(
          gates.terms(circuit.a(), row),
          gates.terms(circuit.b(), row),
          gates.terms(circuit.c(), row));
    }
    return gates;
  }

  List<Gate> gates() {
    return gates;
  }

  /** The logarithm of the size of the least domain that has a row for each gate and some more. */
  int logSize(int spareRows, int maxDomainSize) {
    long rows = gates.size() + (long) spareRows;
    if (rows > maxDomainSize) {
      throw new IllegalArgumentException(
          gates.size() + " gates, more than " + (maxDomainSize - spareRows));
    }
    int least = (int) Math.max(KeyRules.MIN_DOMAIN_SIZE, rows);
    return 32 - Integer.numberOfLeadingZeros(least - 1);
  }

  /** The values on a domain of Qm, Ql, Qr, Qo and Qc, and of S1, S2 and S3. */
  List<FrVector> columns(EvaluationDomain domain, int spareRows) {
    List<FrVector> columns = new ArrayList<>();
    for (Function<Gate, Fr> selector : SELECTORS) {
      FrVector values = FrVector.zeros(domain.size());
      for (int i = 0; i < gates.size(); i++) {
        values.set(i, selector.apply(gates.get(i)));
      }
      columns.add(values);
    }
    columns.addAll(permutation(domain, spareRows));
    return columns;
  }

  /**
   * Rows without gates are of wire 0, but the spare ones at the end are of none, so that any values
   * can stand there.
   */
  private List<FrVector> permutation(EvaluationDomain domain, int spareRows) {
    return PermutationArgument.columns(
        domain,
        COSETS,
        wires,
        (row, column) -> {
          if (row >= domain.size() - spareRows) {
            return PermutationArgument.NO_WIRE;
          }
          return row < gates.size() ? gates.get(row).wire(column) : 0;
        });
  }

  /**
   * The circuit of these gates.
   *
   * @param polynomials those of {@link #columns}
   */
  PlonkCircuit circuit(List<Polynomial> polynomials) {
    FrVector factors = FrVector.zeros(2 * additions.size());
    for (int i = 0; i < additions.size(); i++) {
      factors.set(2 * i, additions.get(i).leftFactor());
      factors.set(2 * i + 1, additions.get(i).rightFactor());
    }
    return PlonkCircuit.of(
        circuit.publicSignals(),
        circuit.wires(),
        additions.stream()
            .flatMapToInt(a -> Arrays.stream(new int[] {a.left(), a.right()}))
            .toArray(),
        factors,
        gates.stream()
            .flatMapToInt(gate -> Arrays.stream(new int[] {gate.a(), gate.b(), gate.c()}))
            .toArray(),
        polynomials.subList(0, SELECTORS.size()),
        polynomials.subList(SELECTORS.size(), polynomials.size()));
  }

  private NavigableMap<Integer, Fr> terms(SparseMatrix matrix, int row) {
    TreeMap<Integer, Fr> terms = new TreeMap<>();
    for (int e = matrix.rowStart(row); e < matrix.rowStart(row + 1); e++) {
      terms.put(matrix.column(e), matrix.value(e));
    }
    return withoutZeros(terms);
  }

  private NavigableMap<Integer, Fr> withoutZeros(NavigableMap<Integer, Fr> terms) {
    if (zeroTerms == ZeroTerms.DROPPED) {
      terms.values().removeIf(Fr::isZero);
    }
    return terms;
  }

  private void addConstraint(
      NavigableMap<Integer, Fr> a, NavigableMap<Integer, Fr> b, NavigableMap<Integer, Fr> c) {
    if (a.isEmpty() || b.isEmpty()) {
      addSum(c);
    } else if (a.lastKey() == 0) {
      addSum(scaledMinus(b, a.firstEntry().getValue(), c));
    } else if (b.lastKey() == 0) {
      addSum(scaledMinus(a, b.firstEntry().getValue(), c));
    } else {
      addProduct(shortened(a, 1), shortened(b, 1), shortened(c, 1));
    }
  }

  /** factor * x - y. */
  private NavigableMap<Integer, Fr> scaledMinus(Map<Integer, Fr> x, Fr factor, Map<Integer, Fr> y) {
    TreeMap<Integer, Fr> difference = new TreeMap<>();
    x.forEach((wire, value) -> difference.put(wire, value.times(factor)));
    y.forEach((wire, value) -> difference.merge(wire, value.negate(), Fr::plus));
    return withoutZeros(difference);
  }

  private void addSum(NavigableMap<Integer, Fr> sum) {
    ShortSum s = shortened(sum, 3);
    add(s.terms.get(0), s.terms.get(1), s.terms.get(2), Fr.ZERO, s.constant);
  }

  private void add(Term a, Term b, Term c, Fr qm, Fr qc) {
    gates.add(new Gate(a.wire, b.wire, c.wire, qm, a.factor, b.factor, c.factor, qc));
  }

  /** (a + k)(b + l) = c + m. */
  private void addProduct(ShortSum a, ShortSum b, ShortSum c) {
    Term left = a.terms.get(0);
    Term right = b.terms.get(0);
    Term out = c.terms.get(0);
    gates.add(
        new Gate(
            left.wire,
            right.wire,
            out.wire,
            left.factor.times(right.factor),
            left.factor.times(b.constant),
            right.factor.times(a.constant),
            out.factor.negate(),
            a.constant.times(b.constant).minus(c.constant)));
  }

  /** The sum with a number of terms: the first two become one at the end until they are so few. */
  private ShortSum shortened(NavigableMap<Integer, Fr> sum, int count) {
    Deque<Term> terms = new ArrayDeque<>();
    Fr constant = Fr.ZERO;
    for (Map.Entry<Integer, Fr> entry : sum.entrySet()) {
      if (entry.getKey() == 0) {
        constant = entry.getValue();
      } else {
        terms.add(new Term(entry.getKey(), entry.getValue()));
      }
    }
    while (terms.size() > count) {
      Term left = terms.remove();
      Term right = terms.remove();
      Term out = new Term(wires++, Fr.ONE);
      additions.add(new Addition(left.wire, right.wire, left.factor, right.factor));
      gates.add(
          new Gate(
              left.wire,
              right.wire,
              out.wire,
              Fr.ZERO,
              left.factor.negate(),
              right.factor.negate(),
              Fr.ONE,
              Fr.ZERO));
      terms.add(out);
    }
    while (terms.size() < count) {
      terms.add(NONE);
    }
    return new ShortSum(List.copyOf(terms), constant);
  }
}
