package zk4j.poseidon.internal;

import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.stream.Stream;
import zk4j.bn254.Fr;

/**
 * Poseidon's plain parameters for a width t: 8 full rounds, half of them before and half after the
 * partial ones, of x^5, over BN254's scalar field. Made as the paper's authors do (ePrint 2019/458,
 * appendix E), with the numbers of partial rounds that circomlib uses.
 */
public final class Parameters {
  /** Rounds that raise all elements, half of them before the partial rounds and half after. */
  public static final int FULL_ROUNDS = 8;

  static final int MIN_WIDTH = 2;

  /** The largest width. */
  public static final int MAX_WIDTH = 17;

  /** For widths from 2 on. */
  private static final int[] PARTIAL_ROUNDS = {
    56, 57, 56, 60, 60, 63, 64, 63, 60, 66, 60, 65, 70, 60, 64, 68
  };

  /** Elements of the state, t. */
  final int width;

  /** Rounds that raise the first element alone. */
  final int partialRounds;

  /** Of all rounds, t each. */
  final Fr[] constants;

  /** t rows of t, which a round multiplies the state by. */
  final Fr[][] matrix;

  private Parameters(int width, int partialRounds, Fr[] constants, Fr[][] matrix) {
    this.width = width;
    this.partialRounds = partialRounds;
    this.constants = constants;
    this.matrix = matrix;
  }

  /** The parameters of a width, 2 to 17; computed in each call. */
  public static Parameters ofWidth(int width) {
    int partialRounds = PARTIAL_ROUNDS[width - MIN_WIDTH];
    Grain grain = new Grain(width, FULL_ROUNDS, partialRounds);
    Fr[] constants = new Fr[(FULL_ROUNDS + partialRounds) * width];
    for (int i = 0; i < constants.length; i++) {
      BigInteger number = grain.number();
      while (number.compareTo(Fr.MODULUS) >= 0) {
        number = grain.number();
      }
      constants[i] = Fr.of(number);
    }
    return new Parameters(width, partialRounds, constants, cauchyMatrix(grain, width));
  }

  /** 1 / (x_i + y_j), with the first 2t numbers of the generator that are distinct. */
  private static Fr[][] cauchyMatrix(Grain grain, int width) {
    List<Fr> points;
    do {
      points = Stream.generate(() -> Fr.reduce(grain.number())).limit(2L * width).toList();
    } while (new HashSet<>(points).size() < points.size());
    Fr[][] matrix = new Fr[width][width];
    for (int i = 0; i < width; i++) {
      for (int j = 0; j < width; j++) {
        matrix[i][j] = points.get(i).plus(points.get(width + j)).inverse();
      }
    }
    return matrix;
  }

  /** Elements of the state. */
  public int width() {
    return width;
  }

  /** Rounds that raise the first element alone. */
  public int partialRounds() {
    return partialRounds;
  }

  /** What is added to an element of the state before a round, partial ones counted too. */
  public Fr constant(int round, int element) {
    return constants[round * width + element];
  }

  /** The factor of element {@code column} in element {@code row} after a round. */
  public Fr factor(int row, int column) {
    return matrix[row][column];
  }
}
