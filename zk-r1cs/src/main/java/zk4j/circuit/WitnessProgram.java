package zk4j.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import zk4j.bn254.Fr;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;

/**
 * Computes the values of all wires from those of the inputs: a flat list of instructions on slots,
 * one slot a wire. Immutable and thread-safe.
 */
final class WitnessProgram {
  private static final int SET = 0; // wire, x: wire = x
  private static final int MULTIPLY = 1; // wire, a, b: wire = a * b
  private static final int DIVIDE = 2; // wire, x, y: wire = x/y, or 0 for a y of 0
  private static final int BITS = 3; // first, count, x, origin: wires = x's bits
  private static final int HINT = 4; // index of a call
  private static final int CHECK = 5; // a, b, c, origin: a * b = c
  private static final int RANGE = 6; // x, bits, origin: x < 2^bits

  private static final int F = FrKernels.LIMBS;

  /** Sums of so many tight elements can be tightened. */
  private static final int LAZY = 12;

  private record Call(Hint hint, List<Integer> operands, int first, int count, int origin) {}

  private final Origins origins;
  private final int wires;
  private final int[] code;
  private final Call[] calls;

  // Combination k has terms start[k]..start[k + 1] - 1: a wire, and the index of a factor.
  private final int[] start;
  private final int[] wire;
  private final int[] factor;
  private final long[] factors;

  private WitnessProgram(Writer writer, int wires) {
    this.origins = writer.origins;
    this.wires = wires;
    this.code = writer.code.toArray();
    this.calls = writer.calls.toArray(new Call[0]);
    this.start = writer.start.toArray();
    this.wire = writer.wire.toArray();
    this.factor = writer.factor.toArray();
    this.factors = writer.factors.limbs();
  }

  /** Collects instructions. */
  static final class Writer {
    private final Origins origins;
    private final Ints code = new Ints();
    private final List<Call> calls = new ArrayList<>();
    private final Ints start = new Ints();
    private final Ints wire = new Ints();
    private final Ints factor = new Ints();
    private final Factors factors = new Factors();

    Writer(Origins origins) {
      this.origins = origins;
      start.add(0);
    }

    private int combination(LinearCombination x) {
      for (int k = 0; k < x.terms(); k++) {
        wire.add(x.wire(k));
        factor.add(factors.index(x.factor(k)));
      }
      start.add(wire.size());
      return start.size() - 2;
    }

    void set(int to, LinearCombination x) {
      code.add(SET, to, combination(x));
    }

    void multiply(int to, LinearCombination a, LinearCombination b) {
      int left = combination(a);
      code.add(MULTIPLY, to, left, a.equals(b) ? left : combination(b));
    }

    void divide(int to, LinearCombination x, LinearCombination y) {
      code.add(DIVIDE, to, combination(x), combination(y));
    }

    void bits(int first, int count, LinearCombination x, int origin) {
      code.add(BITS, first, count, combination(x), origin);
    }

    void hint(Hint hint, List<LinearCombination> operands, int first, int count, int origin) {
      List<Integer> numbers = operands.stream().map(this::combination).toList();
      code.add(HINT, calls.size());
      calls.add(new Call(hint, numbers, first, count, origin));
    }

    void check(LinearCombination a, LinearCombination b, LinearCombination c, int origin) {
      code.add(CHECK, combination(a), combination(b), combination(c), origin);
    }

    void range(LinearCombination x, int bits, int origin) {
      code.add(RANGE, combination(x), bits, origin);
    }

    WitnessProgram finish(int wires) {
      return new WitnessProgram(this, wires);
    }
  }

  /** Where factors that are 1 or -1, which take no multiplication, have their index. */
  private static final class Factors {
    static final int ONE = 0;
    static final int MINUS_ONE = 1;

    private final Map<Fr, Integer> indices = new HashMap<>();
    private final List<Fr> values = new ArrayList<>();

    Factors() {
      index(Fr.ONE);
      index(Fr.ONE.negate());
    }

    int index(Fr value) {
      Integer known = indices.get(value);
      if (known == null) {
        known = values.size();
        indices.put(value, known);
        values.add(value);
      }
      return known;
    }

    long[] limbs() {
      long[] limbs = new long[F * values.size()];
      for (int i = 0; i < values.size(); i++) {
        put(limbs, i * F, values.get(i));
      }
      return limbs;
    }
  }

  private static void put(long[] limbs, int at, Fr value) {
    FrKernels.fromWords(limbs, at, Words.of(value.toBigInteger()), 0);
  }

  private static Fr get(long[] limbs, int at) {
    return Fr.of(number(limbs, at));
  }

  private static BigInteger number(long[] limbs, int at) {
    long[] words = new long[Words.COUNT];
    FrKernels.toWords(words, 0, limbs, at);
    byte[] bytes = new byte[Words.BYTES];
    for (int i = 0; i < Words.BYTES; i++) {
      bytes[Words.BYTES - 1 - i] = (byte) (words[i / 8] >>> (8 * i));
    }
    return new BigInteger(1, bytes);
  }

  /**
   * Runs it.
   *
   * @param inputs the values of the inputs' wires; 0 elsewhere. They are changed into the values of
   *     all wires
   */
  void run(Values inputs) throws UnsatisfiedCircuitException {
    run(inputs.limbs, true);
  }

  /**
   * Runs it whatever the circuit requires: the lowest bits of what has more, and 0 from hints that
   * fail at values that no circuit would hand them.
   */
  void runUnchecked(Values inputs) {
    try {
      run(inputs.limbs, false);
    } catch (UnsatisfiedCircuitException e) {
      throw new AssertionError(e);
    }
  }

  private void run(long[] values, boolean checked) throws UnsatisfiedCircuitException {
    long[] x = new long[3 * F];
    int at = 0;
    while (at < code.length) {
      switch (code[at]) {
        case SET -> {
          evaluate(values, code[at + 1] * F, values, code[at + 2]);
          at += 3;
        }
        case MULTIPLY -> {
          evaluate(x, 0, values, code[at + 2]);
          int right = code[at + 3] == code[at + 2] ? 0 : F;
          if (right != 0) {
            evaluate(x, F, values, code[at + 3]);
          }
          FrKernels.mul(values, code[at + 1] * F, x, 0, x, right);
          at += 4;
        }
        case DIVIDE -> {
          evaluate(x, 0, values, code[at + 2]);
          evaluate(x, F, values, code[at + 3]);
          FrKernels.inv(x, F, x, F);
          FrKernels.mul(values, code[at + 1] * F, x, 0, x, F);
          at += 4;
        }
        case BITS -> {
          evaluate(x, 0, values, code[at + 3]);
          boolean all = setBits(values, code[at + 1], code[at + 2], x);
          if (checked && !all) {
            throw tooLarge(x, code[at + 2], code[at + 4]);
          }
          at += 5;
        }
        case HINT -> {
          call(values, calls[code[at + 1]], checked);
          at += 2;
        }
        case RANGE -> {
          evaluate(x, 0, values, code[at + 1]);
          if (checked && number(x, 0).bitLength() > code[at + 2]) {
            throw tooLarge(x, code[at + 2], code[at + 3]);
          }
          at += 4;
        }
        default -> {
          if (checked) {
            check(values, x, at);
          }
          at += 5;
        }
      }
    }
  }

  private UnsatisfiedCircuitException tooLarge(long[] x, int bits, int origin) {
    return new UnsatisfiedCircuitException(
        "%s: %s has more than %d bits".formatted(origins.text(origin), number(x, 0), bits));
  }

  /** z = combination k, tight. z may be in values. */
  private void evaluate(long[] z, int zo, long[] values, int k) {
    int from = start[k];
    int to = start[k + 1];
    if (to == from + 1 && factor[from] == Factors.ONE) {
      FrKernels.copy(z, zo, values, wire[from] * F);
      return;
    }
    long[] sum = new long[2 * F];
    int lazy = 0;
    for (int term = from; term < to; term++) {
      int x = wire[term] * F;
      switch (factor[term]) {
        case Factors.ONE -> FrKernels.add(sum, 0, sum, 0, values, x);
        case Factors.MINUS_ONE -> FrKernels.sub(sum, 0, sum, 0, values, x);
        default -> {
          FrKernels.mul(sum, F, values, x, factors, factor[term] * F);
          FrKernels.add(sum, 0, sum, 0, sum, F);
        }
      }
      if (++lazy == LAZY) {
        FrKernels.canonical(sum, 0, sum, 0);
        lazy = 1;
      }
    }
    FrKernels.canonical(sum, 0, sum, 0);
    FrKernels.copy(z, zo, sum, 0);
  }

  /** The lowest bits of x; whether it has no more. */
  private static boolean setBits(long[] values, int first, int count, long[] x) {
    long[] words = new long[Words.COUNT];
    FrKernels.toWords(words, 0, x, 0);
    for (int i = 0; i < count; i++) {
      if (((words[i >> 6] >>> i) & 1) != 0) {
        FrKernels.setOne(values, (first + i) * F);
      }
      words[i >> 6] &= ~(1L << i);
    }
    return (words[0] | words[1] | words[2] | words[3]) == 0;
  }

  private void call(long[] values, Call call, boolean checked) {
    long[] x = new long[F];
    List<Fr> operands = new ArrayList<>(call.operands.size());
    for (int operand : call.operands) {
      evaluate(x, 0, values, operand);
      operands.add(get(x, 0));
    }
    List<Fr> results;
    try {
      results = call.hint.compute(operands);
    } catch (RuntimeException e) {
      if (checked) {
        throw e;
      }
      return;
    }
    if (results.size() != call.count) {
      throw new IllegalStateException(
          origins.text(call.origin)
              + ": a hint gives "
              + results.size()
              + " values instead of "
              + call.count);
    }
    for (int i = 0; i < call.count; i++) {
      put(values, (call.first + i) * F, results.get(i));
    }
  }

  private void check(long[] values, long[] x, int at) throws UnsatisfiedCircuitException {
    evaluate(x, 0, values, code[at + 1]);
    evaluate(x, F, values, code[at + 2]);
    evaluate(x, 2 * F, values, code[at + 3]);
    FrKernels.mul(x, F, x, 0, x, F);
    FrKernels.sub(x, F, x, F, x, 2 * F);
    FrKernels.canonical(x, F, x, F);
    if (!FrKernels.isZero(x, F)) {
      throw new UnsatisfiedCircuitException(
          origins.text(code[at + 4]) + ": " + equation(values, at));
    }
  }

  /** What does not hold, with values. */
  private String equation(long[] values, int at) {
    long[] x = new long[F];
    List<String> sides = new ArrayList<>();
    for (int side = 1; side <= 3; side++) {
      evaluate(x, 0, values, code[at + side]);
      sides.add(Numbers.text(get(x, 0)));
    }
    String product = sides.get(1).equals("1") ? sides.get(0) : sides.get(0) + " * " + sides.get(1);
    return product + " is not " + sides.get(2);
  }

  /** All wires' values, 0 but for the constant one. */
  Values values() {
    return new Values(wires);
  }

  /** The values of all wires. */
  static final class Values {
    private final long[] limbs;

    Values(int wires) {
      limbs = new long[F * wires];
      FrKernels.setOne(limbs, 0);
    }

    void set(int wire, Fr value) {
      put(limbs, wire * F, value);
    }

    /** bytes = the values of wires in a form that vectors read, little-endian numbers. */
    void encode(byte[] bytes, int[] chosen) {
      long[] words = new long[Words.COUNT];
      for (int i = 0; i < chosen.length; i++) {
        FrKernels.toWords(words, 0, limbs, chosen[i] * F);
        Words.toLittleEndian(bytes, i * Words.BYTES, words, 0);
      }
    }
  }
}
