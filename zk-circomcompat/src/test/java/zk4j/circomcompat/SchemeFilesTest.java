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
import zk4j.bn254.Fr;
import zk4j.bn254.PowersOfTau;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** What holds of PLONK's and fflonk's keys and proofs alike, against snarkjs's. */
abstract class SchemeFilesTest {
  /** In the header: wires, public signals, domain, additions, gates. */
  static final int COUNTS = 72;

  /** Behind them. */
  static final int K1 = COUNTS + 20;

  @TempDir Path folder;

  private final String name;
  private final Path powers;
  private final Readers reader;

  /**
   * Tests of a scheme.
   *
   * @param name the folder of its fixtures
   * @param powers from which their keys were made
   */
  SchemeFilesTest(String name, Path powers, Readers reader) {
    this.name = name;
    this.powers = powers;
    this.reader = reader;
  }

  /** Makes a key and writes it. */
  abstract void setup(R1cs circuit, PowersOfTau powers, Path zkey) throws IOException;

  /** Reads a key for provers and writes it. */
  abstract void rewrite(Path from, Path to) throws IOException;

  /** The verification key of a file. */
  abstract String keyJson(Path zkey) throws IOException;

  /** Reads a verification key and writes it. */
  abstract String rewriteKey(String json) throws IOException;

  /** Reads a proof and writes it. */
  abstract String rewriteProof(String json) throws IOException;

  /** Makes a proof and writes it, so that the same is read. */
  abstract void prove(Path zkey, Witness witness, Path proof) throws Exception;

  abstract boolean verifies(Path zkey, Path proof, List<Fr> publics) throws IOException;

  final Path fixture(String circuit, String file) {
    return Fixtures.path(name + "/" + circuit, file);
  }

  final Container key(String circuit) throws IOException {
    return Container.parse(Files.readAllBytes(fixture(circuit, "circuit.zkey")));
  }

  final Container key() throws IOException {
    return key("multiplier");
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void setupMakesSnarkjssFile(String circuit) throws IOException {
    Path written = folder.resolve("circuit.zkey");
    try (PtauFile file = PtauFile.open(powers)) {
      setup(R1csFile.read(Fixtures.path(circuit, "circuit.r1cs")), file, written);
    }
    assertArrayEquals(
        Files.readAllBytes(fixture(circuit, "circuit.zkey")), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void whatIsReadIsWrittenAgain(String circuit) throws IOException {
    Path zkey = fixture(circuit, "circuit.zkey");
    Path written = folder.resolve("circuit.zkey");
    rewrite(zkey, written);
    assertArrayEquals(Files.readAllBytes(zkey), Files.readAllBytes(written));
    String json = Files.readString(fixture(circuit, "verification_key.json"));
    assertEquals(json, keyJson(zkey));
    assertEquals(json, rewriteKey(json));
    String proof = Files.readString(fixture(circuit, "proof.json"));
    assertEquals(proof, rewriteProof(proof));
  }

  @ParameterizedTest
  @ValueSource(strings = {"single", "multiplier", "arrays"})
  void snarkjssProofsHoldAndOurs(String circuit) throws Exception {
    Path zkey = fixture(circuit, "circuit.zkey");
    List<Fr> publics = PublicJson.read(fixture(circuit, "public.json"));
    Path theirs = fixture(circuit, "proof.json");
    assertTrue(verifies(zkey, theirs, publics));
    Path ours = folder.resolve("proof.json");
    prove(zkey, WtnsFile.read(Fixtures.path(circuit, "witness.wtns")), ours);
    assertTrue(verifies(zkey, ours, publics));
    for (int i = 0; i < publics.size(); i++) {
      List<Fr> others = new ArrayList<>(publics);
      others.set(i, others.get(i).plus(Fr.ONE));
      assertFalse(verifies(zkey, theirs, others));
    }
  }

  /** Keys whose header has another number at a place. */
  final void headerIsRefused(int at, int number, String problem) throws IOException {
    reader.refuses(key().edited(2, b -> b.putInt(at, number)), problem);
  }

  @Test
  void headersThatFitNoScheme() throws IOException {
    headerIsRefused(COUNTS, -1, "4294967295 wires, more than");
    headerIsRefused(COUNTS + 4, 99, "99 public signals and 0");
    headerIsRefused(COUNTS + 4, -1, "4294967295 public signals");
    headerIsRefused(COUNTS + 8, 9, "domain size 9 is no power");
    headerIsRefused(COUNTS + 8, 16, "bytes instead of");
    headerIsRefused(COUNTS + 12, 1, "section 3 (additions)");
    headerIsRefused(COUNTS + 12, -1, "4294967295 additions");
    headerIsRefused(COUNTS + 16, 5, "section 4 (A map)");
    reader.refuses(key().edited(2, b -> b.put(K1 + 31, (byte) 0xff)), "section 2 (header)");
    reader.refuses(key().edited(2, b -> b.put(K1, new byte[32])), "are not disjoint");
    byte[] k2 = new byte[32];
    reader.refuses(key().edited(2, b -> b.get(K1 + 32, k2).put(K1, k2)), "are not disjoint");
  }

  @Test
  void contentsThatFitNoScheme() throws IOException {
    for (int column = 4; column <= 6; column++) {
      int map = column;
      reader.refuses(
          key().edited(map, b -> b.putInt(8, 1000)), "byte 8: wire 1000, of which there are ");
      reader.refuses(key().edited(map, b -> b.putInt(8, -1)), "wire 4294967295");
    }
    reader.refuses(key().edited(4, b -> b.putInt(0, 2)), "not of public signal 1");
    reader.refuses(key("arrays").edited(3, b -> b.putInt(0, 1000)), "byte 0: wire 1000");
    reader.refuses(
        key("arrays").edited(3, b -> b.put(8 + 31, (byte) 0xff)), "section 3 (additions)");
  }

  /** A key whose second power of tau is none. */
  final Container bent(int section) throws IOException {
    return key().edited(section, b -> b.put(64, (byte) (b.get(64) ^ 1)));
  }

  /** The first number that a pattern finds in a proof, and the modulus more: the same element. */
  final void aliasIsRefused(String field, BigInteger modulus) throws IOException {
    String proof = Files.readString(fixture("multiplier", "proof.json"));
    Matcher number = Pattern.compile(field).matcher(proof);
    assertTrue(number.find(), field);
    String alias = new BigInteger(number.group(1)).add(modulus).toString();
    String changed = proof.substring(0, number.start(1)) + alias + proof.substring(number.end(1));
    assertThrows(InvalidValueException.class, () -> rewriteProof(changed), field);
  }

  final void proofIsRefused(String text, String other) throws IOException {
    String proof = Files.readString(fixture("multiplier", "proof.json"));
    assertTrue(proof.contains(text), text);
    String changed = proof.replace(text, other);
    assertThrows(MalformedDataException.class, () -> rewriteProof(changed), other);
  }

  final void keyIsRefused(String text, String other) throws IOException {
    String key = Files.readString(fixture("multiplier", "verification_key.json"));
    assertTrue(key.contains(text), text);
    String changed = key.replace(text, other);
    assertThrows(MalformedDataException.class, () -> rewriteKey(changed), other);
  }

  @Test
  void verificationKeysThatFitNoScheme() throws IOException {
    keyIsRefused("\"power\": 3", "\"power\": 2");
    keyIsRefused("\"power\": 3", "\"power\": 4");
    keyIsRefused("\"k1\": \"2\"", "\"k1\": \"3\"");
    keyIsRefused("\"k1\": \"2\"", "\"k1\": \"" + Fr.MODULUS + "\"");
    keyIsRefused("\"w\": \"1", "\"w\": \"");
    keyIsRefused("\"bn128\"", "\"bls12381\"");
    keyIsRefused("\"X_2\"", "\"X_3\"");
  }
}
