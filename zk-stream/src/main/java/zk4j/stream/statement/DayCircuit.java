package zk4j.stream.statement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.core.VerificationResult;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Tag;
import zk4j.stream.WindowChain;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;

/**
 * A statement about a day, or some other time, by the summaries of its windows, as a circuit. Each
 * window begins when the one before ends and has its header as the previous one, and all are of the
 * person whose secret is known. That each summary is one of a signed window, proofs of {@link
 * SummaryCircuit} show.
 *
 * <p>Public, in this order: those of {@link StatementCircuit}, where {@code start} is the first
 * window's and {@code minimumPresent} is for all together; {@code low} and {@code high}, the range
 * of the summaries; {@code summaries}, one for each window, as their proofs have them; and the
 * statement's parameters.
 */
public final class DayCircuit implements Circuit {
  private static final int COUNT_BITS = OpenWindow.COUNT_BITS;
  private static final int MAX_WINDOWS = 128;
  private static final int DAY_COUNT_BITS = COUNT_BITS + 7;

  private final WindowFormat format;
  private final int windows;
  private final DayStatement statement;

  /**
   * A circuit.
   *
   * @param format of each window
   * @param windows how many there are
   * @throws IllegalArgumentException unless there are 1 to 128 windows
   */
  public DayCircuit(WindowFormat format, int windows, DayStatement statement) {
    if (windows < 1 || windows > MAX_WINDOWS) {
      throw new IllegalArgumentException(windows + " windows, not 1 to " + MAX_WINDOWS);
    }
    this.format = format;
    this.windows = windows;
    this.statement = statement;
  }

  /** Of which windows the summaries are. */
  public WindowFormat format() {
    return format;
  }

  /** How many windows there are. */
  public int windows() {
    return windows;
  }

  /** How long the day is. */
  public Duration length() {
    return format.length().multipliedBy(windows);
  }

  /** What a nullifier is of: one statement about the windows of one day, for one audience. */
  public Fr scope(Fr audience, Instant start) {
    return Answer.scope(audience, what(), start);
  }

  private List<Fr> what() {
    return List.of(Tag.of(statement.name()), format.hash(), Fr.of(windows));
  }

  @Override
  public void define(CircuitBuilder c) {
    Answer answer = Answer.begin(c, List.of("minimumPresent"), DAY_COUNT_BITS);
    int bits = format.channel().bits();
    Summary.Common common =
        new Summary.Common(
            answer.subject(),
            answer.audience(),
            answer.enrolment(),
            c.publicInput("low", bits),
            c.publicInput("high", bits));
    Totals day = c.in("summaries", () -> open(c, common, answer.start()));
    Bounded minimum = answer.minimums().get(0);
    answer.end(
        c, statement.holds(c, c::publicInput, day).and(day.present().isAtLeast(minimum)), what());
  }

  /** Opens the summaries, each as that of the window which follows the one before. */
  private Totals open(CircuitBuilder c, Summary.Common common, Signal start) {
    List<Signal> summaries = c.publicInputs("summaries", windows);
    List<Signal> headers = c.inputs("headers", windows);
    List<Bounded> present = c.inputs("present", windows, COUNT_BITS);
    List<Bounded> inRange = c.inputs("inRange", windows, COUNT_BITS);
    List<Bounded> sums = c.inputs("sums", windows, COUNT_BITS + format.channel().bits());
    List<Signal> salts = c.inputs("salts", windows);
    Signal previous = c.input("previous");
    List<Totals> totals = new ArrayList<>();
    for (int i = 0; i < windows; i++) {
      Totals window = new Totals(present.get(i), inRange.get(i), sums.get(i));
      Signal begin = start.plus(c.constant(i * format.length().toMillis()));
      Summary.commitment(c, common, headers.get(i), previous, begin, window, salts.get(i))
          .assertEquals(summaries.get(i));
      previous = headers.get(i);
      totals.add(window);
    }
    return totals.stream().reduce(Totals::plus).orElseThrow();
  }

  /**
   * The inputs for a day, but for the least number of readings and the statement's parameters.
   *
   * @param day the windows, in their order
   * @param salts of their summaries
   * @param low the least reading in range
   * @param high the largest one
   * @param secret of the person whose windows they are
   * @param challenge of the verifier's choice
   * @param audience who is to be convinced
   * @throws IllegalArgumentException if {@link #check} refuses the windows, or they have not one
   *     tree of devices
   */
  public Inputs inputs(
      List<EnrolledWindow> day,
      List<Fr> salts,
      int low,
      int high,
      SubjectSecret secret,
      Fr challenge,
      Fr audience) {
    EnrolledWindow.require(day, this::check);
    List<Summary> summaries =
        IntStream.range(0, windows)
            .mapToObj(i -> new Summary(day.get(i), audience, low, high, salts.get(i)))
            .toList();
    Summary first = summaries.get(0);
    return Answer.inputs(
            challenge, audience, day.get(0).device().root(), first.header().start(), secret)
        .and("low", low)
        .and("high", high)
        .and("summaries", summaries.stream().map(Summary::commitment).toList())
        .and("headers", summaries.stream().map(summary -> summary.header().hash()).toList())
        .and("present", summaries.stream().map(summary -> Fr.of(summary.present())).toList())
        .and("inRange", summaries.stream().map(summary -> Fr.of(summary.inRange())).toList())
        .and("sums", summaries.stream().map(summary -> Fr.of(summary.sum())).toList())
        .and("salts", salts)
        .and("previous", first.header().previous());
  }

  /**
   * Whether the statement can be about windows: as many of its format as make a day, each the one
   * that follows the one before, of one device and person. Signatures are not looked at.
   */
  public VerificationResult check(List<WindowHeader> day) {
    if (day.size() != windows) {
      return VerificationResult.invalid(day.size() + " windows of a day of " + windows);
    }
    if (!day.get(0).format().equals(format)) {
      return VerificationResult.invalid(
          "the windows are of " + day.get(0).format() + ", not of " + format);
    }
    return WindowChain.check(day);
  }
}
