package zk4j.circomcompat;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;

/**
 * What verification keys of PLONK and fflonk alike have in snarkjs's JSON.
 *
 * @param publicSignals how many a statement has
 * @param domainSize a power of two
 * @param k1 the coset of the second wires
 * @param k2 the coset of the third wires
 */
record PlonkKeyHead(int publicSignals, int domainSize, Fr k1, Fr k2) {
  /**
   * Reads a key's.
   *
   * @throws MalformedDataException if a field is not there, or not as it must be, such as {@code w}
   *     that is not the domain's generator
   */
  static PlonkKeyHead read(Json json, String protocol, int maxDomainSize)
      throws MalformedDataException, InvalidValueException {
    json.field("protocol").expect(protocol);
    json.field("curve").expect(VerificationKeyJson.CURVE);
    int power = json.field("power").smallNumber(Integer.numberOfTrailingZeros(maxDomainSize));
    int publicSignals = json.field("nPublic").smallNumber(1 << power);
    requireRoot(json.field("w"), EvaluationDomain.rootOfUnity(power), power);
    Fr k1 = PublicJson.readFr(json.field("k1"));
    Fr k2 = PublicJson.readFr(json.field("k2"));
    return new PlonkKeyHead(publicSignals, 1 << power, k1, k2);
  }

  int power() {
    return Integer.numberOfTrailingZeros(domainSize);
  }

  /** Refuses a root of unity that is not the one that follows from the domain. */
  static void requireRoot(Json json, Fr expected, int power)
      throws MalformedDataException, InvalidValueException {
    if (!PublicJson.readFr(json).equals(expected)) {
      throw json.malformed("is not that of the domain of 2^" + power);
    }
  }

  /** Writes all but {@code w}. */
  void write(String protocol, JsonGenerator out) throws IOException {
    out.writeStringField("protocol", protocol);
    out.writeStringField("curve", VerificationKeyJson.CURVE);
    out.writeNumberField("nPublic", publicSignals);
    out.writeNumberField("power", power());
    out.writeStringField("k1", k1.toString());
    out.writeStringField("k2", k2.toString());
  }

  /** Writes {@code w}, which has another place in each. */
  void writeGenerator(JsonGenerator out) throws IOException {
    out.writeStringField("w", EvaluationDomain.rootOfUnity(power()).toString());
  }
}
