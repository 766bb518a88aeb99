package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Bits that are required to be those of a number up to a constant, compared with its bits two at a
 * time, as circomlib's CompConstant does.
 *
 * <p>Let s_i and c_i be the i-th of m pairs of bits of the number and of the constant, each 0..3.
 * Pair i gives a part: 0 where s_i = c_i, 2^i where s_i is less, 2^K - 2^i where it is greater,
 * with m below K. With D the sum of 2^i over pairs that are greater, less that over those that are
 * less, the parts' sum S is -D modulo 2^K. It is required that S, which is below m 2^K < p, is a
 * sum of different powers of two times bits, below p and without 2^(K - 1): S modulo 2^K is below
 * 2^(K - 1). If D were above 0, it would be at most 2^m - 1 < 2^(K - 1), so that -D modulo 2^K were
 * above 2^(K - 1). So D is at most 0, the highest pair that differs is less, and the number is at
 * most the constant.
 */
final class PairComparison {
  private final BigInteger p;
  private final List<Form> linear;
  private final List<PrimeSystem.Row> products;
  private final List<List<Integer>> uses;
  private final @Nullable BigInteger[] max;

  /**
   * Comparisons in a system.
   *
   * @param uses for each wire, linear forms (as 2i) and products (as 2i + 1) that have it
   * @param max for each wire its largest value, or null
   */
  PairComparison(
      BigInteger p,
      List<Form> linear,
      List<PrimeSystem.Row> products,
      List<List<Integer>> uses,
      @Nullable BigInteger[] max) {
    this.p = p;
    this.linear = linear;
    this.products = products;
    this.uses = uses;
    this.max = max;
  }

  /**
   * What a number is at most.
   *
   * @param bits its bits' wires, the lowest first, each known to be 0 or 1
   * @return null if no comparison was found
   */
  @Nullable BigInteger largest(List<Integer> bits) {
    if (bits.size() % 2 != 0) {
      return null;
    }
    for (int part : parts(bits, 0).keySet()) {
      for (int use : uses.get(part)) {
        BigInteger found = use % 2 == 0 ? largest(bits, part, linear.get(use / 2)) : null;
        if (found != null) {
          return found;
        }
      }
    }
    return null;
  }

  /** Wires beside a pair in a product, and their values for 0..3. */
  private Map<Integer, BigInteger[]> parts(List<Integer> bits, int pair) {
    Map<Integer, BigInteger[]> parts = new HashMap<>();
    int low = bits.get(2 * pair);
    int high = bits.get(2 * pair + 1);
    for (int use : uses.get(low)) {
      PrimeSystem.Row row = use % 2 == 1 ? products.get(use / 2) : null;
      Set<Integer> wires = row == null ? Set.of() : row.wires();
      if (row != null && wires.size() == 3 && wires.contains(high)) {
        wires.remove(low);
        wires.remove(high);
        int part = wires.iterator().next();
        if (row.a().factor(part).signum() == 0 && row.b().factor(part).signum() == 0) {
          BigInteger[] values = new BigInteger[4];
          for (int s = 0; s < values.length; s++) {
            BigInteger product =
                value(row.a(), low, high, s).multiply(value(row.b(), low, high, s));
            BigInteger rest = product.subtract(value(row.c(), low, high, s));
            values[s] = rest.multiply(row.c().inverse(part)).mod(p);
          }
          parts.put(part, values);
        }
      }
    }
    return parts;
  }

  /** A form's value at two wires' bits, without its other wires. */
  private static BigInteger value(Form form, int low, int high, int s) {
    return form.constant()
        .add(form.factor(low).multiply(BigInteger.valueOf(s & 1)))
        .add(form.factor(high).multiply(BigInteger.valueOf(s >> 1)));
  }

  /** As above, by the form that has the sum of parts, of which one is the first pair's. */
  private @Nullable BigInteger largest(List<Integer> bits, int first, Form form) {
    int m = bits.size() / 2;
    Form rest = form.times(form.inverse(first));
    BigInteger constant = BigInteger.ZERO;
    BigInteger power = BigInteger.ZERO; // 2^K, once it is known
    for (int i = 0; i < m; i++) {
      BigInteger unit = BigInteger.ONE.shiftLeft(i);
      boolean found = false;
      for (Map.Entry<Integer, BigInteger[]> part : parts(bits, i).entrySet()) {
        int wire = part.getKey();
        int c = List.of(part.getValue()).indexOf(BigInteger.ZERO);
        if (found || c < 0 || !rest.factor(wire).equals(BigInteger.ONE)) {
          continue;
        }
        found = true;
        for (int s = 0; s < 4; s++) {
          BigInteger value = part.getValue()[s];
          if (s > c && power.signum() == 0) {
            power = value.add(unit);
          }
          BigInteger expected = s < c ? unit : s == c ? BigInteger.ZERO : power.subtract(unit);
          found &= value.equals(expected);
        }
        constant = constant.add(BigInteger.valueOf(c).shiftLeft(2 * i));
        rest = rest.minus(Form.of(p, Map.of(wire, BigInteger.ONE)));
      }
      if (!found) {
        return null;
      }
    }
    boolean fits =
        power.bitCount() == 1
            && power.bitLength() - 1 > m
            && power.multiply(BigInteger.valueOf(m)).compareTo(p) < 0;
    return fits && isOfOtherPowers(rest, power.shiftRight(1)) ? constant : null;
  }

  /** Whether -form, or what a wire alone in it is, is a sum of bits as is required of S. */
  private boolean isOfOtherPowers(Form form, BigInteger excluded) {
    if (form.factors().size() != 1 || form.isConstant()) {
      return hasOtherPowers(form, excluded);
    }
    int sum = form.factors().keySet().iterator().next();
    for (int use : uses.get(sum)) {
      if (use % 2 == 0) {
        Form other = linear.get(use / 2);
        BigInteger factor = form.factor(sum).multiply(other.inverse(sum));
        if (hasOtherPowers(form.plus(other, factor.negate()), excluded)) {
          return true;
        }
      }
    }
    return false;
  }

  private boolean hasOtherPowers(Form form, BigInteger excluded) {
    BigInteger used = BigInteger.ZERO;
    for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
      BigInteger factor = p.subtract(term.getValue());
      boolean bit = term.getKey() != 0 && BigInteger.ONE.equals(max[term.getKey()]);
      boolean again = !used.and(factor).equals(BigInteger.ZERO);
      if (!bit || again || factor.bitCount() != 1 || factor.equals(excluded)) {
        return false;
      }
      used = used.or(factor);
    }
    return used.compareTo(p) < 0;
  }
}
