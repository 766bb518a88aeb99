package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Msm;
import zk4j.bn254.Polynomial;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;

/**
 * Makes keys for circuits from powers of tau that others made: PLONK needs no ceremony of a
 * circuit's own. Deterministic, and the same as snarkjs 0.7.6 makes.
 */
public final class PlonkSetup {
  private PlonkSetup() {}

  /** The least power of tau for a circuit: the logarithm of its domain's size. */
  public static int requiredPower(R1cs circuit) {
    return logSize(gates(circuit));
  }

  private static PlonkGates gates(R1cs circuit) {
    return PlonkGates.of(circuit, PlonkGates.ZeroTerms.KEPT);
  }

  private static int logSize(PlonkGates gates) {
    return gates.logSize(0, PlonkVerifyingKey.MAX_DOMAIN_SIZE);
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
    PlonkGates gates = gates(circuit);
    int log = logSize(gates);
    KeyRules.requirePower(log, powers);
    int n = 1 << log;
    EvaluationDomain domain = EvaluationDomain.ofSize(n);
    G1Vector lagrange = powers.lagrangeG1(Factor.ONE, log, 0, n, execution);
    List<G1> commitments = new ArrayList<>();
    List<Polynomial> polynomials = new ArrayList<>();
    for (FrVector values : gates.columns(domain, 0)) {
      commitments.add(Msm.sum(lagrange, values, execution));
      domain.inverse(values, execution);
      polynomials.add(Polynomial.of(values));
    }
    PlonkVerifyingKey verifyingKey =
        new PlonkVerifyingKey(
            circuit.publicSignals(),
            n,
            PlonkGates.K1,
            PlonkGates.K2,
            commitments.subList(0, 5),
            commitments.subList(5, 8),
            powers.powersG2(1, 2, execution).get(0));
    return PlonkProvingKey.of(
        verifyingKey,
        gates.circuit(polynomials),
        powers.powersG1(Factor.ONE, 0, n + PlonkProvingKey.MORE_POWERS, execution));
  }
}
