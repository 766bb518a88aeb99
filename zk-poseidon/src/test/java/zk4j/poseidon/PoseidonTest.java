package zk4j.poseidon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.core.Execution;

class PoseidonTest {
  private static final Pattern PUBLISHED =
      Pattern.compile("\"inputs\":\\s*\\[([^\\]]*)\\],\\s*\"hash\":\\s*\"(\\d+)\"");

  @Test
  void hashesAreCircomlibs() {
    assertEquals(16 * 5, checkHashes(Vectors.resource("poseidon.csv")));
  }

  private static int checkHashes(Vectors vectors) {
    for (List<String> row : vectors.rows()) {
      assertEquals(vectors.fr(row, "hash"), Poseidon.hash(vectors.frs(row, "inputs")));
    }
    return vectors.rows().size();
  }

  @Test
  void permutationsAreCircomlibs() {
    Vectors vectors = Vectors.resource("permutation.csv");
    assertEquals(16, vectors.rows().size());
    for (List<String> row : vectors.rows()) {
      assertEquals(vectors.frs(row, "result"), Poseidon.permute(vectors.frs(row, "state")));
    }
  }

  @Test
  void hashesArePublishedOnes() throws IOException {
    String folder = System.getProperty("zk4j.vectors");
    assumeTrue(folder != null, "-Dzk4j.vectors=DIR is not given");
    String text = Files.readString(Path.of(folder, "poseidon", "circomlib_poseidon.json"));
    int count = 0;
    for (Matcher m = PUBLISHED.matcher(text); m.find(); count++) {
      List<Fr> inputs = new ArrayList<>();
      for (String input : m.group(1).split(",", -1)) {
        inputs.add(Fr.of(new BigInteger(input.strip())));
      }
      assertEquals(new BigInteger(m.group(2)), Poseidon.hash(inputs).toBigInteger());
    }
    assertEquals(11, count);
  }

  /** A thousand of each number of inputs. */
  @Test
  @Tag("peers")
  void manyHashesAreCircomlibs(@TempDir Path folder) throws Exception {
    Peer.make(folder.toString(), "1000");
    assertEquals(
        16 * 1000, checkHashes(Vectors.parse(Files.readString(folder.resolve("poseidon.csv")))));
  }

  @Test
  void manyHashesAtOnceAreThoseOneByOne() {
    Values values = new Values(7);
    for (int arity : new int[] {1, 2, 3, 16}) {
      for (int count : new int[] {0, 1, 257, 600}) {
        List<Fr> inputs = values.frs(count * arity);
        List<Fr> expected = new ArrayList<>();
        for (int i = 0; i < count; i++) {
          expected.add(Poseidon.hash(inputs.subList(i * arity, (i + 1) * arity)));
        }
        FrVector hashes = Poseidon.hashEach(FrVector.copyOf(inputs), arity, Execution.defaults());
        assertEquals(expected, hashes.toList());
      }
    }
  }

  @Test
  void otherNumbersOfInputsAreRefused() {
    for (int count : new int[] {0, 17}) {
      List<Fr> inputs = Collections.nCopies(count, Fr.ONE);
      IllegalArgumentException e =
          assertThrows(IllegalArgumentException.class, () -> Poseidon.hash(inputs));
      assertEquals(count + " inputs of a hash, which takes 1 to 16", e.getMessage());
    }
    for (int count : new int[] {0, 1, 18}) {
      List<Fr> state = Collections.nCopies(count, Fr.ONE);
      assertThrows(IllegalArgumentException.class, () -> Poseidon.permute(state));
    }
    FrVector seven = FrVector.zeros(7);
    for (int arity : new int[] {0, 2, 17}) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Poseidon.hashEach(seven, arity, Execution.sequential()));
    }
  }

  @Test
  void theNumberOfInputsMatters() {
    assertEquals(
        3,
        Arrays.asList(
                Poseidon.hash(Fr.ONE),
                Poseidon.hash(Fr.ONE, Fr.ZERO),
                Poseidon.hash(Fr.ONE, Fr.ZERO, Fr.ZERO))
            .stream()
            .distinct()
            .count());
  }
}
