package zk4j.circuit;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.poseidon.internal.Parameters;
import zk4j.poseidon.internal.Recurrence;

/**
 * Poseidon in a circuit: what {@link zk4j.poseidon.Poseidon} computes. Three constraints for each
 * power, of which n inputs take 8n + 7 and 56 to 70 more: 240 constraints for two inputs.
 */
public final class PoseidonCircuit {
  private static final int MAX_INPUTS = Parameters.MAX_WIDTH - 1;

  private static final ConcurrentMap<Integer, Rounds> ROUNDS = new ConcurrentHashMap<>();
  private static final ConcurrentMap<Integer, PowerRounds> POWER_ROUNDS = new ConcurrentHashMap<>();

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
    int width = state.size();
    if (c.hasCustomGates()) {
      PowerRounds rounds = POWER_ROUNDS.computeIfAbsent(width, PowerRounds::new);
      return c.gadget("poseidon", () -> rounds.hash(c, state));
    }
    Rounds rounds = ROUNDS.computeIfAbsent(width, w -> new Rounds(Parameters.ofWidth(w)));
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

  /**
   * The permutation of a width for backends with a gate for fifth powers, where sums are not free:
   * what is raised in a partial round is a sum of 2t - 1 earlier bases and powers, not of all.
   */
  private static final class PowerRounds {
    private static final int HALF = Parameters.FULL_ROUNDS / 2;

    private final Parameters parameters;
    private final Recurrence recurrence;

    PowerRounds(int width) {
      this.parameters = Parameters.ofWidth(width);
      this.recurrence = Recurrence.of(parameters);
    }

    Signal hash(CircuitBuilder c, List<LinearCombination> input) {
      List<LinearCombination> state = withConstants(input, 0);
      for (int round = 1; round < HALF; round++) {
        state = withConstants(mixed(powers(c, state)), round);
      }
      state = partialRounds(c, mixed(powers(c, state)));
      for (int round = HALF + 1; round < Parameters.FULL_ROUNDS; round++) {
        state = withConstants(mixed(powers(c, state)), parameters.partialRounds() + round);
      }
      return c.signal(mixed(powers(c, state)).get(0));
    }

    private List<LinearCombination> withConstants(List<LinearCombination> state, int round) {
      return IntStream.range(0, state.size())
          .mapToObj(
              i -> state.get(i).plus(LinearCombination.ofConstant(parameters.constant(round, i))))
          .toList();
    }

    private static List<LinearCombination> powers(CircuitBuilder c, List<LinearCombination> x) {
      return x.stream().map(base -> power(c, base).fifth().value).toList();
    }

    private static CircuitBuilder.Power power(CircuitBuilder c, LinearCombination x) {
      if (x.isConstant()) {
        Fr base = x.constant();
        return new CircuitBuilder.Power(
            c.constant(base), c.constant(base.square().square().times(base)));
      }
      return c.fifthPower(x);
    }

    private List<LinearCombination> mixed(List<LinearCombination> powers) {
      return IntStream.range(0, powers.size())
          .mapToObj(row -> sum(powers, column -> parameters.factor(row, column)))
          .toList();
    }

    private static LinearCombination sum(List<LinearCombination> terms, IntFunction<Fr> factor) {
      return LinearCombination.sum(
          IntStream.range(0, terms.size())
              .mapToObj(i -> terms.get(i).times(factor.apply(i)))
              .toList());
    }

    /** From the state before the partial rounds to what the round after them raises. */
    private List<LinearCombination> partialRounds(CircuitBuilder c, List<LinearCombination> state) {
      int n = state.size() - 1;
      int rounds = parameters.partialRounds();
      List<LinearCombination> rest = state.subList(1, n + 1);
      List<LinearCombination> x = new ArrayList<>(); // x_0, x_1, ..: the last is not raised yet
      List<LinearCombination> y = new ArrayList<>();
      x.add(state.get(0).plus(LinearCombination.ofConstant(recurrence.constant(0))));
      for (int r = 0; r < rounds; r++) {
        CircuitBuilder.Power power = power(c, x.get(r));
        x.set(r, power.base().value);
        y.add(power.fifth().value);
        List<LinearCombination> terms = new ArrayList<>();
        terms.add(LinearCombination.ofConstant(recurrence.constant(r + 1)));
        for (int k = 0; k <= Math.min(r, n); k++) {
          terms.add(y.get(r - k).times(recurrence.powerFactor(k)));
        }
        for (int k = 1; k <= Math.min(r, n); k++) {
          terms.add(x.get(r + 1 - k).times(recurrence.baseFactor(k)));
        }
        if (r < n) {
          int round = r;
          terms.add(sum(rest, i -> recurrence.head(round, i)));
        }
        x.add(LinearCombination.sum(terms));
      }
      List<LinearCombination> result = new ArrayList<>(List.of(x.get(rounds)));
      for (int i = 0; i < n; i++) {
        int row = i;
        result.add(
            LinearCombination.ofConstant(recurrence.tailConstant(i))
                .plus(sum(y.subList(rounds - n, rounds), j -> recurrence.tailPower(row, j)))
                .plus(
                    sum(x.subList(rounds - n + 1, rounds + 1), j -> recurrence.tailBase(row, j))));
      }
      return result;
    }
  }
}
