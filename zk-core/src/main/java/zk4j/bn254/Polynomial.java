package zk4j.bn254;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import zk4j.core.Execution;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.spi.FrStore;

/** A polynomial in one variable over the scalar field. Immutable. */
public final class Polynomial {
  /** 0. */
  public static final Polynomial ZERO = new Polynomial(FrVector.zeros(0));

  /** Products of shorter polynomials are not worth transforms. */
  private static final int TRANSFORM = 64;

  /** From the constant one up; the last is not 0. */
  private final FrVector coefficients;

  private Polynomial(FrVector coefficients) {
    this.coefficients = coefficients;
  }

  /** The polynomial of coefficients, from the constant one up; they are copied. */
  public static Polynomial of(FrVector coefficients) {
    int length = coefficients.size();
    while (length > 0 && coefficients.get(length - 1).isZero()) {
      length--;
    }
    return new Polynomial(coefficients.slice(0, length));
  }

  /** The polynomial of coefficients, from the constant one up. */
  public static Polynomial of(Fr... coefficients) {
    return of(FrVector.of(coefficients));
  }

  /** The degree; -1 for 0. */
  public int degree() {
    return coefficients.size() - 1;
  }

  /** The coefficient of x^i, for any i of at least 0. */
  public Fr coefficient(int i) {
    return i <= degree() ? coefficients.get(i) : Fr.ZERO;
  }

  /** A copy of the coefficients, from the constant one up, with zeros up to a size. */
  public FrVector coefficients(int size) {
    return coefficients.padded(size);
  }

  /** The value at x (Horner's rule). */
  public Fr evaluate(Fr x) {
    return FrSlots.get(horner(x, null));
  }

  /** The value at x; if there is a place for it, also the quotient by X - x. */
  private long[] horner(Fr x, @Nullable FrStore quotient) {
    int f = FrKernels.LIMBS;
    FrSlots chunk = new FrSlots(coefficients.size());
    long[] factor = FrSlots.of(x);
    long[] value = new long[f];
    long[] next = new long[f];
    for (int to = coefficients.size(); to > 0; ) {
      int from = (to - 1) / FrSlots.CHUNK * FrSlots.CHUNK;
      chunk.read(coefficients.store(), from, to);
      for (int i = (to - from - 1) * f; i >= 0; i -= f) {
        FrKernels.mul(next, 0, value, 0, factor, 0);
        FrKernels.add(next, 0, next, 0, chunk.slots, i);
        FrKernels.copy(chunk.slots, i, value, 0); // the quotient's coefficient
        FrKernels.copy(value, 0, next, 0);
      }
      if (quotient != null) {
        chunk.write(quotient, from, to);
      }
      to = from;
    }
    return value;
  }

  /** this + other. */
  public Polynomial plus(Polynomial other) {
    int size = Math.max(coefficients.size(), other.coefficients.size());
    FrVector sum = coefficients.padded(size);
    sum.addInPlace(other.coefficients.padded(size));
    return of(sum);
  }

  /** this - other. */
  public Polynomial minus(Polynomial other) {
    int size = Math.max(coefficients.size(), other.coefficients.size());
    FrVector difference = coefficients.padded(size);
    difference.subtractInPlace(other.coefficients.padded(size));
    return of(difference);
  }

  /** this * factor. */
  public Polynomial times(Fr factor) {
    FrVector product = coefficients.copy();
    product.scaleInPlace(factor);
    return of(product);
  }

  /** this * other. */
  public Polynomial times(Polynomial other, Execution execution) {
    if (degree() < 0 || other.degree() < 0) {
      return ZERO;
    }
    int size = degree() + other.degree() + 1;
    if (Math.min(degree(), other.degree()) < TRANSFORM) {
      return timesBySchoolbook(other, size);
    }
    EvaluationDomain domain = EvaluationDomain.ofSize(size);
    FrVector values = coefficients.padded(domain.size());
    FrVector factors = other.coefficients.padded(domain.size());
    domain.forward(values, execution);
    domain.forward(factors, execution);
    values.multiplyInPlace(factors);
    domain.inverse(values, execution);
    return of(values);
  }

  private Polynomial timesBySchoolbook(Polynomial other, int size) {
    Fr[] product = new Fr[size];
    Arrays.fill(product, Fr.ZERO);
    for (int i = 0; i <= degree(); i++) {
      Fr factor = coefficients.get(i);
      for (int j = 0; j <= other.degree(); j++) {
        product[i + j] = product[i + j].plus(factor.times(other.coefficients.get(j)));
      }
    }
    return of(product);
  }

  /**
   * The quotient of this by x - root (Ruffini's rule).
   *
   * @throws ArithmeticException if this is not 0 at the root
   */
  public Polynomial divideByLinear(Fr root) {
    FrVector quotient = FrVector.zeros(coefficients.size());
    Fr rest = FrSlots.get(horner(root, quotient.store()));
    if (!rest.isZero()) {
      throw new ArithmeticException("the polynomial is " + rest + " at " + root + ", not 0");
    }
    return of(quotient);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Polynomial that && coefficients.contentEquals(that.coefficients);
  }

  @Override
  public int hashCode() {
    return IntStream.range(0, coefficients.size()).mapToObj(coefficients::get).toList().hashCode();
  }

  /** The coefficients with their powers, from the constant one up. */
  @Override
  public String toString() {
    return IntStream.rangeClosed(0, degree())
        .mapToObj(i -> coefficients.get(i) + " x^" + i)
        .collect(Collectors.joining(" + "));
  }
}
