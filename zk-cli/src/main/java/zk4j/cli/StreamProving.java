package zk4j.cli;

import java.net.URI;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.circomcompat.ProofJson;
import zk4j.core.Execution;
import zk4j.stream.SubjectSecret;
import zk4j.stream.WindowFormat;
import zk4j.stream.prove.PolicyProver;
import zk4j.stream.prove.ProofTask;
import zk4j.stream.prove.ProofTask.Priority;
import zk4j.stream.prove.ProofTask.Status;
import zk4j.stream.prove.ProverListener;
import zk4j.stream.prove.ProverService;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.TaskReport;
import zk4j.stream.prove.TaskStore;
import zk4j.stream.prove.TrustMode;
import zk4j.stream.store.WindowVault;
import zk4j.stream.verify.Policy;

/** What {@code zk stream prove} does: a question about windows is answered. */
final class StreamProving {
  private StreamProving() {}

  /**
   * Where a challenge comes from, and for whom the proof is.
   *
   * @param audience whom the person means to answer
   * @param server asked for a challenge; null if there is one already
   * @param challenge null if the server is asked
   */
  record Question(String audience, @Nullable URI server, @Nullable String challenge) {
    private ProofTask task(String policy, List<Fr> windows) throws Exception {
      Fr wanted = element("--audience", audience);
      Fr value;
      if (server != null) {
        VerifierClient.Challenge asked = new VerifierClient(server).challenge(policy);
        if (!asked.audience().equals(wanted)) {
          throw new CommandException(
              ExitCodes.ERROR,
              server + " asks for the audience " + asked.audience() + ", not for --audience");
        }
        value = asked.value();
      } else if (challenge != null) {
        value = element("--challenge", challenge);
      } else {
        throw new CommandException(ExitCodes.ERROR, "give --server or --challenge");
      }
      return new ProofTask(policy, windows, value, wanted, Priority.ROUTINE);
    }
  }

  private static Fr element(String option, String text) throws CommandException {
    return VerifierClient.element(text)
        .orElseThrow(
            () -> new CommandException(ExitCodes.ERROR, option + " is no number of the field"));
  }

  /**
   * Answers a question.
   *
   * @param window the first one that is asked about
   * @param windowsFile for the proofs of a day's windows; null if the policy is about no day
   */
  static int prove(
      HomeOptions options,
      String policyId,
      String window,
      Question question,
      Path proofFile,
      Path publicFile,
      @Nullable Path windowsFile,
      KeyOptions keys,
      Execution execution,
      Output output)
      throws Exception {
    OutputFiles.requireFolders(proofFile, publicFile);
    if (windowsFile != null) {
      OutputFiles.requireFolders(windowsFile);
    }
    StreamParts.quieten();
    try (StreamHome home = StreamHome.open(options.home, options, output)) {
      Policy policy = StreamPolicies.policy(home.folder(), policyId, keys, output);
      requireWindowsFile(policy, windowsFile);
      HomeCatalog.Entry first = home.catalog().find(window);
      PolicyProver prover = StreamPolicies.prover(home.folder(), policy, keys, execution, output);
      List<Fr> headers = headers(home.catalog(), policy, prover, first);
      ProofTask task = question.task(policyId, headers);
      output.phase("proving");
      TaskReport report = answer(home, policy, prover, task);
      StatementProof proof =
          report
              .proof()
              .orElseThrow(() -> new CommandException(ExitCodes.INVALID, report.failure()));
      if (windowsFile != null) {
        OutputFiles.write(windowsFile, file -> ProofJson.writeAll(proof.windows(), file));
      }
      return Proofs.write(
          file -> ProofJson.write(proof.proof(), file),
          proofFile,
          proof.signals(),
          publicFile,
          output);
    }
  }

  private static void requireWindowsFile(Policy policy, @Nullable Path windowsFile)
      throws CommandException {
    if (policy.summaries().isPresent() && windowsFile == null) {
      throw new CommandException(
          ExitCodes.ERROR,
          "policy " + policy.id() + " is about a day: name a file for its windows' proofs too");
    }
    if (policy.summaries().isEmpty() && windowsFile != null) {
      throw new CommandException(
          ExitCodes.ERROR,
          "policy " + policy.id() + " is about no day: there are no proofs for " + windowsFile);
    }
  }

  /** The windows of an answer, all of which have to be there. */
  private static List<Fr> headers(
      HomeCatalog catalog, Policy policy, PolicyProver prover, HomeCatalog.Entry first)
      throws CommandException, SQLException {
    List<WindowFormat> formats = prover.formats();
    if (formats.stream().noneMatch(first::isOf)) {
      throw new CommandException(
          ExitCodes.ERROR, "policy " + policy.id() + " is about no window such as " + first.name());
    }
    List<Instant> starts = prover.starts(first.start());
    String problem = "";
    List<Fr> headers = new ArrayList<>();
    for (int i = 0; i < formats.size(); i++) {
      WindowFormat format = formats.get(i);
      Optional<HomeCatalog.Entry> entry = catalog.find(format, starts.get(i));
      if (entry.isEmpty()) {
        problem =
            "there is no window %s@%s of %d slots"
                .formatted(format.channel().name(), starts.get(i), format.slots());
      } else if (entry.get().erased()) {
        problem = "there is no such window any more: " + entry.get().name() + " was erased";
      }
      if (!problem.isEmpty()) {
        throw new CommandException(
            ExitCodes.ERROR,
            "policy %s is about %d windows from %s on: %s"
                .formatted(policy.id(), formats.size(), first.start(), problem));
      }
      headers.add(entry.orElseThrow().header());
    }
    return headers;
  }

  /** Has a service answer, so that budgets count and what a killed process left is done too. */
  private static TaskReport answer(
      StreamHome home, Policy policy, PolicyProver prover, ProofTask task) throws Exception {
    List<Fr> devices = home.devices();
    SubjectSecret secret = home.secret();
    WindowVault vault = home.vault(home.ledger());
    BlockingQueue<TaskReport> ended = new LinkedBlockingQueue<>();
    ProverListener listener =
        new ProverListener() {
          @Override
          public void ended(TaskReport report, Duration sinceBegun) {
            ended.add(report);
          }
        };
    try (TaskStore tasks = TaskStore.open(home.database("tasks"));
        ProverService service =
            new ProverService(
                ProverService.Settings.of(
                    TrustMode.DEVICE_PROVER, Set.of(task.audience()), home.settings().budget()),
                Map.of(policy, prover),
                StreamParts.holdings(
                    vault,
                    () -> secret,
                    (device, subject) -> StreamHome.enrolment(devices, device, subject)),
                tasks,
                Clock.systemUTC(),
                List.of(listener))) {
      String id = service.submit(task);
      Optional<TaskReport> done = service.report(id).filter(StreamProving::isOver);
      while (done.isEmpty()) {
        done = Optional.of(ended.take()).filter(report -> report.task().id().equals(id));
      }
      return done.get();
    }
  }

  private static boolean isOver(TaskReport report) {
    return report.status() == Status.PROVEN || report.status() == Status.FAILED;
  }
}
