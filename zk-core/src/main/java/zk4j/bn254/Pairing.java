package zk4j.bn254;

import java.util.List;
import zk4j.core.internal.pairing.FinalExponentiation;
import zk4j.core.internal.pairing.Fq12Kernels;
import zk4j.core.internal.pairing.MillerLoop;

/** The optimal ate pairing of BN254, and products of pairings that share their squarings. */
public final class Pairing {
  private Pairing() {}

  /** e(p, q); 1 if either is infinity. */
  public static Gt pairing(G1 p, G2 q) {
    return product(List.of(p), List.of(PreparedG2.once(q)));
  }

  /**
   * The product of e(p[i], q[i]).
   *
   * @throws IllegalArgumentException if there are not as many of one as of the other
   */
  public static Gt product(List<G1> p, List<PreparedG2> q) {
    if (p.size() != q.size()) {
      throw new IllegalArgumentException(
          p.size() + " points of G1 paired with " + q.size() + " of G2");
    }
    Fq12Kernels kernels = new Fq12Kernels();
    MillerLoop loop = new MillerLoop(kernels);
    for (int i = 0; i < p.size(); i++) {
      q.get(i).addTo(loop, p.get(i));
    }
    long[] f = new long[Fq12Kernels.LIMBS];
    loop.run(f, 0);
    FinalExponentiation.power(f, 0, kernels);
    return new Gt(Fq12.fromLimbs(f));
  }

  /** Whether the product of e(p[i], q[i]) is 1. */
  public static boolean productIsOne(List<G1> p, List<PreparedG2> q) {
    return product(p, q).isOne();
  }
}
