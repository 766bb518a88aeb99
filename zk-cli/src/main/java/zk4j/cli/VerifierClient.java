package zk4j.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import zk4j.bn254.Fr;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.io.BoundedHttp;
import zk4j.stream.prove.StatementProof;

/** Speaks with a verifier of statements over HTTP. */
final class VerifierClient {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final int MAX_ANSWER = 1 << 16;

  private final URI server;
  private final BoundedHttp http;

  VerifierClient(URI server) {
    this(server, TIMEOUT);
  }

  VerifierClient(URI server, Duration timeout) {
    this.server = server;
    this.http = new BoundedHttp(timeout);
  }

  /**
   * What a verifier says to a proof.
   *
   * @param status of HTTP
   * @param fields of the answer that are no objects or arrays
   */
  record Answer(int status, Map<String, String> fields) {
    String field(String name) {
      return fields.getOrDefault(name, "");
    }
  }

  /**
   * A verifier's question.
   *
   * @param value of the challenge
   * @param audience whom the verifier says that it is
   */
  record Challenge(Fr value, Fr audience) {}

  /** A challenge of a policy. */
  Challenge challenge(String policy) throws IOException, InterruptedException {
    Answer answer = post("/api/policies/" + policy + "/challenges", "");
    Optional<Fr> value = element(answer.field("challenge"));
    Optional<Fr> audience = element(answer.field("audience"));
    if (answer.status() != 201 || value.isEmpty() || audience.isEmpty()) {
      throw new IOException(
          "%s gives no challenge: %d %s"
              .formatted(server, answer.status(), answer.field("problem")));
    }
    return new Challenge(value.get(), audience.get());
  }

  /** The element of the field that a decimal text is, if it is one. */
  static Optional<Fr> element(String decimal) {
    try {
      return decimal.matches("[0-9]{1,78}")
          ? Optional.of(Fr.of(new BigInteger(decimal)))
          : Optional.empty();
    } catch (IllegalArgumentException e) {
      return Optional.empty(); // r or more
    }
  }

  /** Shows a proof, with those of a day's windows. */
  Answer show(StatementProof proof) throws IOException, InterruptedException {
    String body =
        "{\"proof\": %s, \"publicSignals\": %s, \"windows\": %s}"
            .formatted(
                ProofJson.toJson(proof.proof()),
                PublicJson.toJson(proof.signals()),
                ProofJson.toJson(proof.windows()));
    return post("/api/policies/" + proof.policy() + "/proofs", body);
  }

  private Answer post(String path, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response =
          http.post(server.resolve(path), "application/json", body.getBytes(UTF_8), MAX_ANSWER);
    } catch (IOException e) {
      throw new IOException(server + ": " + e.getMessage(), e);
    }
    Map<String, String> fields = new HashMap<>();
    try (JsonParser in = JSON.createParser(response.body())) {
      in.nextToken();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        fields.put(name, in.getText());
        in.skipChildren();
      }
    } catch (JsonProcessingException e) {
      throw new IOException(server + " answers " + response.statusCode() + " and no JSON");
    }
    return new Answer(response.statusCode(), fields);
  }
}
