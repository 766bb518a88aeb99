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
import zk4j.bn254.G2;
import zk4j.bn254.PointValidation;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.FflonkProof;
import zk4j.plonk.FflonkProver;
import zk4j.plonk.FflonkProvingKey;
import zk4j.plonk.FflonkSetup;
import zk4j.plonk.FflonkVerifier;

/** fflonk keys and proofs against snarkjs's. */
class FflonkFilesTest {
  private static final Execution EXECUTION = Execution.defaults();

  private final Path folder;

  FflonkFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  private static Path fixture(String circuit, String file) {
    return Fixtures.path("fflonk/" + circuit, file);
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void setupMakesSnarkjssFile(String circuit) throws IOException {
    Path written = folder.resolve("circuit.zkey");
    try (PtauFile powers = PtauFile.open(Fixtures.path("fflonk", "powers.ptau"))) {
      FflonkProvingKey key =
          FflonkSetup.provingKey(
              R1csFile.read(Fixtures.path(circuit, "circuit.r1cs")), powers, EXECUTION);
      FflonkZkeyFile.write(key, written, EXECUTION);
    }
    assertArrayEquals(
        Files.readAllBytes(fixture(circuit, "circuit.zkey")), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void whatIsReadIsWrittenAgain(String circuit) throws IOException {
    Path written = folder.resolve("circuit.zkey");
    try (FflonkZkeyFile file = FflonkZkeyFile.open(fixture(circuit, "circuit.zkey"))) {
      FflonkZkeyFile.write(file.provingKey(), written, EXECUTION);
      assertArrayEquals(
          Files.readAllBytes(fixture(circuit, "circuit.zkey")), Files.readAllBytes(written));
      String json = Files.readString(fixture(circuit, "verification_key.json"));
      assertEquals(json, FflonkVerificationKeyJson.toJson(file.verifyingKey()));
      assertEquals(file.verifyingKey(), FflonkVerificationKeyJson.parse(json));
    }
    String proof = Files.readString(fixture(circuit, "proof.json"));
    assertEquals(proof, FflonkProofJson.toJson(FflonkProofJson.parse(proof)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void snarkjssProofsHoldAndOurs(String circuit) throws Exception {
    try (FflonkZkeyFile file = FflonkZkeyFile.open(fixture(circuit, "circuit.zkey"))) {
      FflonkVerifier verifier = FflonkVerifier.of(file.verifyingKey());
      List<Fr> publics = PublicJson.read(fixture(circuit, "public.json"));
      FflonkProof theirs = FflonkProofJson.read(fixture(circuit, "proof.json"));
      assertTrue(verifier.verify(theirs, publics));
      FflonkProof ours =
          FflonkProver.of(file.provingKey())
              .prove(WtnsFile.read(Fixtures.path(circuit, "witness.wtns")));
      assertTrue(verifier.verify(ours, publics));
      Path written = folder.resolve("proof.json");
      FflonkProofJson.write(ours, written);
      assertEquals(ours, FflonkProofJson.read(written));
      for (int i = 0; i < publics.size(); i++) {
        List<Fr> others = new ArrayList<>(publics);
        others.set(i, others.get(i).plus(Fr.ONE));
        assertFalse(verifier.verify(theirs, others));
      }
    }
  }

  @Test
  void closedFilesHaveNoProvingKey() throws IOException {
    FflonkZkeyFile file = FflonkZkeyFile.open(fixture("single", "circuit.zkey"));
    file.close();
    assertThrows(IllegalStateException.class, file::provingKey);
    assertEquals(8, file.verifyingKey().domainSize());
  }

  @Test
  void protocols() throws Exception {
    Path fflonk = fixture("multiplier", "circuit.zkey");
    Path plonk = Fixtures.path("plonk/multiplier", "circuit.zkey");
    assertEquals(ZkeyProtocol.FFLONK, ZkeyProtocol.of(fflonk));
    var e = assertThrows(MalformedDataException.class, () -> FflonkZkeyFile.open(plonk));
    assertTrue(e.toString().contains("protocol 2 (PLONK) instead of 10 (fflonk)"), e.toString());
  }

  private static final int COUNTS = 72; // wires, public signals, domain, additions, gates

  private static Container key() throws IOException {
    return Container.parse(Files.readAllBytes(fixture("multiplier", "circuit.zkey")));
  }

  @Test
  void headersThatDoNotFit() throws IOException {
    Readers reader = Readers.FFLONK_ZKEY;
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS, -1)), "4294967295 wires, more than");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 4, 99)), "99 public signals and 0");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 8, 9)), "domain size 9 is no power");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 8, 0)), "4 gates in a domain of 0");
    reader.refuses(
        key().edited(2, b -> b.putInt(COUNTS + 8, 1 << 24)), "domain size 16777216 is no power");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 8, 16)), "bytes instead of");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 12, 1)), "section 3 (additions)");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 12, -1)), "4294967295 additions");
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 16, 5)), "section 4 (A map)");
    // Two rows are for the blinding.
    reader.refuses(key().edited(2, b -> b.putInt(COUNTS + 16, 7)), "7 gates in a domain of 8");
    int k1 = COUNTS + 20;
    reader.refuses(key().edited(2, b -> b.put(k1 + 31, (byte) 0xff)), "section 2 (header)");
    reader.refuses(key().edited(2, b -> b.put(k1, new byte[32])), "are not disjoint");
    String[] roots = {"w3", "w4", "w8", "wr"};
    for (int i = 0; i < roots.length; i++) {
      int at = k1 + (2 + i) * Fr.BYTES;
      reader.refuses(
          key().edited(2, b -> b.put(at, new byte[32])),
          roots[i] + " is not that of a domain of 8");
    }
    int tau2 = k1 + 6 * Fr.BYTES;
    reader.refuses(key().edited(2, b -> b.put(tau2, new byte[128])), "tau is 0 or 1");
    int c0 = tau2 + G2.BYTES;
    reader.refuses(key().edited(2, b -> b.put(c0, (byte) (b.get(c0) ^ 1))), "section 2 (header)");
    assertEquals(c0 + G1.BYTES, key().data(2).length);
  }

  @Test
  void contentsThatDoNotFit() throws IOException {
    Readers reader = Readers.FFLONK_ZKEY;
    for (int column = 4; column <= 6; column++) {
      reader.refuses(
          key().edited(column, b -> b.putInt(8, 1000)), "byte 8: wire 1000, of which there are ");
    }
    reader.refuses(key().edited(4, b -> b.putInt(0, 2)), "not of public signal 1");
    String[] names = {"Ql", "Qr", "Qm", "Qo", "Qc", "S1", "S2", "S3"};
    for (int i = 0; i < names.length; i++) {
      reader.refuses(
          key().edited(7 + i, b -> b.put(31, (byte) 0xff)),
          "section " + (7 + i) + " (" + names[i] + ")");
    }
    reader.refuses(
        key().edited(16, b -> b.put(64, (byte) (b.get(64) ^ 1))), "section 16 (powers of tau)");
    Container arrays = Container.parse(Files.readAllBytes(fixture("arrays", "circuit.zkey")));
    reader.refuses(arrays.edited(3, b -> b.putInt(0, 1000)), "byte 0: wire 1000");
    reader.refuses(arrays.edited(3, b -> b.put(8 + 31, (byte) 0xff)), "section 3 (additions)");
  }

  /** Values on the larger domain and C0's coefficients are not read, so that none can mislead. */
  @Test
  void someContentsAreNotRead() throws Exception {
    Readers.FFLONK_ZKEY.read(key().edited(7, b -> b.put(8 * 32, (byte) 1)).bytes());
    Readers.FFLONK_ZKEY.read(key().edited(17, b -> b.put(0, (byte) 1)).bytes());
  }

  @Test
  void numbersOutOfRange() throws IOException {
    String proof = Files.readString(fixture("multiplier", "proof.json"));
    for (String name : List.of("ql", "s3", "a", "t2w", "inv")) {
      aliasIsRefused(proof, "\"" + name + "\": \"(\\d+)\"", Fr.MODULUS);
    }
    for (String name : List.of("C1", "C2", "W1", "W2")) {
      aliasIsRefused(proof, "\"" + name + "\": \\[\\s*\"(\\d+)\"", Fq.MODULUS);
    }
    for (String[] change :
        new String[][] {
          {"\"fflonk\"", "\"plonk\""},
          {"\"bn128\"", "\"bls12381\""},
          {"\"polynomials\"", "\"points\""},
          {"\"t1w\"", "\"t1\""},
          {"\"inv\"", "\"inverse\""}
        }) {
      String changed = proof.replace(change[0], change[1]);
      assertThrows(MalformedDataException.class, () -> FflonkProofJson.parse(changed), change[1]);
    }

    String key = Files.readString(fixture("multiplier", "verification_key.json"));
    for (String[] change :
        new String[][] {
          {"\"power\": 3", "\"power\": 24"},
          {"\"power\": 3", "\"power\": 2"},
          {"\"power\": 3", "\"power\": 4"},
          {"\"nPublic\": 1", "\"nPublic\": 7"},
          {"\"k1\": \"2\"", "\"k1\": \"3\""},
          {"\"k1\": \"2\"", "\"k1\": \"" + Fr.MODULUS + "\""},
          {"\"w\": \"1", "\"w\": \""},
          {"\"w3\": \"2", "\"w3\": \""},
          {"\"w4\": \"2", "\"w4\": \""},
          {"\"w8\": \"1", "\"w8\": \""},
          {"\"wr\": \"1", "\"wr\": \""},
          {"\"protocol\": \"fflonk\"", "\"protocol\": \"plonk\""},
          {"\"C0\"", "\"C1\""},
          {"\"X_2\"", "\"X_3\""}
        }) {
      assertTrue(key.contains(change[0]), change[0]);
      String changed = key.replace(change[0], change[1]);
      assertThrows(
          MalformedDataException.class, () -> FflonkVerificationKeyJson.parse(changed), change[1]);
    }
  }

  private static void aliasIsRefused(String proof, String field, BigInteger modulus) {
    Matcher number = Pattern.compile(field).matcher(proof);
    assertTrue(number.find(), field);
    String alias = new BigInteger(number.group(1)).add(modulus).toString();
    String changed = proof.substring(0, number.start(1)) + alias + proof.substring(number.end(1));
    assertThrows(InvalidValueException.class, () -> FflonkProofJson.parse(changed), field);
  }

  @Test
  void trustedPoints() throws IOException {
    byte[] bent = key().edited(16, b -> b.put(64, (byte) (b.get(64) ^ 1))).bytes();
    Path file = Files.write(folder.resolve("bent.zkey"), bent);
    try (FflonkZkeyFile open = FflonkZkeyFile.open(file, PointValidation.TRUSTED)) {
      assertEquals(4, open.gates());
      assertEquals(0, open.additions());
      open.provingKey();
    }
  }
}
