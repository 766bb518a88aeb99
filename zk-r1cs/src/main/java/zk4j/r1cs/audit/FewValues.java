package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The values of one wire of a product, for all values of its other wires, if those are few.
 *
 * @param unique whether there is one at most for each choice of the others
 * @param largest of all, as a number below p
 */
record FewValues(boolean unique, BigInteger largest) {
  /** Choices that are tried. */
  private static final int MOST = 64;

  /**
   * Tries the values of the others.
   *
   * @param conditions constraints of the others alone, which rule out some of their values
   * @param max for each wire its largest value, or null
   * @return null if the others have more than a few, or the wire any
   */
  static @Nullable FewValues of(
      BigInteger p,
      PrimeSystem.Row row,
      int wire,
      List<Integer> others,
      List<PrimeSystem.Row> conditions,
      @Nullable BigInteger[] max) {
    long choices = 1;
    for (int other : others) {
      BigInteger largest = max[other];
      if (largest == null || largest.bitLength() > 6) {
        return null;
      }
      choices *= largest.intValue() + 1;
      if (choices > MOST) {
        return null;
      }
    }
    boolean unique = true;
    BigInteger largest = BigInteger.ZERO;
    for (int choice = 0; choice < choices; choice++) {
      List<int[]> assignment = assignment(choice, others, max);
      if (!conditions.stream().allMatch(condition -> holds(p, condition, assignment))) {
        continue;
      }
      TreeSet<BigInteger> values = values(p, row, wire, assignment);
      if (values == null) {
        return null;
      }
      BigInteger bound = max[wire];
      values.removeIf(value -> bound != null && value.compareTo(bound) > 0);
      unique &= values.size() <= 1;
      largest = values.isEmpty() ? largest : largest.max(values.last());
    }
    return new FewValues(unique, largest);
  }

  private static boolean holds(BigInteger p, PrimeSystem.Row row, List<int[]> assignment) {
    BigInteger product =
        constant(p, row.a(), assignment).multiply(constant(p, row.b(), assignment));
    return product.mod(p).equals(constant(p, row.c(), assignment));
  }

  /** Pairs of a wire and its value. */
  private static List<int[]> assignment(
      int choice, List<Integer> others, @Nullable BigInteger[] max) {
    List<int[]> values = new ArrayList<>(others.size());
    int rest = choice;
    for (int other : others) {
      BigInteger largest = max[other];
      int size = largest == null ? 1 : largest.intValue() + 1;
      values.add(new int[] {other, rest % size});
      rest /= size;
    }
    return values;
  }

  /** The x with (a1 x + a0)(b1 x + b0) = c1 x + c0, or null if there are any, or not known. */
  private static @Nullable TreeSet<BigInteger> values(
      BigInteger p, PrimeSystem.Row row, int wire, List<int[]> assignment) {
    BigInteger a1 = row.a().factor(wire);
    BigInteger b1 = row.b().factor(wire);
    BigInteger c1 = row.c().factor(wire);
    BigInteger a0 = constant(p, row.a(), assignment);
    BigInteger b0 = constant(p, row.b(), assignment);
    BigInteger c0 = constant(p, row.c(), assignment);
    TreeSet<BigInteger> values = new TreeSet<>();
    if (a1.signum() == 0 || b1.signum() == 0) {
      BigInteger linear = a1.multiply(b0).add(a0.multiply(b1)).subtract(c1);
      return addRoot(values, p, linear, a0.multiply(b0).subtract(c0)) ? values : null;
    }
    boolean zero = c1.signum() == 0 && c0.signum() == 0;
    boolean found = zero && addRoot(values, p, a1, a0) && addRoot(values, p, b1, b0);
    return found ? values : null;
  }

  private static BigInteger constant(BigInteger p, Form form, List<int[]> assignment) {
    BigInteger sum = form.constant();
    for (int[] pair : assignment) {
      sum = sum.add(form.factor(pair[0]).multiply(BigInteger.valueOf(pair[1])));
    }
    return sum.mod(p);
  }

  /** Adds the root of factor * x + constant, if there is one; false if everything is one. */
  private static boolean addRoot(
      TreeSet<BigInteger> roots, BigInteger p, BigInteger factor, BigInteger constant) {
    BigInteger reduced = factor.mod(p);
    if (reduced.signum() != 0) {
      roots.add(constant.negate().multiply(Form.inverse(p, reduced)).mod(p));
      return true;
    }
    return constant.mod(p).signum() != 0;
  }
}
