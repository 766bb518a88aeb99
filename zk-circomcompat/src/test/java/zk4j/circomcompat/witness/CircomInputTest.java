package zk4j.circomcompat.witness;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;

final class CircomInputTest {
  /** JSON with single quotes. */
  private static Map<String, List<Fr>> parse(String json) throws MalformedDataException {
    return CircomInput.parse(json.replace('\'', '"')).values();
  }

  private static List<Fr> elements(long... values) {
    List<Fr> elements = new ArrayList<>();
    for (long value : values) {
      elements.add(Fr.of(value));
    }
    return elements;
  }

  /** What snarkjs 0.7.6 makes of the same texts. */
  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "100, 100",
        "-1, -1",
        "'100', 100",
        "'-7', -7",
        "'+100', 100",
        "'00100', 100",
        "'0x3C', 60",
        "'0X3c', 60",
        "true, 1",
        "false, 0",
        "'-0', 0",
        "21888242871839275222246405745257275088548364400416034343698204186575808495617, 0",
        "'21888242871839275222246405745257275088548364400416034343698204186575808495620', 3",
        "'-21888242871839275222246405745257275088548364400416034343698204186575808495617', 0",
        "'0x30644e72e131a029b85045b68181585d2833e84879b9709143e1f593f0000002', 1",
      })
  void takesNumbersAsSnarkjsDoes(String json, long value) throws IOException {
    assertEquals(Map.of("x", elements(value)), parse("{'x': " + json + "}"));
  }

  @Test
  void integersAreExact() throws IOException {
    // snarkjs rounds 2^53 + 1 to a double.
    assertEquals(Map.of("x", elements((1L << 53) + 1)), parse("{'x': 9007199254740993}"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "1.5", "100.0", "1e2", "null", "''", "' 1'", "'1 '", "'1e2'", "'0b11'", "'0o7'", "'-0x1'",
        "'0x'", "'abc'", "'1_000'", "'٣'", "NaN", "-", "+1", "01", "0x1", "'1", "[", "[1", "[1,]",
        "{", "{'y'", "",
      })
  void refusesWhatIsNoInteger(String json) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> parse("{'x': " + json + "}"));
    assertTrue(e.toString().contains("input, line 1, column "), e.toString());
  }

  @Test
  void namesTheValueAtFault() {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class, () -> parse("{'a': 1,\n 'm': [[1, 2], [3, 4.5]]}"));
    assertEquals("m[1][1] is 4.5, which is no integer", e.problem());
    assertEquals("line 2, column 20", e.section().orElseThrow());
  }

  @Test
  void flattensArraysInOrder() throws IOException {
    assertEquals(
        Map.of("m", elements(1, 2, 3, 4, 5, 6), "e", elements()),
        parse("{'m': [[1, '2', 3], [4, [5], 6]], 'e': [[], []]}"));
  }

  @Test
  void keepsTheOrderOfNames() throws IOException {
    assertEquals(List.of("z", "a", "m"), List.copyOf(parse("{'z':1,'a':2,'m':3}").keySet()));
  }

  /** The names by which circom 2.2 knows the fields of buses. */
  @Test
  void qualifiesTheFieldsOfBuses() throws IOException {
    assertEquals(
        Map.of(
            "p.x", elements(1, 2),
            "p.y", elements(3),
            "l[0].ends[0].x", elements(4, 5),
            "l[0].ends[1].x", elements(6, 7),
            "l[1][0].w", elements(8)),
        parse(
            """
            {'p': {'x': [1, 2], 'y': 3},
             'l': [{'ends': [{'x': [4, 5]}, {'x': [6, 7]}]}, [{'w': 8}]]}"""));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "[]",
        "1",
        "'a'",
        "null",
        "[{'a': 1}]",
        "{'a': 1} {'b': 2}",
        "{'a': 1}, 2",
        "{'a': 1, 'a': 2}",
        "{'a': {'x': 1}, 'a': {'y': 2}}",
        "{'a': {'x': 1}, 'a': 2}",
        "{'a': 1, 'a': {'x': 2}}",
        "{'a': {}, 'a': {}}",
        "{'a': [{'x': 1}], 'a': [{'y': 2}]}",
        "{'a': [{'x': 1}], 'a': {'y': 2}}",
        "{'a': [], 'a': [{'x': 1}]}",
        "{'a': {'b': {'x': 1}, 'b': {'y': 2}}}",
        "{'a.b': 1, 'a': {'b': 2}}",
        "{'a': [{'b': 1}], 'a[0].b': 1}",
        "{'a': [1, {'b': 2}]}",
        "{'a': [{'b': 2}, [[1]]]}",
        "{a: 1}",
        "{'a': 1,}",
        "{'a' 1}",
      })
  void refusesOtherDocuments(String json) {
    assertThrows(MalformedDataException.class, () -> parse(json));
  }

  @Test
  void refusesMillionsOfDigitsAtOnce() {
    String digits = "7".repeat(1_000_000);
    for (String number : List.of(digits, "-" + digits, "'" + digits + "'", "'0x" + digits + "'")) {
      assertTimeout(
          Duration.ofSeconds(2),
          () -> assertThrows(MalformedDataException.class, () -> parse("{'x': " + number + "}")));
    }
  }

  @Test
  void takesAsManyDigitsAsItSays() throws IOException {
    String digits = "7".repeat(CircomInput.MAX_DIGITS);
    List<Fr> expected = List.of(Fr.reduce(new BigInteger(digits)));
    assertEquals(expected, parse("{'x': " + digits + "}").get("x"));
    assertEquals(expected, parse("{'x': '" + digits + "'}").get("x"));
    assertThrows(MalformedDataException.class, () -> parse("{'x': " + digits + "7}"));
  }

  @Test
  void refusesDeepNests() throws IOException {
    assertEquals(1, parse("{'x': " + "[".repeat(63) + 1 + "]".repeat(63) + "}").size());
    for (String open : List.of("[", "{'x':")) {
      assertTimeout(
          Duration.ofSeconds(2),
          () ->
              assertThrows(
                  MalformedDataException.class, () -> parse("{'x': " + open.repeat(500_000))));
    }
  }

  @Test
  void saysWhichNameIsGivenTwice() {
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class,
            () -> parse("{'a': {'b': [{'x': 1}],\n 'b': [{'y': 2}]}}"));
    assertEquals("a.b is given twice", e.problem());
    assertEquals("line 2", e.section().orElseThrow().replaceFirst(",.*", ""));
  }

  /** Each level of a nest lengthens the names of all that is in it. */
  @Test
  void refusesLongQualifiedNames() throws IOException {
    String x500 = "x".repeat(500);
    String longest = "y".repeat(CircomInput.MAX_NAME_LENGTH - 501);
    assertEquals(
        Map.of(x500 + "." + longest, elements(1)),
        parse("{'" + x500 + "': {'" + longest + "': 1}}"));
    for (String json :
        List.of(
            "{'" + x500 + "': {'" + longest + "y': 1}}",
            "{'" + x500 + "': [{'" + longest + "': 1}]}",
            "{'" + x500 + "': {'" + x500 + "': {'': {'': 1}}}}",
            "{'" + "x".repeat(CircomInput.MAX_NAME_LENGTH + 1) + "': 1}")) {
      assertThrows(MalformedDataException.class, () -> parse(json), json);
    }
    MalformedDataException e =
        assertThrows(
            MalformedDataException.class,
            () -> parse("{'" + x500 + "': {'" + x500 + "': {'z': 1}}}"));
    assertEquals(
        "a name of 1001 characters, more than "
            + CircomInput.MAX_NAME_LENGTH
            + ", that begins with "
            + "x".repeat(40),
        e.problem());
  }

  /** 12 MB of text whose names would take gigabytes. */
  @Test
  void refusesManyLongNames() {
    StringBuilder json = new StringBuilder("{");
    json.append('"').append("x".repeat(CircomInput.MAX_NAME_LENGTH - 10)).append("\":{\"_\":1");
    for (int i = 0; i < 1 << 20; i++) {
      json.append(",\"").append(Integer.toString(i, 36)).append("\":1");
    }
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> CircomInput.parse(json + "}}"));
    assertEquals("names of more than 134217728 characters in all", e.problem());
  }

  @Test
  void countsNamesOfNothing() {
    String nothing = "{'b':{}},".repeat(CircomInput.MAX_VALUES);
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> parse("{'a':[" + nothing + "{}]}"));
    assertEquals("more than " + CircomInput.MAX_VALUES + " names and values", e.problem());
  }

  @Test
  void refusesTooManyValues() {
    String values = "0,".repeat(CircomInput.MAX_VALUES) + "0";
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> parse("{'x': [" + values + "]}"));
    assertEquals("more than " + CircomInput.MAX_VALUES + " names and values", e.problem());
  }

  @Test
  void readsFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("input.json");
    Files.writeString(file, "{\"größe\": 1}");
    assertEquals(Map.of("größe", elements(1)), CircomInput.parse(file).values());
    Files.write(file, new byte[] {'{', '"', (byte) 0xc3, '"', ':', '1', '}'}); // cut UTF-8
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> CircomInput.parse(file));
    assertEquals(file.toString(), e.source());
    assertThrows(IOException.class, () -> CircomInput.parse(folder.resolve("none.json")));
  }

  @Test
  void programsGiveElements() {
    CircomInput.Builder builder =
        CircomInput.builder().put("a", Fr.of(1)).put("b", elements(2, 3)).put("c");
    CircomInput inputs = builder.build();
    assertThrows(IllegalArgumentException.class, () -> builder.put("a", Fr.ONE));
    builder.put("d", Fr.ONE);
    assertEquals(Map.of("a", elements(1), "b", elements(2, 3), "c", List.of()), inputs.values());
    assertThrows(UnsupportedOperationException.class, () -> inputs.values().clear());
  }

  @Test
  void changedTextsGiveInputsOrAnError(@TempDir Path folder) throws IOException {
    byte[] json =
        "{\"m\": [[1, \"-2\", true], [\"0x10\", 5, \"6\"]], \"b\": {\"x\": -7, \"y\": [{\"z\": 12}]}}"
            .getBytes(StandardCharsets.UTF_8);
    byte[] interesting = "{}[]\",:-.0123xe\\ntrul\0é".getBytes(StandardCharsets.UTF_8);
    Path file = folder.resolve("input.json");
    Random random = new Random(3);
    int parsed = 0;
    for (int i = 0; i < 2000; i++) {
      byte[] changed = json.clone();
      for (int j = random.nextInt(4); j >= 0; j--) {
        changed[random.nextInt(changed.length)] = interesting[random.nextInt(interesting.length)];
      }
      Files.write(file, changed);
      try {
        CircomInput.parse(file);
        parsed++;
      } catch (MalformedDataException e) {
        assertEquals(file.toString(), e.source());
      }
    }
    assertTrue(parsed > 0 && parsed < 2000, parsed + " parsed");
  }

  @Test
  void textsCutShortAreRefused() {
    String json = "{'m': [[1, '-2', true], ['0x10', 5]], 'b': {'x': [{'z': 12}]}}";
    for (int length = 0; length < json.length(); length++) {
      String cut = json.substring(0, length);
      assertThrows(MalformedDataException.class, () -> parse(cut));
    }
  }

  /** Test vectors of the FNV authors. */
  @ParameterizedTest
  @CsvSource({"'', cbf29ce484222325", "a, af63dc4c8601ec8c", "foobar, 85944171f73967e8"})
  void namesAreHashedByFnv1a(String name, String hash) {
    assertEquals(hash, Long.toHexString(SignalHash.of(name)));
  }
}
