package zk4j.poseidon.internal;

import java.util.Arrays;
import zk4j.bn254.Fr;

/**
 * Poseidon's partial rounds as a linear recurrence.
 *
 * <p>A partial round raises the first element of the state to the fifth power, x_r to y_r, and
 * multiplies the state by the matrix (m v; w H), H being square of size n = t - 1. What the rest of
 * the state does in between is linear, and is not needed: the first elements obey, by Cayley and
 * Hamilton, with H's characteristic polynomial z^n + a_1 z^(n-1) + .. + a_n,
 *
 * <pre>x_(r+1) = b_0 y_r + .. + b_n y_(r-n) - a_1 x_r - .. - a_n x_(r+1-n) + constant</pre>
 *
 * <p>with b_0 = m and b_k = a_k m + v q_(k-1) w, where q_k = H^k + a_1 H^(k-1) + .. + a_k. Before
 * there are n predecessors, the sum has those that there are, and v q_r times the rest of the state
 * before the rounds. The rest after them follows from the last n of x and of y. So a round is one
 * sum of 2n + 1 products that is reduced once; the factorisation in sparse matrices (ePrint
 * 2019/458, appendix B) has as many products, and n + 1 reductions.
 *
 * <p>Constants of the rest of the state are moved into those of the first element.
 */
public final class Recurrence {
  /** v q_r for r below n: the factors of the rest of the state before the rounds. */
  final Fr[][] heads;

  /** b_n, -a_n, b_(n-1), .., -a_1, b_0: those of y_(r-n), x_(r-n+1), .., x_r, y_r. */
  final Fr[] factors;

  /**
   * c_0..c_R, R being the number of partial rounds: x_0 is the state's first element and c_0, x_r a
   * sum of products and c_r.
   */
  final Fr[] constants;

  /**
   * n rows of 2n factors of y_(R-n), x_(R-n+1), .., y_(R-1), x_R: they give the rest of the state
   * after the rounds.
   */
  final Fr[][] tails;

  /** To be added to what the tails give. */
  final Fr[] tailConstants;

  private Recurrence(Fr[][] heads, Fr[] factors, Fr[] constants, Fr[][] tails, Fr[] tailConstants) {
    this.heads = heads;
    this.factors = factors;
    this.constants = constants;
    this.tails = tails;
    this.tailConstants = tailConstants;
  }

  /** Constants of the round that follows the partial ones are part of this. */
  public static Recurrence of(Parameters parameters) {
    Fr[][] matrix = parameters.matrix;
    int n = parameters.width - 1;
    Fr m = matrix[0][0];
    Fr[] v = rest(matrix[0]);
    Fr[] w = rest(Matrices.transposed(matrix)[0]);
    Fr[][] h = new Fr[n][];
    Arrays.setAll(h, i -> rest(matrix[i + 1]));

    Fr[][] outputs = new Fr[n][]; // v, v H, .., v H^(n-1)
    Fr[] next = v;
    for (int i = 0; i < n; i++) {
      outputs[i] = next;
      next = Matrices.times(next, h);
    }
    Fr[][] inverse = Matrices.inverse(outputs);
    Fr[] last = Matrices.times(next, inverse); // v H^n = the sum of last_i v H^i

    Fr[] a = new Fr[n + 1];
    Fr[] b = new Fr[n + 1];
    Fr[][] heads = new Fr[n][];
    a[0] = Fr.ONE;
    b[0] = m;
    for (int k = 1; k <= n; k++) {
      Fr[] head = outputs[k - 1];
      for (int j = 1; j < k; j++) {
        head = Matrices.sum(head, Matrices.scaled(outputs[k - 1 - j], a[j]));
      }
      heads[k - 1] = head;
      a[k] = last[n - k].negate();
      b[k] = a[k].times(m).plus(Matrices.dot(head, w));
    }
    Fr[] factors = new Fr[2 * n + 1];
    factors[2 * n] = m;
    for (int k = 1; k <= n; k++) {
      factors[2 * (n - k)] = b[k];
      factors[2 * (n - k) + 1] = a[k].negate();
    }

    int rounds = parameters.partialRounds;
    Fr[] moved = new Fr[rounds + 1]; // the first elements' constants, were x_(r+1) = m y_r + v rest
    Fr[] constants = new Fr[rounds + 1];
    Fr[] left = new Fr[n]; // the rest's constants, all rounds' so far
    Arrays.fill(left, Fr.ZERO);
    for (int r = 0; r <= rounds; r++) {
      int from = (Parameters.FULL_ROUNDS / 2 + r) * parameters.width;
      Fr[] round = Arrays.copyOfRange(parameters.constants, from, from + parameters.width);
      moved[r] = round[0].plus(Matrices.dot(v, left));
      left = Matrices.sum(Matrices.times(h, left), rest(round));
      constants[r] = moved[r];
      for (int k = 1; k <= n && k < r; k++) {
        constants[r] = constants[r].plus(a[k].times(moved[r - k]));
      }
    }
    Fr[][] fromX = lastToRest(inverse, last);
    Fr[] lastMoved = Arrays.copyOfRange(moved, rounds + 1 - n, rounds + 1);
    Fr[] tailConstants =
        Matrices.sum(left, Matrices.scaled(Matrices.times(fromX, lastMoved), Fr.of(-1)));
    return new Recurrence(heads, factors, constants, tails(h, m, v, w, fromX), tailConstants);
  }

  /** The factor in x_(r+1), r below n, of element i of the rest of the state before the rounds. */
  public Fr head(int r, int i) {
    return heads[r][i];
  }

  /** b_k: the factor in x_(r+1) of y_(r-k). */
  public Fr powerFactor(int k) {
    return factors[factors.length - 1 - 2 * k];
  }

  /** -a_k, k from 1: the factor in x_(r+1) of x_(r+1-k). */
  public Fr baseFactor(int k) {
    return factors[factors.length - 2 * k];
  }

  /** c_r. */
  public Fr constant(int r) {
    return constants[r];
  }

  /** The factor in element i of the rest after the rounds of y_(R-n+j). */
  public Fr tailPower(int i, int j) {
    return tails[i][2 * j];
  }

  /** The factor in element i of the rest after the rounds of x_(R-n+1+j). */
  public Fr tailBase(int i, int j) {
    return tails[i][2 * j + 1];
  }

  /** What is added to element i of the rest after the rounds. */
  public Fr tailConstant(int i) {
    return tailConstants[i];
  }

  private static Fr[] rest(Fr[] x) {
    return Arrays.copyOfRange(x, 1, x.length);
  }

  /**
   * H^n O^-1, O having the rows v, v H, .., v H^(n-1): it takes n outputs to the state after. As O
   * H = C O for the companion matrix C, it is O^-1 C^n.
   */
  private static Fr[][] lastToRest(Fr[][] inverse, Fr[] last) {
    int n = last.length;
    Fr[][] rows = new Fr[n][];
    for (int i = 0; i < n; i++) {
      Fr[] row = inverse[i];
      for (int k = 0; k < n; k++) {
        Fr[] product = Matrices.scaled(last, row[n - 1]);
        for (int j = 1; j < n; j++) {
          product[j] = product[j].plus(row[j - 1]);
        }
        row = product;
      }
      rows[i] = row;
    }
    return rows;
  }

  /**
   * With rest the state's rest n rounds before the end, y_i counted from there, and h_0 = m, h_k =
   * v H^(k-1) w: x_(i+1) = v H^i rest + the sum over j <= i of h_(i-j) y_j; and at the end it is
   * H^n rest + the sum of H^(n-1-j) w y_j. Elimination of rest gives the factors.
   */
  private static Fr[][] tails(Fr[][] h, Fr m, Fr[] v, Fr[] w, Fr[][] fromX) {
    int n = w.length;
    Fr[] response = new Fr[n];
    Fr[][] powers = new Fr[n][]; // H^k w
    response[0] = m;
    powers[0] = w;
    for (int k = 1; k < n; k++) {
      response[k] = Matrices.dot(v, powers[k - 1]);
      powers[k] = Matrices.times(h, powers[k - 1]);
    }
    Fr[][] tails = new Fr[n][2 * n];
    for (int row = 0; row < n; row++) {
      for (int j = 0; j < n; j++) {
        Fr y = powers[n - 1 - j][row];
        for (int i = j; i < n; i++) {
          y = y.minus(fromX[row][i].times(response[i - j]));
        }
        tails[row][2 * j] = y;
        tails[row][2 * j + 1] = fromX[row][j];
      }
    }
    return tails;
  }
}
