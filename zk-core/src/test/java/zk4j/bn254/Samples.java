package zk4j.bn254;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values for tests: those at the edges, and random ones that are the same in every run. */
public final class Samples {
  private final Random random;

  /** A sequence of random values of its own. */
  public Samples(long seed) {
    random = new Random(seed);
  }

  /** 0, 1, 2, p-1, p-2, (p-1)/2, (p+1)/2, and powers of two about the ends of limbs and words. */
  public static List<BigInteger> edges(BigInteger p) {
    BigInteger half = p.shiftRight(1);
    List<BigInteger> edges = new ArrayList<>();
    for (int small = 0; small <= 2; small++) {
      edges.add(BigInteger.valueOf(small));
    }
    edges.add(p.subtract(BigInteger.ONE));
    edges.add(p.subtract(BigInteger.TWO));
    edges.add(half);
    edges.add(half.add(BigInteger.ONE));
    for (int bits : new int[] {52, 64, 104, 192, 208, 253}) {
      edges.add(BigInteger.ONE.shiftLeft(bits));
      edges.add(BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE));
    }
    return edges;
  }

  /** From 0 to below the bound. */
  public BigInteger below(BigInteger bound) {
    return new BigInteger(bound.bitLength() + 64, random).mod(bound);
  }

  /** From 0 to below the bound. */
  public int below(int bound) {
    return random.nextInt(bound);
  }

  public Fr fr() {
    return Fr.of(below(Fr.MODULUS));
  }

  public FrVector frs(int size) {
    return FrVector.copyOf(Stream.generate(this::fr).limit(size).toList());
  }

  public Fq fq() {
    return Fq.of(below(Fq.MODULUS));
  }

  public Fq2 fq2() {
    return Fq2.of(fq(), fq());
  }

  Fq6 fq6() {
    return new Fq6(fq2(), fq2(), fq2());
  }

  Fq12 fq12() {
    return new Fq12(fq6(), fq6());
  }

  public G1 g1() {
    return G1.GENERATOR.times(fr());
  }

  public G2 g2() {
    return G2.GENERATOR.times(fr());
  }

  /** The elements of a vector. */
  public static List<Fr> list(FrVector vector) {
    return IntStream.range(0, vector.size()).mapToObj(vector::get).toList();
  }
}
