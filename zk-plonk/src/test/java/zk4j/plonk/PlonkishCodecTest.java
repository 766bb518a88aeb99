package zk4j.plonk;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zk4j.bn254.Fr;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.circuit.Bounded;
import zk4j.circuit.CompiledGates;
import zk4j.circuit.Inputs;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.r1cs.Witness;

class PlonkishCodecTest {
  private static final Execution EXECUTION = Execution.defaults();
  private static final CompiledGates CIRCUIT =
      CompiledGates.of(
          c -> {
            Bounded x = c.input("x", 5);
            c.output("product", x.times(c.publicInput("y")));
          },
          3);
  private static final PlonkishProvingKey KEY = key();
  private static final PlonkishProof PROOF = proof();
  private static final List<Fr> PUBLICS = List.of(Fr.of(310), Fr.of(10));

  private static PlonkishProvingKey key() {
    try {
      return PlonkishSetup.provingKey(
          CIRCUIT.system(),
          InsecurePowersOfTau.of(4, Fr.of(1234567), Fr.of(2), Fr.of(3)),
          EXECUTION);
    } catch (MalformedDataException e) {
      throw new AssertionError(e);
    }
  }

  private static Witness witness() throws Exception {
    return CIRCUIT.witness(Inputs.of("x", 31).and("y", 10));
  }

  /** Always the same. */
  private static PlonkishProof proof() {
    Random random = new Random(7);
    List<Fr> blinding =
        Stream.generate(() -> Fr.of(random.nextLong())).limit(PlonkishProver.BLINDINGS).toList();
    try {
      return PlonkishProver.of(KEY, EXECUTION)
          .prove(
              CIRCUIT.system().columns(witness()),
              List.of(Fr.of(310), Fr.of(10)),
              blinding,
              EXECUTION);
    } catch (Exception e) {
      throw new AssertionError(e);
    }
  }

  private static byte[] golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PlonkishCodecTest.class.getResourceAsStream(name), name)) {
      return in.readAllBytes();
    }
  }

  /** Files of version 1: neither format nor protocol changes without another version. */
  @Test
  void goldenFiles() throws Exception {
    assertArrayEquals(golden("plonkish.proof"), PlonkishCodec.encode(PROOF));
    assertArrayEquals(golden("plonkish.vkey"), PlonkishCodec.encode(KEY.verifyingKey()));
    assertArrayEquals(golden("plonkish.pkey"), PlonkishCodec.encode(KEY));
    PlonkishVerifyingKey key = PlonkishCodec.decodeVerifyingKey(golden("plonkish.vkey"));
    PlonkishProof proof = PlonkishCodec.decodeProof(golden("plonkish.proof"));
    assertEquals(KEY.verifyingKey(), key);
    assertEquals(PROOF, proof);
    assertTrue(PlonkishVerifier.of(key).verify(proof, PUBLICS));
    PlonkishProvingKey provingKey =
        PlonkishCodec.decodeProvingKey(golden("plonkish.pkey"), EXECUTION);
    assertEquals(KEY.system(), provingKey.system());
    assertTrue(
        PlonkishVerifier.of(key)
            .verify(PlonkishProver.of(provingKey, EXECUTION).prove(witness()), PUBLICS));
  }

  @Test
  void proofsHaveSoManyBytes() {
    assertEquals(744, PlonkishCodec.PROOF_BYTES);
    assertEquals(PlonkishCodec.PROOF_BYTES, PlonkishCodec.encode(PROOF).length);
  }

  private interface Decoder {
    byte[] again(byte[] bytes) throws MalformedDataException;
  }

  private static final Decoder PROOFS = b -> PlonkishCodec.encode(PlonkishCodec.decodeProof(b));
  private static final Decoder KEYS =
      b -> PlonkishCodec.encode(PlonkishCodec.decodeVerifyingKey(b));
  private static final Decoder PROVING_KEYS =
      b -> PlonkishCodec.encode(PlonkishCodec.decodeProvingKey(b, EXECUTION));

  /** Whatever is read is written as it was; the rest is refused, and nothing else thrown. */
  private static void fuzz(byte[] good, Decoder decoder, int rounds) {
    Random random = new Random(1);
    for (int i = 0; i < rounds; i++) {
      byte[] bytes = good.clone();
      switch (random.nextInt(4)) {
        case 0 -> bytes = Arrays.copyOf(bytes, random.nextInt(good.length + 20));
        case 1 -> bytes[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        case 2 -> bytes[random.nextInt(Math.min(40, bytes.length))] = (byte) random.nextInt();
        default -> {
          int from = random.nextInt(bytes.length);
          int to = Math.min(bytes.length, from + 1 + random.nextInt(40));
          Arrays.fill(bytes, from, to, (byte) (random.nextBoolean() ? 0xff : 0));
        }
      }
      byte[] changed = bytes;
      assertDoesNotThrow(
          () -> {
            try {
              assertArrayEquals(changed, decoder.again(changed));
            } catch (MalformedDataException e) {
              assertFalse(Arrays.equals(changed, good), "the good one is refused: " + e);
            }
          });
    }
  }

  @Test
  void changedProofsAreRefusedOrOthers() {
    fuzz(PlonkishCodec.encode(PROOF), PROOFS, 300);
  }

  @Test
  void changedKeysAreRefusedOrOthers() {
    fuzz(PlonkishCodec.encode(KEY.verifyingKey()), KEYS, 300);
  }

  @Test
  void changedProvingKeysAreRefusedOrOthers() {
    fuzz(PlonkishCodec.encode(KEY), PROVING_KEYS, 300);
  }

  /** Decodable proofs that are wrong have a reason. */
  @Test
  void decodableProofsThatAreWrongDoNotHold() {
    byte[] good = PlonkishCodec.encode(PROOF);
    PlonkishVerifier verifier = PlonkishVerifier.of(KEY.verifyingKey());
    Random random = new Random(2);
    int decoded = 0;
    for (int i = 0; i < 60; i++) {
      byte[] bytes = good.clone();
      int at = 8 + random.nextInt(bytes.length - 8);
      bytes[at] ^= (byte) (1 << random.nextInt(8));
      try {
        PlonkishProof proof = PlonkishCodec.decodeProof(bytes);
        assertEquals("the pairing equation does not hold", verifier.check(proof, PUBLICS).reason());
        decoded++;
      } catch (MalformedDataException e) {
        assertFalse(e.problem().isEmpty());
      }
    }
    assertTrue(decoded > 10, decoded + " were decodable");
  }

  /** Numbers of the header, from byte 8 of a key on. */
  @ParameterizedTest
  @CsvSource({
    "8, -1, public signals: 4294967295",
    "8, 17, 17 public signals in a domain of 8",
    "12, 7, domain size 7 is no power of two from 8 to 67108864",
    "12, 268435456, domain size 268435456 is no power of two from 8 to 67108864",
    "16, 0, a table of 0 bits in a domain of 8",
    "16, 4, a table of 4 bits in a domain of 8",
    "16, 33, a table of 33 bits in a domain of 8",
    "4, 2, 'version 2, not 1'"
  })
  void numbersOfKeysAreChecked(int at, int value, String problem) {
    byte[] bytes = PlonkishCodec.encode(KEY.verifyingKey());
    for (int i = 0; i < 4; i++) {
      bytes[at + i] = (byte) (value >>> (8 * i));
    }
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> PlonkishCodec.decodeVerifyingKey(bytes));
    assertEquals(problem, e.problem());
  }

  /** Counts that would allocate much are compared with the bytes that there are first. */
  @ParameterizedTest
  @CsvSource({"8", "12", "16"})
  void countsOfProvingKeysAreChecked(int at) {
    byte[] bytes = PlonkishCodec.encode(KEY);
    Arrays.fill(bytes, at, at + 3, (byte) 0xff);
    bytes[at + 3] = 0x7f;
    assertThrows(
        MalformedDataException.class, () -> PlonkishCodec.decodeProvingKey(bytes, EXECUTION));
  }
}
