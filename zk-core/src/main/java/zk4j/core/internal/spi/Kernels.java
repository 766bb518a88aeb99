package zk4j.core.internal.spi;

/**
 * What a provider of kernels offers: storage in a layout of its own, and whole operations on it.
 * Layouts meet only where elements enter and leave storage, as numbers in standard form. Storage
 * given to another provider's storage is an {@code IllegalArgumentException}.
 */
public interface Kernels {
  /** For logs and messages. */
  String name();

  /** How many elements an operation on many handles at a time. */
  default int lanes() {
    return 1;
  }

  /** Has what is slow before it is compiled compiled. */
  default void warmUp() {}

  /** Scalars, all 0. */
  FrStore scalars(int size);

  /** Points, all infinity. */
  PointStore points(Curve curve, int size);

  /**
   * Number-theoretic transforms of size 2^logSize.
   *
   * @param logSize 0..28
   */
  NttPlan transforms(int logSize);
}
