package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;
import zk4j.groth16.UnsafeKeyException;

/** Files of circom's and snarkjs's formats with something wrong. */
class MalformedFilesTest {
  private static final int MAX = -1; // 2^32 - 1

  private static Container multiplier(Readers format) throws IOException {
    return Container.parse(format.fixture("multiplier"));
  }

  private static byte[] modulus(Fr minusOne) {
    byte[] bytes = minusOne.encode(FieldEncoding.LITTLE_ENDIAN);
    bytes[0]++;
    return bytes;
  }

  private static final byte[] R = modulus(Fr.ZERO.minus(Fr.ONE));

  @ParameterizedTest
  @EnumSource(Readers.class)
  void truncatedAtEveryByte(Readers format) throws IOException {
    byte[] file = format.fixture("single");
    for (int length = 0; length < file.length; length++) {
      format.refuses(Arrays.copyOf(file, length), "x.");
    }
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void truncatedAtEverySectionBoundary(Readers format) throws IOException {
    for (String circuit : Fixtures.CIRCUITS) {
      byte[] file = format.fixture(circuit);
      for (int boundary : Container.parse(file).boundaries()) {
        for (int length = boundary - 1; length <= boundary + 1; length++) {
          if (length >= 0 && length < file.length) {
            format.refuses(Arrays.copyOf(file, length), "x.");
          }
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void sectionsInAnyOrder(Readers format) throws Exception {
    Random random = new Random(1);
    Container file = multiplier(format);
    for (int i = 0; i < 10; i++) {
      format.read(file.shuffled(random).bytes());
    }
    format.read(file.with(99, new byte[] {1, 2, 3}).bytes()); // one that is not known
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void sectionsMissingTwiceOrResized(Readers format) throws IOException {
    Container file = multiplier(format);
    for (int type : format.sections()) {
      format.refuses(file.without(type), "section " + type);
      format.refuses(file.with(type, new byte[0]), "section " + type + " comes twice");
      format.refuses(file.resized(type, -1), "section " + type);
      format.refuses(file.resized(type, 1), "section " + type);
      format.refuses(file.resized(type, -4), "section " + type);
      format.refuses(file.resized(type, 32), "section " + type);
    }
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void formatsOfEachOther(Readers format) throws IOException {
    for (Readers other : Readers.values()) {
      if (other != format) {
        boolean keys = format.isKey() && other.isKey();
        format.refuses(other.fixture("single"), keys ? "instead of" : "begins with");
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Readers.class)
  void wrongPrime(Readers format) throws IOException {
    Container file = multiplier(format);
    int header = format.isKey() ? 2 : 1;
    format.refuses(file.edited(header, b -> b.put(4, (byte) 3)), "instead of BN254's");
    format.refuses(file.edited(header, b -> b.putInt(0, 8)), "elements of 8 bytes");
    if (format.isKey()) {
      format.refuses(file.edited(2, b -> b.put(40, (byte) 3)), Fr.MODULUS.toString());
    }
  }

  /** A count of 2^32 - 1, and one too many, in each place where there is a count. */
  @Test
  void countsOfR1cs() throws IOException {
    Container file = multiplier(Readers.R1CS);
    int wires = 36;
    int outputs = 40;
    int constraints = 60;
    Readers.R1CS.refuses(file.edited(1, b -> b.putInt(wires, MAX)), "section 3 (labels)");
    Readers.R1CS.refuses(file.edited(1, b -> increment(b, wires)), "section 3 (labels)");
    for (int input = 0; input < 3; input++) {
      int at = outputs + 4 * input;
      Readers.R1CS.refuses(file.edited(1, b -> b.putInt(at, MAX)), "is 4294967295");
    }
    Readers.R1CS.refuses(file.edited(1, b -> b.putInt(outputs, 1 << 30)), "do not fit in");
    Readers.R1CS.refuses(file.edited(1, b -> b.putLong(52, -1)), "number of labels");
    Readers.R1CS.refuses(file.edited(1, b -> b.putInt(constraints, MAX)), "4294967295 constraints");
    Readers.R1CS.refuses(file.edited(1, b -> increment(b, constraints)), "needs 4 bytes");
    Readers.R1CS.refuses(file.edited(1, b -> b.putInt(constraints, 0)), "bytes too many");
    Readers.R1CS.refuses(file.edited(2, b -> b.putInt(0, MAX)), "entries of constraint 0");
    Readers.R1CS.refuses(file.edited(3, b -> b.putLong(8, -1)), "label of wire");
  }

  @Test
  void entriesOfR1cs() throws IOException {
    Container file = multiplier(Readers.R1CS);
    Readers.R1CS.refuses(file.edited(2, b -> b.putInt(4, MAX)), "constraint 0 has wire 4294967295");
    int wires = R1csFile.read(Fixtures.path("multiplier", "circuit.r1cs")).wires();
    Readers.R1CS.refuses(
        file.edited(2, b -> b.putInt(4, wires)), "constraint 0 has wire " + wires + " of " + wires);
    Readers.R1CS.refuses(file.edited(2, b -> b.put(8, R)), "not below the modulus r");
  }

  @Test
  void customGates() throws IOException {
    Container file = multiplier(Readers.R1CS);
    Readers.R1CS.refuses(file.with(4, new byte[] {1, 0, 0, 0}), "1 custom gates");
    R1csFile.read(BoundedReader.of(file.with(4, new byte[4]).bytes(), "none"));
  }

  @Test
  void countsOfWtns() throws IOException {
    Container file = multiplier(Readers.WTNS);
    Readers.WTNS.refuses(file.edited(1, b -> b.putInt(36, MAX)), "section 2 (values)");
    Readers.WTNS.refuses(file.edited(1, b -> increment(b, 36)), "section 2 (values)");
    Readers.WTNS.refuses(file.edited(1, b -> b.putInt(36, 0)), "no values");
  }

  /** Such a witness is one, but not a valid one. */
  @Test
  void valuesOfWtns() throws IOException {
    Container file = multiplier(Readers.WTNS);
    invalidWitness(file.edited(2, b -> b.put(0, (byte) 2)), "wire 0 is 2, not 1");
    invalidWitness(file.edited(2, b -> b.put(0, (byte) 0)), "wire 0 is 0, not 1");
    invalidWitness(file.edited(2, b -> b.put(32, R)), "element 1 is not below the modulus r");
    byte[] ones = new byte[32];
    Arrays.fill(ones, (byte) 0xff);
    invalidWitness(file.edited(2, b -> b.put(64, ones)), "element 2 is not below");
    // 1 + r, which other implementations take for 1
    byte[] alias = R.clone();
    alias[0]++;
    invalidWitness(file.edited(2, b -> b.put(0, alias)), "element 0 is not below");
  }

  private static void invalidWitness(Container file, String message) {
    byte[] bytes = file.bytes();
    var e = assertThrows(InvalidValueException.class, () -> Readers.WTNS.read(bytes));
    assertTrue(e.toString().contains(message), e.toString());
    assertTrue(e.toString().contains("x.wtns, section 2 (values)"), e.toString());
  }

  private static final int ZKEY_WIRES = 72;
  private static final int ZKEY_PUBLIC = 76;
  private static final int ZKEY_DOMAIN = 80;
  private static final int ZKEY_POINTS = 84;
  private static final int BETA1 = ZKEY_POINTS + G1.BYTES;
  private static final int DELTA1 = BETA1 + G1.BYTES + 2 * G2.BYTES;

  @Test
  void protocols() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    Readers.ZKEY.refuses(file.edited(1, b -> b.putInt(0, 2)), "protocol 2 (PLONK)");
    Readers.ZKEY.refuses(file.edited(1, b -> b.putInt(0, 10)), "protocol 10 (fflonk)");
    Readers.ZKEY.refuses(file.edited(1, b -> b.putInt(0, MAX)), "protocol 4294967295");
  }

  @Test
  void countsOfZkey() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    Readers.ZKEY.refuses(file.edited(2, b -> b.putInt(ZKEY_WIRES, MAX)), "section 5 (A)");
    Readers.ZKEY.refuses(file.edited(2, b -> increment(b, ZKEY_WIRES)), "section 5 (A)");
    Readers.ZKEY.refuses(file.edited(2, b -> b.putInt(ZKEY_PUBLIC, MAX)), "public signals among");
    Readers.ZKEY.refuses(file.edited(2, b -> increment(b, ZKEY_PUBLIC)), "section 3 (IC)");
    Readers.ZKEY.refuses(
        file.edited(2, b -> b.putInt(ZKEY_PUBLIC, b.getInt(ZKEY_WIRES))), "public signals among");
    for (int domain : new int[] {MAX, 0, 3, 1 << 27, 1 << 28, 1 << 31}) {
      Readers.ZKEY.refuses(
          file.edited(2, b -> b.putInt(ZKEY_DOMAIN, domain)),
          "section 2 (header), byte 84: domain size "
              + Integer.toUnsignedString(domain)
              + " is no power of two up to 67108864");
    }
    Readers.ZKEY.refuses(file.edited(2, b -> b.putInt(ZKEY_DOMAIN, 1 << 26)), "section 9 (H)");
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(0, MAX)), "4294967295 coefficients");
    Readers.ZKEY.refuses(file.edited(4, b -> increment(b, 0)), "coefficients of 44 bytes");
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(0, b.getInt(0) - 1)), "44 bytes too many");
  }

  @Test
  void coefficientsOfZkey() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(4, 2)), "coefficient 0 is of matrix 2 of 2");
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(4, MAX)), "of matrix 4294967295");
    int domain = 8;
    Readers.ZKEY.refuses(
        file.edited(4, b -> b.putInt(8, domain)), "constraint " + domain + " of " + domain);
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(8, MAX)), "constraint 4294967295");
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(12 + 44, MAX)), "coefficient 1 is of");
    Readers.ZKEY.refuses(file.edited(4, b -> b.putInt(12, MAX)), "signal 4294967295");
    Readers.ZKEY.refuses(file.edited(4, b -> b.put(16, R)), "not below the modulus r");
  }

  /** Each point of the header: not canonical, and off the curve. */
  @Test
  void pointsOfTheHeader() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    String[] names = {"alpha1", "beta1", "beta2", "gamma2", "delta1", "delta2"};
    byte[] q = Fq.ZERO.minus(Fq.ONE).encode(FieldEncoding.LITTLE_ENDIAN);
    q[0]++;
    int at = ZKEY_POINTS;
    for (String name : names) {
      int begin = at;
      Readers.ZKEY.refuses(file.edited(2, b -> b.put(begin, q)), name);
      Readers.ZKEY.refuses(file.edited(2, b -> increment(b, begin)), name);
      at += name.endsWith("1") ? G1.BYTES : G2.BYTES;
    }
    Readers.ZKEY.refuses(file.edited(3, b -> increment(b, 64)), "IC[1]");
  }

  /**
   * With beta1, delta1 and the B query in G1 at infinity, proofs would hold and A be unblinded: a
   * key that reveals the witness to whoever made it so.
   */
  @Test
  void keysThatSwitchBlindingOff(@TempDir Path folder) throws IOException {
    Container file = multiplier(Readers.ZKEY);
    byte[] infinity = new byte[G1.BYTES];
    Container forged =
        file.edited(2, b -> b.put(BETA1, infinity).put(DELTA1, infinity))
            .edited(6, b -> b.put(new byte[b.capacity()]));
    for (Container bad : List.of(forged, file.edited(2, b -> b.put(DELTA1, infinity)))) {
      Readers.ZKEY.refuses(bad, "section 2 (header), byte 468: delta1 is infinity");
      Path zkey = Files.write(folder.resolve("x.zkey"), bad.bytes());
      for (PointValidation validation : PointValidation.values()) {
        assertThrows(MalformedDataException.class, () -> ZkeyFile.open(zkey, validation));
        assertThrows(
            MalformedDataException.class,
            () -> ZkeyFile.openInsecureDevelopmentKey(zkey, validation));
      }
    }
  }

  /** Points of G1 that are valid, and not those of the same secrets in G2. */
  @Test
  void betaAndDeltaOfOtherSecrets() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    Container noBeta = file.edited(2, b -> b.put(BETA1, new byte[G1.BYTES]));
    Readers.ZKEY.refuses(noBeta, "section 2 (header): beta1 is not");
    Readers.ZKEY.refuses(file.edited(2, b -> b.put(BETA1, b, DELTA1, G1.BYTES)), "beta1 is not");
    Readers.ZKEY.refuses(file.edited(2, b -> b.put(DELTA1, b, BETA1, G1.BYTES)), "delta1 is not");
    byte[] delta1 = Arrays.copyOfRange(file.data(2), DELTA1, DELTA1 + G1.BYTES);
    G1 minusDelta1 = G1.decode(delta1, PointEncoding.SNARKJS).negate();
    byte[] negated = minusDelta1.encode(PointEncoding.SNARKJS);
    Readers.ZKEY.refuses(file.edited(2, b -> b.put(DELTA1, negated)), "delta1 is not");
  }

  @Test
  void unsafeKeys() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    int gamma2 = BETA1 + G1.BYTES + G2.BYTES;
    int delta2 = DELTA1 + G1.BYTES;
    unsafe(file.edited(2, b -> b.put(delta2, b, gamma2, G2.BYTES)));
    unsafe(file.edited(2, b -> b.put(delta2, new byte[G2.BYTES])));
    unsafe(file.edited(2, b -> b.put(gamma2, new byte[G2.BYTES])));
    unsafe(file.edited(2, b -> b.put(ZKEY_POINTS, new byte[G1.BYTES])));
    unsafe(file.edited(2, b -> b.put(BETA1 + G1.BYTES, new byte[G2.BYTES])));
    unsafe(file.edited(3, b -> b.put(64, new byte[G1.BYTES])));
  }

  /** Whether its delta is one that somebody knows, such a key cannot show. */
  @Test
  void keysOfNoRecordedContribution(@TempDir Path folder) throws Exception {
    Container none = multiplier(Readers.ZKEY).without(10).with(10, new byte[64 + 4]);
    unsafe(none);
    Path zkey = Files.write(folder.resolve("x.zkey"), none.bytes());
    for (PointValidation validation : PointValidation.values()) {
      var e = assertThrows(UnsafeKeyException.class, () -> ZkeyFile.open(zkey, validation));
      assertTrue(e.toString().contains("no contribution"), e.toString());
      ZkeyFile.openInsecureDevelopmentKey(zkey, validation).provingKey();
    }
  }

  private static void unsafe(Container file) {
    byte[] bytes = file.bytes();
    assertThrows(UnsafeKeyException.class, () -> Readers.ZKEY.read(bytes));
  }

  /** The vectors' points are validated unless the caller says that they are trusted. */
  @Test
  void pointsOfTheVectors() throws Exception {
    Container file = multiplier(Readers.ZKEY);
    for (int type = 5; type <= 9; type++) {
      int section = type;
      // x of a point that is not infinity becomes another one.
      int point = type == 7 ? G2.BYTES : G1.BYTES;
      Container wrong =
          file.edited(
              section,
              b -> {
                int at = 0;
                while (b.getLong(at) == 0) {
                  at += point;
                }
                b.putLong(at, b.getLong(at) ^ 1);
              });
      Readers.ZKEY.refuses(wrong, "section " + type);
      BoundedReader in = BoundedReader.of(wrong.bytes(), "trusted");
      try (ZkeyFile trusted = ZkeyFile.open(in, PointValidation.TRUSTED)) {
        trusted.provingKey();
      }
    }
  }

  @Test
  void transcripts() throws IOException {
    Container file = multiplier(Readers.ZKEY);
    Readers.ZKEY.refuses(file.edited(10, b -> b.putInt(64, MAX)), "4294967295 contributions");
    Readers.ZKEY.refuses(file.edited(10, b -> b.putInt(64, 0)), "bytes too many");
    Readers.ZKEY.refuses(file.edited(10, b -> b.putInt(64, 2)), "contributions");
    int parameters = 64 + 4 + 384 + 4;
    Readers.ZKEY.refuses(file.edited(10, b -> b.putInt(parameters, MAX)), "bytes of parameters");
  }

  /** Files that claim everything and have next to nothing cost nothing. */
  @Test
  void claimsAreNotAllocated() throws IOException {
    Container r1cs = multiplier(Readers.R1CS);
    Container wtns = multiplier(Readers.WTNS);
    Container zkey = multiplier(Readers.ZKEY);
    claims(Readers.R1CS, r1cs.edited(1, b -> b.putInt(36, MAX).putInt(60, MAX)));
    claims(Readers.R1CS, r1cs.edited(1, b -> b.putInt(60, 1 << 30)));
    claims(Readers.R1CS, r1cs.edited(2, b -> b.putInt(0, 1 << 30)));
    claims(Readers.WTNS, wtns.edited(1, b -> b.putInt(36, 1 << 30)));
    claims(Readers.ZKEY, zkey.edited(2, b -> b.putInt(ZKEY_WIRES, 1 << 30)));
    claims(Readers.ZKEY, zkey.edited(2, b -> b.putInt(ZKEY_PUBLIC, 1 << 30)));
    claims(Readers.ZKEY, zkey.edited(2, b -> b.putInt(ZKEY_DOMAIN, 1 << 26)));
    claims(Readers.ZKEY, zkey.edited(4, b -> b.putInt(0, 1 << 30)));
    claims(Readers.ZKEY, zkey.edited(10, b -> b.putInt(64, 1 << 30)));
    Container ptau = multiplier(Readers.PTAU);
    claims(Readers.PTAU, ptau.edited(1, b -> b.putInt(36, 28).putInt(40, 28)));
  }

  private static void claims(Readers format, Container file) {
    byte[] bytes = file.bytes();
    assertThrows(MalformedDataException.class, () -> format.read(bytes)); // loads classes
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long id = Thread.currentThread().getId();
    long before = threads.getThreadAllocatedBytes(id);
    assertThrows(MalformedDataException.class, () -> format.read(bytes));
    long allocated = threads.getThreadAllocatedBytes(id) - before;
    assertTrue(allocated < 1 << 20, format + " allocated " + allocated);
  }

  /** A sparse file of more than 4 GiB: its length is real, its sections are not. */
  @Test
  void hugeFile(@TempDir Path folder) throws IOException {
    Path file = sparse(multiplier(Readers.WTNS), 2, 5L << 30, folder.resolve("x.wtns"));
    var e = assertThrows(MalformedDataException.class, () -> WtnsFile.read(file));
    assertTrue(e.toString().contains("has 5368709120 bytes instead of"), e.toString());
    assertEquals(file.toString(), e.source());
  }

  /** Files that have all that they claim, and that is more than a vector holds. */
  @Test
  void moreElementsThanAVectorHolds(@TempDir Path folder) throws Exception {
    int count = 400_000_001;
    Container wtns = multiplier(Readers.WTNS).edited(1, b -> b.putInt(36, count));
    Path values = sparse(wtns, 2, 32L * count, folder.resolve("x.wtns"));
    tooMany("400000001 values", () -> WtnsFile.read(values));

    Container zkey = multiplier(Readers.ZKEY).edited(4, b -> b.putInt(0, count));
    Path coefficients = sparse(zkey, 4, 4 + 44L * count, folder.resolve("x.zkey"));
    try (ZkeyFile file = ZkeyFile.open(coefficients)) {
      tooMany("400000001 coefficients", file::provingKey);
    }

    Container r1cs = multiplier(Readers.R1CS);
    Container oneRow = r1cs.edited(1, b -> b.putInt(60, 1)).edited(2, b -> b.putInt(0, count));
    Path entries = sparse(oneRow, 2, 3 * 4 + 36L * count, folder.resolve("x.r1cs"));
    tooMany("400000001 entries", () -> R1csFile.read(entries));
    Container rows = r1cs.edited(1, b -> b.putInt(60, count));
    Path constraints = sparse(rows, 2, 3 * 4L * count, folder.resolve("x.r1cs"));
    tooMany("400000001 constraints", () -> R1csFile.read(constraints));
  }

  private static void tooMany(String what, Executable read) {
    var e = assertThrows(MalformedDataException.class, read);
    assertTrue(e.toString().contains(what + ", more than a vector's 400000000"), e.toString());
  }

  /** Writes a file with one of its sections last, lengthened by zeros that take no space. */
  private static Path sparse(Container container, int type, long length, Path file)
      throws IOException {
    byte[] bytes = container.last(type).bytes();
    byte[] data = container.data(type);
    int begin = bytes.length - data.length;
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putLong(begin - 8, length);
    Files.write(file, Arrays.copyOf(bytes, begin + Math.min(data.length, 4)));
    try (var channel = Files.newByteChannel(file, StandardOpenOption.WRITE)) {
      channel.position(begin + length - 1).write(ByteBuffer.allocate(1));
    }
    return file;
  }

  private static void increment(ByteBuffer bytes, int at) {
    bytes.putInt(at, bytes.getInt(at) + 1);
  }
}
