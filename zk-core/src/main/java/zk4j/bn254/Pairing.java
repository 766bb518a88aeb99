package zk4j.bn254;

import java.util.List;

/** The optimal ate pairing of BN254, and products of pairings that share their squarings. */
public final class Pairing {
  private Pairing() {}

  /** e(p, q); 1 if either is infinity. */
  public static Gt pairing(G1 p, G2 q) {
    return product(List.of(p), List.of(PreparedG2.of(q)));
  }

  /**
   * The product of e(p[i], q[i]).
   *
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  public static Gt product(List<G1> p, List<PreparedG2> q) {
    return new Gt(finalExponentiation(millerLoop(p, q)));
  }

  /** Whether the product of e(p[i], q[i]) is 1. */
  public static boolean productIsOne(List<G1> p, List<PreparedG2> q) {
    return product(p, q).isOne();
  }

  private static Fq12 millerLoop(List<G1> p, List<PreparedG2> q) {
    if (p.size() != q.size()) {
      throw new IllegalArgumentException(
          p.size() + " points of G1 paired with " + q.size() + " of G2");
    }
    int n = p.size();
    Fq[] x = new Fq[n];
    Fq[] y = new Fq[n];
    PreparedG2[] lines = new PreparedG2[n];
    int pairs = 0;
    for (int i = 0; i < n; i++) {
      if (!p.get(i).isInfinity() && !q.get(i).isInfinity()) {
        x[pairs] = p.get(i).x();
        y[pairs] = p.get(i).y();
        lines[pairs++] = q.get(i);
      }
    }
    Fq12 f = Fq12.ONE;
    int line = 0;
    for (int digit : PreparedG2.LOOP) {
      f = f.square();
      for (int steps = digit == 0 ? 1 : 2; steps > 0; steps--) {
        f = timesLines(f, line++, lines, x, y, pairs);
      }
    }
    f = timesLines(f, line++, lines, x, y, pairs);
    return timesLines(f, line, lines, x, y, pairs);
  }

  private static Fq12 timesLines(Fq12 f, int line, PreparedG2[] lines, Fq[] x, Fq[] y, int pairs) {
    Fq12 result = f;
    for (int i = 0; i < pairs; i++) {
      result = lines[i].timesLine(result, line, x[i], y[i]);
    }
    return result;
  }

  /**
   * f to the power of m (q^12 - 1)/r for m = 2x(6x^2 + 3x + 1), which is prime to r
   * (Fuentes-Castañeda, Knapp and Rodríguez-Henríquez, "Faster hashing to G2", SAC 2011, section
   * 5).
   */
  static Fq12 finalExponentiation(Fq12 f) {
    Fq12 easy = f.conjugate().times(f.inverse());
    easy = easy.frobenius().frobenius().times(easy);
    Fq12 fx = powX(easy); // f^x, and so on
    Fq12 f2x = fx.cyclotomicSquare();
    Fq12 f6x = f2x.cyclotomicSquare().times(f2x);
    Fq12 f6x2 = powX(f6x);
    Fq12 f12x3 = powX(f6x2.cyclotomicSquare());
    Fq12 a = f12x3.times(f6x2).times(f6x);
    Fq12 b = a.times(f2x.conjugate());
    Fq12 result = a.times(f6x2).times(easy);
    result = result.times(b.frobenius());
    result = result.times(a.frobenius().frobenius());
    return result.times(b.times(easy.conjugate()).frobenius().frobenius().frobenius());
  }

  /** f^x, for f in the cyclotomic subgroup. */
  private static Fq12 powX(Fq12 f) {
    Fq12 result = f;
    for (int i = PreparedG2.X.bitLength() - 2; i >= 0; i--) {
      result = result.cyclotomicSquare();
      if (PreparedG2.X.testBit(i)) {
        result = result.times(f);
      }
    }
    return result;
  }
}
