package zk4j.core.internal.scalar;

import org.jspecify.annotations.Nullable;
import zk4j.core.internal.curve.CurveKernels;

/**
 * Sums segments of affine points, each by a balanced tree of batched affine additions: level by
 * level, neighbours in a segment are added. No addition waits for another one of its batch, however
 * unevenly the points are spread over the segments. For one thread; buffers are kept between calls.
 */
final class SegmentSums {
  private final CurveKernels kernels;
  private long[] out = {};
  private long[] spare = {};
  private int[] pairs = {};

  SegmentSums(CurveKernels kernels) {
    this.kernels = kernels;
  }

  /**
   * The sums of consecutive segments of entries.
   *
   * @param points affine points, not a result of this object
   * @param entries 2 * index into points + (1 for the negated point)
   * @param lengths of the segments, at least 1 each; left all 1
   * @param segments how many of them
   * @return affine points, one a segment, valid until the next call
   */
  long[] sum(long[] points, int[] entries, int[] lengths, int segments) {
    int longest = level(points, entries, lengths, segments);
    while (longest > 1) {
      long[] in = out;
      out = spare;
      spare = in;
      longest = level(in, null, lengths, segments);
    }
    return out;
  }

  /** Halves the segments into out; without entries they are the points in order. */
  private int level(long[] in, int @Nullable [] entries, int[] lengths, int segments) {
    int count = 0;
    for (int s = 0; s < segments; s++) {
      count += (lengths[s] + 1) >> 1;
    }
    if (pairs.length < 2 * count) {
      pairs = new int[2 * count];
    }
    int longest = 0;
    int from = 0;
    int to = 0;
    for (int s = 0; s < segments; s++) {
      int end = from + lengths[s];
      while (from < end) {
        pairs[to++] = entries == null ? from << 1 : entries[from];
        from++;
        pairs[to++] = from == end ? CurveKernels.NONE : entries == null ? from << 1 : entries[from];
        from++;
      }
      from = end;
      lengths[s] = (lengths[s] + 1) >> 1;
      longest = Math.max(longest, lengths[s]);
    }
    if (out.length < count * kernels.affine()) {
      out = new long[count * kernels.affine()];
    }
    kernels.addPairs(out, 0, in, pairs, count);
    return longest;
  }
}
