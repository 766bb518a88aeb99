package zk4j.stream.statement;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BinaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.CircuitBuilder;
import zk4j.poseidon.Poseidon;
import zk4j.stream.Tag;

/**
 * Statements about some of a circuit's windows, combined: all are to hold, or any.
 *
 * <pre>{@code
 * Condition eligible =
 *     Condition.all(
 *         Condition.of("glucose", Statements.timeInRange(), 0),
 *         Condition.any(
 *             Condition.of("rate", Statements.allBelow(), 1),
 *             Condition.of("oxygen", Statements.noLongRunBelow(), 2)));
 * }</pre>
 *
 * <p>A statement counts as one that holds only if each of its windows has enough readings. There is
 * no negation: where gaps count against a statement, they would speak for its opposite. Statements
 * that are opposites, such as {@link Statements#longRunBelow} and {@link
 * Statements#noLongRunBelow}, each have a rule for gaps of their own.
 */
public final class Condition {
  /** Tag, and as many parts as a hash has room for. */
  private static final int MAX_PARTS = Poseidon.MAX_INPUTS - 1;

  /** Whether it holds of windows, of which some have enough readings. */
  private interface Body {
    Bool holds(CircuitBuilder c, List<OpenWindow> windows, List<Bool> enough);
  }

  private final Fr id;
  private final Set<Integer> windows;
  private final Body body;

  private Condition(Fr id, Collection<Integer> windows, Body body) {
    this.id = id;
    this.windows = Set.copyOf(windows);
    this.body = body;
  }

  /** A statement by itself, about all of a circuit's windows. */
  static Condition alone(Statement statement, int windows) {
    return new Condition(
        Tag.of(statement.name()),
        IntStream.range(0, windows).boxed().toList(),
        (c, open, enough) -> statement.holds(c, c::publicInput, open).and(allOf(enough)));
  }

  /**
   * That a statement holds of some windows, and each has enough readings.
   *
   * @param name of the part, letters and digits: its parameters begin with it and {@code _}
   * @param windows their numbers in the circuit, from 0, each once
   * @throws IllegalArgumentException if the name is none, or there are no windows or one twice
   */
  public static Condition of(String name, Statement statement, int... windows) {
    List<Integer> numbers = IntStream.of(windows).boxed().toList();
    if (!name.matches("[a-zA-Z][a-zA-Z0-9]*")) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of letters and digits");
    }
    if (numbers.isEmpty() || numbers.size() != new HashSet<>(numbers).size()) {
      throw new IllegalArgumentException("part " + name + " is about the windows " + numbers);
    }
    Stream<Fr> about = numbers.stream().map(Fr::of);
    return new Condition(
        hash(Tag.PART, Stream.concat(Stream.of(Tag.of(statement.name())), about)),
        numbers,
        (c, open, enough) ->
            c.in(
                name,
                () ->
                    statement
                        .holds(
                            c,
                            (parameter, bits) -> c.publicInput(name + "_" + parameter, bits),
                            numbers.stream().map(open::get).toList())
                        .and(allOf(numbers.stream().map(enough::get).toList()))));
  }

  private static Bool allOf(List<Bool> bits) {
    return bits.stream().reduce(Bool::and).orElseThrow();
  }

  /**
   * That all parts hold.
   *
   * @throws IllegalArgumentException unless they are 2 to 15
   */
  public static Condition all(Condition... parts) {
    return combined(Tag.ALL, Bool::and, List.of(parts));
  }

  /**
   * That any part holds, or several do.
   *
   * @throws IllegalArgumentException unless they are 2 to 15
   */
  public static Condition any(Condition... parts) {
    return combined(Tag.ANY, Bool::or, List.of(parts));
  }

  private static Condition combined(Fr tag, BinaryOperator<Bool> with, List<Condition> parts) {
    if (parts.size() < 2 || parts.size() > MAX_PARTS) {
      throw new IllegalArgumentException(parts.size() + " parts, not 2 to " + MAX_PARTS);
    }
    Set<Integer> windows = new HashSet<>();
    parts.forEach(part -> windows.addAll(part.windows));
    return new Condition(
        hash(tag, parts.stream().map(part -> part.id)),
        windows,
        (c, open, enough) ->
            parts.stream().map(part -> part.holds(c, open, enough)).reduce(with).orElseThrow());
  }

  private static Fr hash(Fr tag, Stream<Fr> parts) {
    List<Fr> inputs = new ArrayList<>(List.of(tag));
    parts.forEach(inputs::add);
    return Poseidon.hash(inputs);
  }

  /**
   * What nullifiers know it by: the statements, their windows, and how they are combined. Parts'
   * names are not in it, for another name makes no other question.
   */
  Fr id() {
    return id;
  }

  /** The numbers of the windows that it is about. */
  Set<Integer> windows() {
    return windows;
  }

  /**
   * Whether it holds.
   *
   * @param open the circuit's windows
   * @param enough for each, whether it has enough readings
   */
  Bool holds(CircuitBuilder c, List<OpenWindow> open, List<Bool> enough) {
    return body.holds(c, open, enough);
  }
}
