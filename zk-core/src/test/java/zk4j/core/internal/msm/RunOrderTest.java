package zk4j.core.internal.msm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RunOrderTest {
  @Test
  void eachRunHasAPlaceAndNoneIsLongerThanTheOneBefore() {
    Random random = new Random(3);
    for (int runs : new int[] {0, 1, 2, 100}) {
      int[] starts = new int[runs + 5];
      for (int k = 0; k < runs; k++) {
        starts[k + 1] = starts[k] + 1 + random.nextInt(7) * random.nextInt(7);
      }
      RunOrder order = new RunOrder(starts, runs);
      BitSet seen = new BitSet();
      for (int place = 0; place < runs; place++) {
        int run = order.run(place);
        seen.set(run);
        assertEquals(starts[run + 1] - starts[run], order.length(place));
        assertTrue(place == 0 || order.length(place) <= order.length(place - 1));
      }
      assertEquals(runs, seen.cardinality());
    }
  }
}
