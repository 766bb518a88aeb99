package zk4j.circuit;

import java.util.List;
import zk4j.bn254.Fr;

/**
 * Computes values of a witness outside of the circuit, such as a quotient. A hint proves nothing:
 * constraints next to it must make its results the only ones that fit.
 */
@FunctionalInterface
public interface Hint {
  /**
   * The results for some operands. Called from any thread; it must depend on the operands alone.
   *
   * @return as many as the circuit asked for
   */
  List<Fr> compute(List<Fr> operands);
}
