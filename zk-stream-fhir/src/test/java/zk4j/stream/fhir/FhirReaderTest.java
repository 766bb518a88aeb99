package zk4j.stream.fhir;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.core.MalformedDataException;
import zk4j.stream.Channel;
import zk4j.stream.Reading;
import zk4j.stream.fhir.Skipped.Reason;

class FhirReaderTest {
  private static final FhirReader EXACT = new FhirReader(Rounding.REFUSE);
  private static final FhirReader ROUNDED = new FhirReader(Rounding.HALF_UP);
  private static final Instant MIDNIGHT = Instant.parse("2026-03-01T00:00:00Z");

  private static String sample(String name) throws IOException {
    try (InputStream in = FhirReaderTest.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    }
  }

  /** The heart rate with some text another. */
  private static String changed(String from, String to) throws IOException {
    String json = sample("heart-rate.json");
    assertTrue(json.contains(from), from);
    return json.replace(from, to);
  }

  private static FhirReadings json(String json) throws IOException {
    return EXACT.readJson(json.getBytes(UTF_8), "a.json");
  }

  private static String refused(String json) {
    MalformedDataException e = assertThrows(MalformedDataException.class, () -> json(json));
    assertNull(e.getCause(), "it could quote values");
    return String.valueOf(e.getMessage());
  }

  private static void assertSkipped(String json, String path, Reason reason) throws IOException {
    FhirReadings read = json(json);
    assertEquals(List.of(new Skipped(0, path, reason)), read.skipped());
    assertEquals(List.of(), read.readings());
  }

  private static List<Integer> values(FhirReadings read) {
    return read.readings().stream().map(r -> r.reading().value()).toList();
  }

  private static FhirReading heartRate() {
    return new FhirReading(
        new Reading(Channel.HEART_RATE, Instant.parse("2026-03-01T07:30:00.250Z"), 72),
        Optional.of("Patient/ada"),
        Optional.of("Device/watch-1"),
        0);
  }

  @Test
  void anObservationIsReadInJsonAndInXml() throws IOException {
    FhirReadings expected = new FhirReadings(List.of(heartRate()), List.of());
    assertEquals(expected, json(sample("heart-rate.json")));
    byte[] xml = sample("heart-rate.xml").getBytes(UTF_8);
    assertEquals(expected, EXACT.readXml(xml, "a.xml"));
  }

  @Test
  void aBundleIsReadEntryByEntry() throws IOException {
    FhirReadings read = json(sample("day.json"));
    assertEquals(List.of(108, 94, 101, 124, 97), values(read));
    assertEquals(
        List.of(0L, 0L, 0L, 0L, 3L), read.readings().stream().map(FhirReading::entry).toList());
    Duration slot = Channel.GLUCOSE.slot();
    assertEquals(
        List.of(
            MIDNIGHT,
            MIDNIGHT.plus(slot),
            MIDNIGHT.plus(slot.multipliedBy(3)),
            MIDNIGHT.plus(slot.multipliedBy(6)),
            MIDNIGHT.plus(Duration.ofMinutes(2))),
        read.readings().stream().map(r -> r.reading().time()).toList());
    assertEquals(
        List.of(
            new Skipped(0, "valueSampledData.data[2]", Reason.ABSENT),
            new Skipped(0, "valueSampledData.data[4]", Reason.ABOVE_LIMIT),
            new Skipped(0, "valueSampledData.data[5]", Reason.BELOW_LIMIT),
            new Skipped(1, "", Reason.NOT_OBSERVATION),
            new Skipped(2, "status", Reason.STATUS),
            new Skipped(4, "dataAbsentReason", Reason.ABSENT)),
        read.skipped());
  }

  @ParameterizedTest
  @ValueSource(strings = {"history", "batch", "transaction", "document", "message", "searchset"})
  void onlyListsOfResourcesAreRead(String type) throws IOException {
    String bundle = sample("day.json").replace("\"collection\"", "\"" + type + "\"");
    if (type.equals("searchset")) {
      assertEquals(5, json(bundle).readings().size());
    } else {
      assertEquals(
          "a.json: a Bundle that is neither a searchset nor a collection", refused(bundle));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "final, true",
    "amended, true",
    "corrected, true",
    "registered, false",
    "preliminary, false",
    "cancelled, false",
    "entered-in-error, false",
    "unknown, false"
  })
  void aStatusCountsOrDoesNot(String status, boolean counts) throws IOException {
    FhirReadings read = json(changed("\"final\"", "\"" + status + "\""));
    assertEquals(counts ? 1 : 0, read.readings().size());
    assertEquals(
        counts ? List.of() : List.of(new Skipped(0, "status", Reason.STATUS)), read.skipped());
  }

  @Test
  void whatCannotCountIsSkippedWithItsReason() throws IOException {
    assertSkipped(changed("\"status\": \"final\",", ""), "status", Reason.STATUS);
    assertSkipped(changed("8867-4", "8310-5"), "code", Reason.CODE);
    assertSkipped(changed("http://loinc.org", "http://snomed.info/sct"), "code", Reason.CODE);
    assertSkipped(
        changed("http://example.org/codes", "http://loinc.org"), "code", Reason.AMBIGUOUS_CODE);
    assertSkipped(changed("\"value\": 72,", ""), "valueQuantity.value", Reason.VALUE);
    assertSkipped(
        changed("\"value\": 72,", "\"value\": 72, \"comparator\": \">\","),
        "valueQuantity.comparator",
        Reason.COMPARATOR);
    assertSkipped(changed("\"/min\"", "\"/h\""), "valueQuantity.code", Reason.UNIT);
    assertSkipped(changed("\"/min\"", "\"{beats}/min\""), "valueQuantity.code", Reason.UNIT);
    assertSkipped(
        changed("http://unitsofmeasure.org", "http://snomed.info/sct"),
        "valueQuantity.code",
        Reason.UNIT);
    assertSkipped(
        changed("\"device\"", "\"dataAbsentReason\": {\"text\": \"?\"}, \"device\""),
        "value",
        Reason.VALUE);
    assertSkipped(
        changed("\"device\"", "\"modifierExtension\": [{\"url\": \"a:b\"}], \"device\""),
        "modifierExtension",
        Reason.MODIFIED);
    assertSkipped(
        changed("\"device\"", "\"implicitRules\": \"a:b\", \"device\""),
        "implicitRules",
        Reason.MODIFIED);
    String text = sample("heart-rate.json");
    String other = text.substring(0, text.indexOf("\"valueQuantity\"")) + "\"valueInteger\": 72}";
    assertSkipped(other, "value", Reason.VALUE);
  }

  @Test
  void aModifierOfAValueIsSkippedToo() throws IOException {
    // A Quantity has no modifier extensions: it is no R4.
    refused(
        changed("\"value\": 72,", "\"value\": 72, \"modifierExtension\": [{\"url\": \"a:b\"}],"));
    String bundle =
        sample("day.json")
            .replace(
                "{ \"resource\": {",
                "{ \"modifierExtension\": [{\"url\": "
                    + "\"a:b\", \"valueCode\": \"x\"}], \"resource\": {");
    assertTrue(json(bundle).skipped().contains(new Skipped(1, "", Reason.MODIFIED)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "2026",
        "2026-03",
        "2026-03-01",
        "2026-03-01T08:30:00",
        "2026-03-01T08:30:00+99:00"
      })
  void aTimeWithoutSecondsOrZoneIsNone(String time) throws IOException {
    String json = changed("2026-03-01T08:30:00.250+01:00", time);
    try {
      assertSkipped(json, "effective", Reason.TIME);
    } catch (MalformedDataException e) { // HAPI refuses some of them
      assertFalse(String.valueOf(e.getMessage()).contains(time));
    }
  }

  @Test
  void aPeriodIsNoTimeOfAReading() throws IOException {
    assertSkipped(
        changed(
            "\"effectiveDateTime\": \"2026-03-01T08:30:00.250+01:00\"",
            "\"effectivePeriod\": {\"start\": \"2026-03-01T08:30:00.250+01:00\"}"),
        "effective",
        Reason.TIME);
    assertSkipped(
        changed("\"effectiveDateTime\": \"2026-03-01T08:30:00.250+01:00\",", ""),
        "effective",
        Reason.TIME);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 0",
    "72.0, 72, 72",
    "7.2e1, 72, 72",
    "255, 255, 255",
    "255.4, NOT_INTEGRAL, 255",
    "255.5, NOT_INTEGRAL, OUT_OF_RANGE",
    "256, OUT_OF_RANGE, OUT_OF_RANGE",
    "71.5, NOT_INTEGRAL, 72",
    "71.4999, NOT_INTEGRAL, 71",
    "-0.4, NOT_INTEGRAL, OUT_OF_RANGE",
    "-1, OUT_OF_RANGE, OUT_OF_RANGE",
    "1e39, OUT_OF_RANGE, OUT_OF_RANGE",
    "1e-39, NOT_INTEGRAL, 0",
    "1e99, VALUE, VALUE",
    "1e-99, VALUE, VALUE"
  })
  void aValueIsAnIntegerOfTheChannel(String value, String exact, String rounded)
      throws IOException {
    byte[] json = changed("\"value\": 72", "\"value\": " + value).getBytes(UTF_8);
    assertEquals(exact, outcome(EXACT.readJson(json, "a.json")));
    assertEquals(rounded, outcome(ROUNDED.readJson(json, "a.json")));
  }

  private static String outcome(FhirReadings read) {
    assertEquals(1, read.readings().size() + read.skipped().size());
    return read.readings().isEmpty()
        ? read.skipped().get(0).reason().toString()
        : "" + values(read).get(0);
  }

  @ParameterizedTest
  @CsvSource({
    "100, mg/dL, 100, 100",
    "5.5, mmol/L, NOT_INTEGRAL, 99", // 99.1001
    "10, mmol/L, NOT_INTEGRAL, 180", // 180.182
    "0, mmol/L, 0, 0",
    "5000, mmol/L, OUT_OF_RANGE, OUT_OF_RANGE", // 90091, an integer
    "5.5, mmol/l, UNIT, UNIT",
    "100, mg/dl, UNIT, UNIT",
    "100, /min, UNIT, UNIT"
  })
  void glucoseIsConvertedByAStatedFactor(String value, String unit, String exact, String rounded)
      throws IOException {
    byte[] json =
        changed("8867-4", "2339-0")
            .replace("\"value\": 72", "\"value\": " + value)
            .replace("\"/min\"", "\"" + unit + "\"")
            .getBytes(UTF_8);
    assertEquals(exact, outcome(EXACT.readJson(json, "a.json")));
    assertEquals(rounded, outcome(ROUNDED.readJson(json, "a.json")));
  }

  private static String series(String from, String to) throws IOException {
    String json = sample("day.json");
    int begin = json.indexOf("{", json.indexOf("\"resource\""));
    String observation = json.substring(begin, json.indexOf("\"data\"") + 40);
    observation = observation.substring(0, observation.lastIndexOf('"') + 1) + "}}";
    assertTrue(observation.contains(from), from);
    return observation.replace(from, to);
  }

  @Test
  void aSeriesThatIsNoneIsSkippedAsAWhole() throws IOException {
    String data = "4 -3 E 0.5 U L 12";
    String at = "valueSampledData.";
    assertEquals(4, json(series(data, data)).readings().size());
    for (String other :
        List.of("4  3", " 4", "4 ", "", "4 e", "4 1e9", "4,3", "4 -", "4 5.", "1".repeat(19))) {
      String json = series(data, other);
      try {
        assertSkipped(json, at + "data", Reason.SAMPLES);
      } catch (MalformedDataException e) { // an empty string is no value of FHIR's
        assertEquals("", other);
      }
    }
    assertSkipped(
        series("\"dimensions\": 1", "\"dimensions\": 2"), at + "dimensions", Reason.DIMENSIONS);
    for (String period : List.of("0", "-300000", "0.5", "86400001", "1e30", "1e99")) {
      assertSkipped(series("300000", period), at + "period", Reason.SAMPLES);
    }
    assertSkipped(series("mg/dL", "mg"), at + "origin.code", Reason.UNIT);
    assertSkipped(series("\"value\": 100,", ""), at + "origin.value", Reason.VALUE);
    assertSkipped(series("\"factor\": 2", "\"factor\": 1e99"), at + "factor", Reason.VALUE);
    assertSkipped(series("\"value\": 100,", "\"value\": 1e99,"), at + "origin.value", Reason.VALUE);
  }

  @Test
  void samplesAreEachRoundedAndCheckedAlone() throws IOException {
    FhirReadings read = json(series("4 -3 E 0.5 U L 12", ".25 -51 0 462"));
    assertEquals(List.of(100), values(read));
    assertEquals(
        List.of(
            new Skipped(0, "valueSampledData.data[0]", Reason.NOT_INTEGRAL),
            new Skipped(0, "valueSampledData.data[1]", Reason.OUT_OF_RANGE),
            new Skipped(0, "valueSampledData.data[3]", Reason.OUT_OF_RANGE)),
        read.skipped());
    String longest = "0 ".repeat(FhirReader.MAX_READINGS);
    assertEquals(
        "a.json: more than 1048576 readings", refused(series("4 -3 E 0.5 U L 12", longest + "0")));
  }

  @Test
  void aReaderMayHaveOtherChannelsAndFewer() throws IOException {
    Channel slow = new Channel("heart-rate/min", 8, Duration.ofMinutes(1));
    FhirReader reader = new FhirReader(Map.of(Measure.HEART_RATE, slow), Rounding.REFUSE);
    byte[] rate = sample("heart-rate.json").getBytes(UTF_8);
    assertEquals(slow, reader.readJson(rate, "a").readings().get(0).reading().channel());
    byte[] day = sample("day.json").getBytes(UTF_8);
    assertEquals(new Skipped(0, "code", Reason.CODE), reader.readJson(day, "a").skipped().get(0));
  }

  @Test
  void aBulkExportIsReadLineByLine() throws IOException {
    String line = sample("heart-rate.json").replace("\n", "");
    String export =
        "\n" + line + "\r\n{\"resourceType\": \"Patient\"}\n" + line.substring(9) + "\n" + line;
    List<FhirReading> readings = new ArrayList<>();
    List<Skipped> skipped = new ArrayList<>();
    EXACT.readNdjson(
        new ByteArrayInputStream(export.getBytes(UTF_8)),
        read -> {
          readings.addAll(read.readings());
          skipped.addAll(read.skipped());
        });
    assertEquals(List.of(2L, 5L), readings.stream().map(FhirReading::entry).toList());
    assertEquals(
        List.of(new Skipped(3, "", Reason.NOT_OBSERVATION), new Skipped(4, "", Reason.MALFORMED)),
        skipped);
  }

  @Test
  void aLineThatIsTooLongIsSkippedAndTheNextIsRead() throws IOException {
    byte[] line = sample("heart-rate.json").replace("\n", "").getBytes(UTF_8);
    byte[] spaces = new byte[FhirReader.MAX_BYTES + 1];
    Arrays.fill(spaces, (byte) ' ');
    spaces[spaces.length - 1] = '\n';
    List<FhirReadings> read = new ArrayList<>();
    EXACT.readNdjson(
        new SequenceInputStream(
            new SequenceInputStream(
                new ByteArrayInputStream(line), new ByteArrayInputStream(spaces)),
            new ByteArrayInputStream(line)),
        read::add);
    assertEquals(List.of(new Skipped(1, "", Reason.MALFORMED)), read.get(0).skipped());
    assertEquals(1, read.get(1).readings().size());
  }

  @Test
  void neitherErrorsNorTextsTellValuesOrPersons() throws IOException {
    for (String json :
        List.of(
            changed("\"value\": 72", "\"value\": \"72x\""),
            changed("\"value\": 72", "\"value\": 72, \"pulse72\": 72"),
            changed("\"value\": 72", "\"value\": 72, \"value\": 72"),
            changed("\"value\": 72", "\"value\": 072"),
            changed("\"final\"", "\"ada72\""),
            changed("\"Observation\"", "\"ada72\""),
            changed("2026-03-01T08:30:00.250+01:00", "ada72"))) {
      String message = refused(json);
      assertFalse(message.contains("72") || message.contains("ada"), message);
    }
    String text = heartRate().toString();
    assertFalse(text.contains("72") || text.contains("ada") || text.contains("watch"), text);
  }

  @Test
  void errorsNameWhatIsWrong() throws IOException {
    assertEquals(
        "a.json: no resource of R4: an unknown element",
        refused(changed("\"value\": 72", "\"value\": 72, \"pulse\": 72")));
    assertEquals("a.json: no JSON, or a name twice in an object", refused("{\"a\": 1, \"a\": 2}"));
    assertEquals("a.json: more than one JSON object", refused("{} {}"));
    assertEquals("a.json: JSON that ends too early", refused("{\"a\": 1"));
    assertEquals("a.json: no JSON object", refused("[]"));
    assertEquals(
        "a.json: a number with an exponent of more than two digits",
        refused(changed("\"value\": 72", "\"value\": 1e999999999")));
  }

  @Test
  void sizesAndDepthsAreBounded() throws IOException {
    String deep = "[".repeat(StrictJson.MAX_DEPTH) + "]".repeat(StrictJson.MAX_DEPTH);
    String nested = "JSON that is nested too deep, or a name or a number that is too long";
    assertEquals("a.json: " + nested, refused("{\"a\":" + deep + "}"));
    assertEquals("a.json: " + nested, refused("{\"a\":" + "1".repeat(1000) + "}"));
    assertEquals("a.json: " + nested, refused("{\"" + "a".repeat(1000) + "\":1}"));
    byte[] large = new byte[FhirReader.MAX_BYTES + 1];
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> EXACT.readJson(large, "a.json"));
    assertEquals("16777217 bytes, more than 16777216", e.problem());
    assertEquals(
        "a.json: no UTF-8",
        assertThrows(
                MalformedDataException.class,
                () -> EXACT.readJson(new byte[] {'{', (byte) 0xc0, '}'}, "a.json"))
            .getMessage());
  }

  /** HAPI's parser of narratives calls itself for each element of them. */
  @Test
  void narrativesAreNotParsed() throws IOException {
    String narrative = "<b>".repeat(1_000_000);
    assertEquals(1, json(changed("A pulse of 72", narrative)).readings().size());
  }

  private static String refusedXml(String xml) {
    return assertThrows(
            MalformedDataException.class, () -> EXACT.readXml(xml.getBytes(UTF_8), "a.xml"))
        .problem();
  }

  @Test
  void xmlHasNoEntitiesAndBoundedDepth() throws IOException {
    String xml = sample("heart-rate.xml");
    String body = xml.substring(xml.indexOf("<Observation"));
    String external =
        "<!DOCTYPE Observation [<!ENTITY e SYSTEM \"file:///etc/hostname\">]>"
            + body.replace("Patient/ada", "&e;");
    assertEquals("XML with a document type", refusedXml(external));
    String laughs = "<!DOCTYPE a [<!ENTITY a \"x\"><!ENTITY b \"&a;&a;\">]>" + body;
    assertEquals("XML with a document type", refusedXml(laughs));
    String deep = "<b>".repeat(60) + "</b>".repeat(60);
    assertEquals("XML that is nested too deep", refusedXml(body.replace("A pulse of 72", deep)));
    assertEquals("no XML", refusedXml(body.replace("Patient/ada", "&e;")));
    assertEquals("no XML", refusedXml(body.substring(1)));
    assertEquals(
        "no resource of R4: an unknown element",
        refusedXml(body.replace("<value value=\"72\"/>", "<pulse value=\"72\"/>")));
  }

  @Test
  void noiseIsReadOrRefusedAndNothingElse() throws IOException {
    Random random = new Random(7);
    List<String> samples =
        List.of(sample("heart-rate.json"), sample("day.json"), sample("heart-rate.xml"));
    int refused = 0;
    for (int i = 0; i < 1200; i++) {
      byte[] bytes = samples.get(i % 3).getBytes(UTF_8);
      for (int k = 0; k < 1 + i % 4; k++) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(3)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] = (byte) "{}[]\",:0eE.-<>/&".charAt(random.nextInt(16));
          default -> {
            int from = random.nextInt(bytes.length);
            int length = Math.min(random.nextInt(40), bytes.length - Math.max(at, from));
            System.arraycopy(bytes, from, bytes, at, length);
          }
        }
      }
      try {
        FhirReadings read =
            i % 3 == 2 ? EXACT.readXml(bytes, "noise") : EXACT.readJson(bytes, "noise");
        for (FhirReading reading : read.readings()) {
          int value = reading.reading().value();
          assertTrue(value >= 0 && value <= reading.reading().channel().largest());
        }
      } catch (MalformedDataException e) {
        refused++;
      }
    }
    assertTrue(refused > 400 && refused < 1200, refused + " refused");
  }
}
