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
import zk4j.bn254.G2;
import zk4j.bn254.PointValidation;
import zk4j.bn254.PowersOfTau;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.plonk.FflonkProof;
import zk4j.plonk.FflonkProver;
import zk4j.plonk.FflonkSetup;
import zk4j.plonk.FflonkVerifier;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** fflonk keys and proofs against snarkjs's. */
class FflonkFilesTest extends SchemeFilesTest {
  private static final Execution EXECUTION = Execution.defaults();
  private static final Readers READER = Readers.FFLONK_ZKEY;

  FflonkFilesTest() {
    super("fflonk", Fixtures.path("fflonk", "powers.ptau"), READER);
  }

  @Override
  void setup(R1cs circuit, PowersOfTau powers, Path zkey) throws IOException {
    FflonkZkeyFile.write(FflonkSetup.provingKey(circuit, powers, EXECUTION), zkey, EXECUTION);
  }

  @Override
  void rewrite(Path from, Path to) throws IOException {
    try (FflonkZkeyFile file = FflonkZkeyFile.open(from)) {
      FflonkZkeyFile.write(file.provingKey(), to, EXECUTION);
    }
  }

  @Override
  String keyJson(Path zkey) throws IOException {
    try (FflonkZkeyFile file = FflonkZkeyFile.open(zkey)) {
      return FflonkVerificationKeyJson.toJson(file.verifyingKey());
    }
  }

  @Override
  String rewriteKey(String json) throws IOException {
    return FflonkVerificationKeyJson.toJson(FflonkVerificationKeyJson.parse(json));
  }

  @Override
  String rewriteProof(String json) throws IOException {
    return FflonkProofJson.toJson(FflonkProofJson.parse(json));
  }

  @Override
  void prove(Path zkey, Witness witness, Path proof) throws Exception {
    try (FflonkZkeyFile file = FflonkZkeyFile.open(zkey)) {
      FflonkProof made = FflonkProver.of(file.provingKey()).prove(witness);
      FflonkProofJson.write(made, proof);
      assertEquals(made, FflonkProofJson.read(proof));
    }
  }

  @Override
  boolean verifies(Path zkey, Path proof, List<Fr> publics) throws IOException {
    try (FflonkZkeyFile file = FflonkZkeyFile.open(zkey)) {
      return FflonkVerifier.of(file.verifyingKey()).verify(FflonkProofJson.read(proof), publics);
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

  @Test
  void headersThatDoNotFit() throws IOException {
    headerIsRefused(COUNTS + 8, 0, "4 gates in a domain of 0");
    headerIsRefused(COUNTS + 8, 1 << 24, "domain size 16777216 is no power");
    // Two rows are for the blinding.
    headerIsRefused(COUNTS + 16, 7, "7 gates in a domain of 8");
    String[] roots = {"w3", "w4", "w8", "wr"};
    for (int i = 0; i < roots.length; i++) {
      int at = K1 + (2 + i) * Fr.BYTES;
      READER.refuses(
          key().edited(2, b -> b.put(at, new byte[32])),
          roots[i] + " is not that of a domain of 8");
    }
    int tau2 = K1 + 6 * Fr.BYTES;
    READER.refuses(key().edited(2, b -> b.put(tau2, new byte[128])), "tau is 0 or 1");
    int c0 = tau2 + G2.BYTES;
    READER.refuses(key().edited(2, b -> b.put(c0, (byte) (b.get(c0) ^ 1))), "section 2 (header)");
    assertEquals(c0 + G1.BYTES, key().data(2).length);
  }

  @Test
  void contentsThatDoNotFit() throws IOException {
    String[] names = {"Ql", "Qr", "Qm", "Qo", "Qc", "S1", "S2", "S3"};
    for (int i = 0; i < names.length; i++) {
      READER.refuses(
          key().edited(7 + i, b -> b.put(31, (byte) 0xff)),
          "section " + (7 + i) + " (" + names[i] + ")");
    }
    READER.refuses(bent(16), "section 16 (powers of tau)");
  }

  /** Values on the larger domain and C0's coefficients are not read, so that none can mislead. */
  @Test
  void someContentsAreNotRead() throws Exception {
    READER.read(key().edited(7, b -> b.put(8 * 32, (byte) 1)).bytes());
    READER.read(key().edited(17, b -> b.put(0, (byte) 1)).bytes());
  }

  @Test
  void textsThatDoNotFit() throws IOException {
    for (String number : List.of("ql", "s3", "a", "t2w", "inv")) {
      aliasIsRefused("\"" + number + "\": \"(\\d+)\"", Fr.MODULUS);
    }
    for (String point : List.of("C1", "C2", "W1", "W2")) {
      aliasIsRefused("\"" + point + "\": \\[\\s*\"(\\d+)\"", Fq.MODULUS);
    }
    proofIsRefused("\"fflonk\"", "\"plonk\"");
    proofIsRefused("\"bn128\"", "\"bls12381\"");
    proofIsRefused("\"polynomials\"", "\"points\"");
    proofIsRefused("\"t1w\"", "\"t1\"");
    proofIsRefused("\"inv\"", "\"inverse\"");
    keyIsRefused("\"power\": 3", "\"power\": 24");
    keyIsRefused("\"nPublic\": 1", "\"nPublic\": 7");
    keyIsRefused("\"w3\": \"2", "\"w3\": \"");
    keyIsRefused("\"w4\": \"2", "\"w4\": \"");
    keyIsRefused("\"w8\": \"1", "\"w8\": \"");
    keyIsRefused("\"wr\": \"1", "\"wr\": \"");
    keyIsRefused("\"protocol\": \"fflonk\"", "\"protocol\": \"plonk\"");
    keyIsRefused("\"C0\"", "\"C1\"");
  }

  @Test
  void trustedPoints() throws IOException {
    Path file = Files.write(folder.resolve("bent.zkey"), bent(16).bytes());
    try (FflonkZkeyFile open = FflonkZkeyFile.open(file, PointValidation.TRUSTED)) {
      assertEquals(4, open.gates());
      assertEquals(0, open.additions());
      open.provingKey();
    }
  }
}
