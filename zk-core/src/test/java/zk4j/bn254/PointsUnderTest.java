package zk4j.bn254;

import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.spi.Curve;

/**
 * What G1 and G2 offer beyond a group: encodings, and vectors of type V, so that tests of both are
 * written once.
 */
public record PointsUnderTest<P, V>(
    Curve curve,
    P infinity,
    P generator,
    BiFunction<P, Fr, P> times,
    Decoder<P> decode,
    BiFunction<P, PointEncoding, byte[]> encode,
    SingleReader<P> readOne,
    Function<List<P>, V> vectorOf,
    Multiples<P, V> multiples,
    VectorReader<V> read,
    BiFunction<V, Integer, P> get,
    SliceEncoder<V> encodeSlice,
    MultiScalarSum<P, V> multiScalarSum,
    TransposedTimes<V> addTransposedTimes,
    Subtraction<V> subtractInPlace,
    Multiplication<V> multiplyInPlace) {
  public static final PointsUnderTest<G1, G1Vector> G1S =
      new PointsUnderTest<>(
          Curve.G1,
          G1.INFINITY,
          G1.GENERATOR,
          G1::times,
          G1::decode,
          G1::encode,
          G1::read,
          G1Vector::copyOf,
          G1Vector::multiples,
          G1Vector::read,
          G1Vector::get,
          G1Vector::encode,
          Msm::sum,
          SparseMatrix::addTransposedTimes,
          G1Vector::subtractInPlace,
          G1Vector::multiplyInPlace);

  public static final PointsUnderTest<G2, G2Vector> G2S =
      new PointsUnderTest<>(
          Curve.G2,
          G2.INFINITY,
          G2.GENERATOR,
          G2::times,
          G2::decode,
          G2::encode,
          G2::read,
          G2Vector::copyOf,
          G2Vector::multiples,
          G2Vector::read,
          G2Vector::get,
          G2Vector::encode,
          Msm::sum,
          SparseMatrix::addTransposedTimes,
          G2Vector::subtractInPlace,
          G2Vector::multiplyInPlace);

  /** For parameterised tests. */
  public static Stream<PointsUnderTest<?, ?>> both() {
    return Stream.of(G1S, G2S);
  }

  /** A decoder of single points. */
  public interface Decoder<P> {
    P decode(byte[] bytes, PointEncoding encoding) throws MalformedDataException;
  }

  /** A reader of single points. */
  public interface SingleReader<P> {
    P read(BoundedReader in, String what) throws MalformedDataException;
  }

  /** A reader of vectors. */
  public interface VectorReader<V> {
    V read(BoundedReader in, int count, PointValidation validation, Execution execution)
        throws MalformedDataException;
  }

  /** Writes a part of a vector. */
  public interface SliceEncoder<V> {
    byte[] encode(V vector, int from, int to);
  }

  /** Multiples of one point. */
  public interface Multiples<P, V> {
    V of(P point, FrVector scalars, Execution execution);
  }

  /** A sum of scalars times points. */
  public interface MultiScalarSum<P, V> {
    P sum(V points, FrVector scalars, Execution execution);
  }

  /** Adds the product of a transposed matrix and points. */
  public interface TransposedTimes<V> {
    void add(SparseMatrix matrix, V points, V sums, Execution execution);
  }

  /** Subtracts point by point. */
  public interface Subtraction<V> {
    void subtract(V from, V other, Execution execution);
  }

  /** Multiplies point by point. */
  public interface Multiplication<V> {
    void multiply(V points, FrVector scalars, Execution execution);
  }

  /** The group's operations. */
  @SuppressWarnings("unchecked") // P is G1 or G2
  GroupUnderTest<P> group() {
    return (GroupUnderTest<P>) (curve == Curve.G1 ? GroupUnderTest.G1S : GroupUnderTest.G2S);
  }

  /** start, start + step, start + 2 step ... times the generator. */
  public List<P> progression(Fr start, Fr step, int size) {
    P difference = times.apply(generator, step);
    return Stream.iterate(times.apply(generator, start), p -> group().plus().apply(p, difference))
        .limit(size)
        .toList();
  }

  @Override
  public String toString() {
    return curve.toString();
  }
}
