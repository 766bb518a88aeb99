package zk4j.poseidon.internal;

import static zk4j.poseidon.internal.Parameters.FULL_ROUNDS;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;

/**
 * Poseidon's permutation of many states at once, by operations on vectors: vector i holds element i
 * of each state. The rounds are {@link Permutation}'s. Immutable. Takes time that does not depend
 * on the states.
 */
public final class BatchPermutation {
  private final Parameters parameters;
  private final Recurrence recurrence;

  BatchPermutation(Parameters parameters, Recurrence recurrence) {
    this.parameters = parameters;
    this.recurrence = recurrence;
  }

  /**
   * The first elements of the permuted states.
   *
   * @param states as many vectors as the permutation is wide, of one size; left alone
   */
  public FrVector permuteToFirst(List<FrVector> states) {
    int width = parameters.width;
    int rounds = parameters.partialRounds;
    List<FrVector> x = new ArrayList<>();
    for (int i = 0; i < width; i++) {
      FrVector sum = FrVector.filled(states.get(i).size(), parameters.constant(0, i));
      sum.addInPlace(states.get(i));
      x.add(sum);
    }
    for (int round = 1; round < FULL_ROUNDS / 2; round++) {
      int next = round;
      x = fullRound(x, width, i -> parameters.constant(next, i));
    }
    x = fullRound(x, width, i -> i == 0 ? recurrence.constant(0) : Fr.ZERO);
    x = partialRounds(x);
    for (int round = FULL_ROUNDS / 2 + 1; round < FULL_ROUNDS; round++) {
      int next = round + rounds;
      x = fullRound(x, width, i -> parameters.constant(next, i));
    }
    return fullRound(x, 1, i -> Fr.ZERO).get(0);
  }

  /** So many rows of the matrix times the fifth powers of x, and a constant each. */
  private List<FrVector> fullRound(List<FrVector> x, int rows, IntFunction<Fr> constants) {
    List<FrVector> powers = x.stream().map(BatchPermutation::fifthPower).toList();
    List<FrVector> sums = new ArrayList<>();
    for (int i = 0; i < rows; i++) {
      FrVector sum = FrVector.filled(x.get(0).size(), constants.apply(i));
      for (int j = 0; j < powers.size(); j++) {
        sum.addScaledInPlace(powers.get(j), parameters.factor(i, j));
      }
      sums.add(sum);
    }
    return sums;
  }

  /** As {@link Recurrence} has them. */
  private List<FrVector> partialRounds(List<FrVector> state) {
    int n = parameters.width - 1;
    int rounds = parameters.partialRounds;
    int size = state.get(0).size();
    FrVector[] x = new FrVector[rounds + 1];
    FrVector[] y = new FrVector[rounds];
    x[0] = state.get(0);
    for (int r = 0; r < rounds; r++) {
      y[r] = fifthPower(x[r]);
      FrVector sum = FrVector.filled(size, recurrence.constant(r + 1));
      for (int i = 0; r < n && i < n; i++) {
        sum.addScaledInPlace(state.get(i + 1), recurrence.head(r, i));
      }
      for (int k = 0; k <= Math.min(n, r); k++) {
        sum.addScaledInPlace(y[r - k], recurrence.powerFactor(k));
      }
      for (int k = 1; k <= Math.min(n, r); k++) {
        sum.addScaledInPlace(x[r + 1 - k], recurrence.baseFactor(k));
      }
      x[r + 1] = sum;
    }
    List<FrVector> after = new ArrayList<>();
    after.add(x[rounds]);
    for (int i = 0; i < n; i++) {
      FrVector sum = FrVector.filled(size, recurrence.tailConstant(i));
      for (int j = 0; j < n; j++) {
        sum.addScaledInPlace(y[rounds - n + j], recurrence.tailPower(i, j));
        sum.addScaledInPlace(x[rounds - n + 1 + j], recurrence.tailBase(i, j));
      }
      after.add(sum);
    }
    return after;
  }

  private static FrVector fifthPower(FrVector x) {
    FrVector power = x.copy();
    power.multiplyInPlace(power);
    power.multiplyInPlace(power);
    power.multiplyInPlace(x);
    return power;
  }
}
