package zk4j.poseidon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;

class PoseidonSpongeTest {
  private static final String DOMAIN = "zk4j test é";

  /** As the class's description says, with plain permutations. */
  private static List<Fr> expected(int rate, List<Fr> input, int outputs)
      throws NoSuchAlgorithmException {
    byte[] domain =
        ("zk4j.poseidon.sponge\0" + (char) rate + DOMAIN).getBytes(StandardCharsets.UTF_8);
    byte[] digest = MessageDigest.getInstance("SHA-256").digest(domain);
    List<Fr> padded = new ArrayList<>(input);
    padded.add(Fr.ONE);
    while (padded.size() % rate != 0) {
      padded.add(Fr.ZERO);
    }
    List<Fr> state = new ArrayList<>(Collections.nCopies(rate + 1, Fr.ZERO));
    state.set(0, Fr.of(new BigInteger(1, Arrays.copyOf(digest, 31))));
    for (int block = 0; block < padded.size(); block += rate) {
      for (int i = 0; i < rate; i++) {
        state.set(i + 1, state.get(i + 1).plus(padded.get(block + i)));
      }
      state = new ArrayList<>(Poseidon.permute(state));
    }
    List<Fr> output = new ArrayList<>();
    while (output.size() < outputs) {
      output.addAll(state.subList(1, rate + 1));
      state = new ArrayList<>(Poseidon.permute(state));
    }
    return output.subList(0, outputs);
  }

  @Test
  void spongesAreAsDescribed() throws NoSuchAlgorithmException {
    Values values = new Values(11);
    for (int rate : new int[] {1, 2, 5, 16}) {
      for (int count = 0; count <= 2 * rate + 1; count++) {
        List<Fr> input = values.frs(count);
        List<Fr> output = PoseidonSponge.of(DOMAIN, rate).absorb(input).squeeze(2 * rate + 1);
        assertEquals(expected(rate, input, 2 * rate + 1), output);
      }
    }
  }

  @Test
  void aKnownAnswer() {
    assertEquals(
        "17320952585409555385631628406300469717104017186684495088659970946681420791515",
        PoseidonSponge.of("zk4j", 4).absorb(new Values(1).frs(9)).squeeze().toString());
  }

  @Test
  void lengthsRatesAndDomainsAreSeparate() {
    Set<Fr> outputs = new HashSet<>();
    int count = 0;
    for (String domain : List.of("", "a", "b")) {
      for (int rate = 1; rate <= 4; rate++) {
        for (int zeros = 0; zeros <= 5; zeros++) {
          List<Fr> input = Collections.nCopies(zeros, Fr.ZERO);
          outputs.add(PoseidonSponge.of(domain, rate).absorb(input).squeeze());
          count++;
        }
      }
    }
    assertEquals(count, outputs.size());
    // What padding adds is no input.
    assertTrue(
        outputs.add(PoseidonSponge.of("a", 4).absorb(Fr.ONE).squeeze()),
        "1 is not the empty input");
  }

  @Test
  void misuseIsRefused() {
    assertThrows(IllegalArgumentException.class, () -> PoseidonSponge.of("a", 0));
    assertThrows(IllegalArgumentException.class, () -> PoseidonSponge.of("a", 17));
    PoseidonSponge sponge = PoseidonSponge.of("a", 2);
    assertThrows(IllegalArgumentException.class, () -> sponge.squeeze(-1));
    assertEquals(List.of(), sponge.squeeze(0));
    sponge.absorb(Fr.ONE).squeeze();
    assertThrows(IllegalStateException.class, () -> sponge.absorb(Fr.ONE));
    assertThrows(IllegalStateException.class, () -> sponge.absorb(List.of(Fr.ONE)));
  }
}
