package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/** Makes proofs whose blinding is known, to compare them with snarkjs's. */
public final class FixedBlinding {
  private FixedBlinding() {}

  /** A proof with the blinding of {@link FflonkProver#prove(Witness, List, Execution)}. */
  public static FflonkProof prove(FflonkProver prover, Witness witness, List<Fr> blinding)
      throws ProvingException {
    return prover.prove(witness, blinding, Execution.defaults());
  }
}
