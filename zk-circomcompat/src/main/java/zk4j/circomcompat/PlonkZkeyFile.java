package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.bn254.Polynomial;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkVerifyingKey;

/**
 * PLONK keys as snarkjs writes them: {@code .zkey}, version 1, protocol 2, over BN254.
 *
 * <p>Opening reads the header, which has the verification key, and checks the sizes of all
 * sections; the rest is read by {@link #provingKey}. Of the polynomials' values on the domain of
 * 4n, which a file has too, none are read.
 */
public final class PlonkZkeyFile implements AutoCloseable {
  private static final String MAGIC = "zkey";
  private static final int VERSION = 1;

  private static final int PROTOCOL = 1;
  private static final int HEADER = 2;
  private static final int ADDITIONS = 3;
  private static final int A_MAP = 4;
  private static final int SELECTORS = 7;
  private static final int PERMUTATION = 12;
  private static final int LAGRANGE = 13;
  private static final int POWERS = 14;

  private static final int HEADER_BYTES =
      4 + Fq.BYTES + 4 + Fr.BYTES + 5 * 4 + 2 * Fr.BYTES + 8 * G1.BYTES + G2.BYTES;
  private static final int ADDITION_BYTES = 4 + 4 + 2 * Fr.BYTES;

  /** Values of a polynomial on the domain of 4n, and its coefficients: so many times n. */
  private static final int COPIES = 5;

  private static final List<String> COLUMNS = List.of("A map", "B map", "C map");
  private static final List<String> SELECTOR_NAMES = List.of("Qm", "Ql", "Qr", "Qo", "Qc");

  private final PointValidation validation;
  private final int circuitWires;
  private final int additions;
  private final int gates;
  private final PlonkVerifyingKey verifyingKey;
  private @Nullable SectionFile sections;

  private PlonkZkeyFile(BoundedReader in, PointValidation validation)
      throws MalformedDataException {
    this.validation = validation;
    SectionFile file = SectionFile.index(in, MAGIC, VERSION);
    ZkeyProtocol.expect(ZkeyProtocol.PLONK, file);
    BoundedReader header = file.section(HEADER, "header", HEADER_BYTES);
    SectionFile.expectPrime(header, Fq.MODULUS);
    SectionFile.expectPrime(header, Fr.MODULUS);
    long wireCount = header.u32("number of wires");
    long publicCount = header.u32("number of public signals");
    long domain = header.u32("domain size");
    long additionCount = header.u32("number of additions");
    long gateCount = header.u32("number of gates");
    SectionFile.requireFits(wireCount, "wires", header);
    if (additionCount >= wireCount || publicCount >= wireCount - additionCount) {
      throw header.malformed(
          publicCount
              + " public signals and "
              + additionCount
              + " additions among "
              + wireCount
              + " wires");
    }
    if (gateCount > domain || publicCount > gateCount) {
      throw header.malformed(
          gateCount + " gates in a domain of " + domain + " with " + publicCount + " signals");
    }
    if (Long.bitCount(domain) != 1 || domain < 8 || domain > PlonkVerifyingKey.MAX_DOMAIN_SIZE) {
      throw header.malformed(
          "domain size "
              + domain
              + " is no power of two from 8 to "
              + PlonkVerifyingKey.MAX_DOMAIN_SIZE);
    }
    long polynomial = COPIES * domain * Fr.BYTES;
    additions =
        file.section(ADDITIONS, "additions", additionCount * ADDITION_BYTES)
            .count(additionCount, ADDITION_BYTES, "additions");
    for (int i = 0; i < COLUMNS.size(); i++) {
      file.section(A_MAP + i, COLUMNS.get(i), gateCount * 4);
    }
    for (int i = 0; i < SELECTOR_NAMES.size(); i++) {
      file.section(SELECTORS + i, SELECTOR_NAMES.get(i), polynomial);
    }
    file.section(PERMUTATION, "permutation", 3 * polynomial);
    file.section(LAGRANGE, "Lagrange polynomials", Math.max(publicCount, 1) * polynomial);
    file.section(POWERS, "powers of tau", (domain + PlonkProvingKey.MORE_POWERS) * G1.BYTES);
    gates = (int) gateCount;
    circuitWires = (int) (wireCount - additionCount);

    Fr k1 = readFr(header);
    Fr k2 = readFr(header);
    List<G1> commitments = new ArrayList<>();
    for (String name : List.of("Qm", "Ql", "Qr", "Qo", "Qc", "S1", "S2", "S3")) {
      commitments.add(G1.read(header, name));
    }
    G2 tau2 = G2.read(header, "X_2");
    try {
      verifyingKey =
          new PlonkVerifyingKey(
              (int) publicCount,
              (int) domain,
              k1,
              k2,
              commitments.subList(0, 5),
              commitments.subList(5, 8),
              tau2);
    } catch (IllegalArgumentException e) {
      throw header.malformed(String.valueOf(e.getMessage()));
    }
    sections = file;
  }

  private static Fr readFr(BoundedReader in) throws MalformedDataException {
    return FrVector.read(in, 1, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN).get(0);
  }

  /** Opens a key whose points are all validated, as {@link #open(Path, PointValidation)}. */
  public static PlonkZkeyFile open(Path file) throws IOException {
    return open(file, PointValidation.FULL);
  }

  /**
   * Opens a key.
   *
   * @param validation of the powers of tau; the verification key is always validated fully
   * @throws MalformedDataException if it is no such file
   */
  public static PlonkZkeyFile open(Path file, PointValidation validation) throws IOException {
    return open(BoundedReader.map(file), validation);
  }

  /**
   * Opens what lies between the reader's cursor and its end, as {@link #open(Path,
   * PointValidation)}.
   */
  public static PlonkZkeyFile open(BoundedReader in, PointValidation validation)
      throws MalformedDataException {
    return new PlonkZkeyFile(in, validation);
  }

  /** How many wires a witness has, the constant one among them. */
  public int circuitWires() {
    return circuitWires;
  }

  /** How many wires are sums of two others. */
  public int additions() {
    return additions;
  }

  /** How many gates there are. */
  public int gates() {
    return gates;
  }

  /** The key for verifiers. */
  public PlonkVerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** Reads the key for provers, as {@link #provingKey(Execution)} by default. */
  public PlonkProvingKey provingKey() throws MalformedDataException {
    return provingKey(Execution.defaults());
  }

  /**
   * Reads the key for provers, each time anew.
   *
   * @throws MalformedDataException if a point, a number or a wire is not valid
   * @throws IllegalStateException if the file was closed
   */
  public PlonkProvingKey provingKey(Execution execution) throws MalformedDataException {
    SectionFile file = sections;
    if (file == null) {
      throw new IllegalStateException("the .zkey file is closed");
    }
    int[] additionWires = new int[2 * additions];
    FrVector factors = FrVector.zeros(2 * additions);
    BoundedReader in = file.section(ADDITIONS, "additions");
    for (int i = 0; i < additions; i++) {
      additionWires[2 * i] = wire(in, circuitWires + i);
      additionWires[2 * i + 1] = wire(in, circuitWires + i);
      factors.set(2 * i, readFr(in));
      factors.set(2 * i + 1, readFr(in));
    }
    int[] gateWires = new int[3 * gates];
    for (int column = 0; column < COLUMNS.size(); column++) {
      BoundedReader map = file.section(A_MAP + column, COLUMNS.get(column));
      for (int gate = 0; gate < gates; gate++) {
        gateWires[3 * gate + column] = wire(map, circuitWires + additions);
      }
    }
    int n = verifyingKey.domainSize();
    List<Polynomial> selectors = new ArrayList<>();
    for (int i = 0; i < SELECTOR_NAMES.size(); i++) {
      selectors.add(polynomial(file.section(SELECTORS + i, SELECTOR_NAMES.get(i)), 0));
    }
    List<Polynomial> permutation = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      permutation.add(polynomial(file.section(PERMUTATION, "permutation"), i));
    }
    BoundedReader powerSection = file.section(POWERS, "powers of tau");
    G1Vector powers =
        G1Vector.read(powerSection, n + PlonkProvingKey.MORE_POWERS, validation, execution);
    try {
      return PlonkProvingKey.of(
          verifyingKey,
          circuitWires,
          additionWires,
          factors,
          gateWires,
          selectors,
          permutation,
          powers);
    } catch (IllegalArgumentException e) {
      // All sizes are the header's, so that it is a gate of a public signal that was refused.
      throw new MalformedDataException(
          powerSection.source(), "section 4 (A map)", -1, String.valueOf(e.getMessage()), e);
    }
  }

  private static int wire(BoundedReader in, int wires) throws MalformedDataException {
    long wire = in.u32("wire");
    if (wire >= wires) {
      in.seek(in.position() - 4);
      throw in.malformed("wire " + wire + ", of which there are " + wires);
    }
    return (int) wire;
  }

  private Polynomial polynomial(BoundedReader section, int index) throws MalformedDataException {
    int n = verifyingKey.domainSize();
    section.seek((long) index * COPIES * n * Fr.BYTES);
    return Polynomial.of(FrVector.read(section, n, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
  }

  /** Writes a key as snarkjs does, the values on the domain of 4n included. */
  public static void write(PlonkProvingKey key, Path file, Execution execution) throws IOException {
    PlonkVerifyingKey verifyingKey = key.verifyingKey();
    int n = verifyingKey.domainSize();
    try (SectionWriter out = new SectionWriter(file, MAGIC, VERSION, POWERS)) {
      PolynomialWriter polynomials = new PolynomialWriter(n, out, execution);
      writeAdditions(key, out);
      for (int column = 0; column < COLUMNS.size(); column++) {
        out.section(A_MAP + column, 4L * key.gates());
        for (int gate = 0; gate < key.gates(); gate++) {
          out.u32(key.gateWire(gate, column));
        }
      }
      for (int i = 0; i < SELECTOR_NAMES.size(); i++) {
        polynomials.section(SELECTORS + i, 1);
        polynomials.write(key.selectors().get(i));
      }
      polynomials.section(PERMUTATION, 3);
      for (Polynomial polynomial : key.permutation()) {
        polynomials.write(polynomial);
      }
      int lagrange = Math.max(verifyingKey.publicSignals(), 1);
      polynomials.section(LAGRANGE, lagrange);
      for (int i = 0; i < lagrange; i++) {
        polynomials.writeLagrange(i);
      }
      G1Vector powers = key.powers();
      out.section(POWERS, (long) powers.size() * G1.BYTES).bytes(powers.encode(0, powers.size()));
      out.section(PROTOCOL, 4).u32(ZkeyProtocol.PLONK.number());
      writeHeader(key, out);
      out.end();
    }
  }

  private static void writeAdditions(PlonkProvingKey key, SectionWriter out) throws IOException {
    out.section(ADDITIONS, (long) key.additions() * ADDITION_BYTES);
    FrVector factors = key.additionFactors();
    for (int i = 0; i < key.additions(); i++) {
      out.u32(key.additionWire(i, 0))
          .u32(key.additionWire(i, 1))
          .bytes(factors.encode(2 * i, 2 * i + 2, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
    }
  }

  private static void writeHeader(PlonkProvingKey key, SectionWriter out) throws IOException {
    PlonkVerifyingKey verifyingKey = key.verifyingKey();
    out.section(HEADER, HEADER_BYTES)
        .prime(Fq.MODULUS)
        .prime(Fr.MODULUS)
        .u32(key.circuitWires() + (long) key.additions())
        .u32(verifyingKey.publicSignals())
        .u32(verifyingKey.domainSize())
        .u32(key.additions())
        .u32(key.gates())
        .bytes(verifyingKey.k1().encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN))
        .bytes(verifyingKey.k2().encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
    for (List<G1> points : List.of(verifyingKey.selectors(), verifyingKey.permutation())) {
      for (G1 point : points) {
        out.bytes(point.encode(PointEncoding.SNARKJS));
      }
    }
    out.bytes(verifyingKey.tau2().encode(PointEncoding.SNARKJS));
  }

  /** Writes coefficients, and values on the domain of 4n. */
  private static final class PolynomialWriter {
    /** Numbers encoded at a time. */
    private static final int BLOCK = 1 << 14;

    private final EvaluationDomain domain;
    private final EvaluationDomain larger;
    private final SectionWriter out;
    private final Execution execution;

    PolynomialWriter(int n, SectionWriter out, Execution execution) {
      this.domain = EvaluationDomain.ofSize(n);
      this.larger = EvaluationDomain.ofSize(4 * n);
      this.out = out;
      this.execution = execution;
    }

    void section(int type, int polynomials) throws IOException {
      out.section(type, (long) polynomials * COPIES * domain.size() * Fr.BYTES);
    }

    void write(Polynomial polynomial) throws IOException {
      writeVector(polynomial.coefficients(domain.size()));
      FrVector values = polynomial.coefficients(larger.size());
      larger.forward(values, execution);
      writeVector(values);
    }

    /** The polynomial that is 1 at w^i and 0 on the rest of the domain. */
    void writeLagrange(int i) throws IOException {
      FrVector values = FrVector.zeros(domain.size());
      values.set(i, Fr.ONE);
      domain.inverse(values, execution);
      write(Polynomial.of(values));
    }

    private void writeVector(FrVector vector) throws IOException {
      for (int from = 0; from < vector.size(); from += BLOCK) {
        int to = Math.min(vector.size(), from + BLOCK);
        out.bytes(vector.encode(from, to, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
      }
    }
  }

  /** Lets go of the file. Its memory is unmapped when nothing uses it any more. */
  @Override
  public void close() {
    sections = null;
  }
}
