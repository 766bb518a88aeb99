package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.circuit.GateSystem;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/**
 * Makes keys for circuits of gates with lookups from powers of tau that others made: there is no
 * ceremony of a circuit's own. Deterministic, so that anyone can make a key again and compare.
 */
public final class PlonkishSetup {
  private PlonkishSetup() {}

  /** The least power of tau for a circuit: the logarithm of its domain's size. */
  public static int requiredPower(GateSystem system) {
    return PlonkishColumns.logSize(system);
  }

  /**
   * Makes the key.
   *
   * @param powers whose ceremony is to be trusted or verified; not verified here
   * @throws MalformedDataException if a point that is read is not valid
   * @throws IllegalArgumentException if the powers are fewer than {@link #requiredPower} says
   */
  public static PlonkishProvingKey provingKey(
      GateSystem system, PowersOfTau powers, Execution execution) throws MalformedDataException {
    int log = requiredPower(system);
    KeyRules.requirePower(log, powers);
    int n = 1 << log;
    G1Vector lagrange = powers.lagrangeG1(Factor.ONE, log, 0, n, execution);
    List<G1> commitments = new ArrayList<>();
    for (FrVector values : PlonkishColumns.of(system, EvaluationDomain.ofSize(n))) {
      commitments.add(Kzg.commit(values, lagrange, execution));
    }
    PlonkishVerifyingKey verifyingKey =
        new PlonkishVerifyingKey(
            system.publicSignals(),
            n,
            system.tableBits(),
            commitments,
            powers.powersG2(1, 2, execution).get(0));
    return PlonkishProvingKey.of(
        verifyingKey,
        system,
        powers.powersG1(Factor.ONE, 0, n + PlonkishProvingKey.MORE_POWERS, execution));
  }
}
