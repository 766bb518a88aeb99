package zk4j.core.internal.msm;

import org.jspecify.annotations.Nullable;

/**
 * Sums segments of affine points, each by a balanced tree of batched affine additions: level by
 * level, neighbours in a segment are added. No addition waits for another one of its batch, however
 * unevenly the points are spread over the segments. For one thread; buffers are kept between calls.
 */
final class SegmentSums<A> {
  /**
   * Entries whose trees grow side by side: enough for batches that make an inversion cheap, few
   * enough for all levels to stay within a second-level cache. A longer segment is on its own.
   */
  private static final int GROUP = 1 << 12;

  private final AffinePoints<A> arithmetic;
  private A sums;
  private A odd;
  private A even;
  private int[] pairs = {};

  SegmentSums(AffinePoints<A> arithmetic) {
    this.arithmetic = arithmetic;
    this.sums = arithmetic.allocate(0);
    this.odd = sums;
    this.even = sums;
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
  A sum(A points, int[] entries, int[] lengths, int segments) {
    sums = withRoom(sums, segments);
    int entry = 0;
    int first = 0;
    while (first < segments) {
      int end = first;
      int size = 0;
      do {
        size += lengths[end++];
      } while (end < segments && size + lengths[end] <= GROUP);
      sumGroup(points, entries, entry, lengths, first, end);
      entry += size;
      first = end;
    }
    return sums;
  }

  private void sumGroup(A points, int[] entries, int entry, int[] lengths, int first, int end) {
    A in = points;
    int @Nullable [] members = entries;
    boolean last;
    do {
      int count = 0;
      last = true;
      for (int s = first; s < end; s++) {
        last &= lengths[s] <= 2;
        count += (lengths[s] + 1) >> 1;
      }
      pair(members, entry, lengths, first, end, count);
      if (last) {
        arithmetic.addPairs(sums, first, in, pairs, count);
      } else {
        odd = withRoom(odd, count);
        arithmetic.addPairs(odd, 0, in, pairs, count);
        in = odd;
        odd = even;
        even = in;
      }
      members = null;
      entry = 0;
    } while (!last);
  }

  /** Neighbours in a segment become pairs; without members they are the points in order. */
  private void pair(
      int @Nullable [] members, int from, int[] lengths, int first, int end, int count) {
    if (pairs.length < 2 * count) {
      pairs = new int[2 * count];
    }
    int to = 0;
    for (int s = first; s < end; s++) {
      int stop = from + lengths[s];
      while (from < stop) {
        pairs[to++] = members == null ? from << 1 : members[from];
        from++;
        pairs[to++] =
            from == stop ? AffinePoints.NONE : members == null ? from << 1 : members[from];
        from++;
      }
      from = stop;
      lengths[s] = (lengths[s] + 1) >> 1;
    }
  }

  private A withRoom(A array, int count) {
    return arithmetic.capacity(array) < count ? arithmetic.allocate(count) : array;
  }
}
