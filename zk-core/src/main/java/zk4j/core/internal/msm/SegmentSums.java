package zk4j.core.internal.msm;

/**
 * Sums segments of affine points in batches of affine additions. Segments are cut into runs, which
 * grow side by side; then the runs of a segment are summed by a balanced tree, level by level. No
 * addition waits for another one of its batch, however unevenly the points are spread over the
 * segments. For one thread; buffers are kept between calls.
 */
final class SegmentSums<A> {
  /** So many runs make batches large enough. */
  private static final int RUNS = 1 << 11;

  /**
   * Runs whose trees grow side by side: enough for batches that make an inversion cheap, few enough
   * for all levels to stay within a second-level cache. A segment of more is on its own.
   */
  private static final int GROUP = 1 << 12;

  private final AffinePoints<A> arithmetic;
  private A runs;
  private A sums;
  private A odd;
  private A even;
  private int[] starts = {};
  private int[] pairs = {};

  SegmentSums(AffinePoints<A> arithmetic) {
    this.arithmetic = arithmetic;
    this.runs = arithmetic.allocate(0);
    this.sums = runs;
    this.odd = runs;
    this.even = runs;
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
    int count = cut(lengths, segments);
    runs = withRoom(runs, count);
    arithmetic.sumRuns(runs, points, entries, starts, count);
    if (count == segments) {
      return runs;
    }
    sums = withRoom(sums, segments);
    int run = 0;
    int first = 0;
    while (first < segments) {
      int end = first;
      int size = 0;
      do {
        size += lengths[end++];
      } while (end < segments && size + lengths[end] <= GROUP);
      sumGroup(run, lengths, first, end);
      run += size;
      first = end;
    }
    return sums;
  }

  /** Cuts segments into runs of about equal lengths; lengths become numbers of runs. */
  private int cut(int[] lengths, int segments) {
    long entries = 0;
    for (int s = 0; s < segments; s++) {
      entries += lengths[s];
    }
    int longest = (int) Math.max(2, entries / RUNS);
    int count = 0;
    for (int s = 0; s < segments; s++) {
      count += (lengths[s] + longest - 1) / longest;
    }
    if (starts.length <= count) {
      starts = new int[count + 1];
    }
    int run = 0;
    int from = 0;
    for (int s = 0; s < segments; s++) {
      int length = lengths[s];
      int cuts = (length + longest - 1) / longest;
      for (int k = 0; k < cuts; k++) {
        starts[run++] = from + (int) ((long) length * k / cuts);
      }
      from += length;
      lengths[s] = cuts;
    }
    starts[run] = from;
    return run;
  }

  private void sumGroup(int run, int[] lengths, int first, int end) {
    A in = runs;
    int from = run;
    boolean last;
    do {
      int count = 0;
      last = true;
      for (int s = first; s < end; s++) {
        last &= lengths[s] <= 2;
        count += (lengths[s] + 1) >> 1;
      }
      pair(from, lengths, first, end, count);
      if (last) {
        arithmetic.addPairs(sums, first, in, pairs, count);
      } else {
        odd = withRoom(odd, count);
        arithmetic.addPairs(odd, 0, in, pairs, count);
        in = odd;
        odd = even;
        even = in;
      }
      from = 0;
    } while (!last);
  }

  /** Neighbours in a segment become pairs. */
  private void pair(int from, int[] lengths, int first, int end, int count) {
    if (pairs.length < 2 * count) {
      pairs = new int[2 * count];
    }
    int to = 0;
    int next = from;
    for (int s = first; s < end; s++) {
      int stop = next + lengths[s];
      while (next < stop) {
        pairs[to++] = next++ << 1;
        pairs[to++] = next == stop ? AffinePoints.NONE : next++ << 1;
      }
      lengths[s] = (lengths[s] + 1) >> 1;
    }
  }

  private A withRoom(A array, int count) {
    return arithmetic.capacity(array) < count ? arithmetic.allocate(count) : array;
  }
}
