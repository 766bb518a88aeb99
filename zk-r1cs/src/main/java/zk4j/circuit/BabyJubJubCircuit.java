package zk4j.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import zk4j.babyjubjub.Point;
import zk4j.bn254.Fr;

/**
 * The curve BabyJubJub (ERC-2494) in a circuit: a x^2 + y^2 = 1 + d x^2 y^2 with a = 168700 and d =
 * 168696, whose sums are complete (Bernstein et al., ePrint 2008/013). What {@link
 * zk4j.babyjubjub.Point} computes.
 *
 * <p>Coordinates become a {@link CurvePoint} where they are required to be on the curve, and that a
 * {@link SubgroupPoint} by its eightfold: multiples of points are sound for those alone.
 *
 * <p>Multiples are computed on the Montgomery form v^2 = u^3 + 168698 u^2 + u, in sums of points
 * that cannot be equal or opposite.
 */
public final class BabyJubJubCircuit {
  /** The most bits of a factor of any point: an element of the field has as many. */
  public static final int MAX_BITS = 254;

  /** The most bits of a factor of the base point. */
  public static final int MAX_BASE8_BITS = 252;

  private static final Fr A = Fr.of(168700);
  private static final Fr D = Fr.of(168696);
  private static final Fr M = Fr.of(168698);
  private static final LinearCombination ONE = LinearCombination.ofConstant(Fr.ONE);

  /** Bits of a window of a fixed point's multiples. */
  private static final int WINDOW = 3;

  /** Windows of a segment: two have room for the bits of the subgroup's order. */
  private static final int WINDOWS = 42;

  private final CircuitBuilder c;

  /** The curve in a circuit. */
  public BabyJubJubCircuit(CircuitBuilder c) {
    this.c = c;
  }

  /** A point that is known to be on the curve. */
  public static sealed class CurvePoint permits SubgroupPoint {
    private final Signal x;
    private final Signal y;

    private CurvePoint(Signal x, Signal y) {
      this.x = x;
      this.y = y;
    }

    /** The first coordinate. */
    public final Signal x() {
      return x;
    }

    /** The second coordinate. */
    public final Signal y() {
      return y;
    }
  }

  /** A point that is known to be in the subgroup of prime order, and not its neutral element. */
  public static final class SubgroupPoint extends CurvePoint {
    private SubgroupPoint(Signal x, Signal y) {
      super(x, y);
    }
  }

  /** A point in Montgomery form, not the neutral one. */
  private record Montgomery(Signal u, Signal v) {}

  /** The point with some coordinates, which is required to be on the curve. Three constraints. */
  public CurvePoint point(Signal x, Signal y) {
    Signal xx = x.square();
    Signal yy = y.square();
    c.product(xx.times(D).value, yy.value, xx.times(A).plus(yy).minus(1).value);
    return new CurvePoint(x, y);
  }

  /** A constant point. */
  public CurvePoint constant(Point point) {
    return new CurvePoint(c.constant(point.x()), c.constant(point.y()));
  }

  /** Requires two points to be the same. */
  public void assertEqual(CurvePoint p, CurvePoint q) {
    p.x.assertEquals(q.x);
    p.y.assertEquals(q.y);
  }

  /** p + q, for any points of the curve. Six constraints; fewer if one is constant. */
  public CurvePoint add(CurvePoint p, CurvePoint q) {
    Signal beta = p.x.times(q.y);
    Signal gamma = p.y.times(q.x);
    Signal delta = p.y.minus(p.x.times(A)).times(q.x.plus(q.y));
    Signal tau = beta.times(gamma).times(D);
    Signal x = c.quotient(beta.plus(gamma).value, tau.plus(1).value);
    Signal y = c.quotient(delta.plus(beta.times(A)).minus(gamma).value, tau.negate().plus(1).value);
    return new CurvePoint(x, y);
  }

  /** 2p, for any point of the curve: a x^2 + y^2 stands for 1 + d x^2 y^2. Five constraints. */
  public CurvePoint twice(CurvePoint p) {
    Signal xy = p.x.times(p.y);
    Signal yy = p.y.square();
    Signal sum = xy.square().times(D).plus(1);
    Signal x = c.quotient(xy.plus(xy).value, sum.value);
    Signal y = c.quotient(yy.plus(yy).minus(sum).value, sum.negate().plus(2).value);
    return new CurvePoint(x, y);
  }

  /** -p. Free. */
  public CurvePoint negate(CurvePoint p) {
    return new CurvePoint(p.x.negate(), p.y);
  }

  /**
   * 8p, which is in the subgroup, and required not to be its neutral element: p is not one of the
   * eight points of small order. Sixteen constraints.
   */
  public SubgroupPoint eightfold(CurvePoint p) {
    CurvePoint multiple = twice(twice(twice(p)));
    multiple.x.assertNotZero(); // of the subgroup, the neutral point alone has x = 0
    return new SubgroupPoint(multiple.x, multiple.y);
  }

  /** Of a point of the subgroup that is not the neutral one: then x and 1 - y are not 0. */
  private Montgomery toMontgomery(CurvePoint p) {
    Signal u = c.quotient(p.y.plus(1).value, p.y.negate().plus(1).value);
    return new Montgomery(u, c.quotient(u.value, p.x.value));
  }

  /** v is 0 at points of even order alone, and no point of the curve has u = -1. */
  private CurvePoint toEdwards(Montgomery p) {
    return new CurvePoint(
        c.quotient(p.u.value, p.v.value), c.quotient(p.u.minus(1).value, p.u.plus(1).value));
  }

  /** p + q for points that are neither equal nor opposite. Three constraints. */
  private Montgomery add(Montgomery p, Montgomery q) {
    Signal slope = c.quotient(q.v.minus(p.v).value, q.u.minus(p.u).value);
    return chord(p, slope, p.u.plus(q.u));
  }

  /** 2p for a point of odd order. Four constraints. */
  private Montgomery twice(Montgomery p) {
    Signal numerator = p.u.square().times(Fr.of(3)).plus(p.u.times(M.plus(M))).plus(c.signal(ONE));
    Signal slope = c.quotient(numerator.value, p.v.plus(p.v).value);
    return chord(p, slope, p.u.plus(p.u));
  }

  private Montgomery chord(Montgomery p, Signal slope, Signal sum) {
    Signal u = slope.square().minus(c.constant(M)).minus(sum);
    return new Montgomery(u, slope.times(p.u.minus(u)).minus(p.v));
  }

  /**
   * The multiple of a point by a number. Nine constraints a bit.
   *
   * @param bits the number's bits, the lowest first, at most {@value #MAX_BITS}
   */
  public CurvePoint times(SubgroupPoint point, List<Bool> bits) {
    requireAtMost(MAX_BITS, bits);
    return c.gadget("times", () -> multiple(point, bits));
  }

  private static void requireAtMost(int most, List<Bool> bits) {
    if (bits.size() > most) {
      throw new IllegalArgumentException(
          "a factor of a point has " + bits.size() + " bits, more than " + most);
    }
  }

  /**
   * A segment of m <= 127 bits starts with 2^m P and adds 2^i P where bit i is 1. Before that the
   * sum is (2^m + s) P with 0 <= s < 2^i, so that neither 2^m + s - 2^i nor 2^m + s + 2^i is 0
   * modulo the order, which is above 2^250: the points are neither equal nor opposite. At last 2^m
   * P is subtracted, by a complete sum.
   */
  private CurvePoint multiple(SubgroupPoint point, List<Bool> bits) {
    int half = (bits.size() + 1) / 2;
    Montgomery base = toMontgomery(point);
    CurvePoint total = null;
    for (int from = 0; from < bits.size(); from += half) {
      List<Bool> segment = bits.subList(from, Math.min(bits.size(), from + half));
      List<Montgomery> doubled = new ArrayList<>();
      for (int i = 0; i < segment.size(); i++) {
        doubled.add(base);
        base = twice(base);
      }
      Montgomery sum = base;
      for (int i = 0; i < segment.size(); i++) {
        Montgomery more = add(sum, doubled.get(i));
        Bool bit = segment.get(i);
        sum = new Montgomery(bit.choose(more.u, sum.u), bit.choose(more.v, sum.v));
      }
      CurvePoint multiple = add(toEdwards(sum), negate(toEdwards(base)));
      total = total == null ? multiple : add(total, multiple);
    }
    return total == null ? constant(Point.IDENTITY) : total;
  }

  /**
   * The multiple of {@link Point#BASE8} by a number, such as the public key of a private one. Seven
   * constraints for three bits.
   *
   * @param bits the number's bits, the lowest first, at most {@value #MAX_BASE8_BITS}
   */
  public CurvePoint base8Times(List<Bool> bits) {
    requireAtMost(MAX_BASE8_BITS, bits);
    return c.gadget("base8Times", () -> base8Multiple(bits));
  }

  /**
   * A segment is the sum of (d_i + 1) 8^i Q for its digits d_i, but of (d_t + 2) 8^t Q for the
   * highest one, t <= 41. From the top down, the sum so far is from 2 * 8^t to below 11 * 8^t <
   * 2^127 times Q, and the next term from 1 to 8^t times it: they are neither equal nor opposite.
   * What the digits were increased by is a constant point, which is subtracted by a complete sum.
   */
  private CurvePoint base8Multiple(List<Bool> bits) {
    BigInteger excess = BigInteger.ZERO;
    CurvePoint total = null;
    int room = WINDOW * WINDOWS;
    for (int from = 0; from < bits.size(); from += room) {
      List<Bool> segment = bits.subList(from, Math.min(bits.size(), from + room));
      int top = (segment.size() - 1) / WINDOW;
      Montgomery sum = null;
      for (int i = top; i >= 0; i--) {
        int more = i == top ? 2 : 1;
        BigInteger unit = BigInteger.ONE.shiftLeft(from + WINDOW * i);
        excess = excess.add(unit.multiply(BigInteger.valueOf(more)));
        List<Bool> digit = segment.subList(WINDOW * i, Math.min(segment.size(), WINDOW * (i + 1)));
        Montgomery term = choose(digit, Point.BASE8.times(unit), more);
        sum = sum == null ? term : add(sum, term);
      }
      if (sum != null) {
        CurvePoint multiple = toEdwards(sum);
        total = total == null ? multiple : add(total, multiple);
      }
    }
    return total == null
        ? constant(Point.IDENTITY)
        : add(total, constant(Point.BASE8.times(excess).negate()));
  }

  /** (digit + more) times a constant point: both coordinates are sums of products of the bits. */
  private Montgomery choose(List<Bool> digit, Point unit, int more) {
    int size = 1 << digit.size();
    Fr[] u = new Fr[size];
    Fr[] v = new Fr[size];
    Point multiple = unit.times(BigInteger.valueOf(more));
    for (int d = 0; d < size; d++) {
      u[d] = Fr.ONE.plus(multiple.y()).times(Fr.ONE.minus(multiple.y()).inverse());
      v[d] = u[d].times(multiple.x().inverse());
      multiple = multiple.plus(unit);
    }
    Signal[] products = new Signal[size];
    products[0] = c.constant(1);
    for (int k = 1; k < size; k++) {
      int highest = Integer.highestOneBit(k);
      Bool bit = digit.get(Integer.numberOfTrailingZeros(highest));
      products[k] = products[k - highest].times((Signal) bit);
    }
    return new Montgomery(combine(products, u), combine(products, v));
  }

  /** The sum of factors times products that is values[d] for the bits of d. */
  private Signal combine(Signal[] products, Fr[] values) {
    Fr[] factors = values.clone();
    for (int bit = 1; bit < factors.length; bit *= 2) {
      for (int k = 0; k < factors.length; k++) {
        if ((k & bit) != 0) {
          factors[k] = factors[k].minus(factors[k - bit]);
        }
      }
    }
    List<Signal> terms = new ArrayList<>();
    for (int k = 0; k < factors.length; k++) {
      terms.add(products[k].times(factors[k]));
    }
    return c.sum(terms);
  }
}
