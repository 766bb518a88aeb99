package zk4j.eddsa;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import zk4j.babyjubjub.Point;
import zk4j.babyjubjub.PointTest;
import zk4j.bn254.Fr;
import zk4j.poseidon.Values;

/**
 * Whether times depend on secrets: those of one extreme secret and of random ones are compared by
 * Welch's t-test, in random order, without the slowest fifth of all (Reparaz, Balasch and
 * Verbauwhede, "Dude, is my code constant time?", ePrint 2016/1123). Signed results of some trials
 * are combined: noise cancels out, and a dependency adds up.
 */
@Tag("slow")
class TimingTest {
  private static final int SECRETS = 64;
  private static final int SAMPLES = 5000;
  private static final int TRIALS = 5;
  private static final double LIMIT = 6;

  private final Values values = new Values(51);

  private byte[] random() {
    return PointTest.littleEndian(values.below(Point.ORDER.subtract(BigInteger.ONE)));
  }

  private static byte[] one() {
    return PointTest.littleEndian(BigInteger.ONE);
  }

  @Test
  void multiplesOfTheBase() {
    double t = combinedT(i -> one(), i -> random(), Point::base8TimesSecret);
    assertTrue(t < LIMIT, "t = " + t);
  }

  @Test
  void multiplesOfAPoint() {
    Point point = Point.BASE8.times(BigInteger.TEN);
    double t = combinedT(i -> one(), i -> random(), point::timesSecret);
    assertTrue(t < LIMIT, "t = " + t);
  }

  @Test
  void signing() {
    Fr message = Fr.of(7);
    double t =
        combinedT(
            i -> SigningKey.ofScalar(one()),
            i -> SigningKey.ofScalar(random()),
            key -> key.sign(message));
    assertTrue(t < LIMIT, "t = " + t);
  }

  /** What is known to leak is seen. */
  @Test
  void aDifferenceIsSeen() {
    Point point = Point.BASE8.times(BigInteger.TEN);
    // 42 of 290 additions and doublings more.
    double t =
        combinedT(
            i -> BigInteger.ONE.shiftLeft(250), i -> new BigInteger(1, random()), point::times);
    assertTrue(t > LIMIT, "t = " + t);
  }

  private static <S> double combinedT(
      IntFunction<S> extreme, IntFunction<S> random, Consumer<S> operation) {
    Object[] pool = new Object[2 * SECRETS];
    for (int i = 0; i < SECRETS; i++) {
      pool[i] = extreme.apply(i);
      pool[SECRETS + i] = random.apply(i);
    }
    @SuppressWarnings("unchecked")
    Consumer<Object> run = (Consumer<Object>) operation;
    Random order = new Random(1);
    measure(pool, run, order); // until it is compiled
    double sum = 0;
    for (int trial = 0; trial < TRIALS; trial++) {
      sum += measure(pool, run, order);
    }

    return Math.abs(sum) / Math.sqrt(TRIALS);
  }

  /** Welch's t. */
  private static double measure(Object[] pool, Consumer<Object> operation, Random order) {
    long[] times = new long[SAMPLES];
    boolean[] random = new boolean[SAMPLES];
    for (int i = 0; i < SAMPLES; i++) {
      int secret = order.nextInt(pool.length);
      random[i] = secret >= SECRETS;
      long start = System.nanoTime();
      operation.accept(pool[secret]);
      times[i] = System.nanoTime() - start;
    }
    long[] sorted = times.clone();
    Arrays.sort(sorted);
    long limit = sorted[SAMPLES * 4 / 5];
    double[] count = new double[2];
    double[] mean = new double[2];
    double[] squares = new double[2];
    for (int i = 0; i < SAMPLES; i++) {
      if (times[i] <= limit) { // Welford's sums
        int k = random[i] ? 1 : 0;
        count[k]++;
        double off = times[i] - mean[k];
        mean[k] += off / count[k];
        squares[k] += off * (times[i] - mean[k]);
      }
    }
    double variance =
        squares[0] / (count[0] - 1) / count[0] + squares[1] / (count[1] - 1) / count[1];
    return (mean[0] - mean[1]) / Math.sqrt(variance);
  }
}
