package zk4j.stream.statement;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.Inputs;
import zk4j.core.VerificationResult;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.merkle.MerkleProof;
import zk4j.poseidon.Poseidon;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Tag;
import zk4j.stream.WindowFormat;
import zk4j.stream.WindowHeader;

/**
 * A statement about a window that an enrolled device has signed, as a circuit; or about several
 * windows of one person and the same time, each of another format.
 *
 * <p>Public, in this order: the outputs {@code holds} (1 if the statement does, and there are
 * enough readings; else 0), {@code pseudonym} and {@code nullifier}; the inputs {@code challenge},
 * of the verifier's choice; {@code audience}, who is to be convinced; {@code enrolment}, the root
 * of the tree of devices; {@code start} of the window in milliseconds since 1970; {@code
 * minimumPresent}, the least number of readings, or of several windows {@code minimumPresent0},
 * {@code minimumPresent1} and so on; and the statement's parameters.
 *
 * <p>A nullifier is the same for all proofs of one statement about one window of one person to one
 * audience, whatever the parameters and the order of formats and parts: an audience that accepts
 * each once cannot be used to search for a reading by ever narrower limits.
 */
public final class StatementCircuit implements Circuit {
  /** The depth of the tree of devices. */
  public static final int ENROLMENT_DEPTH = 16;

  /** A nullifier's scope has room for so many formats. */
  private static final int MAX_WINDOWS = 12;

  private final List<WindowFormat> formats;
  private final Condition condition;

  /** A circuit for windows of a format. */
  public StatementCircuit(WindowFormat format, Statement statement) {
    this(List.of(format), statement);
  }

  /**
   * A circuit of a statement about several windows.
   *
   * @throws IllegalArgumentException as below
   */
  public StatementCircuit(List<WindowFormat> formats, Statement statement) {
    this(formats, Condition.alone(statement, formats.size()));
  }

  /**
   * A circuit of statements about several windows.
   *
   * @throws IllegalArgumentException unless there are 1 to 12 formats, which differ and are of one
   *     length, and the condition is about each and no other
   */
  public StatementCircuit(List<WindowFormat> formats, Condition condition) {
    this.formats = List.copyOf(formats);
    this.condition = condition;
    if (formats.isEmpty() || formats.size() > MAX_WINDOWS) {
      throw new IllegalArgumentException(formats.size() + " windows, not 1 to " + MAX_WINDOWS);
    }
    if (new HashSet<>(formats).size() != formats.size()) {
      throw new IllegalArgumentException("one window could be used twice: " + formats);
    }
    if (formats.stream().map(WindowFormat::length).distinct().count() != 1) {
      throw new IllegalArgumentException("windows of different lengths: " + formats);
    }
    if (!condition.windows().equals(new HashSet<>(numbers()))) {
      throw new IllegalArgumentException(
          "a condition about the windows " + condition.windows() + " of " + formats.size());
    }
  }

  private List<Integer> numbers() {
    return IntStream.range(0, formats.size()).boxed().toList();
  }

  /** What the names of a window's signals end with: its number, if there are several. */
  private String suffix(int window) {
    return formats.size() == 1 ? "" : String.valueOf(window);
  }

  /** Of which windows the statement is. */
  public List<WindowFormat> formats() {
    return formats;
  }

  /** How long the windows are. */
  public Duration length() {
    return formats.get(0).length();
  }

  /** What the tree of devices has for a device and the person whose readings it takes. */
  public static Fr enrolmentLeaf(EddsaPublicKey device, Fr subject) {
    return Poseidon.hash(Tag.DEVICE, device.point().x(), device.point().y(), subject);
  }

  /** What a nullifier is of: one statement about the windows of one time, for one audience. */
  public Fr scope(Fr audience, Instant start) {
    return Answer.scope(audience, what(), start);
  }

  private List<Fr> what() {
    List<Fr> hashes = formats.stream().map(WindowFormat::hash).toList();
    return Stream.concat(Stream.of(condition.id(hashes)), hashes.stream().sorted(Condition.ORDER))
        .toList();
  }

  @Override
  public void define(CircuitBuilder c) {
    List<String> minimums = numbers().stream().map(i -> "minimumPresent" + suffix(i)).toList();
    Answer answer = Answer.begin(c, minimums, OpenWindow.COUNT_BITS);
    List<OpenWindow> windows = new ArrayList<>();
    for (int i = 0; i < formats.size(); i++) {
      String suffix = suffix(i);
      WindowFormat format = formats.get(i);
      windows.add(
          c.in(
              "window" + suffix,
              () ->
                  SignedWindow.open(
                          c, format, suffix, answer.start(), answer.subject(), answer.enrolment())
                      .open()));
    }
    List<Bool> enough =
        numbers().stream()
            .map(i -> c.count(windows.get(i).present()).isAtLeast(answer.minimums().get(i)))
            .toList();
    answer.end(c, condition.holds(c, windows, enough), what());
  }

  /**
   * The inputs for a window, but for the statement's parameters.
   *
   * @param sealed the window
   * @param secret of the person whose it is
   * @param device where its device is in the tree of devices
   * @param challenge of the verifier's choice
   * @param audience who is to be convinced
   * @param minimumPresent the least number of readings
   * @throws IllegalArgumentException if the window has another format, or there are several
   */
  public Inputs inputs(
      SealedWindow sealed,
      SubjectSecret secret,
      MerkleProof device,
      Fr challenge,
      Fr audience,
      int minimumPresent) {
    return inputs(List.of(new EnrolledWindow(sealed, device)), secret, challenge, audience)
        .and("minimumPresent", minimumPresent);
  }

  /**
   * The inputs for windows, but for the least numbers of readings and the statement's parameters.
   *
   * @param windows in the order of the formats
   * @param secret of the person whose they are
   * @param challenge of the verifier's choice
   * @param audience who is to be convinced
   * @throws IllegalArgumentException if {@link #check} refuses the windows, or they have not one
   *     tree of devices
   */
  public Inputs inputs(
      List<EnrolledWindow> windows, SubjectSecret secret, Fr challenge, Fr audience) {
    EnrolledWindow.require(windows, this::check);
    Instant start = windows.get(0).sealed().header().start();
    Fr enrolment = windows.get(0).device().root();
    Inputs inputs = Answer.inputs(challenge, audience, enrolment, start, secret);
    for (int i = 0; i < windows.size(); i++) {
      inputs = SignedWindow.inputs(inputs, suffix(i), windows.get(i));
    }
    return inputs;
  }

  /**
   * Whether the statement can be about windows: those of its formats, in their order, of one start.
   * Whose they are, the circuit looks at, and who signed them.
   */
  public VerificationResult check(List<WindowHeader> windows) {
    if (windows.size() != formats.size()) {
      return VerificationResult.invalid(
          windows.size() + " windows, and the statement is about " + formats.size());
    }
    WindowHeader first = windows.get(0);
    for (int i = 0; i < windows.size(); i++) {
      WindowHeader window = windows.get(i);
      String problem = "";
      if (!window.format().equals(formats.get(i))) {
        problem = "is of " + window.format() + ", not of " + formats.get(i);
      } else if (!window.start().equals(first.start())) {
        problem = "begins at " + window.start() + ", and the first one at " + first.start();
      }
      if (!problem.isEmpty()) {
        return VerificationResult.invalid("window " + i + " " + problem);
      }
    }
    return VerificationResult.VALID;
  }
}
