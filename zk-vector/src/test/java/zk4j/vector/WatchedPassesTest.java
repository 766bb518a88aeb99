package zk4j.vector;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class WatchedPassesTest {
  /** A pass on probation that notes of how many blocks its calls are. */
  private static final class Noting implements FieldPasses {
    private final FieldPasses passes = new ScalarPasses(Moduli.Q);
    private final List<Integer> blocks = new ArrayList<>();

    @Override
    public void multiply(
        double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
      this.blocks.add(blocks);
      passes.multiply(z, zo, x, xo, y, yo, yStep, blocks);
    }

    @Override
    public void reduce(double[] z, int zo, int blocks) {
      this.blocks.add(blocks);
      passes.reduce(z, zo, blocks);
    }
  }

  @Test
  void aPassOnProbationIsCalledForBlocksAlone() {
    Noting noting = new Noting();
    WatchedPasses watched = new WatchedPasses(noting, new ScalarPasses(Moduli.Q), Moduli.Q);
    double[] x = new double[8 * Lanes.BLOCK];
    double[] z = new double[8 * Lanes.BLOCK];
    for (int i = 0; i < 20; i++) {
      watched.multiply(z, 0, x, 0, x, 0, Lanes.BLOCK, 1);
      watched.reduce(z, 0, 1);
    }
    assertEquals(List.of(), noting.blocks);
    watched.multiply(z, 0, x, 0, x, 0, Lanes.BLOCK, 8);
    watched.reduce(z, 0, 8);
    assertEquals(List.of(4, 4), noting.blocks);
  }
}
