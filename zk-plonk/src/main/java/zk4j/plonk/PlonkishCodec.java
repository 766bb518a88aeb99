package zk4j.plonk;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.circuit.GateSystem;
import zk4j.circuit.GateSystem.Gate;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/**
 * Proofs and keys in bytes: one encoding for each, and nothing else is read. docs/plonkish.md has
 * the layout.
 */
public final class PlonkishCodec {
  private static final int MAGIC_BYTES = 4;
  private static final byte[] PROOF = "zk4p".getBytes(US_ASCII);
  private static final byte[] VERIFYING_KEY = "zk4v".getBytes(US_ASCII);
  private static final byte[] PROVING_KEY = "zk4k".getBytes(US_ASCII);

  private static final int VERSION = 1;

  private static final int POINTS = 12;
  private static final int POINT_BYTES = G1.BYTES / 2;

  /** Magic, version, points and numbers. */
  public static final int PROOF_BYTES =
      MAGIC_BYTES + 4 + POINTS * POINT_BYTES + PlonkishEvaluations.COUNT * Fr.BYTES;

  /** Magic, version, three numbers, points and tau. */
  private static final int VERIFYING_KEY_BYTES =
      MAGIC_BYTES + 4 * Integer.BYTES + PlonkishColumns.COUNT * POINT_BYTES + G2.BYTES;

  /** Three wires, six factors, flags and shift. */
  private static final int GATE_BYTES = 11 * Integer.BYTES;

  private static final int CARRIES = 1;
  private static final int RAISES = 2;

  private PlonkishCodec() {}

  // Proofs.

  /** The {@value #PROOF_BYTES} bytes of a proof. */
  public static byte[] encode(PlonkishProof proof) {
    byte[] bytes = new byte[PROOF_BYTES];
    ByteBuffer out = littleEndian(bytes);
    out.put(PROOF).putInt(VERSION);
    Stream.of(proof.columns(), proof.running(), proof.quotient(), proof.openings())
        .flatMap(List::stream)
        .forEach(point -> out.put(point.encode(PointEncoding.COMPRESSED)));
    Stream.of(proof.evaluations().atZeta(), proof.evaluations().atNext())
        .flatMap(List::stream)
        .forEach(number -> out.put(number.encode(FieldEncoding.BIG_ENDIAN)));
    return bytes;
  }

  /**
   * Reads a proof.
   *
   * @throws MalformedDataException unless the bytes are what {@link #encode(PlonkishProof)} gives
   */
  public static PlonkishProof decodeProof(byte[] bytes) throws MalformedDataException {
    BoundedReader in = BoundedReader.of(bytes, "proof");
    header(in, PROOF);
    List<G1> p = new ArrayList<>();
    for (int i = 0; i < POINTS; i++) {
      p.add(point(in, "point " + i));
    }
    List<Fr> numbers = new ArrayList<>();
    for (int i = 0; i < PlonkishEvaluations.COUNT; i++) {
      numbers.add(number(in, "evaluation " + i));
    }
    in.expectEnd();
    return new PlonkishProof(
        p.get(0),
        p.get(1),
        p.get(2),
        p.get(3),
        p.get(4),
        p.get(5),
        p.get(6),
        p.get(7),
        p.get(8),
        p.get(9),
        PlonkishEvaluations.of(numbers),
        p.get(10),
        p.get(11));
  }

  // Verification keys.

  /** The bytes of a verification key. */
  public static byte[] encode(PlonkishVerifyingKey key) {
    byte[] bytes = new byte[VERIFYING_KEY_BYTES];
    ByteBuffer out = littleEndian(bytes);
    out.put(VERIFYING_KEY).putInt(VERSION);
    out.putInt(key.publicSignals()).putInt(key.domainSize()).putInt(key.tableBits());
    key.columns().forEach(point -> out.put(point.encode(PointEncoding.COMPRESSED)));
    out.put(key.tau2().encode(PointEncoding.EVM));
    return bytes;
  }

  /**
   * Reads a verification key.
   *
   * @throws MalformedDataException unless the bytes are what {@link #encode(PlonkishVerifyingKey)}
   *     gives
   */
  public static PlonkishVerifyingKey decodeVerifyingKey(byte[] bytes)
      throws MalformedDataException {
    BoundedReader in = BoundedReader.of(bytes, "verification key");
    PlonkishVerifyingKey key = readVerifyingKey(in);
    in.expectEnd();
    return key;
  }

  private static PlonkishVerifyingKey readVerifyingKey(BoundedReader in)
      throws MalformedDataException {
    header(in, VERIFYING_KEY);
    int publicSignals = small(in, "public signals");
    int domainSize = small(in, "the domain's size");
    int tableBits = small(in, "the table's bits");
    List<G1> columns = new ArrayList<>();
    for (int i = 0; i < PlonkishColumns.COUNT; i++) {
      columns.add(point(in, "column " + i));
    }
    long at = in.position();
    try {
      G2 tau2 = G2.decode(in.bytes(G2.BYTES, "tau"), PointEncoding.EVM);
      return new PlonkishVerifyingKey(publicSignals, domainSize, tableBits, columns, tau2);
    } catch (MalformedDataException e) {
      in.seek(at);
      throw in.malformed("tau: " + e.problem());
    } catch (IllegalArgumentException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  // Proving keys.

  /** The bytes of a proving key: the verification key, the gates, and powers of tau. */
  public static byte[] encode(PlonkishProvingKey key) {
    GateSystem system = key.system();
    Map<Fr, Integer> factors = new LinkedHashMap<>();
    byte[] gateBytes = new byte[Math.multiplyExact(system.gates().size(), GATE_BYTES)];
    ByteBuffer gates = littleEndian(gateBytes);
    for (Gate gate : system.gates()) {
      gate.wires().forEach(gates::putInt);
      for (Fr factor : factors(gate)) {
        Integer index = factors.putIfAbsent(factor, factors.size());
        gates.putInt(index == null ? factors.size() - 1 : index);
      }
      gates.putInt((gate.carries() ? CARRIES : 0) | (gate.raises() ? RAISES : 0));
      gates.putInt(gate.shift());
    }
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] head = new byte[MAGIC_BYTES + 4 * Integer.BYTES];
    littleEndian(head)
        .put(PROVING_KEY)
        .putInt(VERSION)
        .putInt(system.wires())
        .putInt(factors.size())
        .putInt(system.gates().size());
    out.writeBytes(head);
    out.writeBytes(encode(key.verifyingKey()));
    factors.keySet().forEach(factor -> out.writeBytes(factor.encode(FieldEncoding.BIG_ENDIAN)));
    out.writeBytes(gateBytes);
    out.writeBytes(key.ownPowers().encode(0, key.ownPowers().size()));
    return out.toByteArray();
  }

  private static List<Fr> factors(Gate gate) {
    return List.of(gate.qm(), gate.ql(), gate.qr(), gate.qo(), gate.qd(), gate.qc());
  }

  /**
   * Reads a proving key. Its points are checked to be on the curve, but not to be powers of tau: a
   * key of someone else's can make proofs that do not hold, which provers notice.
   *
   * @throws MalformedDataException unless the bytes are what {@link #encode(PlonkishProvingKey)}
   *     gives
   */
  public static PlonkishProvingKey decodeProvingKey(byte[] bytes, Execution execution)
      throws MalformedDataException {
    BoundedReader in = BoundedReader.of(bytes, "proving key");
    header(in, PROVING_KEY);
    int wires = small(in, "wires");
    int factorCount = small(in, "factors");
    int gateCount = small(in, "gates");
    PlonkishVerifyingKey verifyingKey = readVerifyingKey(in);
    in.count(factorCount, Fr.BYTES, "factors");
    List<Fr> factors = new ArrayList<>();
    for (int i = 0; i < factorCount; i++) {
      factors.add(number(in, "factor " + i));
    }
    in.count(gateCount, GATE_BYTES, "gates");
    List<Gate> gates = new ArrayList<>();
    for (int i = 0; i < gateCount; i++) {
      gates.add(gate(in, factors));
    }
    int powers = verifyingKey.domainSize() + PlonkishProvingKey.MORE_POWERS;
    in.count(powers, G1.BYTES, "powers of tau");
    G1Vector points = G1Vector.read(in, powers, PointValidation.FULL, execution);
    in.expectEnd();
    try {
      PlonkishProvingKey key =
          PlonkishProvingKey.of(
              verifyingKey,
              GateSystem.of(verifyingKey.publicSignals(), wires, verifyingKey.tableBits(), gates),
              points);
      if (!Arrays.equals(encode(key), bytes)) {
        throw in.malformed("factors are not in the order of their first gates");
      }
      return key;
    } catch (IllegalArgumentException e) {
      throw in.malformed(String.valueOf(e.getMessage()));
    }
  }

  private static Gate gate(BoundedReader in, List<Fr> factors) throws MalformedDataException {
    int a = (int) in.u32("a");
    int b = (int) in.u32("b");
    int c = (int) in.u32("c");
    List<Fr> q = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      int index = small(in, "a factor's index");
      if (index >= factors.size()) {
        throw in.malformed("no factor " + index + " of " + factors.size());
      }
      q.add(factors.get(index));
    }
    int flags = small(in, "flags");
    if (flags > (CARRIES | RAISES)) {
      throw in.malformed("flags " + flags);
    }
    return new Gate(
        a,
        b,
        c,
        q.get(0),
        q.get(1),
        q.get(2),
        q.get(3),
        q.get(4),
        q.get(5),
        (flags & CARRIES) != 0,
        (flags & RAISES) != 0,
        (int) in.u32("shift"));
  }

  // Parts.

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static void header(BoundedReader in, byte[] magic) throws MalformedDataException {
    if (!Arrays.equals(in.bytes(MAGIC_BYTES, "magic"), magic)) {
      throw in.malformed("it does not begin with " + new String(magic, US_ASCII));
    }
    long version = in.u32("version");
    if (version != VERSION) {
      throw in.malformed("version " + version + ", not " + VERSION);
    }
  }

  private static int small(BoundedReader in, String what) throws MalformedDataException {
    long value = in.u32(what);
    if (value > Integer.MAX_VALUE) {
      throw in.malformed(what + ": " + value);
    }
    return (int) value;
  }

  private static G1 point(BoundedReader in, String what) throws MalformedDataException {
    long at = in.position();
    byte[] bytes = in.bytes(POINT_BYTES, what);
    try {
      return G1.decode(bytes, PointEncoding.COMPRESSED);
    } catch (MalformedDataException e) {
      in.seek(at);
      throw in.malformed(what + ": " + e.problem());
    }
  }

  private static Fr number(BoundedReader in, String what) throws MalformedDataException {
    long at = in.position();
    byte[] bytes = in.bytes(Fr.BYTES, what);
    try {
      return Fr.decode(bytes, FieldEncoding.BIG_ENDIAN);
    } catch (MalformedDataException e) {
      in.seek(at);
      throw in.malformed(what + ": " + e.problem());
    }
  }
}
