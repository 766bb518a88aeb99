package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.math.BigInteger;
import java.util.List;
import zk4j.bn254.Fq;
import zk4j.bn254.Fq2;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.core.MalformedDataException;

/**
 * Points in snarkjs's JSON: three coordinates x, y, z, of which z is 1; infinity is 0, 1, 0. An
 * element of Fq2 is the array of c0 and c1.
 */
final class PointJson {
  private PointJson() {}

  static G1 readG1(Json json) throws MalformedDataException, InvalidValueException {
    List<Json> coordinates = json.elements(3);
    Fq x = readFq(coordinates.get(0));
    Fq y = readFq(coordinates.get(1));
    Fq z = readFq(coordinates.get(2));
    if (x.isZero() && y.isOne() && z.isZero()) {
      return G1.INFINITY;
    }
    requireAffine(z.isOne(), json);
    try {
      return G1.of(x, y);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(json.malformed("is no point: " + e.getMessage()));
    }
  }

  static G2 readG2(Json json) throws MalformedDataException, InvalidValueException {
    List<Json> coordinates = json.elements(3);
    Fq2 x = readFq2(coordinates.get(0));
    Fq2 y = readFq2(coordinates.get(1));
    Fq2 z = readFq2(coordinates.get(2));
    if (x.isZero() && y.isOne() && z.isZero()) {
      return G2.INFINITY;
    }
    requireAffine(z.isOne(), json);
    try {
      return G2.of(x, y);
    } catch (IllegalArgumentException e) {
      throw new InvalidValueException(json.malformed("is no point: " + e.getMessage()));
    }
  }

  private static void requireAffine(boolean affine, Json json) throws InvalidValueException {
    if (!affine) {
      throw new InvalidValueException(
          json.malformed("is neither affine (z = 1) nor infinity (0, 1, 0)"));
    }
  }

  private static Fq2 readFq2(Json json) throws MalformedDataException, InvalidValueException {
    List<Json> parts = json.elements(2);
    return Fq2.of(readFq(parts.get(0)), readFq(parts.get(1)));
  }

  private static Fq readFq(Json json) throws MalformedDataException, InvalidValueException {
    BigInteger value = json.decimal();
    if (value.compareTo(Fq.MODULUS) >= 0) {
      throw new InvalidValueException(json.malformed(value + " is not below the modulus q"));
    }
    return Fq.of(value);
  }

  static void write(G1 point, JsonGenerator out) throws IOException {
    boolean infinity = point.isInfinity();
    out.writeStartArray();
    write(infinity ? Fq.ZERO : point.x(), out);
    write(infinity ? Fq.ONE : point.y(), out);
    write(infinity ? Fq.ZERO : Fq.ONE, out);
    out.writeEndArray();
  }

  static void write(G2 point, JsonGenerator out) throws IOException {
    boolean infinity = point.isInfinity();
    out.writeStartArray();
    write(infinity ? Fq2.ZERO : point.x(), out);
    write(infinity ? Fq2.ONE : point.y(), out);
    write(infinity ? Fq2.ZERO : Fq2.ONE, out);
    out.writeEndArray();
  }

  static void write(Fq2 element, JsonGenerator out) throws IOException {
    out.writeStartArray();
    write(element.c0(), out);
    write(element.c1(), out);
    out.writeEndArray();
  }

  private static void write(Fq element, JsonGenerator out) throws IOException {
    out.writeString(element.toString());
  }
}
