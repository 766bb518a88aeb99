package zk4j.stream.server;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import zk4j.bn254.Fr;
import zk4j.core.Execution;
import zk4j.eddsa.SigningKey;
import zk4j.merkle.MerkleTree;
import zk4j.stream.Channel;
import zk4j.stream.Device;
import zk4j.stream.SealedWindow;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.stream.database.Connections;
import zk4j.stream.prove.DayProver;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.statement.DayCircuit;
import zk4j.stream.statement.DayStatements;
import zk4j.stream.statement.EnrolledWindow;
import zk4j.stream.statement.StatementCircuit;
import zk4j.stream.statement.Statements;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.QueryBudget;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.VerifierState;

/** A person with a device and two windows, and a verifier with two policies. */
final class Setting {
  static final Fr AUDIENCE = Fr.of(77);

  /** A reading that no answer may contain. */
  static final int READING = 113;

  private static final WindowFormat FORMAT =
      new WindowFormat(new Channel("heart-rate/min", 8, Duration.ofMinutes(1)), 4);

  private static final Instant START = Instant.parse("2026-01-05T08:00:00Z");

  static final Clock CLOCK = Clock.fixed(START.plus(Duration.ofMinutes(20)), ZoneOffset.UTC);

  static final StatementProver PROVER =
      StatementProver.ofInsecureDevelopmentKey(
          new StatementCircuit(FORMAT, Statements.allBelow()),
          new SecureRandom(),
          Execution.defaults());

  static final Policy POLICY =
      PROVER.policy(
          "below-120",
          "All heart rates are below 120.",
          Map.of("limit", 120L, "minimumPresent", 3L),
          Duration.ofHours(2));

  private static final DayProver DAY_PROVER =
      DayProver.ofInsecureDevelopmentKeys(
          new DayCircuit(FORMAT, 2, DayStatements.averageAbove()),
          new SecureRandom(),
          Execution.defaults());

  /** About both windows, whose readings are 75 and 78 on average. */
  static final Policy DAY =
      DAY_PROVER.policy(
          "average",
          "The average heart rate is above 70.",
          Map.of("low", 0L, "high", 255L, "limit", 70L, "minimumPresent", 7L),
          Duration.ofHours(2));

  private static final SubjectSecret SECRET = new SubjectSecret(Fr.of(1_234_567));
  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
  private static final List<SealedWindow> WINDOWS;

  static {
    byte[] seed = new byte[SigningKey.BYTES];
    Arrays.fill(seed, (byte) 1);
    SigningKey key = SigningKey.ofSeed(seed);
    DEVICES.append(StatementCircuit.enrolmentLeaf(key.publicKey(), SECRET.subject()));
    Device device = new Device(key, SECRET.subject(), null, new SecureRandom());
    WINDOWS =
        List.of(
            device.seal(Window.of(FORMAT, START, 60, READING, 61, 62)),
            device.seal(Window.of(FORMAT, START.plus(FORMAT.length()), 60, -1, 61, READING)));
  }

  private Setting() {}

  static VerifierState state(Path folder) throws SQLException {
    return VerifierState.open(Connections.sqlite(folder.resolve("verifier.db")));
  }

  static StatementVerifier verifier(VerifierState state) {
    return new StatementVerifier(
        AUDIENCE,
        List.of(POLICY, DAY),
        () -> Set.of(DEVICES.root()),
        new QueryBudget(1, Duration.ofDays(1)),
        Duration.ofMinutes(10),
        state,
        CLOCK);
  }

  static StatementProof proveDay(Fr challenge) throws Exception {
    return DAY_PROVER.prove(
        DAY,
        WINDOWS.stream().map(window -> new EnrolledWindow(window, DEVICES.prove(0))).toList(),
        SECRET,
        challenge,
        AUDIENCE,
        Execution.defaults());
  }

  static StatementProof prove(int window, Fr challenge) throws Exception {
    return PROVER.prove(
        POLICY,
        WINDOWS.get(window),
        SECRET,
        DEVICES.prove(0),
        challenge,
        AUDIENCE,
        Execution.defaults());
  }
}
