package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.G2Vector;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;

/**
 * Groth16 keys as snarkjs writes them: {@code .zkey}, version 1, protocol 1, over BN254.
 *
 * <p>Opening reads the header and the verification key and checks the sizes of all sections; the
 * vectors are read by {@link #provingKey}. Keys live on when the file is closed.
 */
public final class ZkeyFile implements AutoCloseable {
  private static final String MAGIC = "zkey";
  private static final int VERSION = 1;

  private static final int PROTOCOL = 1;
  private static final int HEADER = 2;
  private static final int IC = 3;
  private static final int COEFFICIENTS = 4;
  private static final int A_QUERY = 5;
  private static final int B1_QUERY = 6;
  private static final int B2_QUERY = 7;
  private static final int C_QUERY = 8;
  private static final int H_QUERY = 9;
  private static final int TRANSCRIPT = 10;

  private static final int HEADER_BYTES =
      4 + Fq.BYTES + 4 + Fr.BYTES + 3 * 4 + 3 * G1.BYTES + 3 * G2.BYTES;

  /** Points encoded at a time. */
  private static final int BLOCK = 1 << 12;

  private final PointValidation validation;
  private final int wires;
  private final int publicSignals;
  private final int domainSize;
  private final G1 beta1;
  private final G1 delta1;
  private final VerifyingKey verifyingKey;
  private final MpcTranscript transcript;
  private @Nullable SectionFile sections;

  private <E extends Exception> ZkeyFile(
      BoundedReader in, PointValidation validation, KeyFactory<E> keys)
      throws MalformedDataException, E {
    this.validation = validation;
    SectionFile file = SectionFile.index(in, MAGIC, VERSION);
    ZkeyProtocol.expect(ZkeyProtocol.GROTH16, file);
    BoundedReader header = file.section(HEADER, "header", HEADER_BYTES);
    SectionFile.expectPrime(header, Fq.MODULUS);
    SectionFile.expectPrime(header, Fr.MODULUS);
    long wireCount = header.u32("number of wires");
    long publicCount = header.u32("number of public signals");
    long domain = header.u32("domain size");
    if (publicCount >= wireCount) {
      throw header.malformed(publicCount + " public signals among " + wireCount + " wires");
    }
    if (Long.bitCount(domain) != 1 || domain > ProvingKey.MAX_DOMAIN_SIZE) {
      throw header.malformed(
          "domain size " + domain + " is no power of two up to " + ProvingKey.MAX_DOMAIN_SIZE);
    }
    G1 alpha1 = G1.read(header, "alpha1");
    beta1 = G1.read(header, "beta1");
    G2 beta2 = G2.read(header, "beta2");
    G2 gamma2 = G2.read(header, "gamma2");
    delta1 = G1.read(header, "delta1");
    if (delta1.isInfinity()) {
      header.seek(header.position() - G1.BYTES);
      throw header.malformed("delta1 is infinity, with which no proof is blinded");
    }
    G2 delta2 = G2.read(header, "delta2");

    BoundedReader icSection = file.section(IC, "IC", (publicCount + 1) * G1.BYTES);
    wires = file.section(A_QUERY, "A", wireCount * G1.BYTES).count(wireCount, G1.BYTES, "points");
    publicSignals = (int) publicCount;
    domainSize = (int) domain;
    file.section(B1_QUERY, "B1", wireCount * G1.BYTES);
    file.section(B2_QUERY, "B2", wireCount * G2.BYTES);
    file.section(C_QUERY, "C", (wireCount - publicCount - 1) * G1.BYTES);
    file.section(H_QUERY, "H", domain * G1.BYTES);
    file.section(COEFFICIENTS, "coefficients");
    transcript = MpcTranscript.read(file.section(TRANSCRIPT, "contributions"));

    List<G1> ic = new ArrayList<>(publicSignals + 1);
    for (int i = 0; i <= publicSignals; i++) {
      ic.add(G1.read(icSection, "IC[" + i + "]"));
    }
    verifyingKey = keys.of(alpha1, beta2, gamma2, delta2, ic);
    sections = file;
  }

  /** Opens a key whose points are all validated, as {@link #open(Path, PointValidation)}. */
  public static ZkeyFile open(Path file) throws IOException, UnsafeKeyException {
    return open(file, PointValidation.FULL);
  }

  /**
   * Opens a key.
   *
   * @param validation of the proving key's vectors; the verification key is always validated fully.
   *     {@link PointValidation#TRUSTED} is for one's own files: with points that are not on the
   *     curve, proofs may leak the witness
   * @throws MalformedDataException if it is no such file
   * @throws UnsafeKeyException if nobody contributed to the key: its delta says so, or the file
   *     records no contribution, as those of {@link zk4j.groth16.InsecureSetup} do not. Those that
   *     it records are claims
   */
  public static ZkeyFile open(Path file, PointValidation validation)
      throws IOException, UnsafeKeyException {
    return open(BoundedReader.map(file), validation);
  }

  /**
   * Opens what lies between the reader's cursor and its end, as {@link #open(Path,
   * PointValidation)}.
   */
  public static ZkeyFile open(BoundedReader in, PointValidation validation)
      throws MalformedDataException, UnsafeKeyException {
    ZkeyFile zkey = new ZkeyFile(in, validation, VerifyingKey::of);
    if (zkey.transcript.contributions().isEmpty()) {
      throw new UnsafeKeyException(
          "the file records no contribution to phase 2: whoever made the key can forge proofs");
    }
    return zkey;
  }

  /**
   * Opens a key even if nobody contributed to it. Whoever made such a key, or anyone, can forge
   * proofs that it accepts, so it is for development only.
   *
   * @throws MalformedDataException if it is no such file
   */
  public static ZkeyFile openInsecureDevelopmentKey(Path file, PointValidation validation)
      throws IOException {
    BoundedReader in = BoundedReader.map(file);
    return new ZkeyFile(in, validation, VerifyingKey::ofInsecureDevelopmentKey);
  }

  /** How many wires the circuit has, the constant one among them. */
  public int wires() {
    return wires;
  }

  /** How many public signals the circuit has. */
  public int publicSignals() {
    return publicSignals;
  }

  /** The power of two that holds all constraints and one more than the public signals. */
  public int domainSize() {
    return domainSize;
  }

  /** What the file says about its ceremony. */
  public MpcTranscript transcript() {
    return transcript;
  }

  /** The key for verifiers. */
  public VerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** Reads the key for provers, as {@link #provingKey(Execution)} by default. */
  public ProvingKey provingKey() throws MalformedDataException {
    return provingKey(Execution.defaults());
  }

  /**
   * Reads the key for provers, each time anew.
   *
   * @throws MalformedDataException if a point or a coefficient is not valid, or beta1 or delta1 is
   *     not the point of the same secret as beta2 or delta2
   * @throws IllegalStateException if the file was closed
   */
  public ProvingKey provingKey(Execution execution) throws MalformedDataException {
    SectionFile file = sections;
    if (file == null) {
      throw new IllegalStateException("the .zkey file is closed");
    }
    ZkeyCoefficients coefficients =
        ZkeyCoefficients.read(file.section(COEFFICIENTS, "coefficients"), domainSize, wires);
    G1Vector a = readG1(file.section(A_QUERY, "A"), wires, execution);
    G1Vector b1 = readG1(file.section(B1_QUERY, "B1"), wires, execution);
    BoundedReader b2Section = file.section(B2_QUERY, "B2");
    G2Vector b2 = G2Vector.read(b2Section, wires, validation, execution);
    G1Vector c = readG1(file.section(C_QUERY, "C"), wires - publicSignals - 1, execution);
    G1Vector h = readG1(file.section(H_QUERY, "H"), domainSize, execution);
    try {
      return ProvingKey.of(
          verifyingKey, beta1, delta1, coefficients.a(), coefficients.b(), a, b1, b2, c, h);
    } catch (IllegalArgumentException e) {
      // All sizes are the header's, so that it is one of the header's points that was refused.
      throw new MalformedDataException(
          b2Section.source(), "section 2 (header)", -1, String.valueOf(e.getMessage()), e);
    }
  }

  private G1Vector readG1(BoundedReader section, int count, Execution execution)
      throws MalformedDataException {
    return G1Vector.read(section, count, validation, execution);
  }

  /**
   * Writes a key as snarkjs does: its sections are in the order that {@code snarkjs groth16 setup}
   * leaves them in, or, with contributions, in the order of {@code snarkjs zkey contribute}.
   */
  public static void write(ProvingKey key, MpcTranscript transcript, Path file) throws IOException {
    int[] order =
        transcript.contributions().isEmpty()
            ? new int[] {1, 2, 4, 3, 9, 8, 5, 6, 7, 10}
            : new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
    try (SectionWriter out = new SectionWriter(file, MAGIC, VERSION, order.length)) {
      for (int type : order) {
        writeSection(type, key, transcript, out);
      }
      out.end();
    }
  }

  private static void writeSection(
      int type, ProvingKey key, MpcTranscript transcript, SectionWriter out) throws IOException {
    switch (type) {
      case PROTOCOL -> out.section(type, 4).u32(ZkeyProtocol.GROTH16.number());
      case HEADER -> writeHeader(key, out);
      case IC -> {
        List<G1> ic = key.verifyingKey().ic();
        out.section(type, (long) ic.size() * G1.BYTES);
        for (G1 point : ic) {
          out.bytes(point.encode(PointEncoding.SNARKJS));
        }
      }
      case COEFFICIENTS -> {
        ZkeyCoefficients coefficients = new ZkeyCoefficients(key.a(), key.b());
        coefficients.write(out.section(type, coefficients.bytes()));
      }
      case A_QUERY -> writePoints(type, key.aQuery(), out);
      case B1_QUERY -> writePoints(type, key.b1Query(), out);
      case B2_QUERY -> {
        G2Vector points = key.b2Query();
        writePoints(type, points.size(), G2.BYTES, points::encode, out);
      }
      case C_QUERY -> writePoints(type, key.cQuery(), out);
      case H_QUERY -> writePoints(type, key.hQuery(), out);
      case TRANSCRIPT -> {
        byte[] bytes = transcript.encode();
        out.section(type, bytes.length).bytes(bytes);
      }
      default -> throw new AssertionError(type);
    }
  }

  private static void writeHeader(ProvingKey key, SectionWriter out) throws IOException {
    VerifyingKey verifyingKey = key.verifyingKey();
    out.section(HEADER, HEADER_BYTES)
        .prime(Fq.MODULUS)
        .prime(Fr.MODULUS)
        .u32(key.wires())
        .u32(key.publicSignals())
        .u32(key.domainSize())
        .bytes(verifyingKey.alpha().encode(PointEncoding.SNARKJS))
        .bytes(key.beta1().encode(PointEncoding.SNARKJS))
        .bytes(verifyingKey.beta().encode(PointEncoding.SNARKJS))
        .bytes(verifyingKey.gamma().encode(PointEncoding.SNARKJS))
        .bytes(key.delta1().encode(PointEncoding.SNARKJS))
        .bytes(verifyingKey.delta().encode(PointEncoding.SNARKJS));
  }

  private static void writePoints(int type, G1Vector points, SectionWriter out) throws IOException {
    writePoints(type, points.size(), G1.BYTES, points::encode, out);
  }

  private static void writePoints(
      int type, int count, int pointBytes, RangeEncoder points, SectionWriter out)
      throws IOException {
    out.section(type, (long) count * pointBytes);
    for (int from = 0; from < count; from += BLOCK) {
      out.bytes(points.encode(from, Math.min(from + BLOCK, count)));
    }
  }

  private interface RangeEncoder {
    byte[] encode(int from, int to);
  }

  /** Lets go of the file. Its memory is unmapped when nothing uses it any more. */
  @Override
  public void close() {
    sections = null;
  }
}
