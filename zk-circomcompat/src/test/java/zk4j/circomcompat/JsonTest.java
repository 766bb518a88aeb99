package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.BigRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.core.MalformedDataException;
import zk4j.groth16.Proof;
import zk4j.groth16.UnsafeKeyException;

class JsonTest {
  private static final Proof PROOF = new Proof(G1.GENERATOR, G2.GENERATOR, G1.GENERATOR.twice());

  private static void malformed(String path, String problem, String proof) {
    var e = assertThrows(MalformedDataException.class, () -> ProofJson.parse(proof));
    assertEquals(path, e.section().orElse(""));
    assertTrue(e.problem().contains(problem), e.toString());
  }

  private static void invalid(String message, String proof) {
    var e = assertThrows(InvalidValueException.class, () -> ProofJson.parse(proof));
    assertTrue(e.toString().contains(message), e.toString());
  }

  /** The proof's text with a part replaced, which must be there. */
  private static String proof(String part, String by) {
    String json = ProofJson.toJson(PROOF);
    assertTrue(json.contains(part), part);
    return json.replace(part, by);
  }

  @Test
  void layout() {
    assertEquals(
        """
        {
         "pi_a": [
          "1",
          "2",
          "1"
         ],
         "pi_b": [
          [
           "0",
           "0"
          ],
          [
           "1",
           "0"
          ],
          [
           "0",
           "0"
          ]
         ],
         "pi_c": [
          "0",
          "1",
          "0"
         ],
         "protocol": "groth16",
         "curve": "bn128"
        }\
        """,
        ProofJson.toJson(new Proof(G1.GENERATOR, G2.INFINITY, G1.INFINITY)));
    assertEquals("[\n]", PublicJson.toJson(List.of()));
    assertEquals("[\n \"7\",\n \"0\"\n]", PublicJson.toJson(List.of(Fr.of(7), Fr.ZERO)));
  }

  @Test
  void proofsReadBack() throws IOException {
    assertEquals(PROOF, ProofJson.parse(ProofJson.toJson(PROOF)));
    Proof infinities = new Proof(G1.INFINITY, G2.INFINITY, G1.INFINITY);
    assertEquals(infinities, ProofJson.parse(ProofJson.toJson(infinities)));
    assertEquals(PROOF, ProofJson.parse(ProofJson.toJson(PROOF).replaceAll("\\s", "")));
    assertEquals(PROOF, ProofJson.parse(ProofJson.toJson(PROOF).replaceAll("\"(\\d+)\"", "$1")));
    assertEquals(PROOF, ProofJson.parse(proof(",\n \"curve\": \"bn128\"", "")));
    assertEquals(PROOF, ProofJson.parse(proof("{", "{\"other\": [null, true, 1.5, {}],")));
  }

  @Test
  void proofsOfWrongShape() {
    malformed("", "has no field \"protocol\"", proof("\"protocol\"", "\"protocols\""));
    malformed("protocol", "is \"plonk\" instead of \"groth16\"", proof("groth16", "plonk"));
    malformed("curve", "is \"bls12381\" instead of", proof("bn128", "bls12381"));
    malformed("curve", "is no string instead of", proof("\"bn128\"", "5"));
    malformed("", "has no field \"pi_c\"", proof("pi_c", "pi_d"));
    malformed("pi_a", "has 4 elements instead of 3", proof("\"1\",\n  \"2\",", "1, 2, 3,"));
    malformed("pi_a", "has 2 elements instead of 3", proof("\"1\",\n  \"2\",", "\"1\","));
    malformed("pi_a", "is no array", proof("[\n  \"1\",\n  \"2\",\n  \"1\"\n ]", "{}"));
    malformed("pi_a", "is no array", proof("[\n  \"1\",\n  \"2\",\n  \"1\"\n ]", "null"));
    malformed("pi_b[2]", "has 1 elements instead of 2", proof("\"1\",\n   \"0\"", "\"1\""));
    malformed("", "is no object", "[]");
    malformed("", "is no object", "null");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "\"\"",
        "\"01\"",
        "\"-1\"",
        "-1",
        "\"+1\"",
        "\"1 \"",
        "\"0x1\"",
        "\"1n\"",
        "\"1e3\"",
        "1e3",
        "1.0",
        "1e99999999999999999999",
        "true",
        "null",
        "[]",
        "{}",
        "\"١\""
      })
  void numbersOfWrongShape(String number) {
    malformed("pi_a[1]", "is no decimal number", proof("\"2\"", number));
  }

  @Test
  void numbersOfTooManyDigits() throws IOException {
    String digits = "9".repeat(100);
    invalid("pi_a[1]: " + digits + " is not below the modulus q", proof("\"2\"", digits));
    malformed("pi_a[1]", "is no decimal number", proof("\"2\"", "\"9" + digits + "\""));
    malformed("", "no JSON", proof("\"2\"", "9" + digits));
    malformed("", "no JSON", proof("\"2\"", "9".repeat(1_000_000)));
    malformed("", "no JSON", proof("\"2\"", "\"" + "9".repeat(1_000_000) + "\""));
    assertEquals(PROOF, ProofJson.parse(ProofJson.toJson(PROOF)));
  }

  @Test
  void proofsThatCannotHold() throws IOException {
    BigInteger q = Fq.MODULUS;
    invalid(
        "pi_a[0]: " + q.add(BigInteger.ONE),
        proof("\"1\",\n  \"2\"", "\"" + q.add(BigInteger.ONE) + "\",\"2\""));
    invalid("pi_a[1]: " + q + " is not below", proof("\"2\"", "\"" + q + "\""));
    invalid("pi_a: is no point", proof("\"2\"", "\"3\""));
    invalid("pi_a: is neither affine", proof("\"2\",\n  \"1\"", "\"2\", \"2\""));
    invalid("pi_a: is neither affine", proof("\"2\",\n  \"1\"", "\"2\", \"0\""));
    invalid("pi_a: is no point", proof("\"1\",\n  \"2\",", "\"0\", \"0\","));
    invalid("pi_b: is neither affine", proof("\"1\",\n   \"0\"", "\"1\", \"1\""));
    invalid(
        "pi_b: is no point",
        proof(G2.GENERATOR.y().c0().toString(), q.subtract(BigInteger.TWO).toString()));
  }

  /** The point of the twist with x = 1, whose order is not r. */
  @Test
  void pointOutsideTheSubgroup() {
    String json =
        proof(G2.GENERATOR.x().c0().toString(), "1")
            .replace(G2.GENERATOR.x().c1().toString(), "0")
            .replace(
                G2.GENERATOR.y().c0().toString(),
                "18278151005453108793778860132295291098363647455926340152056652516292830556603")
            .replace(
                G2.GENERATOR.y().c1().toString(),
                "5912654199736721486680175016176231956195085055698687135131307249486702594212");
    invalid("is not in the subgroup", json);
  }

  @Test
  void proofsInAnArrayAreReadBack() throws Exception {
    Proof other = new Proof(G1.GENERATOR, G2.INFINITY, G1.INFINITY);
    for (List<Proof> proofs : List.of(List.<Proof>of(), List.of(PROOF), List.of(PROOF, other))) {
      assertEquals(proofs, ProofJson.parseAll(ProofJson.toJson(proofs)));
    }
    String one = ProofJson.toJson(PROOF);
    for (String bad : List.of("", "{}", one, "[[]]", "[" + one + ",]", "[" + one + ", 1]")) {
      assertThrows(MalformedDataException.class, () -> ProofJson.parseAll(bad), bad);
    }
    String tooLarge = "[" + one.replaceFirst("\\d{20,}", Fq.MODULUS.toString()) + "]";
    assertThrows(InvalidValueException.class, () -> ProofJson.parseAll(tooLarge));
  }

  @Test
  void publicSignals() throws IOException {
    assertEquals(List.of(), PublicJson.parse("[]"));
    assertEquals(
        List.of(Fr.of(33), Fr.ZERO, Fr.ONE.negate()),
        PublicJson.parse("[\"33\", 0, \"" + Fr.MODULUS.subtract(BigInteger.ONE) + "\"]"));
    for (BigInteger bad :
        List.of(
            Fr.MODULUS,
            Fr.MODULUS.add(BigInteger.ONE),
            BigInteger.ONE.shiftLeft(256).subtract(BigInteger.ONE))) {
      var e =
          assertThrows(InvalidValueException.class, () -> PublicJson.parse("[1, \"" + bad + "\"]"));
      assertEquals("public signals, [1]: " + bad + " is not below the modulus r", e.getMessage());
    }
    for (String bad :
        List.of("", " ", "{}", "\"1\"", "1", "[[1]]", "[1", "[1]]", "[1,]", "[1] 2")) {
      assertThrows(MalformedDataException.class, () -> PublicJson.parse(bad), bad);
    }
  }

  @Property
  void publicSignalsReadBack(@ForAll List<@BigRange(min = "0") BigInteger> numbers)
      throws IOException {
    List<Fr> signals = numbers.stream().map(Fr::reduce).toList();
    assertEquals(signals, PublicJson.parse(PublicJson.toJson(signals)));
  }

  @Test
  void verificationKeys() throws IOException, UnsafeKeyException {
    String json = Fixtures.text("multiplier", "verification_key.json");
    VerificationKeyJson.parse(json);
    malformedKey(
        "nPublic: is 2, but IC has 2 points", json.replace("\"nPublic\": 1", "\"nPublic\": 2"));
    malformedKey("nPublic", json.replace("\"nPublic\": 1", "\"nPublic\": " + "9".repeat(99)));
    malformedKey("IC", json.replace("\"IC\"", "\"ic\""));
    malformedKey("curve", json.replace("\"curve\": \"bn128\",", ""));
    malformedKey("protocol", json.replace("groth16", "fflonk"));
    String alpha = VerificationKeyJson.parse(json).alpha().x().toString();
    malformedKey("vk_alpha_1: is no point", json.replace(alpha, "5"));
    malformedKey("vk_alpha_1[0]: " + Fq.MODULUS, json.replace(alpha, Fq.MODULUS.toString()));
    // What follows from the rest is not read.
    VerificationKeyJson.parse(json.replace("\"vk_alphabeta_12\"", "\"ignored\""));
  }

  private static void malformedKey(String message, String json) {
    var e = assertThrows(MalformedDataException.class, () -> VerificationKeyJson.parse(json));
    assertTrue(e.toString().contains(message), e.toString());
  }

  @Test
  void unsafeVerificationKeys() throws IOException, UnsafeKeyException {
    String json = Fixtures.text("multiplier", "verification_key.json");
    String delta = json.replaceAll("(?s).*\"vk_delta_2\": (.*?\\n ]),.*", "$1");
    String gamma = json.replaceAll("(?s).*\"vk_gamma_2\": (.*?\\n ]),.*", "$1");
    String infinity = "[[\"0\",\"0\"],[\"1\",\"0\"],[\"0\",\"0\"]]";
    for (String unsafe : List.of(json.replace(delta, gamma), json.replace(delta, infinity))) {
      assertThrows(UnsafeKeyException.class, () -> VerificationKeyJson.parse(unsafe));
    }
  }

  @Test
  void documents() {
    malformed("", "no JSON", "");
    malformed("", "no JSON", "{");
    malformed("", "no JSON", "{\"protocol\": \"groth16\"");
    malformed("", "no JSON", "{\"a\": 1, \"a\": 2}");
    malformed("", "no JSON", "[".repeat(1_000_000));
    malformed("", "no JSON", "{\"a\":".repeat(100_000));
    malformed("", "no JSON", "{\"" + "a".repeat(100_000) + "\": 1}");
    malformed("", "no JSON", "[" + "0,".repeat(3_000_000) + "0]");
    malformed("", "text behind the value", "{} {}");
    malformed("", "no JSON", "{'a': 1}");
    malformed("", "no JSON", "[NaN]");
  }

  @Test
  void files(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("public.json");
    Files.writeString(file, "[\"1\"");
    var broken = assertThrows(MalformedDataException.class, () -> PublicJson.read(file));
    assertEquals(file.toString(), broken.source());
    Files.write(file, new byte[] {'[', '"', (byte) 0xff, '"', ']'});
    assertThrows(MalformedDataException.class, () -> PublicJson.read(file));
    try (var large = new RandomAccessFile(file.toFile(), "rw")) {
      large.setLength(1L << 33);
    }
    var tooLarge = assertThrows(MalformedDataException.class, () -> PublicJson.read(file));
    assertEquals("more than 16777216 bytes", tooLarge.problem());
    assertThrows(IOException.class, () -> PublicJson.read(folder.resolve("none")));
  }
}
