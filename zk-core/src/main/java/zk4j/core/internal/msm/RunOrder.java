package zk4j.core.internal.msm;

/**
 * Runs in an order in which none is longer than the one before it: those that are not over yet are
 * then the first ones at every step.
 */
public final class RunOrder {
  private final int[] starts;
  private final int[] order;

  /** The order of runs starts[k] to starts[k + 1] - 1. */
  public RunOrder(int[] starts, int runs) {
    this.starts = starts;
    this.order = new int[runs];
    int longest = 0;
    for (int k = 0; k < runs; k++) {
      longest = Math.max(longest, starts[k + 1] - starts[k]);
    }
    int[] longer = new int[longest + 1]; // how many are, and then where the next of a length goes
    for (int k = 0; k < runs; k++) {
      longer[starts[k + 1] - starts[k]]++;
    }
    int before = 0;
    for (int length = longest; length >= 0; length--) {
      int count = longer[length];
      longer[length] = before;
      before += count;
    }
    for (int k = 0; k < runs; k++) {
      order[longer[starts[k + 1] - starts[k]]++] = k;
    }
  }

  /** The run in a place. */
  public int run(int place) {
    return order[place];
  }

  /** The length of the run in a place. */
  public int length(int place) {
    return starts[order[place] + 1] - starts[order[place]];
  }
}
