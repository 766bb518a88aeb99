package zk4j.circomcompat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.PointValidation;
import zk4j.bn254.Polynomial;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkCircuit;

/**
 * What the .zkey files of PLONK and fflonk have in common: counts in the header, the gates' wires,
 * polynomials, and powers of tau. Of the polynomials' values on the domain of 4n, which a file has
 * too, none are read.
 */
final class PlonkSections implements AutoCloseable {
  static final String MAGIC = "zkey";
  static final int VERSION = 1;

  private static final int PROTOCOL = 1;
  private static final int HEADER = 2;
  private static final int ADDITIONS = 3;
  private static final int A_MAP = 4;

  /** Of the header: both primes and five counts. */
  private static final int COUNTS_BYTES = 4 + Fq.BYTES + 4 + Fr.BYTES + 5 * 4;

  private static final int ADDITION_BYTES = 4 + 4 + 2 * Fr.BYTES;
  private static final int MIN_DOMAIN_SIZE = 8;

  /** Values of a polynomial on the domain of 4n, and its coefficients: so many times n. */
  private static final int COPIES = 5;

  /** Numbers or points encoded at a time. */
  private static final int BLOCK = 1 << 14;

  private static final List<String> COLUMNS = List.of("A map", "B map", "C map");
  static final List<String> NAMES = List.of("Qm", "Ql", "Qr", "Qo", "Qc", "S1", "S2", "S3");

  /**
   * In what the two differ.
   *
   * @param moreHeader bytes of the header behind the counts
   * @param polynomials the sections of Qm, Ql, Qr, Qo, Qc, S1, S2 and S3; of those that are the
   *     same, one polynomial follows the other
   * @param lagrange the section of Lagrange polynomials
   * @param powers that of powers of tau
   * @param powersFor how many there are for a domain
   * @param maxDomainSize the largest domain
   * @param spareRows rows of the domain that no gate may take
   */
  record Layout(
      ZkeyProtocol protocol,
      int moreHeader,
      List<Integer> polynomials,
      int lagrange,
      int powers,
      IntUnaryOperator powersFor,
      int maxDomainSize,
      int spareRows) {}

  private final Layout layout;
  private final int publicSignals;
  private final int domainSize;
  private final int circuitWires;
  private final int additions;
  private final int gates;
  private @Nullable SectionFile sections;

  private PlonkSections(
      Layout layout,
      SectionFile sections,
      int publicSignals,
      int domainSize,
      int circuitWires,
      int additions,
      int gates) {
    this.layout = layout;
    this.sections = sections;
    this.publicSignals = publicSignals;
    this.domainSize = domainSize;
    this.circuitWires = circuitWires;
    this.additions = additions;
    this.gates = gates;
  }

  /** Reads the counts, and checks the sizes of all sections. */
  static PlonkSections index(Layout layout, BoundedReader in) throws MalformedDataException {
    SectionFile file = SectionFile.index(in, MAGIC, VERSION);
    ZkeyProtocol.expect(layout.protocol, file);
    BoundedReader header = file.section(HEADER, "header", COUNTS_BYTES + layout.moreHeader);
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
    if (gateCount > domain - layout.spareRows || publicCount > gateCount) {
      throw header.malformed(
          gateCount + " gates in a domain of " + domain + " with " + publicCount + " signals");
    }
    if (Long.bitCount(domain) != 1 || domain < MIN_DOMAIN_SIZE || domain > layout.maxDomainSize) {
      throw header.malformed(
          "domain size "
              + domain
              + " is no power of two from "
              + MIN_DOMAIN_SIZE
              + " to "
              + layout.maxDomainSize);
    }
    int additions =
        file.section(ADDITIONS, "additions", additionCount * ADDITION_BYTES)
            .count(additionCount, ADDITION_BYTES, "additions");
    for (int i = 0; i < COLUMNS.size(); i++) {
      file.section(A_MAP + i, COLUMNS.get(i), gateCount * 4);
    }
    long polynomial = COPIES * domain * Fr.BYTES;
    for (int i = 0; i < NAMES.size(); i++) {
      int type = layout.polynomials.get(i);
      file.section(
          type, name(layout, i), Collections.frequency(layout.polynomials, type) * polynomial);
    }
    file.section(layout.lagrange, "Lagrange polynomials", Math.max(publicCount, 1) * polynomial);
    file.section(
        layout.powers,
        "powers of tau",
        (long) layout.powersFor.applyAsInt((int) domain) * G1.BYTES);
    return new PlonkSections(
        layout,
        file,
        (int) publicCount,
        (int) domain,
        (int) (wireCount - additionCount),
        additions,
        (int) gateCount);
  }

  private static String name(Layout layout, int polynomial) {
    boolean alone =
        Collections.frequency(layout.polynomials, layout.polynomials.get(polynomial)) == 1;
    return alone ? NAMES.get(polynomial) : "permutation";
  }

  static Fr readFr(BoundedReader in) throws MalformedDataException {
    return FrVector.read(in, 1, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN).get(0);
  }

  int publicSignals() {
    return publicSignals;
  }

  int domainSize() {
    return domainSize;
  }

  int circuitWires() {
    return circuitWires;
  }

  int additions() {
    return additions;
  }

  int gates() {
    return gates;
  }

  private SectionFile sections() {
    SectionFile open = sections;
    if (open == null) {
      throw new IllegalStateException("the .zkey file is closed");
    }
    return open;
  }

  /** Refuses the file unless a section has so many bytes. */
  void require(int type, String name, long length) throws MalformedDataException {
    sections().section(type, name, length);
  }

  /** The header, its cursor behind the counts. */
  BoundedReader header() throws MalformedDataException {
    BoundedReader header = sections().section(HEADER, "header");
    header.seek(COUNTS_BYTES);
    return header;
  }

  /** Reads gates and polynomials. */
  PlonkCircuit circuit() throws MalformedDataException {
    SectionFile file = sections();
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
    List<Polynomial> polynomials = new ArrayList<>();
    for (int i = 0; i < NAMES.size(); i++) {
      int type = layout.polynomials.get(i);
      BoundedReader section = file.section(type, name(layout, i));
      int before = Collections.frequency(layout.polynomials.subList(0, i), type);
      section.seek((long) before * COPIES * domainSize * Fr.BYTES);
      polynomials.add(
          Polynomial.of(
              FrVector.read(section, domainSize, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN)));
    }
    try {
      return PlonkCircuit.of(
          publicSignals,
          circuitWires,
          additionWires,
          factors,
          gateWires,
          polynomials.subList(0, 5),
          polynomials.subList(5, 8));
    } catch (IllegalArgumentException e) {
      // All sizes are the header's, so that it is a gate of a public signal that was refused.
      throw new MalformedDataException(
          in.source(), "section 4 (A map)", -1, String.valueOf(e.getMessage()), e);
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

  G1Vector powers(PointValidation validation, Execution execution) throws MalformedDataException {
    BoundedReader section = sections().section(layout.powers, "powers of tau");
    return G1Vector.read(section, layout.powersFor.applyAsInt(domainSize), validation, execution);
  }

  /** Writes the sections from the additions to the powers of tau. */
  static void write(
      Layout layout,
      PlonkCircuit circuit,
      int domainSize,
      G1Vector powers,
      SectionWriter out,
      Execution execution)
      throws IOException {
    PolynomialWriter polynomials = new PolynomialWriter(domainSize, out, execution);
    out.section(ADDITIONS, (long) circuit.additions() * ADDITION_BYTES);
    FrVector factors = circuit.additionFactors();
    for (int i = 0; i < circuit.additions(); i++) {
      out.u32(circuit.additionWire(i, 0))
          .u32(circuit.additionWire(i, 1))
          .bytes(factors.encode(2 * i, 2 * i + 2, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
    }
    for (int column = 0; column < COLUMNS.size(); column++) {
      out.section(A_MAP + column, 4L * circuit.gates());
      for (int gate = 0; gate < circuit.gates(); gate++) {
        out.u32(circuit.gateWire(gate, column));
      }
    }
    List<Polynomial> all = new ArrayList<>(circuit.selectors());
    all.addAll(circuit.permutation());
    for (int type : layout.polynomials.stream().distinct().sorted().toList()) {
      polynomials.section(type, Collections.frequency(layout.polynomials, type));
      for (int i = 0; i < all.size(); i++) {
        if (layout.polynomials.get(i) == type) {
          polynomials.write(all.get(i));
        }
      }
    }
    int lagrange = Math.max(circuit.publicSignals(), 1);
    polynomials.section(layout.lagrange, lagrange);
    for (int i = 0; i < lagrange; i++) {
      polynomials.writeLagrange(i);
    }
    out.section(layout.powers, (long) powers.size() * G1.BYTES);
    for (int from = 0; from < powers.size(); from += BLOCK) {
      out.bytes(powers.encode(from, Math.min(powers.size(), from + BLOCK)));
    }
  }

  static void writeProtocol(Layout layout, SectionWriter out) throws IOException {
    out.section(PROTOCOL, 4).u32(layout.protocol.number());
  }

  /** Begins the header. */
  static SectionWriter writeCounts(
      Layout layout, PlonkCircuit circuit, int domainSize, SectionWriter out) throws IOException {
    return out.section(HEADER, COUNTS_BYTES + layout.moreHeader)
        .prime(Fq.MODULUS)
        .prime(Fr.MODULUS)
        .u32(circuit.wires() + (long) circuit.additions())
        .u32(circuit.publicSignals())
        .u32(domainSize)
        .u32(circuit.additions())
        .u32(circuit.gates());
  }

  static void write(FrVector vector, SectionWriter out) throws IOException {
    for (int from = 0; from < vector.size(); from += BLOCK) {
      int to = Math.min(vector.size(), from + BLOCK);
      out.bytes(vector.encode(from, to, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
    }
  }

  /** Writes coefficients, and values on the domain of 4n. */
  private static final class PolynomialWriter {
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
      PlonkSections.write(polynomial.coefficients(domain.size()), out);
      FrVector values = polynomial.coefficients(larger.size());
      larger.forward(values, execution);
      PlonkSections.write(values, out);
    }

    /** The polynomial that is 1 at w^i and 0 on the rest of the domain. */
    void writeLagrange(int i) throws IOException {
      FrVector values = FrVector.zeros(domain.size());
      values.set(i, Fr.ONE);
      domain.inverse(values, execution);
      write(Polynomial.of(values));
    }
  }

  /** Lets go of the file. */
  @Override
  public void close() {
    sections = null;
  }
}
