package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;

/** Agreement with gnark-crypto, which made the vectors (fixtures/vectors). */
class ReferenceVectorsTest {
  private static final String BOTH = "zk4j.bn254.PointsUnderTest#both";

  @Test
  void fieldOperations() {
    CsvFile csv = CsvFile.resource("field.csv");
    for (List<String> row : csv.rows()) {
      if (csv.text(row, "field").equals("Fq")) {
        Fq a = Fq.of(csv.number(row, "a"));
        Fq b = Fq.of(csv.number(row, "b"));
        assertEquals(Fq.of(csv.number(row, "sum")), a.plus(b));
        assertEquals(Fq.of(csv.number(row, "difference")), a.minus(b));
        assertEquals(Fq.of(csv.number(row, "product")), a.times(b));
        assertEquals(Fq.of(csv.number(row, "inverse")), a.isZero() ? a : a.inverse());
      } else {
        Fr a = Fr.of(csv.number(row, "a"));
        Fr b = Fr.of(csv.number(row, "b"));
        assertEquals(Fr.of(csv.number(row, "sum")), a.plus(b));
        assertEquals(Fr.of(csv.number(row, "difference")), a.minus(b));
        assertEquals(Fr.of(csv.number(row, "product")), a.times(b));
        assertEquals(Fr.of(csv.number(row, "inverse")), a.isZero() ? a : a.inverse());
      }
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void pointSums(PointsUnderTest<P, V> points) throws MalformedDataException {
    CsvFile csv = CsvFile.resource(points + "_add.csv");
    for (List<String> row : csv.rows()) {
      P p = points.decode().decode(csv.bytes(row, "p"), PointEncoding.EVM);
      P q = points.decode().decode(csv.bytes(row, "q"), PointEncoding.EVM);
      P sum = points.group().plus().apply(p, q);
      assertArrayEquals(csv.bytes(row, "sum"), points.encode().apply(sum, PointEncoding.EVM));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void pointProducts(PointsUnderTest<P, V> points) throws MalformedDataException {
    CsvFile csv = CsvFile.resource(points + "_mul.csv");
    for (List<String> row : csv.rows()) {
      P p = points.decode().decode(csv.bytes(row, "p"), PointEncoding.EVM);
      P product = points.times().apply(p, Fr.of(csv.number(row, "scalar")));
      assertArrayEquals(
          csv.bytes(row, "product"), points.encode().apply(product, PointEncoding.EVM));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void compressedPoints(PointsUnderTest<P, V> points) throws MalformedDataException {
    CsvFile csv = CsvFile.resource("compressed.csv");
    for (List<String> row : rowsOf(csv, points)) {
      byte[] compressed = csv.bytes(row, "compressed");
      P p = points.decode().decode(csv.bytes(row, "point"), PointEncoding.EVM);
      assertArrayEquals(compressed, points.encode().apply(p, PointEncoding.COMPRESSED));
      assertEquals(p, points.decode().decode(compressed, PointEncoding.COMPRESSED));
    }
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource(BOTH)
  <P, V> void multiScalarSums(PointsUnderTest<P, V> points) throws MalformedDataException {
    CsvFile csv = CsvFile.resource("msm.csv");
    for (List<String> row : rowsOf(csv, points)) {
      List<P> list = new ArrayList<>();
      for (byte[] part : csv.parts(row, "points", points.curve().bytes())) {
        list.add(points.decode().decode(part, PointEncoding.EVM));
      }
      P sum =
          points
              .multiScalarSum()
              .sum(
                  points.vectorOf().apply(list), vector(csv, row, "scalars"), Execution.defaults());
      assertArrayEquals(csv.bytes(row, "sum"), points.encode().apply(sum, PointEncoding.EVM));
    }
  }

  @Test
  void pairings() throws MalformedDataException {
    CsvFile csv = CsvFile.resource("pairing.csv");
    for (List<String> row : csv.rows()) {
      Gt e =
          Pairing.pairing(
              G1.decode(csv.bytes(row, "p"), PointEncoding.EVM),
              G2.decode(csv.bytes(row, "q"), PointEncoding.EVM));
      StringBuilder coefficients = new StringBuilder();
      for (Fq6 c6 : List.of(e.value().c0(), e.value().c1())) {
        for (Fq2 c2 : List.of(c6.c0(), c6.c1(), c6.c2())) {
          for (Fq c : List.of(c2.c0(), c2.c1())) {
            coefficients.append(HexFormat.of().formatHex(c.encode(FieldEncoding.BIG_ENDIAN)));
          }
        }
      }
      assertEquals(csv.text(row, "e"), coefficients.toString());
    }
  }

  @Test
  void transforms() throws IOException {
    CsvFile csv = CsvFile.resource("ntt.csv");
    for (List<String> row : csv.rows()) {
      FrVector coefficients = vector(csv, row, "coefficients");
      FrVector values = vector(csv, row, "values");
      EvaluationDomain domain = EvaluationDomain.ofSize(values.size());
      Fr shift = Fr.of(csv.number(row, "shift"));
      FrVector transformed = coefficients.copy();
      if (shift.isOne()) {
        domain.forward(transformed, Execution.defaults());
      } else {
        domain.coset(shift).forward(transformed, Execution.defaults());
      }
      assertEquals(Samples.list(values), Samples.list(transformed));
    }
  }

  private static List<List<String>> rowsOf(CsvFile csv, PointsUnderTest<?, ?> points) {
    List<List<String>> rows =
        csv.rows().stream()
            .filter(row -> csv.text(row, "group").equals(points.toString()))
            .toList();
    assertTrue(!rows.isEmpty(), () -> "no row of " + points);
    return rows;
  }

  private static FrVector vector(CsvFile csv, List<String> row, String name)
      throws MalformedDataException {
    List<Fr> elements = new ArrayList<>();
    for (byte[] part : csv.parts(row, name, Fr.BYTES)) {
      elements.add(Fr.decode(part, FieldEncoding.BIG_ENDIAN));
    }
    return FrVector.copyOf(elements);
  }
}
