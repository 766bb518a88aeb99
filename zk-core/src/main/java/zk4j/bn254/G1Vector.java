package zk4j.bn254;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.spi.Curve;
import zk4j.core.internal.spi.PointStore;

/**
 * A vector of points of G1, of fixed size, in flat storage. Mutable by methods that say so; not to
 * be changed while another thread uses it.
 */
public final class G1Vector {
  private final PointStore store;

  private G1Vector(PointStore store) {
    this.store = store;
  }

  PointStore store() {
    return store;
  }

  /** So many times infinity. */
  public static G1Vector infinities(int size) {
    return new G1Vector(PointStores.make(Curve.G1, size));
  }

  /** The vector of some points. */
  public static G1Vector of(G1... points) {
    return copyOf(Arrays.asList(points));
  }

  /** The vector of a list's points. */
  public static G1Vector copyOf(List<G1> points) {
    G1Vector vector = infinities(points.size());
    for (int i = 0; i < points.size(); i++) {
      vector.set(i, points.get(i));
    }
    return vector;
  }

  /**
   * The vector of scalars[i] * point: a table of the point's multiples makes it a tenth of the work
   * of products one at a time. Takes time that depends on the scalars.
   */
  public static G1Vector multiples(G1 point, FrVector scalars, Execution execution) {
    return new G1Vector(
        PointStores.multiples(Curve.G1, point.toWords(), scalars.store(), execution));
  }

  /**
   * Reads consecutive points in the form of .zkey files.
   *
   * @param count how many, checked against the bytes that remain before space is made for them
   * @throws MalformedDataException if there are fewer, or one fails the validation
   */
  public static G1Vector read(
      BoundedReader in, int count, PointValidation validation, Execution execution)
      throws MalformedDataException {
    return new G1Vector(PointStores.read(Curve.G1, in, count, validation, execution));
  }

  /** Writes points from..to-1 in the form of .zkey files. */
  public byte[] encode(int from, int to) {
    return PointStores.encode(store, from, to);
  }

  /** How many points. */
  public int size() {
    return store.size();
  }

  /** Point i. */
  public G1 get(int i) {
    return G1.fromWords(PointStores.get(store, i));
  }

  /** The points as values. */
  public List<G1> toList() {
    return IntStream.range(0, size()).mapToObj(this::get).toList();
  }

  /** Replaces point i. */
  public void set(int i, G1 point) {
    PointStores.set(store, i, point.toWords());
  }

  /** Point by point this -= other, which is another vector. */
  public void subtractInPlace(G1Vector other, Execution execution) {
    PointStores.subtract(store, other.store, execution);
  }

  /**
   * Point by point this *= scalars: a few times faster than products one at a time. Takes time that
   * depends on points and scalars.
   */
  public void multiplyInPlace(FrVector scalars, Execution execution) {
    PointStores.multiply(store, scalars.store(), execution);
  }

  /** A copy of points from..to-1. */
  public G1Vector slice(int from, int to) {
    return new G1Vector(PointStores.slice(store, from, to));
  }

  /** Whether sizes and points agree. */
  public boolean contentEquals(G1Vector other) {
    return store.contentEquals(other.store);
  }

  @Override
  public String toString() {
    return "G1Vector of " + size();
  }
}
