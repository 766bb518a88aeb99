package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a denominator L and a numerator N cannot both be 0, so that q L = N has one q at most.
 * Sums of points of a twisted Edwards curve are such quotients.
 *
 * <p>Let L = u + v M with a product M of forms, and N = s M1 + t M2 + c L with constants s, t, c, s
 * other than 0, where M1 divides M, and (M / M1) M2 is a square R^2 of a product of forms. If L = N
 * = 0, then M1 = k M2 with k = -t / s, so that M = (M / M1) M1 = k R^2, and u + v k R^2 = L = 0.
 * That is impossible if v k is 0 and u is not, and if R^2 = -u / (v k) were no square, which
 * Euler's criterion decides.
 *
 * <p>If M itself is a square, L is not 0 unless M = -u / v, whatever N is.
 *
 * <p>Of a sum of points of a x^2 + y^2 = 1 + d x^2 y^2, M = x1 x2 y1 y2, and M1 and M2 are x1 y2
 * and x2 y1, or y1 y2 and x1 x2: what must not be a square is 1/d, or a/d. Whether the points are
 * on the curve does not matter.
 */
final class Denominators {
  /** Factors that M is taken apart into. */
  private static final int MOST_FACTORS = 6;

  /** Terms of a polynomial. */
  private static final int MOST_TERMS = 60;

  /** How often products are taken apart. */
  private static final int DEPTH = 3;

  private final BigInteger p;

  /** By wire, constraints a * b = c where c is a multiple of the wire. */
  private final Map<Integer, PrimeSystem.Row> products = new HashMap<>();

  /**
   * Denominators in some constraints.
   *
   * @param p odd
   */
  Denominators(BigInteger p, List<PrimeSystem.Row> rows) {
    this.p = p;
    for (PrimeSystem.Row row : rows) {
      boolean constant = row.a().isConstant() || row.b().isConstant() || row.c().isConstant();
      if (row.c().factors().size() == 1 && !constant) {
        products.putIfAbsent(wire(row.c()), row);
      }
    }
  }

  private static int wire(Form form) {
    return form.factors().keySet().iterator().next();
  }

  /** Whether no solution has both forms 0; false if that was not shown. */
  boolean excludeEachOther(Form denominator, Form numerator) {
    Form terms = denominator.withoutConstant();
    if (terms.isZero()) {
      return !denominator.isZero();
    }
    int wire = wire(terms);
    BigInteger c = numerator.factor(wire).multiply(denominator.inverse(wire));
    Form rest = numerator.plus(denominator, c.negate());
    if (rest.isConstant() && !rest.isZero()) {
      return true; // N - c L is a constant other than 0
    }
    if (numerator.isZero() || terms.factors().size() > 1) {
      return false;
    }
    for (int depth = 1; depth <= DEPTH; depth++) {
      Set<Integer> apart = new HashSet<>();
      List<Form> factors = new ArrayList<>();
      BigInteger v = takeApart(terms, depth, factors, apart);
      if (factors.size() > MOST_FACTORS) {
        return false;
      }
      if (depth > 1) {
        numerator.factors().keySet().stream().filter(products::containsKey).forEach(apart::add);
      }
      BigInteger u = denominator.constant();
      if (oddOnes(factors).isEmpty() && isNoSquare(u.negate().multiply(v.modInverse(p)))) {
        return true;
      }
      Polynomial l = polynomial(denominator, apart, DEPTH);
      Polynomial n = polynomial(numerator, apart, DEPTH);
      if (l != null && n != null && excludeEachOther(u, v, factors, l, n, apart)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Adds the factors of a form, and the wires that were taken apart for it. Returns what is left
   * beside the factors, a constant.
   */
  private BigInteger takeApart(Form form, int depth, List<Form> factors, Set<Integer> apart) {
    int wire = wire(form);
    PrimeSystem.Row row = form.factors().size() == 1 ? products.get(wire) : null;
    if (row == null || depth == 0) {
      factors.add(form.normalized());
      return form.factor(wire);
    }
    apart.add(wire);
    BigInteger a = takeApart(row.a(), depth - 1, factors, apart);
    BigInteger b = takeApart(row.b(), depth - 1, factors, apart);
    return form.factor(wire).multiply(row.c().inverse(wire)).multiply(a).multiply(b).mod(p);
  }

  /** As above for L = u + v * factors, with L and N as polynomials too. */
  private boolean excludeEachOther(
      BigInteger u,
      BigInteger v,
      List<Form> factors,
      Polynomial l,
      Polynomial n,
      Set<Integer> apart) {
    for (int chosen = 1; chosen < 1 << factors.size(); chosen++) {
      List<Form> ofM1 = new ArrayList<>();
      List<Form> others = new ArrayList<>();
      for (int i = 0; i < factors.size(); i++) {
        ((chosen >> i & 1) != 0 ? ofM1 : others).add(factors.get(i));
      }
      Polynomial m1 = product(ofM1, apart);
      for (List<Form> ofM2 : List.of(others, oddOnes(others))) {
        Polynomial m2 = product(ofM2, apart);
        List<BigInteger> stc = m1 == null || m2 == null ? null : n.in(List.of(m1, m2, l));
        if (stc == null || stc.get(0).signum() == 0) {
          continue;
        }
        BigInteger vk =
            v.multiply(stc.get(1)).negate().multiply(Form.inverse(p, stc.get(0))).mod(p);
        if (vk.signum() == 0
            ? u.signum() != 0
            : isNoSquare(u.negate().multiply(vk.modInverse(p)))) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean isNoSquare(BigInteger x) {
    BigInteger minusOne = p.subtract(BigInteger.ONE);
    return x.mod(p).modPow(minusOne.shiftRight(1), p).equals(minusOne);
  }

  /** What is there an odd number of times, once: what is left out is a square. */
  private static List<Form> oddOnes(List<Form> factors) {
    List<Form> odd = new ArrayList<>();
    for (Form factor : factors) {
      if (!odd.remove(factor)) {
        odd.add(factor);
      }
    }
    return odd;
  }

  private @Nullable Polynomial product(List<Form> factors, Set<Integer> apart) {
    Polynomial product = Polynomial.constant(p, BigInteger.ONE);
    for (Form factor : factors) {
      Polynomial next = polynomial(factor, apart, DEPTH);
      if (next == null || product.size() * next.size() > MOST_TERMS) {
        return null;
      }
      product = product.times(next);
    }
    return product;
  }

  /** A form with wires taken apart; null if it has too many terms, or products of too many. */
  private @Nullable Polynomial polynomial(Form form, Set<Integer> apart, int depth) {
    if (form.factors().size() > MOST_TERMS) {
      return null;
    }
    Polynomial sum = Polynomial.constant(p, BigInteger.ZERO);
    for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
      int wire = term.getKey();
      PrimeSystem.Row row = apart.contains(wire) ? products.get(wire) : null;
      Polynomial value = Polynomial.wire(p, wire);
      BigInteger factor = term.getValue();
      if (row != null) {
        Polynomial a = depth == 0 ? null : polynomial(row.a(), apart, depth - 1);
        Polynomial b = depth == 0 ? null : polynomial(row.b(), apart, depth - 1);
        if (a == null || b == null || a.size() * b.size() > MOST_TERMS) {
          return null;
        }
        value = a.times(b);
        factor = factor.multiply(row.c().inverse(wire));
      }
      sum = sum.plus(value, factor);
      if (sum.size() > MOST_TERMS) {
        return null;
      }
    }
    return sum;
  }
}
