package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fq;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.Pairing;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PreparedG2;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/**
 * Powers of tau as snarkjs writes them: {@code .ptau}, version 1, over BN254.
 *
 * <p>Opening checks the sizes of all sections, and by pairings that tau and beta are the same in
 * both groups. Points are read, and validated, when they are asked for. That the powers are powers,
 * the Lagrange bases theirs, and who contributed, is not checked: {@code snarkjs powersoftau
 * verify} does that, once for a file.
 */
public final class PtauFile implements PowersOfTau, AutoCloseable {
  private static final String MAGIC = "ptau";
  private static final int VERSION = 1;

  /** The scalar field has no larger domain. */
  private static final int MAX_POWER = 28;

  private static final int HEADER_BYTES = 4 + Fq.BYTES + 4 + 4;
  private static final int HEADER = 1;
  private static final int CONTRIBUTIONS = 7;

  /** Points written at a time. */
  private static final int BLOCK = 1 << 16;

  /** Sections of points. */
  private enum Series {
    TAU_G1(2, "tau in G1", G1.BYTES),
    TAU_G2(3, "tau in G2", G2.BYTES),
    ALPHA_G1(4, "alpha tau in G1", G1.BYTES),
    BETA_G1(5, "beta tau in G1", G1.BYTES),
    BETA_G2(6, "beta in G2", G2.BYTES),
    LAGRANGE_G1(12, "Lagrange bases in G1", G1.BYTES),
    LAGRANGE_G2(13, "Lagrange bases in G2", G2.BYTES),
    ALPHA_LAGRANGE_G1(14, "alpha Lagrange bases in G1", G1.BYTES),
    BETA_LAGRANGE_G1(15, "beta Lagrange bases in G1", G1.BYTES);

    private final int section;
    private final String text;
    private final int pointBytes;

    Series(int section, String text, int pointBytes) {
      this.section = section;
      this.text = text;
      this.pointBytes = pointBytes;
    }

    boolean isPrepared() {
      return section >= LAGRANGE_G1.section;
    }

    static Series powers(Factor factor) {
      return switch (factor) {
        case ONE -> TAU_G1;
        case ALPHA -> ALPHA_G1;
        case BETA -> BETA_G1;
      };
    }

    static Series lagrange(Factor factor) {
      return switch (factor) {
        case ONE -> LAGRANGE_G1;
        case ALPHA -> ALPHA_LAGRANGE_G1;
        case BETA -> BETA_LAGRANGE_G1;
      };
    }

    /** How many; Lagrange bases come one after the other, from that of the domain of 1. */
    long points(int power) {
      long n = 1L << power;
      return switch (this) {
        case TAU_G1, LAGRANGE_G2, ALPHA_LAGRANGE_G1, BETA_LAGRANGE_G1 -> 2 * n - 1;
        case TAU_G2, ALPHA_G1, BETA_G1 -> n;
        case BETA_G2 -> 1;
        case LAGRANGE_G1 -> 4 * n - 1;
      };
    }
  }

  private final PointValidation validation;
  private final BoundedReader file;
  private final int power;
  private final int ceremonyPower;
  private final G2 betaG2;
  private @Nullable SectionFile sections;

  private PtauFile(BoundedReader in, PointValidation validation) throws MalformedDataException {
    this.validation = validation;
    this.file = in;
    SectionFile index = SectionFile.index(in, MAGIC, VERSION);
    BoundedReader header = index.section(HEADER, "header", HEADER_BYTES);
    SectionFile.expectPrime(header, Fq.MODULUS);
    long found = header.u32("power");
    long ceremony = header.u32("power of the ceremony");
    if (found < 1 || found > ceremony || ceremony > MAX_POWER) {
      throw header.malformed(
          "power " + found + " of a ceremony of power " + ceremony + ", not 1 to " + MAX_POWER);
    }
    power = (int) found;
    ceremonyPower = (int) ceremony;
    for (Series series : Series.values()) {
      if (!series.isPrepared() || index.has(series.section)) {
        index.section(series.section, series.text, series.points(power) * series.pointBytes);
      }
    }
    sections = index;
    betaG2 = readG2(Series.BETA_G2, 0);
    requireConsistent();
  }

  private void requireConsistent() throws MalformedDataException {
    require(readG1(Series.TAU_G1, 0).equals(G1.GENERATOR), Series.TAU_G1, 0, "not the generator");
    require(readG2(Series.TAU_G2, 0).equals(G2.GENERATOR), Series.TAU_G2, 0, "not the generator");
    require(!readG1(Series.ALPHA_G1, 0).isInfinity(), Series.ALPHA_G1, 0, "infinity: alpha is 0");
    G1 beta = readG1(Series.BETA_G1, 0);
    require(!beta.isInfinity(), Series.BETA_G1, 0, "infinity: beta is 0");
    require(areOfSameSecret(beta, betaG2), Series.BETA_G2, 0, "of another beta than section 5");
    G1 tau = readG1(Series.TAU_G1, 1);
    require(!tau.isInfinity(), Series.TAU_G1, 1, "infinity: tau is 0");
    G2 tauG2 = readG2(Series.TAU_G2, 1);
    require(areOfSameSecret(tau, tauG2), Series.TAU_G2, 1, "of another tau than section 2");
  }

  private void require(boolean condition, Series series, int point, String problem)
      throws MalformedDataException {
    if (!condition) {
      BoundedReader section = section(series);
      section.seek((long) point * series.pointBytes);
      throw section.malformed("point " + point + " is " + problem);
    }
  }

  /** e(s g1, g2) = e(g1, s g2). */
  private static boolean areOfSameSecret(G1 inG1, G2 inG2) {
    List<PreparedG2> right = List.of(PreparedG2.of(G2.GENERATOR), PreparedG2.of(inG2));
    return Pairing.productIsOne(List.of(inG1, G1.GENERATOR.negate()), right);
  }

  /** Opens a file all of whose points are validated, as {@link #open(Path, PointValidation)}. */
  public static PtauFile open(Path file) throws IOException {
    return open(file, PointValidation.FULL);
  }

  /**
   * Opens a file.
   *
   * @param validation of the points that will be read; {@link PointValidation#TRUSTED} is for files
   *     that were verified
   * @throws MalformedDataException if it is no such file
   */
  public static PtauFile open(Path file, PointValidation validation) throws IOException {
    return open(BoundedReader.map(file), validation);
  }

  /**
   * Opens what lies between the reader's cursor and its end, as {@link #open(Path,
   * PointValidation)}.
   */
  public static PtauFile open(BoundedReader in, PointValidation validation)
      throws MalformedDataException {
    return new PtauFile(in, validation);
  }

  @Override
  public int power() {
    return power;
  }

  /** The power of the ceremony, of whose powers the file may have a part. */
  public int ceremonyPower() {
    return ceremonyPower;
  }

  @Override
  public G1Vector powersG1(Factor factor, int from, int to, Execution execution)
      throws MalformedDataException {
    Series series = Series.powers(factor);
    return readG1(series, 0, series.points(power), from, to, execution);
  }

  @Override
  public G2Vector powersG2(int from, int to, Execution execution) throws MalformedDataException {
    return readG2(Series.TAU_G2, 0, Series.TAU_G2.points(power), from, to, execution);
  }

  @Override
  public G2 betaG2() {
    return betaG2;
  }

  @Override
  public G1Vector lagrangeG1(Factor factor, int logSize, int from, int to, Execution execution)
      throws MalformedDataException {
    requireBasis(logSize, factor == Factor.ONE ? power + 1 : power);
    long size = 1L << logSize;
    return readG1(Series.lagrange(factor), size - 1, size, from, to, execution);
  }

  @Override
  public G2Vector lagrangeG2(int logSize, int from, int to, Execution execution)
      throws MalformedDataException {
    requireBasis(logSize, power);
    long size = 1L << logSize;
    return readG2(Series.LAGRANGE_G2, size - 1, size, from, to, execution);
  }

  /**
   * The bytes where point i of the powers of tau in G1 is, or would be: behind the last are those
   * of whatever the file goes on with.
   */
  byte[] tauG1Bytes(long i) throws MalformedDataException {
    SectionFile index = requireOpen();
    long offset = index.offset(Series.TAU_G1.section) + i * G1.BYTES;
    return file.slice(offset, G1.BYTES, "point " + i + " in G1").bytes(G1.BYTES, "point");
  }

  private static void requireBasis(int logSize, int most) {
    if (logSize < 0 || logSize > most) {
      throw new IllegalArgumentException("no Lagrange basis of 2^" + logSize + ", above 2^" + most);
    }
  }

  private SectionFile requireOpen() {
    SectionFile index = sections;
    if (index == null) {
      throw new IllegalStateException("the .ptau file is closed");
    }
    return index;
  }

  private BoundedReader section(Series series) throws MalformedDataException {
    SectionFile index = requireOpen();
    if (series.isPrepared() && !index.has(series.section)) {
      throw file.malformed(
          "section "
              + series.section
              + " ("
              + series.text
              + ") is missing: the file is not prepared for phase 2; run snarkjs powersoftau"
              + " prepare phase2");
    }
    return index.section(series.section, series.text);
  }

  private G1 readG1(Series series, int at) throws MalformedDataException {
    BoundedReader section = section(series);
    section.seek((long) at * G1.BYTES);
    return G1.read(section, "point " + at);
  }

  private G2 readG2(Series series, int at) throws MalformedDataException {
    BoundedReader section = section(series);
    section.seek((long) at * G2.BYTES);
    return G2.read(section, "point " + at);
  }

  private G1Vector readG1(
      Series series, long begin, long count, int from, int to, Execution execution)
      throws MalformedDataException {
    BoundedReader section = range(series, begin, count, from, to);
    return G1Vector.read(section, to - from, validation, execution);
  }

  private G2Vector readG2(
      Series series, long begin, long count, int from, int to, Execution execution)
      throws MalformedDataException {
    BoundedReader section = range(series, begin, count, from, to);
    return G2Vector.read(section, to - from, validation, execution);
  }

  private BoundedReader range(Series series, long begin, long count, int from, int to)
      throws MalformedDataException {
    if (from < 0 || to < from || to > count) {
      throw new IllegalArgumentException("points " + from + " to " + to + " of " + count);
    }
    BoundedReader section = section(series);
    section.seek((begin + from) * series.pointBytes);
    return section;
  }

  /**
   * Writes powers whose secrets are known, prepared for phase 2: for tests and development alone.
   * The file records no contribution.
   */
  public static void writeInsecure(InsecurePowersOfTau powers, Path file, Execution execution)
      throws IOException {
    int power = powers.power();
    try (SectionWriter out = new SectionWriter(file, MAGIC, VERSION, Series.values().length + 2)) {
      out.section(HEADER, HEADER_BYTES).prime(Fq.MODULUS).u32(power).u32(power);
      for (Series series : Series.values()) {
        if (series == Series.LAGRANGE_G1) {
          out.section(CONTRIBUTIONS, 4).u32(0);
        }
        out.section(series.section, series.points(power) * series.pointBytes);
        write(series, powers, out, execution);
      }
      out.end();
    }
  }

  private static void write(
      Series series, InsecurePowersOfTau powers, SectionWriter out, Execution execution)
      throws IOException {
    if (series == Series.BETA_G2) {
      out.bytes(powers.betaG2().encode(PointEncoding.SNARKJS));
    } else if (!series.isPrepared()) {
      long count = series.points(powers.power());
      for (int from = 0; from < count; from += BLOCK) {
        int to = (int) Math.min(count, from + (long) BLOCK);
        out.bytes(powers(series, powers, from, to, execution));
      }
    } else {
      int most = series == Series.LAGRANGE_G1 ? powers.power() + 1 : powers.power();
      for (int log = 0; log <= most; log++) {
        for (int from = 0; from < 1 << log; from += BLOCK) {
          int to = Math.min(1 << log, from + BLOCK);
          out.bytes(lagrange(series, powers, log, from, to, execution));
        }
      }
    }
  }

  private static byte[] powers(
      Series series, InsecurePowersOfTau powers, int from, int to, Execution execution) {
    if (series == Series.TAU_G2) {
      return powers.powersG2(from, to, execution).encode(0, to - from);
    }
    return powers.powersG1(factor(series), from, to, execution).encode(0, to - from);
  }

  private static byte[] lagrange(
      Series series, InsecurePowersOfTau powers, int log, int from, int to, Execution execution) {
    if (series == Series.LAGRANGE_G2) {
      return powers.lagrangeG2(log, from, to, execution).encode(0, to - from);
    }
    return powers.lagrangeG1(factor(series), log, from, to, execution).encode(0, to - from);
  }

  private static Factor factor(Series series) {
    return switch (series) {
      case ALPHA_G1, ALPHA_LAGRANGE_G1 -> Factor.ALPHA;
      case BETA_G1, BETA_LAGRANGE_G1 -> Factor.BETA;
      default -> Factor.ONE;
    };
  }

  /** Lets go of the file. Its memory is unmapped when nothing uses it any more. */
  @Override
  public void close() {
    sections = null;
  }
}
