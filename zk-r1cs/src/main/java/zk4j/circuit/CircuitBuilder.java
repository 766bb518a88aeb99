package zk4j.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import zk4j.bn254.Fr;

/**
 * What a {@link Circuit} is written with: inputs, outputs, constants and hints; the rest are
 * methods of the signals. One circuit's, and for one thread.
 *
 * <p>Constraints between constants alone are decided at once: those that cannot hold are an {@link
 * IllegalArgumentException}.
 */
public final class CircuitBuilder {
  /** What a wire is. */
  enum Kind {
    OUTPUT,
    PUBLIC_INPUT,
    PRIVATE_INPUT,
    INTERNAL
  }

  private static final LinearCombination ONE = LinearCombination.ofConstant(Fr.ONE);

  private final Backend backend;
  private final WitnessProgram.Writer program;
  private final Origins origins = new Origins();
  private final Wires wires = new Wires();
  private final Map<String, InputSignal> inputs = new LinkedHashMap<>();
  private final Map<String, Integer> inputBits = new LinkedHashMap<>();
  private final List<String> outputs = new ArrayList<>();

  CircuitBuilder(Backend backend) {
    this.backend = backend;
    this.program = new WitnessProgram.Writer(origins);
  }

  // Inputs and outputs.

  /** A private input: any element of the field. */
  public Signal input(String name) {
    return inputs(name, 1, false, false).get(0);
  }

  /** A private input of at most so many bits. */
  public Bounded input(String name, int bits) {
    return bounded(name, input(name), bits);
  }

  /** Private inputs in an array: any elements of the field. */
  public List<Signal> inputs(String name, int count) {
    return inputs(name, count, true, false);
  }

  /** Private inputs in an array, of at most so many bits each. */
  public List<Bounded> inputs(String name, int count, int bits) {
    return bounded(name, inputs(name, count), bits);
  }

  /** A public input: any element of the field. */
  public Signal publicInput(String name) {
    return inputs(name, 1, false, true).get(0);
  }

  /** A public input of at most so many bits. */
  public Bounded publicInput(String name, int bits) {
    return bounded(name, publicInput(name), bits);
  }

  /** Public inputs in an array: any elements of the field. */
  public List<Signal> publicInputs(String name, int count) {
    return inputs(name, count, true, true);
  }

  /** Public inputs in an array, of at most so many bits each. */
  public List<Bounded> publicInputs(String name, int count, int bits) {
    return bounded(name, publicInputs(name, count), bits);
  }

  private Bounded bounded(String name, Signal signal, int bits) {
    inputBits.put(name, bits);
    return signal.bounded(bits);
  }

  private List<Bounded> bounded(String name, List<Signal> signals, int bits) {
    inputBits.put(name, bits);
    return gadget(name, () -> signals.stream().map(signal -> signal.bounded(bits)).toList());
  }

  private List<Signal> inputs(String name, int count, boolean array, boolean isPublic) {
    requireName(name);
    if (count < 1) {
      throw new IllegalArgumentException(count + " inputs " + name);
    }
    Kind kind = isPublic ? Kind.PUBLIC_INPUT : Kind.PRIVATE_INPUT;
    InputSignal input = new InputSignal(name, count, array, isPublic, wires.count());
    inputs.put(name, input);
    return IntStream.range(0, count)
        .mapToObj(i -> signal(LinearCombination.ofWire(wires.add(kind, input.nameOf(i)))))
        .toList();
  }

  private void requireName(String name) {
    if (!name.matches("[A-Za-z_$][A-Za-z0-9_$]*")) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of letters and digits");
    }
    if (inputs.containsKey(name) || outputs.contains(name)) {
      throw new IllegalArgumentException("there are two signals " + name);
    }
  }

  /** Makes a signal a public output. */
  public void output(String name, Signal signal) {
    requireName(name);
    outputs.add(name);
    int wire = wires.add(Kind.OUTPUT, name);
    LinearCombination value = own(signal);
    program.set(wire, value);
    assertEqual(value, LinearCombination.ofWire(wire));
  }

  // Constants.

  /** A constant. */
  public Signal constant(Fr value) {
    return signal(LinearCombination.ofConstant(value));
  }

  /** A constant of at least 0. */
  public Bounded constant(long value) {
    if (value < 0) {
      throw new IllegalArgumentException(
          value + " is below 0 and not bounded: constant(Fr.of(..)) takes it");
    }
    return new Bounded(this, LinearCombination.ofConstant(Fr.of(value)), BigInteger.valueOf(value));
  }

  /** The constant 0 or 1. */
  public Bool bool(boolean value) {
    return new Bool(this, value ? ONE : LinearCombination.ZERO);
  }

  // Sums and tables.

  /** The sum of many signals, which is faster than adding them one by one. */
  public Signal sum(List<? extends Signal> signals) {
    return signal(LinearCombination.sum(signals.stream().map(this::own).toList()));
  }

  /** The sum of many bounded signals. */
  public Bounded sumOfBounded(List<? extends Bounded> signals) {
    BigInteger max = signals.stream().map(Bounded::max).reduce(BigInteger.ZERO, BigInteger::add);
    return new Bounded(this, sum(signals).value, max);
  }

  /** How many of the bits are 1. */
  public Bounded count(List<Bool> bits) {
    return sumOfBounded(bits);
  }

  /**
   * The element at an index, which is required to be below the array's size. Two constraints an
   * element; one if the elements are constant.
   */
  public Signal select(List<? extends Signal> array, Signal index) {
    return gadget(
        "select",
        () -> {
          List<Bool> isThere = indicators(index, array.size());
          return sum(
              IntStream.range(0, array.size())
                  .mapToObj(i -> isThere.get(i).times((Signal) array.get(i)))
                  .toList());
        });
  }

  /** Bits of which the one at the index is 1, and the index is required to be one of theirs. */
  private List<Bool> indicators(Signal index, int size) {
    List<Signal> hints =
        hint(
            operands ->
                IntStream.range(0, size)
                    .mapToObj(i -> operands.get(0).equals(Fr.of(i)) ? Fr.ONE : Fr.ZERO)
                    .toList(),
            size,
            index);
    for (int i = 0; i < size; i++) {
      product(hints.get(i).value, index.minus(i).value, LinearCombination.ZERO);
    }
    sum(hints).assertEquals(1);
    return hints.stream().map(hint -> new Bool(this, hint.value)).toList();
  }

  /**
   * The length of the run of 1s that ends at each bit: 0 for a bit that is 0. One constraint a bit
   * but the first.
   */
  public List<Bounded> runLengths(List<Bool> bits) {
    List<Bounded> lengths = new ArrayList<>(bits.size());
    for (Bool bit : bits) {
      Bounded before = lengths.isEmpty() ? constant(0) : lengths.get(lengths.size() - 1);
      lengths.add(((Bounded) before.plus(1)).times(bit));
    }
    return lengths;
  }

  /** The number whose bits they are, the lowest first. */
  public Bounded fromBits(List<Bool> bits) {
    BigInteger max = BigInteger.ZERO;
    for (int i = 0; i < bits.size(); i++) {
      max = own(bits.get(i)).terms() == 0 ? max : max.setBit(i);
    }
    if (max.signum() == 0) {
      return constant(0);
    }
    List<Bool> known = List.copyOf(bits.subList(0, max.bitLength()));
    return new Bounded(this, Bits.sum(this, bits).value, max, known);
  }

  /**
   * Numbers side by side in one: number i times 2^(bits * i). Free.
   *
   * @param bits room for each
   * @throws IllegalArgumentException if one may have more bits, or all together more than {@value
   *     Bounded#MAX_BITS}
   */
  public Bounded pack(List<? extends Bounded> numbers, int bits) {
    List<LinearCombination> parts = new ArrayList<>(numbers.size());
    BigInteger max = BigInteger.ZERO;
    for (int i = 0; i < numbers.size(); i++) {
      Bounded number = numbers.get(i);
      if (number.max().bitLength() > bits) {
        throw new IllegalArgumentException(
            "number " + i + " may be up to " + number.max() + ": it has no room in " + bits);
      }
      parts.add(own(number).times(Fr.reduce(BigInteger.ONE.shiftLeft(bits * i))));
      max = max.add(number.max().shiftLeft(bits * i));
    }
    return new Bounded(this, LinearCombination.sum(parts), max);
  }

  // Hints.

  /**
   * Signals whose values a hint computes. Nothing is proven of them until constraints require it.
   *
   * @param count how many results the hint has
   */
  public List<Signal> hint(Hint hint, int count, Signal... operands) {
    int first = wires.count();
    for (int i = 0; i < count; i++) {
      wires.add(Kind.INTERNAL, origins.current());
    }
    program.hint(hint, Stream.of(operands).map(this::own).toList(), first, count, origins.here());
    return IntStream.range(first, first + count)
        .mapToObj(wire -> signal(LinearCombination.ofWire(wire)))
        .toList();
  }

  // Where things are.

  /** Writes a part of the circuit under a name, for messages and reports. */
  public <T> T in(String name, Supplier<T> part) {
    return within(name, false, part);
  }

  /** As {@link #in}, for parts that are not the user's. */
  <T> T gadget(String name, Supplier<T> part) {
    return within(name, true, part);
  }

  private <T> T within(String name, boolean gadget, Supplier<T> part) {
    int before = origins.enter(name, gadget);
    try {
      return part.get();
    } finally {
      origins.leave(before);
    }
  }

  /** Writes a part of the circuit under a name, for messages and reports. */
  public void in(String name, Runnable part) {
    in(
        name,
        () -> {
          part.run();
          return name;
        });
  }

  /** Where in the circuit something is from, such as {@code average.divide (Average.java:31)}. */
  public String origin(int origin) {
    return origins.text(origin);
  }

  // What signals are made of.

  Signal signal(LinearCombination value) {
    return new Signal(this, value);
  }

  LinearCombination one() {
    return ONE;
  }

  LinearCombination own(Signal signal) {
    if (signal.builder != this) {
      throw new IllegalArgumentException("a signal of another circuit: " + signal);
    }
    return signal.value;
  }

  private LinearCombination internalWire() {
    return LinearCombination.ofWire(wires.add(Kind.INTERNAL, origins.current()));
  }

  Signal multiply(LinearCombination a, LinearCombination b) {
    if (a.isConstant()) {
      return signal(b.times(a.constant()));
    }
    if (b.isConstant()) {
      return signal(a.times(b.constant()));
    }
    LinearCombination c = internalWire();
    program.multiply(c.wire(0), a, b);
    backend.product(a, b, c, origins.current());
    return signal(c);
  }

  /** Requires a * b = c. */
  void product(LinearCombination a, LinearCombination b, LinearCombination c) {
    if (a.isConstant()) {
      assertEqual(b.times(a.constant()), c);
    } else if (b.isConstant()) {
      assertEqual(a.times(b.constant()), c);
    } else {
      int origin = origins.here();
      program.check(a, b, c, origin);
      backend.product(a, b, c, origin);
    }
  }

  /** Requires x = y. */
  void assertEqual(LinearCombination x, LinearCombination y) {
    int origin = origins.here();
    LinearCombination difference = x.minus(y);
    if (!difference.isConstant()) {
      program.check(x, ONE, y, origin);
      backend.zero(difference, origin);
    } else if (difference.terms() != 0) {
      throw new IllegalArgumentException(
          origins.text(origin) + ": two signals always differ by " + difference.constant());
    }
  }

  Signal inverse(LinearCombination x) {
    return quotient(ONE, x); // there is none for 0
  }

  /** x / y, where y is required not to be 0. */
  Signal divide(LinearCombination x, LinearCombination y) {
    return y.isConstant() ? signal(x.times(y.constant().inverse())) : multiply(inverse(y).value, x);
  }

  /** The q with q * y = x. Nothing is required of q if both are 0: that must be impossible. */
  Signal quotient(LinearCombination x, LinearCombination y) {
    if (y.isConstant()) {
      return signal(x.times(y.constant().inverse()));
    }
    Signal q = quotientOrZero(x, y);
    product(q.value, y, x);
    return q;
  }

  /** x / y, or 0 for a y of 0: a hint. */
  Signal quotientOrZero(LinearCombination x, LinearCombination y) {
    LinearCombination q = internalWire();
    program.divide(q.wire(0), x, y);
    return signal(q);
  }

  /** The lowest bits of x, which has no more: a hint. */
  List<Signal> bits(LinearCombination x, int count) {
    int first = wires.count();
    for (int i = 0; i < count; i++) {
      wires.add(Kind.INTERNAL, origins.current());
    }
    program.bits(first, count, x, origins.here());
    return IntStream.range(first, first + count)
        .mapToObj(wire -> signal(LinearCombination.ofWire(wire)))
        .toList();
  }

  /** Whether {@link #range} and {@link #fifthPower} are there. */
  boolean hasCustomGates() {
    return backend instanceof Backend.CustomGates;
  }

  private Backend.CustomGates custom() {
    return (Backend.CustomGates) backend;
  }

  /** Requires x < 2^bits, by custom gates. */
  void range(LinearCombination x, int bits) {
    int origin = origins.here();
    program.range(x, bits, origin);
    custom().range(x, bits, origin);
  }

  /** A value with its fifth power. */
  record Power(Signal base, Signal fifth) {}

  /** x and x^5, by custom gates. */
  Power fifthPower(LinearCombination x) {
    LinearCombination base = internalWire();
    LinearCombination square = internalWire();
    LinearCombination fourth = internalWire();
    LinearCombination fifth = internalWire();
    program.set(base.wire(0), x);
    program.multiply(square.wire(0), base, base);
    program.multiply(fourth.wire(0), square, square);
    program.multiply(fifth.wire(0), fourth, base);
    custom().fifthPower(x, base.wire(0), square.wire(0), fifth.wire(0), origins.current());
    return new Power(signal(base), signal(fifth));
  }

  Wires wires() {
    return wires;
  }

  Origins origins() {
    return origins;
  }

  WitnessProgram program() {
    return program.finish(wires.count());
  }

  List<InputSignal> inputSignals() {
    return List.copyOf(inputs.values());
  }

  Map<String, Integer> inputBits() {
    return Map.copyOf(inputBits);
  }
}
