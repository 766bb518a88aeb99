package zk4j.core.internal.spi;

import java.nio.ByteBuffer;

/** A mutable array of scalars. Indices are the caller's to check; sizes must agree. */
public interface FrStore {
  /** How many. */
  int size();

  /** words = element i in standard form. */
  void get(int i, long[] words);

  /** Element i = the number in words, which is below r. */
  void set(int i, long[] words);

  /** All elements = the number in words, which is below r. */
  void fill(long[] words);

  /** A copy of elements from..to-1, with zeros beyond the size. */
  FrStore copy(int from, int to);

  /** A store whose element i is element index[i]. */
  FrStore gather(int[] index);

  /** Whether sizes and elements agree. */
  boolean contentEquals(FrStore other);

  /**
   * Elements at, at+1, ... = the little-endian numbers at 0, stride, 2*stride, ... behind the
   * source's position.
   *
   * @param montgomery whether a number is the element times 2^256
   * @return the first of the count numbers that is not below r, or -1
   */
  int decode(int at, ByteBuffer source, int count, int stride, boolean montgomery);

  /** The inverse of {@link #decode}, for consecutive elements from..to-1. */
  void encode(ByteBuffer target, int from, int to, boolean montgomery);

  /** Element-wise this += other. */
  void add(FrStore other);

  /** Element-wise this -= other. */
  void subtract(FrStore other);

  /** Element-wise this *= other. */
  void multiply(FrStore other);

  /** This *= the number in words, which is below r. */
  void scale(long[] words);

  /** Element-wise this += other * the number in words, which is below r. */
  void addScaled(FrStore other, long[] words);

  /**
   * Elements fromRow..toRow-1 = the rows' products with a vector: element row = the sum over
   * rowStart[row] <= e < rowStart[row + 1] of values[e] * vector[column[e]].
   */
  void setProducts(
      int fromRow, int toRow, int[] rowStart, int[] column, FrStore values, FrStore vector);
}
