package zk4j.circuit;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntFunction;
import zk4j.bn254.Fr;

/**
 * A sum of wires times constant factors. Wire 0 is the constant one. Immutable: wires ascend, and
 * no factor is 0.
 */
public final class LinearCombination {
  static final LinearCombination ZERO = new LinearCombination(new int[0], new Fr[0]);

  private final int[] wires;
  private final Fr[] factors;

  private LinearCombination(int[] wires, Fr[] factors) {
    this.wires = wires;
    this.factors = factors;
  }

  static LinearCombination ofConstant(Fr value) {
    return value.isZero() ? ZERO : new LinearCombination(new int[1], new Fr[] {value});
  }

  static LinearCombination ofWire(int wire) {
    return new LinearCombination(new int[] {wire}, new Fr[] {Fr.ONE});
  }

  /** How many wires it has. */
  public int terms() {
    return wires.length;
  }

  /** The wire of a term, 0..terms-1. */
  public int wire(int term) {
    return wires[term];
  }

  /** The factor of a term, 0..terms-1. */
  public Fr factor(int term) {
    return factors[term];
  }

  /** Whether it has no wire but the constant one. */
  public boolean isConstant() {
    return wires.length == 0 || (wires.length == 1 && wires[0] == 0);
  }

  /** The factor of the constant one. */
  public Fr constant() {
    return wires.length > 0 && wires[0] == 0 ? factors[0] : Fr.ZERO;
  }

  /** The factor of a wire; 0 if it is not there. */
  Fr factorOf(int wire) {
    int term = Arrays.binarySearch(wires, wire);
    return term < 0 ? Fr.ZERO : factors[term];
  }

  LinearCombination plus(LinearCombination other) {
    return plus(other, Fr.ONE);
  }

  LinearCombination minus(LinearCombination other) {
    return plus(other, Fr.ONE.negate());
  }

  /** This + factor * other. */
  LinearCombination plus(LinearCombination other, Fr factor) {
    if (other.wires.length == 0 || factor.isZero()) {
      return this;
    }
    boolean one = factor.isOne();
    int[] sumWires = new int[wires.length + other.wires.length];
    Fr[] sumFactors = new Fr[sumWires.length];
    int size = 0;
    int i = 0;
    int j = 0;
    while (i < wires.length || j < other.wires.length) {
      int left = i < wires.length ? wires[i] : Integer.MAX_VALUE;
      int right = j < other.wires.length ? other.wires[j] : Integer.MAX_VALUE;
      Fr value;
      if (left < right) {
        value = factors[i++];
      } else {
        value = one ? other.factors[j] : other.factors[j].times(factor);
        j++;
        if (left == right) {
          value = value.plus(factors[i++]);
        }
      }
      if (!value.isZero()) {
        sumWires[size] = Math.min(left, right);
        sumFactors[size++] = value;
      }
    }
    return new LinearCombination(Arrays.copyOf(sumWires, size), Arrays.copyOf(sumFactors, size));
  }

  LinearCombination times(Fr factor) {
    return factor.isOne() ? this : ZERO.plus(this, factor);
  }

  /** This with combinations in the place of wires, but for the constant one. */
  LinearCombination withWires(IntFunction<LinearCombination> replacement) {
    int[] replaced = wires.clone();
    boolean renamed = true;
    for (int k = 0; k < wires.length && renamed; k++) {
      if (wires[k] != 0) {
        LinearCombination x = replacement.apply(wires[k]);
        renamed = x.wires.length == 1 && x.wires[0] != 0 && x.factors[0].isOne();
        replaced[k] = renamed ? x.wires[0] : 0;
        renamed &= k == 0 || replaced[k - 1] < replaced[k];
      }
    }
    if (renamed) {
      return new LinearCombination(replaced, factors);
    }
    LinearCombination sum = ofConstant(constant());
    for (int k = 0; k < wires.length; k++) {
      sum = wires[k] == 0 ? sum : sum.plus(replacement.apply(wires[k]), factors[k]);
    }
    return sum;
  }

  /** The sum, by halves: no wire is looked at more than log(n) times. */
  static LinearCombination sum(List<LinearCombination> parts) {
    return switch (parts.size()) {
      case 0 -> ZERO;
      case 1 -> parts.get(0);
      default -> {
        int half = parts.size() / 2;
        yield sum(parts.subList(0, half)).plus(sum(parts.subList(half, parts.size())));
      }
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LinearCombination that
        && Arrays.equals(wires, that.wires)
        && Arrays.equals(factors, that.factors);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(wires) + Arrays.hashCode(factors);
  }

  /** Such as {@code 3*w2 - w7 + 5}, for people. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int k = 0; k < wires.length; k++) {
      text.append(k == 0 ? "" : " + ").append(factors[k]);
      if (wires[k] != 0) {
        text.append("*w").append(wires[k]);
      }
    }
    return text.isEmpty() ? "0" : text.toString();
  }
}
