package zk4j.stream.statement;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.babyjubjub.Point;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.EddsaCircuit;
import zk4j.circuit.EddsaCircuit.PointSignal;
import zk4j.circuit.Inputs;
import zk4j.circuit.MerkleCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;
import zk4j.stream.SealedWindow;
import zk4j.stream.Tag;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;

/**
 * A window in a circuit that has opened its commitment and shown that an enrolled device has signed
 * it.
 *
 * @param open the slots
 * @param header the hash of its header
 * @param previous the hash of the header before
 */
record SignedWindow(OpenWindow open, Signal header, Signal previous) {
  /**
   * Opens a window by private inputs.
   *
   * @param suffix of their names
   * @param start of the window
   * @param subject whose readings they are
   * @param enrolment the root of the tree of devices
   */
  static SignedWindow open(
      CircuitBuilder c,
      WindowFormat format,
      String suffix,
      Signal start,
      Signal subject,
      Signal enrolment) {
    int bits = format.channel().bits();
    List<Bounded> readings = c.inputs("readings" + suffix, format.slots(), bits);
    List<Bool> present =
        c.inputs("present" + suffix, format.slots()).stream().map(Signal::bool).toList();
    List<Bounded> words =
        IntStream.range(0, format.slots())
            .mapToObj(i -> readings.get(i).plus(present.get(i).times(1L << bits)))
            .toList();
    Signal commitment = PoseidonCircuit.hash(c, root(c, format, words), c.input("salt" + suffix));
    PointSignal device = point(c, "device" + suffix);
    Signal previous = c.input("previous" + suffix);
    Signal header =
        PoseidonCircuit.hash(
            c,
            c.constant(Tag.HEADER),
            c.constant(format.hash()),
            start,
            c.count(present),
            commitment,
            previous,
            subject,
            device.x(),
            device.y());
    EddsaCircuit.assertValid(c, device, point(c, "r8" + suffix), c.input("s" + suffix), header);
    Signal leaf = PoseidonCircuit.hash(c, c.constant(Tag.DEVICE), device.x(), device.y(), subject);
    int depth = StatementCircuit.ENROLMENT_DEPTH;
    List<Bool> index = c.input("deviceIndex" + suffix, depth).bitList();
    MerkleCircuit.root(c, leaf, index, c.inputs("deviceSiblings" + suffix, depth))
        .assertEquals(enrolment);
    return new SignedWindow(new OpenWindow(format, readings, present), header, previous);
  }

  private static PointSignal point(CircuitBuilder c, String name) {
    List<Signal> coordinates = c.inputs(name, 2);
    return new PointSignal(coordinates.get(0), coordinates.get(1));
  }

  /** As {@link Window#root}. */
  private static Signal root(CircuitBuilder c, WindowFormat format, List<Bounded> words) {
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

  /** The inputs by which {@link #open} opens a window, beside others. */
  static Inputs inputs(Inputs others, String suffix, EnrolledWindow window) {
    SealedWindow sealed = window.sealed();
    Window slots = sealed.window();
    List<Fr> readings =
        IntStream.range(0, slots.format().slots())
            .mapToObj(i -> Fr.of(Math.max(0, slots.reading(i))))
            .toList();
    List<Fr> present =
        IntStream.range(0, slots.format().slots())
            .mapToObj(i -> slots.isPresent(i) ? Fr.ONE : Fr.ZERO)
            .toList();
    return others
        .and("readings" + suffix, readings)
        .and("present" + suffix, present)
        .and("salt" + suffix, sealed.salt())
        .and("device" + suffix, coordinates(sealed.header().device().point()))
        .and("previous" + suffix, sealed.header().previous())
        .and("r8" + suffix, coordinates(sealed.signature().r8()))
        .and("s" + suffix, Fr.of(sealed.signature().s()))
        .and("deviceIndex" + suffix, window.device().index())
        .and("deviceSiblings" + suffix, window.device().siblings());
  }

  private static List<Fr> coordinates(Point point) {
    return List.of(point.x(), point.y());
  }
}
