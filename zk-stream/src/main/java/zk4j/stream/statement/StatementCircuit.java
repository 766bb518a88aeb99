package zk4j.stream.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.babyjubjub.Point;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.EddsaCircuit;
import zk4j.circuit.EddsaCircuit.PointSignal;
import zk4j.circuit.Inputs;
import zk4j.circuit.MerkleCircuit;
import zk4j.circuit.NullifierCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.merkle.MerkleProof;
import zk4j.poseidon.Poseidon;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Tag;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;

/**
 * A statement about a window that an enrolled device has signed, as a circuit.
 *
 * <p>Public, in this order: the outputs {@code holds} (1 if the statement does, and there are
 * enough readings; else 0), {@code pseudonym} and {@code nullifier}; the inputs {@code challenge},
 * of the verifier's choice; {@code audience}, who is to be convinced; {@code enrolment}, the root
 * of the tree of devices; {@code start} of the window in milliseconds since 1970; {@code
 * minimumPresent}, the least number of readings; and the statement's parameters.
 *
 * <p>A nullifier is the same for all proofs of one statement about one window of one person to one
 * audience, whatever the parameters: an audience that accepts each once cannot be used to search
 * for a reading by ever narrower limits.
 */
public final class StatementCircuit implements Circuit {
  /** The depth of the tree of devices. */
  public static final int ENROLMENT_DEPTH = 16;

  /** Bits of the number of a window's slots. */
  private static final int COUNT_BITS = 17;

  private final WindowFormat format;
  private final Statement statement;

  /** A circuit for windows of a format. */
  public StatementCircuit(WindowFormat format, Statement statement) {
    this.format = format;
    this.statement = statement;
  }

  /** Of which windows the statement is. */
  public WindowFormat format() {
    return format;
  }

  /** What the tree of devices has for a device and the person whose readings it takes. */
  public static Fr enrolmentLeaf(EddsaPublicKey device, Fr subject) {
    return Poseidon.hash(Tag.DEVICE, device.point().x(), device.point().y(), subject);
  }

  /** What a nullifier is of: one statement about one window, for one audience. */
  public Fr scope(Fr audience, Window window) {
    return Poseidon.hash(
        Tag.SCOPE,
        audience,
        Tag.of(statement.name()),
        format.hash(),
        Fr.of(window.start().toEpochMilli()));
  }

  @Override
  public void define(CircuitBuilder c) {
    c.publicInput("challenge");
    Signal audience = c.publicInput("audience");
    Signal enrolment = c.publicInput("enrolment");
    Bounded start = c.publicInput("start", Window.START_BITS);
    Bounded minimum = c.publicInput("minimumPresent", COUNT_BITS);
    Signal secret = c.input("secret");

    Signal subject = PoseidonCircuit.hash(c, c.constant(Tag.SUBJECT), secret);
    OpenWindow window = c.in("window", () -> open(c, start, subject, enrolment));
    Bool enough = c.count(window.present()).isAtLeast(minimum);
    c.output("holds", statement.holds(c, window).and(enough));
    c.output("pseudonym", PoseidonCircuit.hash(c, c.constant(Tag.PSEUDONYM), secret, audience));
    Signal scope =
        PoseidonCircuit.hash(
            c,
            c.constant(Tag.SCOPE),
            audience,
            c.constant(Tag.of(statement.name())),
            c.constant(format.hash()),
            start);
    c.output("nullifier", NullifierCircuit.of(c, secret, scope));
  }

  private OpenWindow open(CircuitBuilder c, Signal start, Signal subject, Signal enrolment) {
    int bits = format.channel().bits();
    List<Bounded> readings = c.inputs("readings", format.slots(), bits);
    List<Bool> present = c.inputs("present", format.slots()).stream().map(Signal::bool).toList();
    List<Bounded> words =
        IntStream.range(0, format.slots())
            .mapToObj(i -> readings.get(i).plus(present.get(i).times(1L << bits)))
            .toList();
    Signal commitment = PoseidonCircuit.hash(c, root(c, words), c.input("salt"));
    PointSignal device = point(c, "device");
    Signal header =
        PoseidonCircuit.hash(
            c,
            c.constant(Tag.HEADER),
            c.constant(format.hash()),
            start,
            c.count(present),
            commitment,
            c.input("previous"),
            subject,
            device.x(),
            device.y());
    EddsaCircuit.assertValid(c, device, point(c, "r8"), c.input("s"), header);
    Signal leaf = PoseidonCircuit.hash(c, c.constant(Tag.DEVICE), device.x(), device.y(), subject);
    List<Bool> index = c.input("deviceIndex", ENROLMENT_DEPTH).bitList();
    MerkleCircuit.root(c, leaf, index, c.inputs("deviceSiblings", ENROLMENT_DEPTH))
        .assertEquals(enrolment);
    return new OpenWindow(format, readings, present);
  }

  private static PointSignal point(CircuitBuilder c, String name) {
    List<Signal> coordinates = c.inputs(name, 2);
    return new PointSignal(coordinates.get(0), coordinates.get(1));
  }

  /** As {@link Window#root}. */
  private Signal root(CircuitBuilder c, List<Bounded> words) {
    List<Signal> level = new ArrayList<>();
    for (int from = 0; from < words.size(); from += format.slotsPerElement()) {
      int to = Math.min(from + format.slotsPerElement(), words.size());
      level.add(c.pack(words.subList(from, to), format.slotBits()));
    }
    do {
      List<Signal> above = new ArrayList<>();
      for (int from = 0; from < level.size(); from += Window.ARITY) {
        int to = Math.min(from + Window.ARITY, level.size());
        List<Signal> node = new ArrayList<>(level.subList(from, to));
        node.addAll(Collections.nCopies(Window.ARITY - node.size(), c.constant(Fr.ZERO)));
        above.add(PoseidonCircuit.hash(c, node));
      }
      level = above;
    } while (level.size() > 1);
    return level.get(0);
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
   * @throws IllegalArgumentException if the window has another format
   */
  public Inputs inputs(
      SealedWindow sealed,
      SubjectSecret secret,
      MerkleProof device,
      Fr challenge,
      Fr audience,
      int minimumPresent) {
    Window window = sealed.window();
    if (!window.format().equals(format)) {
      throw new IllegalArgumentException(window + " for a circuit of " + format);
    }
    List<Fr> readings =
        IntStream.range(0, format.slots())
            .mapToObj(i -> Fr.of(Math.max(0, window.reading(i))))
            .toList();
    List<Fr> present =
        IntStream.range(0, format.slots())
            .mapToObj(i -> window.isPresent(i) ? Fr.ONE : Fr.ZERO)
            .toList();
    return Inputs.of("challenge", challenge)
        .and("audience", audience)
        .and("enrolment", device.root())
        .and("start", window.start().toEpochMilli())
        .and("minimumPresent", minimumPresent)
        .and("secret", secret.value())
        .and("readings", readings)
        .and("present", present)
        .and("salt", sealed.salt())
        .and("device", coordinates(sealed.header().device().point()))
        .and("previous", sealed.header().previous())
        .and("r8", coordinates(sealed.signature().r8()))
        .and("s", Fr.of(sealed.signature().s()))
        .and("deviceIndex", device.index())
        .and("deviceSiblings", device.siblings());
  }

  private static List<Fr> coordinates(Point point) {
    return List.of(point.x(), point.y());
  }
}
