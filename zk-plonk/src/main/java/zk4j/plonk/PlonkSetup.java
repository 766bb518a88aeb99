package zk4j.plonk;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Msm;
import zk4j.bn254.Polynomial;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkGates.Addition;
import zk4j.plonk.PlonkGates.Gate;
import zk4j.r1cs.R1cs;

/**
 * Makes keys for circuits from powers of tau that others made: PLONK needs no ceremony of a
 * circuit's own. Deterministic, and the same as snarkjs 0.7.6 makes.
 */
public final class PlonkSetup {
  private static final int LEAST_POWER = 3;
  private static final Fr K1 = Fr.of(2);
  private static final Fr K2 = Fr.of(3);

  private static final List<Function<Gate, Fr>> SELECTORS =
      List.of(Gate::qm, Gate::ql, Gate::qr, Gate::qo, Gate::qc);

  private PlonkSetup() {}

  /** The least power of tau for a circuit: the logarithm of its domain's size. */
  public static int requiredPower(R1cs circuit) {
    return power(PlonkGates.of(circuit));
  }

  private static int power(PlonkGates gates) {
    int size = gates.gates().size();
    if (size > PlonkVerifyingKey.MAX_DOMAIN_SIZE) {
      throw new IllegalArgumentException(
          size + " gates, more than " + PlonkVerifyingKey.MAX_DOMAIN_SIZE);
    }
    return Math.max(LEAST_POWER, 32 - Integer.numberOfLeadingZeros(Math.max(1, size) - 1));
  }

  /**
   * Makes the key.
   *
   * @param powers whose ceremony is to be trusted or verified; not verified here
   * @throws MalformedDataException if a point that is read is not valid
   * @throws IllegalArgumentException if the powers are fewer than {@link #requiredPower} says
   */
  public static PlonkProvingKey provingKey(R1cs circuit, PowersOfTau powers, Execution execution)
      throws MalformedDataException {
    PlonkGates gates = PlonkGates.of(circuit);
    int log = power(gates);
    if (log > powers.power()) {
      throw new IllegalArgumentException(
          "the circuit needs powers of tau up to 2^" + log + ", not 2^" + powers.power());
    }
    int n = 1 << log;
    EvaluationDomain domain = EvaluationDomain.ofSize(n);
    G1Vector lagrange = powers.lagrangeG1(Factor.ONE, log, 0, n, execution);
    List<G1> commitments = new ArrayList<>();
    List<Polynomial> polynomials = new ArrayList<>();
    List<FrVector> columns = new ArrayList<>(selectors(gates, n));
    columns.addAll(permutation(gates, domain));
    for (FrVector values : columns) {
      commitments.add(Msm.sum(lagrange, values, execution));
      domain.inverse(values, execution);
      polynomials.add(Polynomial.of(values));
    }
    PlonkVerifyingKey verifyingKey =
        new PlonkVerifyingKey(
            circuit.publicSignals(),
            n,
            K1,
            K2,
            commitments.subList(0, SELECTORS.size()),
            commitments.subList(SELECTORS.size(), commitments.size()),
            powers.powersG2(1, 2, execution).get(0));
    List<Addition> additions = gates.additions();
    FrVector factors = FrVector.zeros(2 * additions.size());
    for (int i = 0; i < additions.size(); i++) {
      factors.set(2 * i, additions.get(i).leftFactor());
      factors.set(2 * i + 1, additions.get(i).rightFactor());
    }
    return PlonkProvingKey.of(
        verifyingKey,
        circuit.wires(),
        additions.stream()
            .flatMapToInt(a -> Arrays.stream(new int[] {a.left(), a.right()}))
            .toArray(),
        factors,
        gates.gates().stream()
            .flatMapToInt(gate -> Arrays.stream(new int[] {gate.a(), gate.b(), gate.c()}))
            .toArray(),
        polynomials.subList(0, SELECTORS.size()),
        polynomials.subList(SELECTORS.size(), polynomials.size()),
        powers.powersG1(Factor.ONE, 0, n + PlonkProvingKey.MORE_POWERS, execution));
  }

  private static List<FrVector> selectors(PlonkGates gates, int n) {
    return SELECTORS.stream()
        .map(
            selector -> {
              FrVector values = FrVector.zeros(n);
              for (int i = 0; i < gates.gates().size(); i++) {
                values.set(i, selector.apply(gates.gates().get(i)));
              }
              return values;
            })
        .toList();
  }

  /**
   * Places are numbered w^i for the wire a of gate i, k1 w^i for b and k2 w^i for c. Each has the
   * number of the place before it that has the same wire, and the first of a wire that of the last.
   */
  private static List<FrVector> permutation(PlonkGates gates, EvaluationDomain domain) {
    int n = domain.size();
    List<FrVector> columns = List.of(FrVector.zeros(n), FrVector.zeros(n), FrVector.zeros(n));
    int[] first = new int[gates.wires()];
    Arrays.fill(first, -1);
    Fr[] last = new Fr[gates.wires()];
    Fr w = Fr.ONE;
    for (int row = 0; row < n; row++) {
      boolean empty = row >= gates.gates().size();
      Gate gate = empty ? null : gates.gates().get(row);
      int[] wires = gate == null ? new int[3] : new int[] {gate.a(), gate.b(), gate.c()};
      Fr[] places = {w, w.times(K1), w.times(K2)};
      for (int column = 0; column < 3; column++) {
        int wire = wires[column];
        if (first[wire] < 0) {
          first[wire] = 3 * row + column;
        } else {
          columns.get(column).set(row, last[wire]);
        }
        last[wire] = places[column];
      }
      w = w.times(domain.generator());
    }
    for (int wire = 0; wire < first.length; wire++) {
      if (first[wire] >= 0) {
        columns.get(first[wire] % 3).set(first[wire] / 3, last[wire]);
      }
    }
    return columns;
  }
}
