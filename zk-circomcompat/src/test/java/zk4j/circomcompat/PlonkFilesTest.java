package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.PointValidation;
import zk4j.bn254.PowersOfTau;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifier;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** PLONK keys and proofs against snarkjs's. */
class PlonkFilesTest extends SchemeFilesTest {
  private static final Execution EXECUTION = Execution.defaults();
  private static final Readers READER = Readers.PLONK_ZKEY;

  PlonkFilesTest() {
    super("plonk", Fixtures.path("setup", "powers.ptau"), READER);
  }

  @Override
  void setup(R1cs circuit, PowersOfTau powers, Path zkey) throws IOException {
    PlonkZkeyFile.write(PlonkSetup.provingKey(circuit, powers, EXECUTION), zkey, EXECUTION);
  }

  @Override
  void rewrite(Path from, Path to) throws IOException {
    try (PlonkZkeyFile file = PlonkZkeyFile.open(from)) {
      PlonkZkeyFile.write(file.provingKey(), to, EXECUTION);
    }
  }

  @Override
  String keyJson(Path zkey) throws IOException {
    try (PlonkZkeyFile file = PlonkZkeyFile.open(zkey)) {
      return PlonkVerificationKeyJson.toJson(file.verifyingKey());
    }
  }

  @Override
  String rewriteKey(String json) throws IOException {
    return PlonkVerificationKeyJson.toJson(PlonkVerificationKeyJson.parse(json));
  }

  @Override
  String rewriteProof(String json) throws IOException {
    return PlonkProofJson.toJson(PlonkProofJson.parse(json));
  }

  @Override
  void prove(Path zkey, Witness witness, Path proof) throws Exception {
    try (PlonkZkeyFile file = PlonkZkeyFile.open(zkey)) {
      PlonkProof made = PlonkProver.of(file.provingKey()).prove(witness);
      PlonkProofJson.write(made, proof);
      assertEquals(made, PlonkProofJson.read(proof));
    }
  }

  @Override
  boolean verifies(Path zkey, Path proof, List<Fr> publics) throws IOException {
    try (PlonkZkeyFile file = PlonkZkeyFile.open(zkey)) {
      return PlonkVerifier.of(file.verifyingKey()).verify(PlonkProofJson.read(proof), publics);
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
    READER.refuses(odd, "protocol 7, which is not known");
  }

  @Test
  void headersThatDoNotFit() throws IOException {
    headerIsRefused(COUNTS + 8, 4, "domain size 4 is no power");
    headerIsRefused(COUNTS + 8, 1 << 27, "domain size 134217728 is no power");
    headerIsRefused(COUNTS + 16, 9, "9 gates in a domain of 8");
    int points = K1 + 64;
    READER.refuses(
        key().edited(2, b -> b.put(points, (byte) (b.get(points) ^ 1))), "section 2 (header)");
    int tau2 = points + 8 * G1.BYTES;
    READER.refuses(key().edited(2, b -> b.put(tau2, new byte[128])), "tau is 0 or 1");
  }

  @Test
  void contentsThatDoNotFit() throws IOException {
    for (int section = 7; section <= 12; section++) {
      int of = section;
      READER.refuses(key().edited(of, b -> b.put(31, (byte) 0xff)), "section " + of + " (");
    }
    READER.refuses(bent(14), "section 14 (powers of tau)");
  }

  /** Of the values on the larger domain none are read, so that none can mislead. */
  @Test
  void valuesAreNotRead() throws Exception {
    READER.read(key().edited(7, b -> b.put(8 * 32, (byte) 1)).bytes());
  }

  @Test
  void textsThatDoNotFit() throws IOException {
    aliasIsRefused("\"eval_a\": \"(\\d+)\"", Fr.MODULUS);
    aliasIsRefused("\"A\": \\[\\s*\"(\\d+)\"", Fq.MODULUS);
    proofIsRefused("\"plonk\"", "\"groth16\"");
    keyIsRefused("\"power\": 3", "\"power\": 27");
    keyIsRefused("\"nPublic\": 1", "\"nPublic\": 9");
    keyIsRefused("\"protocol\": \"plonk\"", "\"protocol\": \"fflonk\"");
  }

  @Test
  void trustedPoints() throws IOException {
    Path file = Files.write(folder.resolve("bent.zkey"), bent(14).bytes());
    try (PlonkZkeyFile open = PlonkZkeyFile.open(file, PointValidation.TRUSTED)) {
      assertEquals(4, open.gates());
      assertEquals(0, open.additions());
      open.provingKey();
    }
  }
}
