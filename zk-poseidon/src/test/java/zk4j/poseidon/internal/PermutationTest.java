package zk4j.poseidon.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.poseidon.Poseidon;
import zk4j.poseidon.Values;

/** The permutation against the paper's plain one, and its parameters. */
class PermutationTest {
  static List<Integer> widths() {
    List<Integer> widths = new ArrayList<>();
    for (int width = Permutation.MIN_WIDTH; width <= Permutation.MAX_WIDTH; width++) {
      widths.add(width);
    }
    return widths;
  }

  @ParameterizedTest(name = "width {0}")
  @MethodSource("widths")
  void theRecurrenceAgreesWithThePlainRounds(int width) {
    Values values = new Values(width);
    List<List<Fr>> states = new ArrayList<>();
    for (Fr edge : List.of(Fr.ZERO, Fr.ONE, Fr.of(-1))) {
      states.add(new ArrayList<>(Collections.nCopies(width, edge)));
    }
    for (int k = 0; k < 10; k++) {
      states.add(values.frs(width));
    }
    List<Fr> first = new ArrayList<>();
    for (List<Fr> state : states) {
      List<Fr> plain = Arrays.asList(PlainPermutation.permute(state.toArray(Fr[]::new)));
      assertEquals(plain, Poseidon.permute(state));
      first.add(plain.get(0));
    }
    List<FrVector> columns =
        IntStream.range(0, width)
            .mapToObj(i -> FrVector.copyOf(states.stream().map(state -> state.get(i)).toList()))
            .toList();
    assertEquals(
        first, Permutation.ofWidth(width).batch().permuteToFirst(columns).toList(), "at once");
  }

  /**
   * The first bytes of the hash of all constants and the matrix, in decimal, a space after each.
   */
  @ParameterizedTest(name = "width {0}")
  @CsvSource({
    "2, fc0b0a85918c2f07",
    "3, 59c169c63953d336",
    "4, dc8773a3bffabf7e",
    "5, 62e304df53b18dc2",
    "6, dcf06e5ce4fb7f60",
    "7, 68d079522035fb10",
    "8, d36dc36e1f97b50f",
    "9, 04b4c6160ef79387",
    "10, 7bd00d70dae05b81",
    "11, f2afedb34daf5921",
    "12, 99b94cacaa8e8156",
    "13, d2f013f6c937b578",
    "14, 54f49648c152ccaf",
    "15, 70b516a70bffd833",
    "16, 1918f60ddda68733",
    "17, c34351a102bd2916"
  })
  void parametersHaveNotChanged(int width, String sha256) throws NoSuchAlgorithmException {
    Parameters parameters = Parameters.ofWidth(width);
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    for (Fr constant : parameters.constants) {
      digest.update((constant + " ").getBytes(StandardCharsets.US_ASCII));
    }
    for (Fr[] row : parameters.matrix) {
      for (Fr element : row) {
        digest.update((element + " ").getBytes(StandardCharsets.US_ASCII));
      }
    }
    assertEquals(sha256, HexFormat.of().formatHex(digest.digest(), 0, 8));
  }

  @Test
  void inversesUndoProducts() {
    Values values = new Values(3);
    for (int size = 1; size <= 6; size++) {
      Fr[][] matrix = new Fr[size][];
      for (int i = 0; i < size; i++) {
        matrix[i] = values.frs(size).toArray(Fr[]::new);
      }
      matrix[0][0] = Fr.ZERO; // the first pivot is elsewhere
      if (size > 1) {
        Fr[][] inverse = Matrices.inverse(matrix);
        Fr[][] product = new Fr[size][];
        Arrays.setAll(product, i -> Matrices.times(matrix[i], inverse));
        assertEquals(list(Matrices.identity(size)), list(product));
      }
    }
    Fr[] row = {Fr.ONE, Fr.of(BigInteger.TWO)};
    assertThrows(ArithmeticException.class, () -> Matrices.inverse(new Fr[][] {row, row}));
  }

  private static List<List<Fr>> list(Fr[][] matrix) {
    return Arrays.stream(matrix).map(Arrays::asList).toList();
  }
}
