package zk4j.circomcompat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zk4j.core.MalformedDataException;
import zk4j.groth16.UnsafeKeyException;

/**
 * Feeds every parser with fixtures that were changed at random. Nothing but the documented
 * exceptions may come out. {@code -Dzk4j.seed=N} chooses the changes.
 */
class MutationTest {
  private static final String[] CIRCUITS = {"single", "multiplier", "arrays"};

  private static final long[] NUMBERS = {
    0,
    1,
    2,
    3,
    0x7f,
    0xff,
    1 << 16,
    1 << 27,
    1 << 28,
    Integer.MAX_VALUE,
    1L << 31,
    0xffff_ffffL,
    1L << 32,
    Long.MAX_VALUE,
    Long.MIN_VALUE,
    -1
  };

  private static final String[] TOKENS = {
    "{",
    "}",
    "[",
    "]",
    ",",
    ":",
    "\"",
    "null",
    "true",
    "-1",
    "1e9",
    "0x10",
    "\\u0000",
    "\n",
    "\u00e9",
    "21888242871839275222246405745257275088548364400416034343698204186575808495617",
    "21888242871839275222246405745257275088696311157297823662689037894645226208583",
    "115792089237316195423570985008687907853269984665640564039457584007913129639935"
  };

  private enum Target {
    R1CS("circuit.r1cs"),
    WTNS("witness.wtns"),
    ZKEY("circuit.zkey"),
    PTAU("powers.ptau"),
    PLONK_ZKEY("circuit.zkey"),
    PLONK_PROOF("proof.json"),
    PLONK_KEY("verification_key.json"),
    FFLONK_ZKEY("circuit.zkey"),
    FFLONK_PROOF("proof.json"),
    FFLONK_KEY("verification_key.json"),
    SYM("circuit.sym"),
    PROOF("proof.json"),
    PUBLIC("public.json"),
    KEY("verification_key.json");

    private final String fixture;

    Target(String fixture) {
      this.fixture = fixture;
    }

    byte[] bytes(String circuit) throws IOException {
      return switch (this) {
        case PTAU -> Fixtures.bytes("setup", fixture);
        case PLONK_ZKEY, PLONK_PROOF, PLONK_KEY -> Fixtures.bytes("plonk/multiplier", fixture);
        case FFLONK_ZKEY, FFLONK_PROOF, FFLONK_KEY -> Fixtures.bytes("fflonk/multiplier", fixture);
        default -> Fixtures.bytes(circuit, fixture);
      };
    }

    void parse(byte[] bytes, Path scratch) throws IOException, UnsafeKeyException {
      switch (this) {
        case R1CS -> Readers.R1CS.read(bytes);
        case WTNS -> Readers.WTNS.read(bytes);
        case ZKEY -> Readers.ZKEY.read(bytes);
        case PTAU -> Readers.PTAU.read(bytes);
        case PLONK_ZKEY -> Readers.PLONK_ZKEY.read(bytes);
        case PLONK_PROOF -> PlonkProofJson.parse(new String(bytes, ISO_8859_1));
        case PLONK_KEY -> PlonkVerificationKeyJson.parse(new String(bytes, ISO_8859_1));
        case FFLONK_ZKEY -> Readers.FFLONK_ZKEY.read(bytes);
        case FFLONK_PROOF -> FflonkProofJson.parse(new String(bytes, ISO_8859_1));
        case FFLONK_KEY -> FflonkVerificationKeyJson.parse(new String(bytes, ISO_8859_1));
        case SYM -> SymFile.read(Files.write(scratch, bytes));
        case PROOF -> ProofJson.parse(new String(bytes, ISO_8859_1));
        case PUBLIC -> PublicJson.parse(new String(bytes, ISO_8859_1));
        case KEY -> VerificationKeyJson.parse(new String(bytes, ISO_8859_1));
      }
    }
  }

  private final Path scratch;

  MutationTest(@TempDir Path folder) {
    scratch = folder.resolve("scratch");
  }

  @ParameterizedTest
  @EnumSource
  void some(Target target) throws IOException {
    mutate(target, Long.getLong("zk4j.seed", 1), 1000);
  }

  @Tag("slow")
  @ParameterizedTest
  @EnumSource
  void many(Target target) throws IOException {
    mutate(target, Long.getLong("zk4j.seed", System.nanoTime()), 30_000);
  }

  private void mutate(Target target, long seed, int times) throws IOException {
    int refused = 0;
    for (int i = 0; i < times; i++) {
      Random random = new Random(seed * 1_000_003 + i);
      byte[] bytes = target.bytes(CIRCUITS[i % CIRCUITS.length]);
      int changes = 1 + random.nextInt(4);
      for (int change = 0; change < changes; change++) {
        bytes = changed(bytes, random);
      }
      try {
        target.parse(bytes, scratch);
      } catch (MalformedDataException | InvalidValueException | UnsafeKeyException e) {
        refused++;
      } catch (IOException | RuntimeException | Error e) {
        throw new AssertionError(target + ", -Dzk4j.seed=" + seed + ", change " + i, e);
      }
    }
    System.out.println(target + ", -Dzk4j.seed=" + seed + ": refused " + refused + "/" + times);
    assertTrue(refused > times / 2, refused + " of " + times + " refused");
  }

  private static byte[] changed(byte[] bytes, Random random) {
    if (bytes.length < 16) {
      return (new String(bytes, ISO_8859_1) + TOKENS[random.nextInt(TOKENS.length)])
          .getBytes(ISO_8859_1);
    }
    byte[] copy = bytes.clone();
    ByteBuffer numbers = ByteBuffer.wrap(copy).order(ByteOrder.LITTLE_ENDIAN);
    int at = random.nextInt(bytes.length - 8);
    int to = at + random.nextInt(Math.min(bytes.length - at, 64));
    long number = NUMBERS[random.nextInt(NUMBERS.length)];
    switch (random.nextInt(9)) {
      case 0 -> copy[at] ^= (byte) (1 << random.nextInt(8));
      case 1 -> copy[at] = (byte) random.nextInt(256);
      case 2 -> numbers.putInt(at & -4, (int) number);
      case 3 -> numbers.putLong(at & -4, number);
      case 4 -> Arrays.fill(copy, at, to, (byte) number);
      case 5 -> copy = Arrays.copyOf(bytes, at);
      case 6 -> copy = spliced(bytes, at, to, new byte[0]);
      case 7 -> copy = spliced(bytes, at, at, Arrays.copyOfRange(bytes, at, to));
      default -> {
        String token = TOKENS[random.nextInt(TOKENS.length)];
        copy = spliced(bytes, at, to, token.getBytes(ISO_8859_1));
      }
    }
    return copy;
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] by) {
    return ByteBuffer.allocate(bytes.length - (to - from) + by.length)
        .put(bytes, 0, from)
        .put(by)
        .put(bytes, to, bytes.length - to)
        .array();
  }
}
