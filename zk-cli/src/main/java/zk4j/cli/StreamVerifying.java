package zk4j.cli;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.circomcompat.InvalidValueException;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.core.VerificationResult;
import zk4j.stream.ledger.AuditLog;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.TrustMode;
import zk4j.stream.server.Console;
import zk4j.stream.server.Console.ProofRow;
import zk4j.stream.server.Console.View;
import zk4j.stream.server.Console.WindowRow;
import zk4j.stream.server.Console.WindowState;
import zk4j.stream.server.VerifierServer;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.PolicyKeys;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.VerifierState;

/** What {@code zk stream serve} and {@code verify} do. */
final class StreamVerifying {
  private final AuditLog ledger;
  private final HomeCatalog catalog;
  private final Map<String, Policy> policies = new LinkedHashMap<>();
  private final StreamHome home;

  private StreamVerifying(StreamHome home, List<Policy> policies) throws IOException, SQLException {
    this.home = home;
    this.ledger = home.ledger();
    this.catalog = home.catalog();
    policies.forEach(policy -> this.policies.put(policy.id(), policy));
  }

  /** Serves until it is stopped. */
  static void serve(
      HomeOptions options,
      String host,
      int port,
      @Nullable Path snarkjs,
      KeyOptions keys,
      Output output)
      throws Exception {
    StreamParts.quieten();
    // Before the signal: whoever is asked for the passphrase and gives up is not to wait.
    StreamHome home = StreamHome.open(options.home, options, output);
    try (StopSignal stop = StopSignal.listen();
        home) {
      List<Policy> policies = StreamPolicies.all(home.folder(), keys, output);
      StreamVerifying serving = new StreamVerifying(home, policies);
      Set<Fr> enrolments = Set.of(StreamHome.tree(home.devices()).root());
      try (VerifierState state = serving.state(output);
          VerifierServer server =
              VerifierServer.start(
                  new StatementVerifier(
                      home.settings().audience(),
                      policies,
                      () -> enrolments,
                      home.settings().budget(),
                      home.settings().challenge(),
                      state,
                      Clock.systemUTC()),
                  host,
                  port,
                  serving::enter,
                  Console.pages(serving::view, Optional.ofNullable(snarkjs)))) {
        URI address = new URI("http", null, host, server.port(), "/", null, null);
        output.result(
            List.of(
                "The verifier and its page are at " + address + ".",
                "Its policies are " + String.join(", ", serving.policies.keySet()) + "."),
            Output.fields(
                "address", address,
                "audience", home.settings().audience(),
                "policies", serving.policies.keySet()));
        stop.await();
      }
    }
  }

  /**
   * Opens the verifier's memory, and enters in the ledger what only it has: proofs that a process
   * accepted which was killed then.
   */
  private VerifierState state(Output output) throws Exception {
    VerificationResult grown = ledger.check(home.keptCheckpoint());
    if (!grown.valid()) {
      throw new CommandException(
          ExitCodes.ERROR, home.folder() + ": the ledger is not what it was: " + grown.reason());
    }
    VerifierState state = VerifierState.open(home.database("verifier"));
    try {
      int missing = StreamParts.enterMissing(state, ledger);
      home.keepCheckpoint(ledger);
      if (missing > 0) {
        output.note(
            "entered in the ledger: %d proofs that were accepted before an interruption"
                .formatted(missing));
      }
      return state;
    } catch (IOException | SQLException | RuntimeException e) {
      state.close();
      throw e;
    }
  }

  private synchronized void enter(Accepted accepted, StatementProof proof) {
    StreamParts.enter(accepted, ledger);
    try {
      catalog.add(accepted, proof);
      home.keepCheckpoint(ledger);
    } catch (IOException | SQLException e) {
      throw new IllegalStateException("an accepted proof cannot be remembered", e);
    }
  }

  private synchronized View view() {
    try {
      List<HomeCatalog.Answer> answers = catalog.proofs();
      List<WindowRow> windows = new ArrayList<>();
      for (HomeCatalog.Entry entry : catalog.windows()) {
        WindowState state = entry.present() == 0 ? WindowState.GAP : WindowState.SEALED;
        windows.add(
            new WindowRow(
                entry.channel(),
                entry.start(),
                entry.end(),
                entry.present(),
                entry.slots(),
                state));
      }
      List<ProofRow> proofs = new ArrayList<>();
      for (HomeCatalog.Answer answer : answers) {
        Policy policy = policies.get(answer.proof().policy());
        if (policy != null) {
          proofs.add(
              new ProofRow(
                  answer.number(),
                  Instant.ofEpochMilli(value(policy, answer.proof(), "start").longValue()),
                  policy.question(),
                  answer.holds(),
                  answer.proof()));
        }
      }
      return Console.view(TrustMode.DEVICE_PROVER, windows, proofs, ledger, List.of());
    } catch (SQLException e) {
      throw new IllegalStateException("the home cannot be read", e);
    }
  }

  private static BigInteger value(Policy policy, StatementProof proof, String signal) {
    return proof.signals().get(policy.signals().indexOf(signal)).toBigInteger();
  }

  /**
   * What is verified.
   *
   * @param windows the proofs of a day's windows; null if there are none
   */
  record Files(Path proof, Path signals, @Nullable Path windows) {
    private StatementProof read(String policy) throws IOException {
      return new StatementProof(
          policy,
          ProofJson.read(proof),
          PublicJson.read(signals),
          windows == null ? List.of() : ProofJson.readAll(windows));
    }
  }

  /** Hands a proof in to a verifier, which accepts it once. */
  static int show(URI server, String policy, Files files, Output output) throws Exception {
    StreamPolicies.requireId(policy);
    StatementProof proof = files.read(policy);
    VerifierClient.Answer answer = new VerifierClient(server).show(proof);
    Map<String, Object> fields = new LinkedHashMap<>(answer.fields());
    fields.put("status", answer.status());
    boolean accepted = answer.status() == 200 && answer.field("accepted").equals("true");
    boolean holds = accepted && answer.field("holds").equals("true");
    fields.put("accepted", accepted);
    fields.put("holds", holds);
    output.result(
        accepted
            ? "accepted as number " + answer.field("number") + ": " + verdict(holds)
            : "refused: " + answer.field("problem"),
        fields);
    return holds ? ExitCodes.OK : ExitCodes.INVALID;
  }

  private static String verdict(boolean holds) {
    return "the statement " + (holds ? "holds" : "does not hold");
  }

  /**
   * Verifies a proof by a policy alone: nothing is entered, and nobody was asked.
   *
   * @param policyName the id of a policy of the home, or a file
   */
  static int check(
      HomeOptions options, String policyName, Files files, KeyOptions keys, Output output)
      throws Exception {
    Policy policy =
        policyName.endsWith(".json")
            ? StreamPolicies.read(Path.of(policyName), keys, output)
            : StreamPolicies.policy(options.home, policyName, keys, output);
    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("policy", policy.id());
    fields.put("question", policy.question());
    VerificationResult result;
    boolean holds = false;
    List<String> lines = new ArrayList<>();
    try {
      StatementProof proof = files.read(policy.id());
      result = check(policy, proof);
      if (result.valid()) {
        holds = value(policy, proof, "holds").signum() != 0;
        Map<String, Fr> signals = new LinkedHashMap<>();
        for (int i = 0; i < policy.signals().size(); i++) {
          signals.put(policy.signals().get(i), proof.signals().get(i));
        }
        lines.add("valid: " + verdict(holds));
        lines.add(policy.question());
        signals.forEach((name, value) -> lines.add("  " + name + " = " + value));
        fields.put("signals", signals);
      }
    } catch (InvalidValueException e) {
      result = VerificationResult.invalid(ExitCodes.message(e));
    }
    fields.put("valid", result.valid());
    fields.put("holds", holds);
    if (!result.valid()) {
      lines.add("invalid: " + result.reason());
      fields.put("reason", result.reason());
    }
    output.result(lines, fields);
    if (result.valid()) {
      output.note(
          "Not looked at: challenge, audience, tree of devices, age, and whether it was shown"
              + " before; a server does (--server).");
    }
    return holds ? ExitCodes.OK : ExitCodes.INVALID;
  }

  private static VerificationResult check(Policy policy, StatementProof proof) {
    int signals = policy.signals().size();
    if (proof.signals().size() != signals) {
      return VerificationResult.invalid(
          proof.signals().size() + " signals, and the policy has " + signals);
    }
    Optional<String> other = policy.otherParameter(proof.signals());
    if (other.isPresent()) {
      return VerificationResult.invalid(other.get());
    }
    return PolicyKeys.of(policy).check(proof.proof(), proof.signals(), proof.windows());
  }
}
