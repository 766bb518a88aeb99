package zk4j.poseidon.internal;

import static zk4j.core.internal.field.FrKernels.LIMBS;
import static zk4j.poseidon.internal.Parameters.FULL_ROUNDS;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.stream.Stream;
import zk4j.bn254.Fr;
import zk4j.core.internal.field.FrKernels;

/**
 * Poseidon's permutation of some width, on the first slots of a workspace. Immutable; a workspace
 * serves one thread. Takes time that does not depend on the state.
 */
public final class Permutation {
  /** The least width. */
  public static final int MIN_WIDTH = Parameters.MIN_WIDTH;

  /** The largest width. */
  public static final int MAX_WIDTH = Parameters.MAX_WIDTH;

  private static final AtomicReferenceArray<Permutation> MADE =
      new AtomicReferenceArray<>(MAX_WIDTH + 1);

  private final int width;
  private final int partialRounds;

  /** Of full rounds, width each; the partial rounds' have those of the round after them. */
  private final long[] constants;

  /** Row by row. */
  private final long[] matrix;

  /** For each of the first partial rounds, its head and factors. */
  private final long[][] firstFactors;

  private final long[] factors;
  private final long[] partialConstants;
  private final long[] tails;
  private final long[] tailConstants;
  private final BatchPermutation batch;

  private Permutation(Parameters parameters) {
    width = parameters.width;
    partialRounds = parameters.partialRounds;
    matrix = Slots.of(Stream.of(parameters.matrix).flatMap(Stream::of).toArray(Fr[]::new));
    Recurrence recurrence = Recurrence.of(parameters);
    batch = new BatchPermutation(parameters, recurrence);
    Fr[] all = parameters.constants;
    int half = FULL_ROUNDS / 2 * width;
    constants =
        Slots.of(
            Stream.concat(
                    Arrays.stream(all, 0, half), Arrays.stream(all, all.length - half, all.length))
                .toArray(Fr[]::new));
    factors = Slots.of(recurrence.factors);
    firstFactors = new long[width - 1][];
    for (int r = 0; r < width - 1; r++) {
      int own = (2 * r + 1) * LIMBS;
      long[] head = Slots.of(recurrence.heads[r]);
      firstFactors[r] = Arrays.copyOf(head, head.length + own);
      System.arraycopy(factors, factors.length - own, firstFactors[r], head.length, own);
    }
    partialConstants = Slots.of(recurrence.constants);
    tails = Slots.of(Stream.of(recurrence.tails).flatMap(Stream::of).toArray(Fr[]::new));
    tailConstants = Slots.of(recurrence.tailConstants);
  }

  /** The permutation of a width from 2 to 17, made at its first use. */
  public static Permutation ofWidth(int width) {
    Permutation made = MADE.get(width);
    if (made == null) {
      made = new Permutation(Parameters.ofWidth(width));
      MADE.set(width, made); // another thread's is as good
    }
    return made;
  }

  /** Elements of the state. */
  public int width() {
    return width;
  }

  /** The same permutation of many states at once. */
  public BatchPermutation batch() {
    return batch;
  }

  /** Room for the state, which comes first, and for what is computed in between. */
  public long[] workspace() {
    return new long[(width + 2 * partialRounds) * LIMBS];
  }

  /** The state in a workspace's first slots, canonical or tight, is replaced, by a loose one. */
  public void permute(long[] work) {
    rounds(work, width);
  }

  /** As {@link #permute}, but the state's first element alone is right. */
  public void permuteToFirst(long[] work) {
    rounds(work, 1);
  }

  private void rounds(long[] work, int outputs) {
    int half = FULL_ROUNDS / 2;
    for (int i = 0; i < width * LIMBS; i += LIMBS) {
      FrKernels.add(work, i, work, i, constants, i);
    }
    for (int r = 1; r < half; r++) {
      fullRound(work, width);
      addConstants(work, r);
    }
    fullRound(work, width);
    partialRounds(work);
    for (int r = half + 1; r < FULL_ROUNDS; r++) {
      fullRound(work, width);
      addConstants(work, r);
    }
    fullRound(work, outputs);
  }

  private void addConstants(long[] work, int round) {
    int from = round * width * LIMBS;
    for (int i = 0; i < width * LIMBS; i += LIMBS) {
      FrKernels.add(work, i, work, i, constants, from + i);
    }
  }

  /** The state = so many rows of the matrix times the fifth powers of the state. */
  private void fullRound(long[] work, int rows) {
    int size = width * LIMBS;
    for (int i = 0; i < size; i += LIMBS) {
      fifthPower(work, size + i, work, i);
    }
    for (int i = 0; i < rows; i++) {
      FrKernels.sumOfProducts(work, i * LIMBS, work, size, matrix, i * size, width);
    }
  }

  /** z = x^5. Loose to tight; z is not x. */
  private static void fifthPower(long[] z, int zo, long[] x, int xo) {
    FrKernels.sqr(z, zo, x, xo);
    FrKernels.sqr(z, zo, z, zo);
    FrKernels.mul(z, zo, z, zo, x, xo);
  }

  /**
   * The workspace holds x_0, the rest of the state, y_0, x_1, y_1, .., y_(R-1), x_R, so that each
   * sum is of slots that follow each other. A sum is in (-p, 4p), and in (-p, 5p) with its
   * constant.
   */
  private void partialRounds(long[] work) {
    int n = width - 1;
    FrKernels.add(work, 0, work, 0, partialConstants, 0);
    int x = 0;
    int y = width * LIMBS;
    for (int r = 0; r < partialRounds; r++) {
      fifthPower(work, y, work, x);
      x = y + LIMBS;
      if (r < n) {
        FrKernels.sumOfProducts(work, x, work, LIMBS, firstFactors[r], 0, n + 2 * r + 1);
      } else {
        FrKernels.sumOfProducts(work, x, work, y - 2 * n * LIMBS, factors, 0, 2 * n + 1);
      }
      FrKernels.add(work, x, work, x, partialConstants, (r + 1) * LIMBS);
      y = x + LIMBS;
    }
    FrKernels.copy(work, 0, work, x);
    for (int i = 0; i < n; i++) {
      int to = (i + 1) * LIMBS;
      FrKernels.sumOfProducts(work, to, work, y - 2 * n * LIMBS, tails, 2 * n * i * LIMBS, 2 * n);
      FrKernels.add(work, to, work, to, tailConstants, i * LIMBS);
    }
  }
}
