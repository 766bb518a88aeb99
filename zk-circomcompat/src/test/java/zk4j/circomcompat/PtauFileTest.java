package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.bn254.Msm;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PointValidation;
import zk4j.bn254.PowersOfTau;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.groth16.Groth16Setup;
import zk4j.groth16.ProvingKey;
import zk4j.r1cs.R1cs;

class PtauFileTest {
  private static final Path POWERS = Fixtures.path("setup", "powers.ptau");
  private static final int POWER = 4;
  private static final Execution EXECUTION = Execution.defaults();

  private final Path folder;

  PtauFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Container fixture() throws IOException {
    return Container.parse(Files.readAllBytes(POWERS));
  }

  private static PtauFile open(Container container, PointValidation validation) throws IOException {
    return PtauFile.open(BoundedReader.of(container.bytes(), "x.ptau"), validation);
  }

  /** What snarkjs prepared: the Lagrange bases of all domains, of all factors, in both groups. */
  @Test
  void lagrangeBasesAreThoseOfThePowers() throws IOException {
    try (PtauFile file = PtauFile.open(POWERS)) {
      assertEquals(POWER, file.power());
      assertEquals(POWER, file.ceremonyPower());
      requireBases(file);
    }
  }

  /**
   * With the values of x^j on the domain, L_i(tau) sum up to tau^j. In the basis of the double
   * domain the highest power, for which there is no point, is 0.
   */
  private static void requireBases(PowersOfTau powers) throws MalformedDataException {
    for (int log = 0; log <= powers.power() + 1; log++) {
      int n = 1 << log;
      for (int j = 0; j < n; j++) {
        FrVector values = FrVector.zeros(n);
        values.set(j, Fr.ONE);
        EvaluationDomain.ofSize(n).forward(values, EXECUTION);
        for (Factor factor : Factor.values()) {
          if (factor == Factor.ONE || log <= powers.power()) {
            G1 sum = Msm.sum(powers.lagrangeG1(factor, log, 0, n, EXECUTION), values, EXECUTION);
            boolean absent = log > powers.power() && j == n - 1;
            assertEquals(
                absent ? G1.INFINITY : powers.powersG1(factor, j, j + 1, EXECUTION).get(0),
                sum,
                factor + " " + log + " " + j);
          }
        }
        if (log <= powers.power()) {
          G2 sum = Msm.sum(powers.lagrangeG2(log, 0, n, EXECUTION), values, EXECUTION);
          assertEquals(powers.powersG2(j, j + 1, EXECUTION).get(0), sum);
        }
      }
    }
  }

  @Test
  void rangesArePartsOfTheWhole() throws IOException {
    try (PtauFile file = PtauFile.open(POWERS)) {
      assertTrue(
          file.powersG1(Factor.ONE, 0, 31, EXECUTION)
              .slice(5, 30)
              .contentEquals(file.powersG1(Factor.ONE, 5, 30, EXECUTION)));
      assertTrue(
          file.lagrangeG1(Factor.ONE, 5, 0, 32, EXECUTION)
              .slice(7, 32)
              .contentEquals(file.lagrangeG1(Factor.ONE, 5, 7, 32, EXECUTION)));
      assertTrue(
          file.lagrangeG2(4, 0, 16, EXECUTION)
              .slice(3, 9)
              .contentEquals(file.lagrangeG2(4, 3, 9, EXECUTION)));
      assertEquals(0, file.powersG2(16, 16, EXECUTION).size());
    }
  }

  @Test
  void rangesBeyondAreRefused() throws IOException {
    PtauFile file = PtauFile.open(POWERS);
    refused("points 0 to 32 of 31", () -> file.powersG1(Factor.ONE, 0, 32, EXECUTION));
    refused("points 16 to 17 of 16", () -> file.powersG1(Factor.ALPHA, 16, 17, EXECUTION));
    refused("points -1 to 1 of 16", () -> file.powersG2(-1, 1, EXECUTION));
    refused("points 3 to 2 of 16", () -> file.powersG2(3, 2, EXECUTION));
    refused("points 0 to 5 of 4", () -> file.lagrangeG1(Factor.ONE, 2, 0, 5, EXECUTION));
    refused("2^6, above 2^5", () -> file.lagrangeG1(Factor.ONE, 6, 0, 1, EXECUTION));
    refused("2^5, above 2^4", () -> file.lagrangeG1(Factor.BETA, 5, 0, 1, EXECUTION));
    refused("2^5, above 2^4", () -> file.lagrangeG2(5, 0, 1, EXECUTION));
    refused("2^-1", () -> file.lagrangeG2(-1, 0, 1, EXECUTION));
    file.close();
    assertThrows(IllegalStateException.class, () -> file.powersG2(0, 1, EXECUTION));
  }

  private interface Reading {
    Object read() throws MalformedDataException;
  }

  private static void refused(String message, Reading reading) {
    var e = assertThrows(IllegalArgumentException.class, reading::read);
    assertTrue(String.valueOf(e.getMessage()).contains(message), e.toString());
  }

  @Test
  void unpreparedFilesHavePowersAlone() throws IOException {
    Path unprepared = Fixtures.path("setup", "unprepared.ptau");
    try (PtauFile file = PtauFile.open(unprepared);
        PtauFile prepared = PtauFile.open(POWERS)) {
      assertTrue(
          file.powersG1(Factor.BETA, 0, 16, EXECUTION)
              .contentEquals(prepared.powersG1(Factor.BETA, 0, 16, EXECUTION)));
      var e =
          assertThrows(
              MalformedDataException.class, () -> file.lagrangeG1(Factor.ONE, 2, 0, 4, EXECUTION));
      assertEquals(unprepared.toString(), e.source());
      assertTrue(
          e.problem()
              .startsWith(
                  "section 12 (Lagrange bases in G1) is missing: the file is not prepared for"
                      + " phase 2; run snarkjs powersoftau prepare phase2"),
          e.toString());
    }
  }

  @Test
  void headersThatDoNotFit() throws IOException {
    int power = 36;
    int ceremony = 40;
    for (int wrong : new int[] {0, 5, -1}) {
      Readers.PTAU.refuses(
          fixture().edited(1, b -> b.putInt(power, wrong)), "of a ceremony of power 4");
    }
    Readers.PTAU.refuses(fixture().edited(1, b -> b.putInt(ceremony, 29)), "not 1 to 28");
    Readers.PTAU.refuses(
        fixture().edited(1, b -> b.putInt(power, 3)),
        "section 2 (tau in G1), byte 0: has 1984 bytes instead of 960");
    Readers.PTAU.refuses(
        fixture().edited(1, b -> b.putInt(power, 28).putInt(ceremony, 28)),
        "has 1984 bytes instead of 34359738304");
    try (PtauFile open = open(fixture().without(7), PointValidation.FULL)) {
      assertEquals(POWER, open.power()); // who contributed is not read
    }
    try (PtauFile part =
        open(fixture().edited(1, b -> b.putInt(ceremony, 28)), PointValidation.FULL)) {
      assertEquals(28, part.ceremonyPower());
    }
  }

  @Test
  void powersOfDifferentSecrets() throws IOException {
    byte[] g1 = G1.GENERATOR.times(Fr.of(7)).encode(PointEncoding.SNARKJS);
    byte[] g2 = G2.GENERATOR.times(Fr.of(7)).encode(PointEncoding.SNARKJS);
    refuses(2, 0, g1, "section 2 (tau in G1), byte 0: point 0 is not the generator");
    refuses(3, 0, g2, "section 3 (tau in G2), byte 0: point 0 is not the generator");
    refuses(2, G1.BYTES, g1, "section 3 (tau in G2), byte 128: point 1 is of another tau");
    refuses(3, G2.BYTES, g2, "section 3 (tau in G2), byte 128: point 1 is of another tau");
    refuses(2, G1.BYTES, new byte[G1.BYTES], "section 2 (tau in G1), byte 64: point 1 is infinity");
    refuses(5, 0, g1, "section 6 (beta in G2), byte 0: point 0 is of another beta");
    refuses(6, 0, g2, "section 6 (beta in G2), byte 0: point 0 is of another beta");
    refuses(4, 0, new byte[G1.BYTES], "section 4 (alpha tau in G1), byte 0: point 0 is infinity");
    refuses(5, 0, new byte[G1.BYTES], "section 5 (beta tau in G1), byte 0: point 0 is infinity");
  }

  private static void refuses(int section, int at, byte[] point, String message)
      throws IOException {
    Readers.PTAU.refuses(fixture().edited(section, b -> b.put(at, point)), message);
  }

  /** Named by section and offset, unless points are trusted. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5, 12, 13, 14, 15})
  void pointsOffTheCurve(int section) throws IOException {
    int bytes = section == 3 || section == 13 ? G2.BYTES : G1.BYTES;
    Container bent =
        fixture().edited(section, b -> b.put(9 * bytes, (byte) (b.get(9 * bytes) ^ 1)));
    var e = assertThrows(MalformedDataException.class, () -> Readers.PTAU.read(bent.bytes()));
    assertTrue(e.toString().contains("section " + section + " ("), e.toString());
    assertEquals(OptionalLong.of(9L * bytes), e.offset());
    try (PtauFile trusted = open(bent, PointValidation.TRUSTED)) {
      assertEquals(31, trusted.powersG1(Factor.ONE, 0, 31, EXECUTION).size());
      assertEquals(16, trusted.powersG2(0, 16, EXECUTION).size());
    }
  }

  @Test
  void coordinatesOfQOrMore() throws IOException {
    Container file = fixture().edited(12, b -> fill(b, 2 * G1.BYTES));
    Readers.PTAU.refuses(file, "section 12 (Lagrange bases in G1), byte " + 2 * G1.BYTES);
    try (PtauFile trusted = open(file, PointValidation.TRUSTED)) {
      assertThrows(
          MalformedDataException.class, () -> trusted.lagrangeG1(Factor.ONE, 1, 0, 2, EXECUTION));
    }
  }

  private static void fill(ByteBuffer bytes, int at) {
    for (int i = 0; i < 32; i++) {
      bytes.put(at + i, (byte) -1);
    }
  }

  /** The same bytes as snarkjs's, the circuit's hash among them. */
  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void setupWritesWhatSnarkjsWrites(String circuit) throws IOException {
    R1cs r1cs = R1csFile.read(Fixtures.path(circuit, "circuit.r1cs"));
    Path written = folder.resolve("written.zkey");
    try (PtauFile powers = PtauFile.open(POWERS)) {
      ProvingKey key = Groth16Setup.provingKey(r1cs, powers, EXECUTION);
      ZkeyFile.write(key, MpcTranscript.ofSetup(key, powers, EXECUTION), written);
    }
    assertArrayEquals(Fixtures.bytes("setup", circuit + ".zkey"), Files.readAllBytes(written));
  }

  @Test
  void insecurePowersAreReadAsTheyAre() throws IOException {
    InsecurePowersOfTau powers = InsecurePowersOfTau.random(3, new SecureRandom());
    Path written = folder.resolve("insecure.ptau");
    PtauFile.writeInsecure(powers, written, EXECUTION);
    try (PtauFile file = PtauFile.open(written)) {
      assertEquals(3, file.power());
      assertEquals(powers.betaG2(), file.betaG2());
      for (Factor factor : Factor.values()) {
        assertTrue(
            powers
                .powersG1(factor, 0, 8, EXECUTION)
                .contentEquals(file.powersG1(factor, 0, 8, EXECUTION)));
        assertTrue(
            powers
                .lagrangeG1(factor, 3, 0, 8, EXECUTION)
                .contentEquals(file.lagrangeG1(factor, 3, 0, 8, EXECUTION)));
      }
      requireBases(file);
    }
  }
}
