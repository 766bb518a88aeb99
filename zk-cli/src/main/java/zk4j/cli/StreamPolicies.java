package zk4j.cli;

import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.math.BigInteger;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.MpcTranscript;
import zk4j.circomcompat.R1csFile;
import zk4j.circomcompat.ZkeyFile;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.core.Execution;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.UnsafeKeyException;
import zk4j.r1cs.R1cs;
import zk4j.stream.prove.PolicyProver;
import zk4j.stream.server.PolicyJson;
import zk4j.stream.statement.SummaryCircuit;
import zk4j.stream.verify.Policy;

/**
 * The policies of a home: for each, what a verifier needs ({@code .json}); and what a prover needs
 * besides, the statement and its windows ({@code .circuit}), and the proving key ({@code .zkey}),
 * two if it is about a day ({@code .summary.zkey}).
 */
final class StreamPolicies {
  private static final String SUMMARY_ZKEY = ".summary.zkey";

  /** Of a question: what reads policies takes no longer texts. */
  private static final int MAX_QUESTION = 200;

  /** What the circuit of windows' summaries is called, beside statements. */
  private static final String SUMMARY = "summary";

  private StreamPolicies() {}

  /** A circuit's constraints, and its signals. */
  private static CompiledCircuit compiled(Circuit circuit, String statement, String format)
      throws CommandException {
    try {
      return CompiledCircuit.of(circuit);
    } catch (IllegalArgumentException e) {
      throw new CommandException(
          ExitCodes.ERROR, statement + " is not about " + format + ": " + e.getMessage());
    }
  }

  /**
   * Writes a circuit's constraints, for which a ceremony makes a key.
   *
   * @param statement a policy's, or {@value #SUMMARY} for the other circuit of those about days
   * @param windows how many make a day; 0 if the statement is about none
   */
  static void circuit(String statement, String format, int windows, Path r1csFile, Output output)
      throws Exception {
    OutputFiles.requireFolders(r1csFile);
    Circuit circuit =
        statement.equals(SUMMARY)
            ? new SummaryCircuit(StreamFormats.format(format))
            : PolicyCircuit.of(statement, format, windows).circuit();
    R1cs r1cs = compiled(circuit, statement, format).r1cs();
    OutputFiles.write(r1csFile, file -> R1csFile.write(r1cs, file));
    output.done(
        "wrote " + r1csFile + ", " + r1cs.constraints() + " constraints",
        Output.fields("r1cs", r1csFile, "constraints", r1cs.constraints()));
  }

  /**
   * What a new policy asks.
   *
   * @param id its id
   * @param statement the name of a statement, or a condition
   * @param format of the windows, or several
   * @param windows how many make a day; 0 if the statement is about none
   * @param question in plain words
   * @param parameters the statement's, and {@code minimumPresent}
   * @param maximumAge how long ago the end of a window may be
   */
  record Asked(
      String id,
      String statement,
      String format,
      int windows,
      String question,
      Map<String, Long> parameters,
      String maximumAge) {}

  /**
   * Adds a policy to a home.
   *
   * @param zkey the key that a ceremony made; null for an insecure one that is made here
   * @param summaryZkey that of the windows' summaries, if the policy is about a day
   */
  static void add(
      Path folder,
      Asked asked,
      @Nullable Path zkey,
      @Nullable Path summaryZkey,
      KeyOptions keys,
      Execution execution,
      Output output)
      throws Exception {
    StreamHome.requireSettings(folder);
    requireId(asked.id());
    if (asked.question().length() > MAX_QUESTION) {
      throw new CommandException(
          ExitCodes.ERROR, "a question has at most " + MAX_QUESTION + " characters");
    }
    Duration maximumAge = StreamKeys.duration("--max-age", asked.maximumAge());
    if (maximumAge.isZero()) {
      throw new CommandException(ExitCodes.ERROR, "--max-age is zero");
    }
    Path policies = StreamHome.policies(folder);
    Path json = policies.resolve(asked.id() + ".json");
    if (Files.exists(json)) {
      throw new CommandException(ExitCodes.ERROR, json + ": there is such a policy already");
    }
    PolicyCircuit circuit = PolicyCircuit.of(asked.statement(), asked.format(), asked.windows());
    requireParameters(asked, compiled(circuit.circuit(), asked.statement(), asked.format()));
    if (summaryZkey != null || (zkey != null && circuit.summary().isPresent())) {
      requireSummaryKey(asked, circuit, zkey, summaryZkey);
    }
    Path key = policies.resolve(asked.id() + ".zkey");
    Path summaryKey = policies.resolve(asked.id() + SUMMARY_ZKEY);
    if (zkey == null) {
      output.phase("making a key");
      makeKey(circuit.circuit(), key, execution);
      if (circuit.summary().isPresent()) {
        makeKey(circuit.summary().get(), summaryKey, execution);
      }
      keys.allowInsecureKey = true;
    }
    output.phase("reading the key");
    PolicyProver prover =
        prover(
            circuit,
            zkey == null ? key : zkey,
            summaryZkey == null ? summaryKey : summaryZkey,
            keys,
            execution,
            output);
    copy(zkey, key);
    copy(summaryZkey, summaryKey);
    Policy asks = prover.policy(asked.id(), asked.question(), asked.parameters(), maximumAge);
    Policy policy = keys.tookInsecureKey() ? asks.withInsecureDevelopmentKey() : asks;
    write(policies.resolve(asked.id() + ".circuit"), circuit.properties());
    OutputFiles.write(json, file -> Files.writeString(file, PolicyJson.toJson(policy)));
    output.done(
        "wrote " + json + ", which verifiers need; provers need the files beside it too",
        Output.fields("policy", asked.id(), "file", json, "signals", policy.signals()));
  }

  private static void requireSummaryKey(
      Asked asked, PolicyCircuit circuit, @Nullable Path zkey, @Nullable Path summaryZkey)
      throws CommandException {
    if (circuit.summary().isEmpty()) {
      throw new CommandException(
          ExitCodes.ERROR, "--summary-zkey is for a day, and " + asked.statement() + " about none");
    }
    if (zkey == null || summaryZkey == null) {
      throw new CommandException(
          ExitCodes.ERROR,
          asked.statement() + " is about a day: give --zkey and --summary-zkey, or neither");
    }
  }

  private static void makeKey(Circuit circuit, Path key, Execution execution) throws IOException {
    R1cs r1cs = CompiledCircuit.of(circuit).r1cs();
    ProvingKey made = InsecureSetup.provingKey(r1cs, new SecureRandom(), execution);
    MpcTranscript noCeremony = MpcTranscript.withoutContributions(new byte[64]);
    OutputFiles.write(key, file -> ZkeyFile.write(made, noCeremony, file));
  }

  private static void copy(@Nullable Path from, Path to) throws IOException {
    if (from != null) {
      OutputFiles.write(to, file -> Files.copy(from, file, StandardCopyOption.REPLACE_EXISTING));
    }
  }

  private static void requireParameters(Asked asked, CompiledCircuit circuit)
      throws CommandException {
    Set<String> wanted = new TreeSet<>();
    for (int wire = 1; wire <= circuit.r1cs().publicSignals(); wire++) {
      wanted.add(circuit.names().name(wire));
    }
    wanted.removeAll(Policy.BOUND);
    wanted.remove("start");
    wanted.removeIf(signal -> signal.startsWith("summaries["));
    if (!wanted.equals(asked.parameters().keySet())) {
      throw new CommandException(
          ExitCodes.ERROR,
          "%s has the parameters %s: give each by --set, such as --set %s=1"
              .formatted(asked.statement(), String.join(", ", wanted), wanted.iterator().next()));
    }
    for (Map.Entry<String, Long> parameter : asked.parameters().entrySet()) {
      int bits = circuit.inputBits().getOrDefault(parameter.getKey(), Long.SIZE);
      BigInteger most = BigInteger.ONE.shiftLeft(bits).subtract(BigInteger.ONE);
      BigInteger value = BigInteger.valueOf(parameter.getValue());
      if (value.signum() < 0 || value.compareTo(most) > 0) {
        throw new CommandException(
            ExitCodes.ERROR, "--set %s is not from 0 to %d".formatted(parameter, most));
      }
    }
  }

  /** Requires that a text could be a policy's id. */
  static void requireId(String id) throws CommandException {
    if (!id.matches("[a-z0-9-]{1,63}")) {
      throw new CommandException(
          ExitCodes.ERROR, id + " is no id of 1 to 63 characters of a-z, 0-9 and -");
    }
  }

  private static void write(Path file, Properties properties) throws IOException {
    try (Writer out = Files.newBufferedWriter(file)) {
      properties.store(out, "What a policy of zk stream is proven by.");
    }
  }

  private static PolicyProver prover(
      PolicyCircuit circuit,
      Path key,
      Path summaryKey,
      KeyOptions keys,
      Execution execution,
      Output output)
      throws IOException, CommandException {
    ProvingKey statement = provingKey(key, keys, execution, output);
    Optional<ProvingKey> summary =
        circuit.summary().isEmpty()
            ? Optional.empty()
            : Optional.of(provingKey(summaryKey, keys, execution, output));
    try {
      return circuit.prover(statement, summary);
    } catch (IllegalArgumentException e) {
      String files = summary.isEmpty() ? key.toString() : key + " or " + summaryKey;
      throw new CommandException(ExitCodes.ERROR, files + ": " + e.getMessage());
    }
  }

  private static ProvingKey provingKey(
      Path file, KeyOptions keys, Execution execution, Output output)
      throws IOException, CommandException {
    try (ZkeyFile zkey = keys.open(file, PointValidation.FULL, output)) {
      return zkey.provingKey(execution);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.ERROR, file + ": " + e.getMessage());
    }
  }

  /** The prover of a policy. */
  static PolicyProver prover(
      Path folder, Policy policy, KeyOptions keys, Execution execution, Output output)
      throws IOException, CommandException {
    Path file = StreamHome.policies(folder).resolve(policy.id() + ".circuit");
    Properties properties = new Properties();
    try (Reader in = Files.newBufferedReader(file)) {
      properties.load(in);
    } catch (IllegalArgumentException e) {
      throw new CommandException(ExitCodes.ERROR, file + ": " + e.getMessage());
    }
    Path key = StreamHome.policies(folder).resolve(policy.id() + ".zkey");
    Path summaryKey = StreamHome.policies(folder).resolve(policy.id() + SUMMARY_ZKEY);
    PolicyProver prover =
        prover(PolicyCircuit.of(properties), key, summaryKey, keys, execution, output);
    if (!prover.answers(policy)) {
      throw new CommandException(
          ExitCodes.ERROR, key + ": another key than the policy's, " + policy.id());
    }
    return prover;
  }

  /** A policy of a home. */
  static Policy policy(Path folder, String id, KeyOptions keys, Output output)
      throws IOException, CommandException {
    requireId(id);
    return read(StreamHome.policies(folder).resolve(id + ".json"), keys, output);
  }

  /** The policy in a file. */
  static Policy read(Path file, KeyOptions keys, Output output)
      throws IOException, CommandException {
    try {
      return PolicyJson.read(file);
    } catch (UnsafeKeyException e) {
      keys.refuseOrWarn(file, e, output);
      return PolicyJson.readInsecureDevelopmentKey(file);
    } catch (NoSuchFileException e) {
      throw new CommandException(ExitCodes.ERROR, file + ": there is no such policy");
    }
  }

  /** All policies of a home, by their ids. */
  static List<Policy> all(Path folder, KeyOptions keys, Output output)
      throws IOException, CommandException {
    Map<String, Policy> found = new TreeMap<>();
    try (DirectoryStream<Path> files =
        Files.newDirectoryStream(StreamHome.policies(folder), "*.json")) {
      for (Path file : files) {
        Policy policy = read(file, keys, output);
        if (found.put(policy.id(), policy) != null) {
          throw new CommandException(
              ExitCodes.ERROR, file + ": there is another policy " + policy.id());
        }
      }
    }
    if (found.isEmpty()) {
      throw new CommandException(
          ExitCodes.ERROR,
          StreamHome.policies(folder) + ": no policies: zk stream policy makes them");
    }
    return new ArrayList<>(found.values());
  }
}
