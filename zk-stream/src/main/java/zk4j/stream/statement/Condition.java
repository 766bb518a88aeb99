package zk4j.stream.statement;

import java.util.Collection;
import java.util.Comparator;
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

  /** In which nullifiers have what has no order of its own. */
  static final Comparator<Fr> ORDER = Comparator.comparing(Fr::toBigInteger);

  /** Whether it holds of windows, of which some have enough readings. */
  private interface Body {
    Bool holds(CircuitBuilder c, List<OpenWindow> windows, List<Bool> enough);
  }

  /** What is asked, whatever it is called and in which order. */
  private sealed interface Question {}

  /** A statement about some windows. */
  private record Part(Fr statement, Set<Integer> windows) implements Question {}

  /** Two questions or more, none of which is combined by the same tag. */
  private record Combination(Fr tag, Set<Question> parts) implements Question {}

  private final Question question;
  private final Set<Integer> windows;
  private final Body body;

  private Condition(Question question, Collection<Integer> windows, Body body) {
    this.question = question;
    this.windows = Set.copyOf(windows);
    this.body = body;
  }

  private static Condition part(Statement statement, List<Integer> windows, Body body) {
    Part part = new Part(Tag.of(statement.name()), Set.copyOf(windows));
    return new Condition(part, windows, body);
  }

  /** A statement by itself, about all of a circuit's windows. */
  static Condition alone(Statement statement, int windows) {
    return part(
        statement,
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
    return part(
        statement,
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
   * @throws IllegalArgumentException unless they are 2 to 15, those of parts that are {@code all}
   *     of theirs counted one by one
   */
  public static Condition all(Condition... parts) {
    return combined(Tag.ALL, Bool::and, List.of(parts));
  }

  /**
   * That any part holds, or several do.
   *
   * @throws IllegalArgumentException unless they are 2 to 15, those of parts that are {@code any}
   *     of theirs counted one by one
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
        combined(tag, parts),
        windows,
        (c, open, enough) ->
            parts.stream().map(part -> part.holds(c, open, enough)).reduce(with).orElseThrow());
  }

  /** The same for the same parts: each once, in no order, and one alone as itself. */
  private static Question combined(Fr tag, List<Condition> conditions) {
    Set<Question> parts = new HashSet<>();
    for (Condition condition : conditions) {
      if (condition.question instanceof Combination inner && inner.tag.equals(tag)) {
        parts.addAll(inner.parts);
      } else {
        parts.add(condition.question);
      }
    }
    if (parts.size() > MAX_PARTS) {
      throw new IllegalArgumentException(parts.size() + " parts, nested ones among them");
    }
    return parts.size() == 1 ? parts.iterator().next() : new Combination(tag, Set.copyOf(parts));
  }

  /**
   * What nullifiers know it by: the statements, their windows, and how they are combined. Neither
   * parts' names nor any order are in it, for they make no other question.
   *
   * @param formats of the circuit's windows, by their hashes
   */
  Fr id(List<Fr> formats) {
    // A statement about all windows is known by its name: a scope has all formats.
    return question instanceof Part part ? part.statement : id(question, formats);
  }

  private static Fr id(Question question, List<Fr> formats) {
    if (question instanceof Part part) {
      Stream<Fr> about = part.windows.stream().map(formats::get);
      return hash(Stream.of(Tag.PART, part.statement), about);
    }
    Combination combination = (Combination) question;
    return hash(
        Stream.of(combination.tag), combination.parts.stream().map(part -> id(part, formats)));
  }

  private static Fr hash(Stream<Fr> first, Stream<Fr> parts) {
    return Poseidon.hash(Stream.concat(first, parts.sorted(ORDER)).toList());
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
