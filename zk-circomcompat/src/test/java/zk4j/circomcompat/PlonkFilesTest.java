package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.PointValidation;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifier;

/** PLONK keys and proofs against snarkjs's. */
class PlonkFilesTest {
  private static final Execution EXECUTION = Execution.defaults();

  private final Path folder;

  PlonkFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Path fixture(String circuit, String file) {
    return Fixtures.path("plonk/" + circuit, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void setupMakesSnarkjssFile(String circuit) throws IOException {
    Path written = folder.resolve("circuit.zkey");
    try (PtauFile powers = PtauFile.open(Fixtures.path("setup", "powers.ptau"))) {
      PlonkProvingKey key =
          PlonkSetup.provingKey(
              R1csFile.read(Fixtures.path(circuit, "circuit.r1cs")), powers, EXECUTION);
      PlonkZkeyFile.write(key, written, EXECUTION);
    }
    assertArrayEquals(
        Files.readAllBytes(fixture(circuit, "circuit.zkey")), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void whatIsReadIsWrittenAgain(String circuit) throws IOException {
    Path written = folder.resolve("circuit.zkey");
    try (PlonkZkeyFile file = PlonkZkeyFile.open(fixture(circuit, "circuit.zkey"))) {
      PlonkZkeyFile.write(file.provingKey(), written, EXECUTION);
      assertArrayEquals(
          Files.readAllBytes(fixture(circuit, "circuit.zkey")), Files.readAllBytes(written));
      String json = Files.readString(fixture(circuit, "verification_key.json"));
      assertEquals(json, PlonkVerificationKeyJson.toJson(file.verifyingKey()));
      assertEquals(file.verifyingKey(), PlonkVerificationKeyJson.parse(json));
    }
    String proof = Files.readString(fixture(circuit, "proof.json"));
    assertEquals(proof, PlonkProofJson.toJson(PlonkProofJson.parse(proof)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void snarkjssProofsHoldAndOurs(String circuit) throws Exception {
    try (PlonkZkeyFile file = PlonkZkeyFile.open(fixture(circuit, "circuit.zkey"))) {
      PlonkVerifier verifier = PlonkVerifier.of(file.verifyingKey());
      List<Fr> publics = PublicJson.read(fixture(circuit, "public.json"));
      PlonkProof theirs = PlonkProofJson.read(fixture(circuit, "proof.json"));
      assertTrue(verifier.verify(theirs, publics));
      PlonkProof ours =
          PlonkProver.of(file.provingKey())
              .prove(WtnsFile.read(Fixtures.path(circuit, "witness.wtns")));
      assertTrue(verifier.verify(ours, publics));
      Path written = folder.resolve("proof.json");
      PlonkProofJson.write(ours, written);
      assertEquals(ours, PlonkProofJson.read(written));
      for (int i = 0; i < publics.size(); i++) {
        List<Fr> others = new ArrayList<>(publics);
        others.set(i, others.get(i).plus(Fr.ONE));
        assertFalse(verifier.verify(theirs, others));
      }
    }
  }

  @Test
  void closedFilesHaveNoProvingKey() throws IOException {
    PlonkZkeyFile file = PlonkZkeyFile.open(fixture("single", "circuit.zkey"));
    file.close();
    assertThrows(IllegalStateException.class, file::provingKey);
    assertEquals(8, file.verifyingKey().domainSize());
  }

  @Test
  void protocols() throws Exception {
    Path plonk = fixture("multiplier", "circuit.zkey");
    Path groth16 = Fixtures.path("multiplier", "circuit.zkey");
    assertEquals(ZkeyProtocol.PLONK, ZkeyProtocol.of(plonk));
    assertEquals(ZkeyProtocol.GROTH16, ZkeyProtocol.of(groth16));
    var e = assertThrows(MalformedDataException.class, () -> PlonkZkeyFile.open(groth16));
    assertTrue(e.toString().contains("protocol 1 (Groth16) instead of 2 (PLONK)"), e.toString());
    Container odd = Container.parse(Files.readAllBytes(plonk)).edited(1, b -> b.putInt(0, 7));
    Readers.PLONK_ZKEY.refuses(odd, "protocol 7, which is not known");
  }

  private static final int COUNTS = 72; // wires, public signals, domain, additions, gates

  private static Container key() throws IOException {
    return Container.parse(Files.readAllBytes(fixture("multiplier", "circuit.zkey")));
  }

  @Test
  void headersThatDoNotFit() throws IOException {
    Readers reader = Readers.PLONK_ZKEY;
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS, -1)), "4294967295 wires, more than");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 4, 99)), "99 public signals and 0");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 4, -1)), "4294967295 public signals");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 8, 9)), "domain size 9 is no power");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 8, 4)), "domain size 4 is no power");
    reader.refuses(
        key().edited(2, b -> b.putInt(COUNTS + 8, 1 << 27)), "domain size 134217728 is no power");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 8, 16)), "bytes instead of");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 12, 1)), "section 3 (additions)");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 12, -1)), "4294967295 additions");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 16, 5)), "section 4 (A map)");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 16, 9)), "9 gates in a domain of 8");
    int k1 = COUNTS + 20;
    reader.refuses(key().edited(2, b -> b.put(k1 + 31, (byte) 0xff)), "section 2 (header)");
    reader.refuses(key().edited(2, b -> b.put(k1, new byte[32])), "are not disjoint");
    byte[] k2 = new byte[32];
    reader.refuses(key().edited(2, b -> b.get(k1 + 32, k2).put(k1, k2)), "are not disjoint");
    int points = k1 + 64;
    reader.refuses(
        key().edited(2, b -> b.put(points, (byte) (b.get(points) ^ 1))), "section 2 (header)");
    int tau2 = points + 8 * G1.BYTES;
    reader.refuses(key().edited(2, b -> b.put(tau2, new byte[128])), "tau is 0 or 1");
  }

  @Test
  void contentsThatDoNotFit() throws IOException {
    Readers reader = Readers.PLONK_ZKEY;
    for (int column = 4; column <= 6; column++) {
      int map = column;
      reader.refuses(
          key().edited(map, b -> b.putInt(8, 1000)), "byte 8: wire 1000, of which there are ");
      reader.refuses(key().edited(map, b -> b.putInt(8, -1)), "wire 4294967295");
    }
    reader.refuses(key().edited(4, b -> b.putInt(0, 2)), "not of public signal 1");
    for (int section = 7; section <= 12; section++) {
      int of = section;
      reader.refuses(key().edited(of, b -> b.put(31, (byte) 0xff)), "section " + of + " (");
    }
    reader.refuses(
        key().edited(14, b -> b.put(64, (byte) (b.get(64) ^ 1))), "section 14 (powers of tau)");
    Container arrays = Container.parse(Files.readAllBytes(fixture("arrays", "circuit.zkey")));
    reader.refuses(arrays.edited(3, b -> b.putInt(0, 1000)), "byte 0: wire 1000");
    reader.refuses(arrays.edited(3, b -> b.put(8 + 31, (byte) 0xff)), "section 3 (additions)");
  }

  /** Of the values on the larger domain none are read, so that none can mislead. */
  @Test
  void valuesAreNotRead() throws Exception {
    byte[] changed = key().edited(7, b -> b.put(8 * 32, (byte) 1)).bytes();
    Readers.PLONK_ZKEY.read(changed);
  }

  @Test
  void numbersOutOfRange() throws IOException {
    String proof = Files.readString(fixture("multiplier", "proof.json"));
    Matcher evaluation = Pattern.compile("\"eval_a\": \"(\\d+)\"").matcher(proof);
    assertTrue(evaluation.find());
    String alias = new BigInteger(evaluation.group(1)).add(Fr.MODULUS).toString();
    assertThrows(
        InvalidValueException.class,
        () -> PlonkProofJson.parse(proof.replace(evaluation.group(1), alias)));
    Matcher x = Pattern.compile("\"A\": \\[\\s*\"(\\d+)\"").matcher(proof);
    assertTrue(x.find());
    String coordinate = new BigInteger(x.group(1)).add(Fq.MODULUS).toString();
    assertThrows(
        InvalidValueException.class,
        () -> PlonkProofJson.parse(proof.replace(x.group(1), coordinate)));
    assertThrows(
        MalformedDataException.class,
        () -> PlonkProofJson.parse(proof.replace("\"plonk\"", "\"groth16\"")));

    String key = Files.readString(fixture("multiplier", "verification_key.json"));
    for (String[] change :
        new String[][] {
          {"\"power\": 3", "\"power\": 27"},
          {"\"power\": 3", "\"power\": 2"},
          {"\"power\": 3", "\"power\": 4"},
          {"\"nPublic\": 1", "\"nPublic\": 9"},
          {"\"k1\": \"2\"", "\"k1\": \"3\""},
          {"\"k1\": \"2\"", "\"k1\": \"" + Fr.MODULUS + "\""},
          {"\"protocol\": \"plonk\"", "\"protocol\": \"fflonk\""},
          {"\"X_2\"", "\"X_3\""}
        }) {
      assertTrue(key.contains(change[0]), change[0]);
      String changed = key.replace(change[0], change[1]);
      assertThrows(
          MalformedDataException.class, () -> PlonkVerificationKeyJson.parse(changed), change[1]);
    }
  }

  @Test
  void trustedPoints() throws IOException {
    byte[] bent = key().edited(14, b -> b.put(64, (byte) (b.get(64) ^ 1))).bytes();
    Path file = Files.write(folder.resolve("bent.zkey"), bent);
    try (PlonkZkeyFile open = PlonkZkeyFile.open(file, PointValidation.TRUSTED)) {
      assertEquals(4, open.gates());
      assertEquals(0, open.additions());
      open.provingKey();
    }
  }
}
