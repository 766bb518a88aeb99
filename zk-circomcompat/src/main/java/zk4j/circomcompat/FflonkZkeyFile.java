package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.FflonkProvingKey;
import zk4j.plonk.FflonkVerifyingKey;
import zk4j.plonk.PlonkCircuit;

/**
 * fflonk keys as snarkjs writes them: {@code .zkey}, version 1, protocol 10, over BN254.
 *
 * <p>Opening reads the header, which has the verification key, and checks the sizes of all
 * sections; the rest is read by {@link #provingKey}. Of the polynomials' values on the domain of
 * 4n, and of the coefficients of their combination C0, which a file has too, none are read.
 */
public final class FflonkZkeyFile implements AutoCloseable {
  private static final int SECTIONS = 17;
  private static final int C0 = 17;

  private static final PlonkSections.Layout LAYOUT =
      new PlonkSections.Layout(
          ZkeyProtocol.FFLONK,
          6 * Fr.BYTES + G2.BYTES + G1.BYTES,
          List.of(9, 7, 8, 10, 11, 12, 13, 14),
          15,
          16,
          FflonkProvingKey::powersFor,
          FflonkVerifyingKey.MAX_DOMAIN_SIZE,
          FflonkVerifyingKey.SPARE_ROWS);

  private final PointValidation validation;
  private final PlonkSections sections;
  private final FflonkVerifyingKey verifyingKey;

  private FflonkZkeyFile(BoundedReader in, PointValidation validation)
      throws MalformedDataException {
    this.validation = validation;
    sections = PlonkSections.index(LAYOUT, in);
    int n = sections.domainSize();
    sections.require(C0, "C0", combinedSize(n) * Fr.BYTES);
    BoundedReader header = sections.header();
    Fr k1 = PlonkSections.readFr(header);
    Fr k2 = PlonkSections.readFr(header);
    List<Fr> roots = FflonkRoots.of(n);
    for (int i = 0; i < roots.size(); i++) {
      if (!PlonkSections.readFr(header).equals(roots.get(i))) {
        throw header.malformed(FflonkRoots.NAMES.get(i) + " is not that of a domain of " + n);
      }
    }
    G2 tau2 = G2.read(header, "X_2");
    G1 c0 = G1.read(header, "C0");
    try {
      verifyingKey = new FflonkVerifyingKey(sections.publicSignals(), n, k1, k2, tau2, c0);
    } catch (IllegalArgumentException e) {
      throw header.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static long combinedSize(int domainSize) {
    return 8L * domainSize;
  }

  /** Opens a key whose points are all validated, as {@link #open(Path, PointValidation)}. */
  public static FflonkZkeyFile open(Path file) throws IOException {
    return open(file, PointValidation.FULL);
  }

  /**
   * Opens a key.
   *
   * @param validation of the powers of tau; the verification key is always validated fully
   * @throws MalformedDataException if it is no such file
   */
  public static FflonkZkeyFile open(Path file, PointValidation validation) throws IOException {
    return open(BoundedReader.map(file), validation);
  }

  /**
   * Opens what lies between the reader's cursor and its end, as {@link #open(Path,
   * PointValidation)}.
   */
  public static FflonkZkeyFile open(BoundedReader in, PointValidation validation)
      throws MalformedDataException {
    return new FflonkZkeyFile(in, validation);
  }

  /** How many wires a witness has, the constant one among them. */
  public int circuitWires() {
    return sections.circuitWires();
  }

  /** How many wires are sums of two others. */
  public int additions() {
    return sections.additions();
  }

  /** How many gates there are. */
  public int gates() {
    return sections.gates();
  }

  /** The key for verifiers. */
  public FflonkVerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** Reads the key for provers, as {@link #provingKey(Execution)} by default. */
  public FflonkProvingKey provingKey() throws MalformedDataException {
    return provingKey(Execution.defaults());
  }

  /**
   * Reads the key for provers, each time anew.
   *
   * @throws MalformedDataException if a point, a number or a wire is not valid
   * @throws IllegalStateException if the file was closed
   */
  public FflonkProvingKey provingKey(Execution execution) throws MalformedDataException {
    PlonkCircuit circuit = sections.circuit();
    return FflonkProvingKey.of(verifyingKey, circuit, sections.powers(validation, execution));
  }

  /** Writes a key as snarkjs does, the values on the domain of 4n and C0 included. */
  public static void write(FflonkProvingKey key, Path file, Execution execution)
      throws IOException {
    FflonkVerifyingKey verifyingKey = key.verifyingKey();
    int n = verifyingKey.domainSize();
    try (SectionWriter out =
        new SectionWriter(file, PlonkSections.MAGIC, PlonkSections.VERSION, SECTIONS)) {
      PlonkSections.writeProtocol(LAYOUT, out);
      PlonkSections.write(LAYOUT, key.circuit(), n, key.powers(), out, execution);
      out.section(C0, combinedSize(n) * Fr.BYTES);
      PlonkSections.write(key.circuit().combined().coefficients((int) combinedSize(n)), out);
      PlonkSections.writeCounts(LAYOUT, key.circuit(), n, out)
          .bytes(verifyingKey.k1().encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN))
          .bytes(verifyingKey.k2().encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
      for (Fr root : FflonkRoots.of(n)) {
        out.bytes(root.encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
      }
      out.bytes(verifyingKey.tau2().encode(PointEncoding.SNARKJS))
          .bytes(verifyingKey.c0().encode(PointEncoding.SNARKJS));
      out.end();
    }
  }

  /** Lets go of the file. Its memory is unmapped when nothing uses it any more. */
  @Override
  public void close() {
    sections.close();
  }
}
