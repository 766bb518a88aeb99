package zk4j.eddsa;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.babyjubjub.Point;
import zk4j.babyjubjub.PointTest;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.poseidon.Peer;
import zk4j.poseidon.Poseidon;
import zk4j.poseidon.Values;
import zk4j.poseidon.Vectors;

class EddsaTest {
  private static final BigInteger L = Point.ORDER;
  private static final Fr MESSAGE = Fr.of(42);

  private final Values values = new Values(41);
  private final SigningKey key = SigningKey.ofSeed(values.bytes(32));
  private final EddsaPublicKey publicKey = key.publicKey();
  private final EddsaSignature signature = key.sign(MESSAGE);

  @Test
  void circomlibsSignaturesVerify() throws MalformedDataException {
    Vectors vectors = Vectors.resource("eddsa.csv");
    assertEquals(8, vectors.rows().size());
    for (List<String> row : vectors.rows()) {
      EddsaPublicKey theirs =
          EddsaPublicKey.of(Point.of(vectors.fr(row, "ax"), vectors.fr(row, "ay")));
      EddsaSignature made =
          EddsaSignature.of(
              Point.of(vectors.fr(row, "r8x"), vectors.fr(row, "r8y")), vectors.number(row, "s"));
      Fr message = vectors.fr(row, "message");
      assertTrue(theirs.verify(message, made));
      assertFalse(theirs.verify(message.plus(Fr.ONE), made));
      BigInteger scalar = vectors.number(row, "scalar").mod(L);
      try (SigningKey same = SigningKey.ofScalar(PointTest.littleEndian(scalar))) {
        assertEquals(theirs, same.publicKey());
        assertTrue(theirs.verify(message, same.sign(message)));
      }
    }
  }

  @Test
  @Tag("peers")
  void circomlibVerifiesOurSignatures(@TempDir Path folder) throws Exception {
    List<String> rows = new ArrayList<>(List.of("ax,ay,message,r8x,r8y,s"));
    for (int i = 0; i < 20; i++) {
      SigningKey signer = SigningKey.generate(new SecureRandom());
      Fr message = values.fr();
      EddsaSignature made = signer.sign(message);
      Fr signed = i % 2 == 0 ? message : message.plus(Fr.ONE);
      Point a = signer.publicKey().point();
      Stream<BigInteger> numbers =
          Stream.concat(
              Stream.of(a.x(), a.y(), signed, made.r8().x(), made.r8().y()).map(Fr::toBigInteger),
              Stream.of(made.s()));
      rows.add(numbers.map(number -> number.toString(16)).collect(Collectors.joining(",")));
    }
    Path file = Files.write(folder.resolve("signatures.csv"), rows);
    String expected = String.join("\n", Collections.nCopies(10, "true\nfalse"));
    assertEquals(expected, Peer.make("verify", file.toString()).strip());
  }

  @Test
  void signaturesVerifyForTheirKeyAndMessageAlone() {
    for (int i = 0; i < 20; i++) {
      SigningKey signer = SigningKey.generate(new SecureRandom());
      Fr message = values.fr();
      EddsaSignature made = signer.sign(message);
      assertTrue(signer.publicKey().verify(message, made));
      assertFalse(signer.publicKey().verify(message.plus(Fr.ONE), made));
      assertFalse(publicKey.verify(message, made));
    }
  }

  /** The equation as it is written, with the curve's own law. */
  @Test
  void verificationIsTheEquation() {
    BigInteger h =
        Poseidon.hash(
                signature.r8().x(),
                signature.r8().y(),
                publicKey.point().x(),
                publicKey.point().y(),
                MESSAGE)
            .toBigInteger();
    assertEquals(
        Point.BASE8.times(signature.s()),
        signature.r8().plus(publicKey.point().times(h.shiftLeft(3))));
  }

  /** As the description of keys says, computed with Node.js's HMAC and circomlibjs. */
  @Test
  void aKnownSignature() {
    byte[] seed = new byte[32];
    seed[0] = 1;
    SigningKey known = SigningKey.ofSeed(seed);
    assertEquals(
        "064f99ad8f7e782a7389ef4fab3edce0e95f9b96c5b09a2ab3d6a0555735d82d",
        HexFormat.of().formatHex(known.publicKey().encode()));
    assertEquals(
        "90a47b55cd3e599771dddd47d2b0cf75f0a0442674a59893925903c48f435e94"
            + "b059ac4b8a187bde5e21c9c1fcf2f02aee997d8d8255ecbcdfce8c147440f904",
        HexFormat.of().formatHex(known.sign(MESSAGE).encode()));
  }

  @Test
  void noncesDependOnMessageAndKey() {
    assertEquals(signature, key.sign(MESSAGE));
    assertNotEquals(signature.r8(), key.sign(Fr.of(43)).r8());
    assertNotEquals(signature.r8(), SigningKey.ofSeed(values.bytes(32)).sign(MESSAGE).r8());
  }

  @Test
  void encodings() throws MalformedDataException {
    assertEquals(signature, EddsaSignature.decode(signature.encode()));
    assertEquals(signature.hashCode(), EddsaSignature.decode(signature.encode()).hashCode());
    assertEquals(publicKey, EddsaPublicKey.decode(publicKey.encode()));
    assertEquals(publicKey.hashCode(), EddsaPublicKey.decode(publicKey.encode()).hashCode());
    for (int length : new int[] {0, 63, 65}) {
      assertRefused(new byte[length], "a signature has 64 bytes, not " + length);
    }
  }

  @Test
  void anSOfTheOrderOrMoreIsRefused() {
    for (BigInteger s : List.of(L, L.add(signature.s()), signature.s().negate())) {
      assertThrows(IllegalArgumentException.class, () -> EddsaSignature.of(signature.r8(), s));
    }
    for (BigInteger s : List.of(L, L.add(signature.s()), BigInteger.TWO.pow(256).subtract(L))) {
      byte[] bytes = signature.encode();
      System.arraycopy(PointTest.littleEndian(s), 0, bytes, 32, 32);
      assertRefused(bytes, "S = " + s + " is not below the order " + L);
    }
  }

  @Test
  void aCommitmentOffTheCurveIsRefused() {
    byte[] bytes = signature.encode();
    System.arraycopy(PointTest.littleEndian(BigInteger.TWO), 0, bytes, 0, 32);
    assertRefused(bytes, "R8: no point of BabyJubJub has y = 2");
  }

  private static void assertRefused(byte[] bytes, String problem) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> EddsaSignature.decode(bytes));
    assertEquals(problem, e.problem());
  }

  @Test
  void keysOfAnotherOrderAreRefused() {
    for (Point low : PointTest.lowOrder()) {
      assertKeyRefused(low);
      if (!low.isIdentity()) {
        assertKeyRefused(publicKey.point().plus(low));
      }
    }
    assertKeyRefused(Point.GENERATOR);
  }

  private static void assertKeyRefused(Point point) {
    assertThrows(IllegalArgumentException.class, () -> EddsaPublicKey.of(point));
    assertThrows(MalformedDataException.class, () -> EddsaPublicKey.decode(point.encode()));
  }

  @Test
  void commitmentsMovedByPointsOfLowOrderDoNotVerify() {
    for (Point low : PointTest.lowOrder()) {
      EddsaSignature moved = EddsaSignature.of(signature.r8().plus(low), signature.s());
      assertEquals(low.isIdentity(), publicKey.verify(MESSAGE, moved));
    }
  }

  @Test
  void noFlippedBitVerifies() {
    for (int bit = 0; bit < 8 * EddsaSignature.BYTES; bit++) {
      byte[] flipped = signature.encode();
      flipped[bit >> 3] ^= (byte) (1 << (bit & 7));
      boolean verifies;
      try {
        verifies = publicKey.verify(MESSAGE, EddsaSignature.decode(flipped));
      } catch (MalformedDataException refused) {
        verifies = false;
      }
      assertFalse(verifies, "bit " + bit);
    }
  }

  @Test
  void scalarsAndSeedsOutOfRangeAreRefused() {
    for (BigInteger scalar : List.of(BigInteger.ZERO, L, L.add(BigInteger.ONE))) {
      byte[] bytes = PointTest.littleEndian(scalar);
      assertThrows(IllegalArgumentException.class, () -> SigningKey.ofScalar(bytes));
    }
    assertThrows(IllegalArgumentException.class, () -> SigningKey.ofScalar(new byte[31]));
    assertThrows(IllegalArgumentException.class, () -> SigningKey.ofSeed(new byte[33]));
    byte[] last = PointTest.littleEndian(L.subtract(BigInteger.ONE));
    assertEquals(Point.BASE8.negate(), SigningKey.ofScalar(last).publicKey().point());
  }

  @Test
  void aDestroyedKeyDoesNotSign() throws ReflectiveOperationException {
    SigningKey doomed = SigningKey.ofSeed(values.bytes(32));
    try (doomed) {
      assertFalse(doomed.isDestroyed());
    }
    assertTrue(doomed.isDestroyed());
    assertThrows(IllegalStateException.class, () -> doomed.sign(MESSAGE));
    assertTrue(publicKey.verify(MESSAGE, signature), "other keys are not affected");
    for (String secret : List.of("scalar", "nonceSecret")) {
      var field = SigningKey.class.getDeclaredField(secret);
      field.setAccessible(true);
      byte[] bytes = (byte[]) field.get(doomed);
      assertArrayEquals(new byte[bytes.length], bytes);
    }
    assertEquals("signing key of " + doomed.publicKey(), doomed.toString());
  }
}
