package zk4j.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import zk4j.bn254.Fr;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.stream.prove.StatementProof;

/** Speaks with a verifier of statements over HTTP. */
final class VerifierClient {
  private static final JsonFactory JSON = new JsonFactory();
  private static final Duration TIMEOUT = Duration.ofSeconds(30);

  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();
  private final URI server;

  VerifierClient(URI server) {
    this.server = server;
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

  /** A challenge of a policy. */
  Fr challenge(String policy) throws IOException, InterruptedException {
    Answer answer = post("/api/policies/" + policy + "/challenges", "");
    if (answer.status() != 201) {
      throw new IOException("the verifier gives no challenge: " + answer);
    }
    return Fr.of(new BigInteger(answer.field("challenge")));
  }

  /** Shows a proof. */
  Answer show(StatementProof proof) throws IOException, InterruptedException {
    String body =
        "{\"proof\": %s, \"publicSignals\": %s}"
            .formatted(ProofJson.toJson(proof.proof()), PublicJson.toJson(proof.signals()));
    return post("/api/policies/" + proof.policy() + "/proofs", body);
  }

  private Answer post(String path, String body) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> response = client.send(request, BodyHandlers.ofString());
    Map<String, String> fields = new HashMap<>();
    try (JsonParser in = JSON.createParser(response.body())) {
      in.nextToken();
      for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
        in.nextToken();
        fields.put(name, in.getText());
        in.skipChildren();
      }
    }
    return new Answer(response.statusCode(), fields);
  }
}
