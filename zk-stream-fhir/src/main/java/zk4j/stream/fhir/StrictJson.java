package zk4j.stream.fhir;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import java.io.IOException;
import java.io.StringWriter;
import java.util.regex.Pattern;

/**
 * JSON that is safe to give to HAPI: bounded in depth and in the size of numbers, no name twice in
 * an object, nothing behind its end. Narratives are left out, since they are texts for people in a
 * language of their own, whose parser is bounded in nothing.
 */
final class StrictJson {
  static final int MAX_DEPTH = 50;

  private static final int MAX_NUMBER = 40;
  private static final int MAX_NAME = 200;

  /** As FHIR writes decimals; HAPI would write an exponent of nine digits out as zeros. */
  private static final Pattern NUMBER =
      Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,2})?");

  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(MAX_NUMBER)
                  .maxNameLength(MAX_NAME)
                  .build())
          .build();

  private StrictJson() {}

  /** The text without narratives. */
  static String checked(String json) throws Refusal {
    StringWriter out = new StringWriter(json.length());
    try (JsonParser in = FACTORY.createParser(json);
        JsonGenerator copy = FACTORY.createGenerator(out)) {
      if (in.nextToken() != JsonToken.START_OBJECT) {
        throw new Refusal("no JSON object");
      }
      copy.copyCurrentEvent(in);
      while (copy.getOutputContext().getParent() != null) {
        step(in, copy);
      }
      if (in.nextToken() != null) {
        throw new Refusal("more than one JSON object");
      }
    } catch (StreamConstraintsException e) {
      throw new Refusal("JSON that is nested too deep, or a name or a number that is too long");
    } catch (JsonEOFException e) {
      throw new Refusal("JSON that ends too early");
    } catch (IOException e) {
      // Its message quotes the text.
      throw new Refusal("no JSON, or a name twice in an object");
    }
    return out.toString();
  }

  private static void step(JsonParser in, JsonGenerator copy) throws IOException, Refusal {
    JsonToken token = in.nextToken();
    if (token == JsonToken.FIELD_NAME) {
      String name = in.currentName();
      if (in.nextToken() == JsonToken.START_OBJECT && name.equals("text")) {
        in.skipChildren();
        return;
      }
      copy.writeFieldName(name);
      token = in.currentToken();
    }
    if (token.isNumeric()) {
      String number = in.getText();
      if (!NUMBER.matcher(number).matches()) {
        throw new Refusal("a number with an exponent of more than two digits");
      }
      copy.writeNumber(number);
    } else {
      copy.copyCurrentEvent(in);
    }
  }
}
