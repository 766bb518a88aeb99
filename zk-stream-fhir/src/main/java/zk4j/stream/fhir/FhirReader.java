package zk4j.stream.fhir;

import ca.uhn.fhir.context.FhirContext;
import ca.uhn.fhir.parser.IParser;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.hl7.fhir.instance.model.api.IBaseResource;
import org.hl7.fhir.r4.model.Bundle;
import org.hl7.fhir.r4.model.Bundle.BundleType;
import org.hl7.fhir.r4.model.Resource;
import zk4j.core.MalformedDataException;
import zk4j.stream.Channel;
import zk4j.stream.fhir.Skipped.Reason;

/**
 * Reads FHIR R4: an Observation, a Bundle of them (a searchset or a collection), or a bulk export,
 * as {@link Measure}s have it. Strict: a document with an element that R4 does not have is refused
 * as a whole, in words that quote no value; an Observation that cannot count becomes no reading,
 * and is listed. It opens no connection and follows no reference. Immutable; the first one of a
 * process takes a second to load R4's model.
 */
public final class FhirReader {
  /** The most bytes of a document, and of a line of a bulk export. */
  public static final int MAX_BYTES = 1 << 24;

  /** The most readings and skipped ones together of a document or a line. */
  public static final int MAX_READINGS = 1 << 20;

  private final FhirContext context;
  private final Map<Measure, Channel> channels;
  private final Rounding rounding;

  /** Of all measures, each in its own channel. */
  public FhirReader(Rounding rounding) {
    this(defaults(), rounding);
  }

  /**
   * Of some measures.
   *
   * @param channels which they are, and the channel of each; its unit is that of the measure's
   */
  public FhirReader(Map<Measure, Channel> channels, Rounding rounding) {
    this.context = FhirContext.forR4Cached();
    this.channels = Map.copyOf(channels);
    this.rounding = rounding;
  }

  private static Map<Measure, Channel> defaults() {
    Map<Measure, Channel> channels = new EnumMap<>(Measure.class);
    for (Measure measure : Measure.values()) {
      channels.put(measure, measure.channel());
    }
    return channels;
  }

  /**
   * Reads an Observation or a Bundle in JSON.
   *
   * @param bytes UTF-8, at most {@link #MAX_BYTES}
   * @param source what to call them in errors
   * @throws MalformedDataException if they are no such resource, by R4 or by the bounds
   */
  public FhirReadings readJson(byte[] bytes, String source) throws MalformedDataException {
    return document(bytes, source, true);
  }

  /**
   * Reads an Observation or a Bundle in XML, which has no document type.
   *
   * @param bytes UTF-8, at most {@link #MAX_BYTES}
   * @param source what to call them in errors
   * @throws MalformedDataException if they are no such resource, by R4 or by the bounds
   */
  public FhirReadings readXml(byte[] bytes, String source) throws MalformedDataException {
    return document(bytes, source, false);
  }

  private FhirReadings document(byte[] bytes, String source, boolean json)
      throws MalformedDataException {
    try {
      ObservationReader reader = new ObservationReader(channels, rounding, MAX_READINGS);
      Resource resource = parse(text(bytes), json);
      if (resource instanceof Bundle bundle) {
        requireType(bundle);
        List<Bundle.BundleEntryComponent> entries = bundle.getEntry();
        for (int i = 0; i < entries.size(); i++) {
          Bundle.BundleEntryComponent entry = entries.get(i);
          if (entry.hasModifierExtension()) {
            reader.skip(i, "", Reason.MODIFIED);
          } else {
            reader.read(i, entry.getResource());
          }
        }
      } else {
        reader.read(0, resource);
      }
      return reader.result();
    } catch (Refusal e) {
      throw new MalformedDataException(source, null, -1, e.problem());
    }
  }

  /** Refuses histories, which have what was corrected since, and what is no list of resources. */
  private static void requireType(Bundle bundle) throws Refusal {
    BundleType type = bundle.getType();
    if (type != BundleType.SEARCHSET && type != BundleType.COLLECTION) {
      throw new Refusal("a Bundle that is neither a searchset nor a collection");
    }
    if (bundle.hasImplicitRules()) {
      throw new Refusal("a Bundle with rules of its own");
    }
  }

  /**
   * Reads a bulk export: a resource in JSON on each line. A line that is none, or a longer one than
   * {@link #MAX_BYTES}, is skipped as {@link Reason#MALFORMED}.
   *
   * @param in UTF-8 of any length, read to its end and not closed
   * @param each is given what was read of each line that is not empty
   * @throws IOException if reading fails
   */
  public void readNdjson(InputStream in, Consumer<FhirReadings> each) throws IOException {
    Lines lines = new Lines(in);
    while (lines.next()) {
      if (!lines.blank()) {
        each.accept(line(lines));
      }
    }
  }

  private FhirReadings line(Lines lines) {
    ObservationReader reader = new ObservationReader(channels, rounding, MAX_READINGS);
    try {
      if (lines.tooLong()) {
        throw new Refusal("a line of more than " + MAX_BYTES + " bytes");
      }
      reader.read(lines.number(), parse(text(lines.bytes()), true));
      return reader.result();
    } catch (Refusal e) {
      return new FhirReadings(
          List.of(), List.of(new Skipped(lines.number(), "", Reason.MALFORMED)));
    }
  }

  private static String text(byte[] bytes) throws Refusal {
    if (bytes.length > MAX_BYTES) {
      throw new Refusal(bytes.length + " bytes, more than " + MAX_BYTES);
    }
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new Refusal("no UTF-8");
    }
  }

  private Resource parse(String text, boolean json) throws Refusal {
    String checked = json ? StrictJson.checked(text) : StrictXml.checked(text);
    IParser parser = json ? context.newJsonParser() : context.newXmlParser();
    parser.setParserErrorHandler(new StrictHandler());
    parser.setOverrideResourceIdWithBundleEntryFullUrl(false);
    IBaseResource resource;
    try {
      resource = parser.parseResource(checked);
    } catch (RuntimeException e) {
      // HAPI's own exceptions are unchecked and quote the text, and what it forgot to check ends in
      // others.
      Throwable cause = e;
      while (cause != null && !(cause instanceof StrictHandler.Problem)) {
        cause = cause.getCause();
      }
      String what = cause instanceof StrictHandler.Problem problem ? ": " + problem.what() : "";
      throw new Refusal("no resource of R4" + what);
    }
    if (resource instanceof Resource known) {
      return known;
    }
    throw new Refusal("no resource of R4");
  }

  /** Lines of bounded length. */
  private static final class Lines {
    private final InputStream in;
    private final byte[] buffer = new byte[1 << 16];
    private int position;
    private int limit;
    private long number;
    private boolean tooLong;
    private ByteArrayOutputStream line = new ByteArrayOutputStream();

    Lines(InputStream in) {
      this.in = in;
    }

    /** Whether there is another line, which is then the one that the methods below tell of. */
    boolean next() throws IOException {
      line = new ByteArrayOutputStream();
      tooLong = false;
      boolean any = false;
      while (true) {
        if (position == limit) {
          position = 0;
          limit = Math.max(0, in.read(buffer));
          if (limit == 0) {
            number += any ? 1 : 0;
            return any;
          }
        }
        any = true;
        int end = position;
        while (end < limit && buffer[end] != '\n') {
          end++;
        }
        tooLong |= line.size() + (end - position) > MAX_BYTES;
        if (!tooLong) {
          line.write(buffer, position, end - position);
        }
        boolean ended = end < limit;
        position = ended ? end + 1 : end;
        if (ended) {
          number++;
          return true;
        }
      }
    }

    boolean blank() {
      return !tooLong && line.size() < 2 && line.toString(StandardCharsets.UTF_8).isBlank();
    }

    boolean tooLong() {
      return tooLong;
    }

    long number() {
      return number;
    }

    byte[] bytes() {
      return line.toByteArray();
    }
  }
}
