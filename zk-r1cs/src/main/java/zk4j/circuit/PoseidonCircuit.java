package zk4j.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import zk4j.bn254.Fr;
import zk4j.poseidon.internal.Parameters;

/**
 * Poseidon in a circuit: what {@link zk4j.poseidon.Poseidon} computes. Three constraints for each
 * power, of which n inputs take 8n + 7 and 56 to 70 more: 240 constraints for two inputs.
 */
public final class PoseidonCircuit {
  private static final int MAX_INPUTS = Parameters.MAX_WIDTH - 1;

  private static final ConcurrentMap<Integer, Rounds> ROUNDS = new ConcurrentHashMap<>();

  private PoseidonCircuit() {}

  /**
   * The hash of some inputs.
   *
   * @throws IllegalArgumentException unless they are 1 to 16
   */
  public static Signal hash(CircuitBuilder c, List<? extends Signal> inputs) {
    if (inputs.isEmpty() || inputs.size() > MAX_INPUTS) {
      throw new IllegalArgumentException(
          inputs.size() + " inputs of a hash, which takes 1 to " + MAX_INPUTS);
    }
    List<LinearCombination> state = new ArrayList<>();
    state.add(LinearCombination.ZERO);
    inputs.forEach(input -> state.add(c.own(input)));
    Rounds rounds =
        ROUNDS.computeIfAbsent(state.size(), width -> new Rounds(Parameters.ofWidth(width)));
    return c.gadget("poseidon", () -> rounds.hash(c, state));
  }

  /** The hash of some inputs. */
  public static Signal hash(CircuitBuilder c, Signal... inputs) {
    return hash(c, List.of(inputs));
  }

  /**
   * The permutation of a width. Behind the first round, what is raised depends on earlier powers
   * alone, and so the combinations of powers are computed once.
   */
  private static final class Rounds {
    private final Parameters parameters;
    private final int width;

    /** Powers of the first round, of the state's elements but the first, which is constant. */
    private final Fr firstPower;

    /** What the powers after those of the first round are of: wire k is power k - 1. */
    private final List<LinearCombination> raised = new ArrayList<>();

    private final LinearCombination result;

    Rounds(Parameters parameters) {
      this.parameters = parameters;
      this.width = parameters.width();
      Fr constant = parameters.constant(0, 0);
      this.firstPower = constant.square().square().times(constant);
      List<LinearCombination> state = new ArrayList<>();
      state.add(LinearCombination.ofConstant(firstPower));
      for (int i = 1; i < width; i++) {
        state.add(LinearCombination.ofWire(i));
      }
      int powers = width - 1;
      state = mix(state);
      int half = Parameters.FULL_ROUNDS / 2;
      for (int round = 1; round < Parameters.FULL_ROUNDS + parameters.partialRounds(); round++) {
        boolean full = round < half || round >= half + parameters.partialRounds();
        for (int i = 0; i < width; i++) {
          LinearCombination x = state.get(i).plus(constant(round, i));
          if (full || i == 0) {
            raised.add(x);
            x = LinearCombination.ofWire(++powers);
          }
          state.set(i, x);
        }
        state = mix(state);
      }
      this.result = state.get(0);
    }

    private LinearCombination constant(int round, int element) {
      return LinearCombination.ofConstant(parameters.constant(round, element));
    }

    private List<LinearCombination> mix(List<LinearCombination> state) {
      List<LinearCombination> mixed = new ArrayList<>(width);
      for (int row = 0; row < width; row++) {
        LinearCombination sum = LinearCombination.ZERO;
        for (int column = 0; column < width; column++) {
          sum = sum.plus(state.get(column), parameters.factor(row, column));
        }
        mixed.add(sum);
      }
      return mixed;
    }

    Signal hash(CircuitBuilder c, List<LinearCombination> state) {
      List<Signal> powers = new ArrayList<>(width - 1 + raised.size());
      for (int i = 1; i < width; i++) {
        powers.add(fifthPower(c.signal(state.get(i).plus(constant(0, i)))));
      }
      for (LinearCombination x : raised) {
        powers.add(fifthPower(instance(c, x, powers)));
      }
      return instance(c, result, powers);
    }

    private static Signal fifthPower(Signal x) {
      return x.square().square().times(x);
    }

    /** The combination of powers, whose wires ascend as they do, unless inputs are constant. */
    private static Signal instance(CircuitBuilder c, LinearCombination x, List<Signal> powers) {
      return c.signal(x.withWires(k -> powers.get(k - 1).value));
    }
  }
}
