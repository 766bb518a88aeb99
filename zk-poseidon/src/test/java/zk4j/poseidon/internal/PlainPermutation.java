package zk4j.poseidon.internal;

import java.math.BigInteger;
import zk4j.bn254.Fr;

/** Poseidon's permutation as the paper has it, to compare with. */
public final class PlainPermutation {
  private PlainPermutation() {}

  public static Fr[] permute(Fr[] start) {
    Parameters parameters = Parameters.ofWidth(start.length);
    int rounds = Parameters.FULL_ROUNDS + parameters.partialRounds;
    int half = Parameters.FULL_ROUNDS / 2;
    Fr[] state = start;
    for (int r = 0; r < rounds; r++) {
      Fr[] raised = new Fr[state.length];
      for (int i = 0; i < state.length; i++) {
        raised[i] = state[i].plus(parameters.constants[r * state.length + i]);
        if (i == 0 || r < half || r >= rounds - half) {
          raised[i] = raised[i].pow(BigInteger.valueOf(5));
        }
      }
      state = Matrices.times(parameters.matrix, raised);
    }
    return state;
  }
}
