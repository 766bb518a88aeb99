package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Polynomial;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;

/**
 * Makes fflonk keys for circuits from powers of tau that others made. Deterministic, and the same
 * as snarkjs 0.7.6 makes.
 */
public final class FflonkSetup {
  /** Of a file of powers up to 2^p there are 2^(p+1) - 1 in G1: enough for 9n + 18. */
  private static final int MORE_POWER = 3;

  private FflonkSetup() {}

  /** The least power of tau for a circuit: that of eight times its domain. */
  public static int requiredPower(R1cs circuit) {
    return logSize(gates(circuit)) + MORE_POWER;
  }

  private static PlonkGates gates(R1cs circuit) {
    return PlonkGates.of(circuit, PlonkGates.ZeroTerms.DROPPED);
  }

  private static int logSize(PlonkGates gates) {
    return gates.logSize(FflonkVerifyingKey.SPARE_ROWS, FflonkVerifyingKey.MAX_DOMAIN_SIZE);
  }

  /**
   * Makes the key.
   *
   * @param powers whose ceremony is to be trusted or verified; not verified here
   * @throws MalformedDataException if a point that is read is not valid
   * @throws IllegalArgumentException if the powers are fewer than {@link #requiredPower} says
   */
  public static FflonkProvingKey provingKey(R1cs circuit, PowersOfTau powers, Execution execution)
      throws MalformedDataException {
    PlonkGates gates = gates(circuit);
    int log = logSize(gates);
    KeyRules.requirePower(log + MORE_POWER, powers);
    int n = 1 << log;
    EvaluationDomain domain = EvaluationDomain.ofSize(n);
    List<Polynomial> polynomials = new ArrayList<>();
    for (FrVector values : gates.columns(domain, FflonkVerifyingKey.SPARE_ROWS)) {
      domain.inverse(values, execution);
      polynomials.add(Polynomial.of(values));
    }
    PlonkCircuit plonk = gates.circuit(polynomials);
    G1Vector own = powers.powersG1(Factor.ONE, 0, FflonkProvingKey.powersFor(n), execution);
    FflonkVerifyingKey verifyingKey =
        new FflonkVerifyingKey(
            circuit.publicSignals(),
            n,
            PlonkGates.K1,
            PlonkGates.K2,
            powers.powersG2(1, 2, execution).get(0),
            Kzg.of(own).commit(plonk.combined(), execution));
    return FflonkProvingKey.of(verifyingKey, plonk, own);
  }
}
