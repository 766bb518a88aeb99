package zk4j.benchmarks;

import java.math.BigInteger;
import java.util.Random;
import java.util.stream.IntStream;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;

/** Operands; random ones are the same in every run. */
final class Samples {
  private Samples() {}

  static Fr fr(Random random) {
    return Fr.of(new BigInteger(253, random)); // r has 254 bits
  }

  static FrVector frs(Random random, int n) {
    return FrVector.copyOf(IntStream.range(0, n).mapToObj(i -> fr(random)).toList());
  }
}
