package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Published vectors, in the folder bn254 of the one that the property zk4j.vectors names: those of
 * EIP-196 and EIP-197, and Constantine's scalar multiplications, which Sage computed.
 */
class PublishedVectorsTest {
  private static final Pattern HEX = Pattern.compile("\"0x([0-9a-f]+)\"");

  @BeforeEach
  void requireVectors() {
    assumeTrue(System.getProperty("zk4j.vectors") != null, "-Dzk4j.vectors=DIR is not given");
  }

  @ParameterizedTest
  @CsvSource({
    "ADDITION, eip196_g1_add.csv",
    "MULTIPLICATION, eip196_g1_mul.csv",
    "PAIRING, eip196_pairing.csv"
  })
  void eip196And197(Precompiles precompile, String file) throws IOException {
    precompile.check(CsvFile.parse(read(file)));
  }

  private static String read(String file) throws IOException {
    return Files.readString(Path.of(System.getProperty("zk4j.vectors"), "bn254", file));
  }

  @ParameterizedTest
  @CsvSource({
    "scalar_mul_G1_32bit.json",
    "scalar_mul_G1_254bit.json",
    "scalar_mul_G2_32bit.json",
    "scalar_mul_G2_254bit.json"
  })
  void sageMultiplication(String file) throws IOException {
    boolean g1 = file.contains("G1");
    int coordinates = g1 ? 2 : 4;
    Matcher numbers = HEX.matcher(read(file).split("\"vectors\"", 2)[1]);
    int vectors = 0;
    for (List<Fq> p = point(numbers, coordinates); !p.isEmpty(); vectors++) {
      Fr scalar = Fr.reduce(next(numbers));
      List<Fq> product = point(numbers, coordinates);
      if (g1) {
        assertEquals(g1(product), g1(p).times(scalar));
      } else {
        assertEquals(g2(product), g2(p).times(scalar));
      }
      p = point(numbers, coordinates);
    }
    assertEquals(40, vectors);
  }

  private static G1 g1(List<Fq> c) {
    return G1.of(c.get(0), c.get(1));
  }

  private static G2 g2(List<Fq> c) {
    return G2.of(Fq2.of(c.get(0), c.get(1)), Fq2.of(c.get(2), c.get(3)));
  }

  /** The next coordinates; none at the end. */
  private static List<Fq> point(Matcher numbers, int coordinates) {
    List<Fq> point = new ArrayList<>();
    while (point.size() < coordinates && numbers.find()) {
      point.add(Fq.of(new BigInteger(numbers.group(1), 16)));
    }
    return point;
  }

  private static BigInteger next(Matcher numbers) {
    assertTrue(numbers.find(), "a point without a scalar");
    return new BigInteger(numbers.group(1), 16);
  }
}
