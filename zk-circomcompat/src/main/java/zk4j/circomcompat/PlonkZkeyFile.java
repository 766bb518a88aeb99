package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
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
import zk4j.plonk.PlonkCircuit;
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
  private static final int SECTIONS = 14;

  private static final PlonkSections.Layout LAYOUT =
      new PlonkSections.Layout(
          ZkeyProtocol.PLONK,
          2 * Fr.BYTES + 8 * G1.BYTES + G2.BYTES,
          List.of(7, 8, 9, 10, 11, 12, 12, 12),
          13,
          14,
          n -> n + PlonkProvingKey.MORE_POWERS,
          PlonkVerifyingKey.MAX_DOMAIN_SIZE,
          0);

  private final PointValidation validation;
  private final PlonkSections sections;
  private final PlonkVerifyingKey verifyingKey;

  private PlonkZkeyFile(BoundedReader in, PointValidation validation)
      throws MalformedDataException {
    this.validation = validation;
    sections = PlonkSections.index(LAYOUT, in);
    BoundedReader header = sections.header();
    Fr k1 = PlonkSections.readFr(header);
    Fr k2 = PlonkSections.readFr(header);
    List<G1> commitments = new ArrayList<>();
    for (String name : PlonkSections.NAMES) {
      commitments.add(G1.read(header, name));
    }
    G2 tau2 = G2.read(header, "X_2");
    try {
      verifyingKey =
          new PlonkVerifyingKey(
              sections.publicSignals(),
              sections.domainSize(),
              k1,
              k2,
              commitments.subList(0, 5),
              commitments.subList(5, 8),
              tau2);
    } catch (IllegalArgumentException e) {
      throw header.malformed(String.valueOf(e.getMessage()));
    }
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
    PlonkCircuit circuit = sections.circuit();
    return PlonkProvingKey.of(verifyingKey, circuit, sections.powers(validation, execution));
  }

  /** Writes a key as snarkjs does, the values on the domain of 4n included. */
  public static void write(PlonkProvingKey key, Path file, Execution execution) throws IOException {
    PlonkVerifyingKey verifyingKey = key.verifyingKey();
    int n = verifyingKey.domainSize();
    try (SectionWriter out =
        new SectionWriter(file, PlonkSections.MAGIC, PlonkSections.VERSION, SECTIONS)) {
      PlonkSections.write(LAYOUT, key.circuit(), n, key.powers(), out, execution);
      PlonkSections.writeProtocol(LAYOUT, out);
      PlonkSections.writeCounts(LAYOUT, key.circuit(), n, out)
          .bytes(verifyingKey.k1().encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN))
          .bytes(verifyingKey.k2().encode(FieldEncoding.MONTGOMERY_LITTLE_ENDIAN));
      for (List<G1> points : List.of(verifyingKey.selectors(), verifyingKey.permutation())) {
        for (G1 point : points) {
          out.bytes(point.encode(PointEncoding.SNARKJS));
        }
      }
      out.bytes(verifyingKey.tau2().encode(PointEncoding.SNARKJS));
      out.end();
    }
  }

  /** Lets go of the file. Its memory is unmapped when nothing uses it any more. */
  @Override
  public void close() {
    sections.close();
  }
}
