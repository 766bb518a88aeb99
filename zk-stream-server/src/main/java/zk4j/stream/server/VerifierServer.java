package zk4j.stream.server;

import static zk4j.stream.server.JsonText.object;

import com.fasterxml.jackson.core.JsonGenerator;
import io.javalin.Javalin;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.io.IOException;
import java.io.Serial;
import java.lang.System.Logger.Level;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import zk4j.bn254.Fr;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.core.VerificationResult;
import zk4j.groth16.Proof;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.PolicyKeys;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.StatementVerifier.Challenge;
import zk4j.stream.verify.Verdict;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.Verdict.Reason;
import zk4j.stream.verify.Verdict.Refused;

/**
 * A {@link StatementVerifier} over HTTP, as its {@code /openapi.json} describes it. What is sent is
 * bounded, and neither repeated in an answer nor logged.
 */
public final class VerifierServer implements AutoCloseable {
  private static final System.Logger LOG = System.getLogger(VerifierServer.class.getName());
  private static final String PROOF = "proof";
  private static final String SIGNALS = "publicSignals";

  private static final String WINDOWS = "windows";

  /** Bytes of a request's body: a proof with 300 signals has fewer. */
  private static final long MAX_BODY = 1 << 15;

  /** As many more for each window of the longest day. */
  private static final long MAX_WINDOW = 1 << 10;

  /** A request that cannot be answered, and what to say. */
  private static final class ProblemException extends Exception {
    @Serial private static final long serialVersionUID = 1;
    private final int status;
    private final String problem;

    ProblemException(int status, String problem) {
      super(problem);
      this.status = status;
      this.problem = problem;
    }
  }

  private final StatementVerifier verifier;
  private final BiConsumer<Accepted, StatementProof> accepted;
  private final Javalin http;

  private VerifierServer(
      StatementVerifier verifier, BiConsumer<Accepted, StatementProof> accepted, Javalin http) {
    this.verifier = verifier;
    this.accepted = accepted;
    this.http = http;
  }

  /**
   * Starts a server.
   *
   * @param host an address of this machine, such as 127.0.0.1. What is to be reached from others
   *     belongs behind a proxy that speaks TLS and limits rates
   * @param port 0 for a free one
   * @param accepted is told of each proof that is accepted, and given it, before the answer goes
   *     out
   * @param pages what else the server has
   */
  public static VerifierServer start(
      StatementVerifier verifier,
      String host,
      int port,
      BiConsumer<Accepted, StatementProof> accepted,
      List<Page> pages) {
    long windows = verifier.policies().stream().mapToLong(VerifierServer::windows).max().orElse(0);
    Javalin http =
        Javalin.create(
            config -> {
              config.showJavalinBanner = false;
              config.http.maxRequestSize = MAX_BODY + windows * MAX_WINDOW;
            });
    VerifierServer server = new VerifierServer(verifier, accepted, http);
    server.routes();
    pages.forEach(page -> http.get(page.path(), page::answer));
    http.start(host, port);
    return server;
  }

  private static int windows(Policy policy) {
    return policy.summaries().map(summaries -> summaries.signals().size()).orElse(0);
  }

  /** The port that it listens on. */
  public int port() {
    return http.port();
  }

  private void routes() {
    http.before(
        context -> {
          context.header("Cache-Control", "no-store");
          context.header("X-Content-Type-Options", "nosniff");
          context.header("Referrer-Policy", "no-referrer");
          context.header(
              "Content-Security-Policy",
              "default-src 'self'; img-src data:; script-src 'self' 'wasm-unsafe-eval' blob:;"
                  + " worker-src blob:; base-uri 'none'; form-action 'none'; frame-ancestors"
                  + " 'none'");
        });
    Page api =
        Page.ofResource("/openapi.json", "application/json", VerifierServer.class, "openapi.json");
    http.get(api.path(), api::answer);
    http.get("/api/policies", this::policies);
    http.get("/api/policies/{policy}", this::policy);
    http.post("/api/policies/{policy}/challenges", this::challenge);
    http.post("/api/policies/{policy}/proofs", this::proof);
    http.post("/api/policies/{policy}/check", this::check);
    http.exception(ProblemException.class, (e, context) -> problem(context, e.status, e.problem));
    http.exception(
        HttpResponseException.class,
        (e, context) -> problem(context, e.getStatus(), "the request cannot be answered"));
    http.exception(
        SQLException.class,
        (e, context) -> {
          LOG.log(Level.ERROR, "the state of the verifier fails", e);
          problem(context, 503, "the verifier cannot remember anything now; try again later");
        });
  }

  private static void answer(Context context, int status, String json) {
    context.status(status).contentType("application/json").result(json);
  }

  private static void problem(Context context, int status, String problem) {
    answer(context, status, object(out -> out.writeStringField("problem", problem)));
  }

  private void policies(Context context) {
    answer(
        context,
        200,
        JsonText.of(
            out -> {
              out.writeStartArray();
              for (Policy policy : verifier.policies()) {
                out.writeStartObject();
                PolicyJson.write(policy, false, out);
                out.writeEndObject();
              }
              out.writeEndArray();
            }));
  }

  private void policy(Context context) throws ProblemException {
    answer(context, 200, PolicyJson.toJson(known(context)));
  }

  private Policy known(Context context) throws ProblemException {
    String id = context.pathParam("policy");
    return verifier.policies().stream()
        .filter(policy -> policy.id().equals(id))
        .findAny()
        .orElseThrow(() -> new ProblemException(404, "there is no such policy"));
  }

  private void challenge(Context context) throws ProblemException, SQLException {
    Challenge challenge =
        verifier
            .challenge(known(context).id())
            .orElseThrow(() -> new ProblemException(429, "too many challenges are open"));
    answer(
        context,
        201,
        object(
            out -> {
              out.writeStringField("policy", challenge.policy());
              out.writeStringField("challenge", challenge.value().toString());
              out.writeStringField("audience", verifier.audience().toString());
              out.writeStringField("expires", challenge.expires().toString());
            }));
  }

  private void proof(Context context) throws ProblemException, SQLException {
    Policy policy = known(context);
    StatementProof shown = shown(policy, context);
    Verdict verdict = verifier.verify(policy.id(), shown.proof(), shown.signals(), shown.windows());
    if (verdict instanceof Accepted entry) {
      accepted.accept(entry, shown);
      answer(context, 200, object(out -> write(entry, out)));
    } else if (verdict instanceof Refused refused) {
      answer(context, status(refused.reason()), object(out -> write(refused, out)));
    }
  }

  /** Whether a proof is one by the policy's keys, and nothing else: nothing is entered. */
  private void check(Context context) throws ProblemException {
    Policy policy = known(context);
    StatementProof shown = shown(policy, context);
    VerificationResult result =
        PolicyKeys.of(policy).check(shown.proof(), shown.signals(), shown.windows());
    answer(
        context,
        200,
        object(
            out -> {
              out.writeBooleanField("valid", result.valid());
              out.writeStringField("problem", result.reason());
            }));
  }

  /** The proof in a request's body, with those of a day's windows. */
  private static StatementProof shown(Policy policy, Context context) throws ProblemException {
    Map<String, String> body;
    try {
      body = JsonText.fields(context.bodyAsBytes(), Set.of(PROOF, SIGNALS), Set.of(WINDOWS));
    } catch (IOException e) {
      throw new ProblemException(
          400, "the body is not an object of proof, publicSignals and, for days, windows");
    }
    Proof proof;
    try {
      proof = ProofJson.parse(body.getOrDefault(PROOF, ""));
    } catch (IOException e) {
      throw new ProblemException(400, "proof is no Groth16 proof in the form of snarkjs");
    }
    List<Proof> windows;
    try {
      windows = ProofJson.parseAll(body.getOrDefault(WINDOWS, "[]"));
    } catch (IOException e) {
      throw new ProblemException(400, "windows is no array of such proofs");
    }
    try {
      List<Fr> signals = PublicJson.parse(body.getOrDefault(SIGNALS, ""));
      return new StatementProof(policy.id(), proof, signals, windows);
    } catch (IOException e) {
      throw new ProblemException(400, "publicSignals is no array of decimal numbers below r");
    }
  }

  private static void write(Accepted entry, JsonGenerator out) throws IOException {
    out.writeBooleanField("accepted", true);
    out.writeBooleanField("holds", entry.holds());
    out.writeStringField("policy", entry.policy());
    out.writeStringField("pseudonym", entry.pseudonym().toString());
    out.writeStringField("nullifier", entry.nullifier().toString());
    out.writeStringField("end", entry.end().toString());
    out.writeNumberField("number", entry.number());
  }

  private static void write(Refused refused, JsonGenerator out) throws IOException {
    out.writeBooleanField("accepted", false);
    out.writeStringField("reason", refused.reason().toString());
    out.writeStringField("problem", refused.detail());
  }

  private static int status(Reason reason) {
    return switch (reason) {
      case UNKNOWN_POLICY -> 404;
      case REPLAYED -> 409;
      case BUDGET_EXHAUSTED -> 429;
      case MALFORMED_SIGNALS,
          OTHER_PARAMETERS,
          OTHER_AUDIENCE,
          NOT_ENROLLED,
          IMPOSSIBLE_WINDOW,
          STALE,
          UNKNOWN_CHALLENGE,
          INVALID_PROOF ->
          422;
    };
  }

  @Override
  public void close() {
    http.stop();
  }
}
