package zk4j.stream.fhir;

import ca.uhn.fhir.parser.DataFormatException;
import ca.uhn.fhir.parser.IParserErrorHandler;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ScalarType;
import ca.uhn.fhir.parser.json.BaseJsonLikeValue.ValueType;
import java.io.Serial;
import org.jspecify.annotations.Nullable;

/** Refuses whatever HAPI finds wrong, as its own strict handler does, but quotes no value. */
final class StrictHandler implements IParserErrorHandler {
  /** What HAPI found. */
  static final class Problem extends DataFormatException {
    @Serial private static final long serialVersionUID = 1;

    private final String what;

    private Problem(String what) {
      super(what);
      this.what = what;
    }

    String what() {
      return what;
    }
  }

  @Override
  public void containedResourceWithNoId(@Nullable IParseLocation location) {
    throw new Problem("a contained resource without an id");
  }

  @Override
  public void incorrectJsonType(
      @Nullable IParseLocation location,
      String name,
      ValueType expected,
      ScalarType expectedScalar,
      ValueType found,
      ScalarType foundScalar) {
    throw new Problem("a value of another type of JSON");
  }

  @Override
  public void invalidValue(@Nullable IParseLocation location, String value, String error) {
    throw new Problem("a value that is not of its type");
  }

  @Override
  public void missingRequiredElement(@Nullable IParseLocation location, String name) {
    throw new Problem("a required element that is missing");
  }

  @Override
  public void unexpectedRepeatingElement(@Nullable IParseLocation location, String name) {
    throw new Problem("an element that is there twice");
  }

  @Override
  public void unknownAttribute(@Nullable IParseLocation location, String name) {
    throw new Problem("an unknown attribute");
  }

  @Override
  public void unknownElement(@Nullable IParseLocation location, String name) {
    throw new Problem("an unknown element");
  }

  @Override
  public void unknownReference(@Nullable IParseLocation location, String reference) {
    throw new Problem("an unknown reference");
  }

  @Override
  public void invalidInternalReference(@Nullable IParseLocation location, String reference) {
    throw new Problem("a reference to a contained resource that is not there");
  }

  @Override
  public void extensionContainsValueAndNestedExtensions(@Nullable IParseLocation location) {
    throw new Problem("an extension with a value and extensions");
  }
}
