package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.Fr;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.merkle.MerkleTree;
import zk4j.r1cs.Witness;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SealedWindow;
import zk4j.stream.Window;
import zk4j.stream.WindowAssembler;
import zk4j.stream.WindowFormat;
import zk4j.stream.database.Connections;
import zk4j.stream.prove.DayProver;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.verify.Policy;
import zk4j.stream.verify.QueryBudget;
import zk4j.stream.verify.StatementVerifier;
import zk4j.stream.verify.Verdict;
import zk4j.stream.verify.Verdict.Accepted;
import zk4j.stream.verify.VerifierState;

/** On public series of readings, where {@code -Dzk4j.data} names their folder. */
@EnabledIfSystemProperty(named = "zk4j.data", matches = ".+", disabledReason = "no -Dzk4j.data")
class RealReadingsTest {
  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

  @TempDir private Path folder;

  private static Path data(String name) {
    return Path.of(System.getProperty("zk4j.data", "")).resolve(name);
  }

  private static List<Window> glucose() throws IOException {
    DateTimeFormatter times = DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss", Locale.ROOT);
    WindowAssembler assembler = new WindowAssembler(WindowFormat.GLUCOSE_DAY, null, Duration.ZERO);
    List<Window> days = new ArrayList<>();
    List<String> lines = Files.readAllLines(data("cgm/one_subject_14_days.csv"));
    for (String line : lines.subList(1, lines.size())) {
      String[] fields = line.replace("\"", "").split(",", -1);
      Instant time = LocalDateTime.parse(fields[2], times).toInstant(ZoneOffset.UTC);
      assembler.add(time, Integer.parseInt(fields[3]), NOW);
      days.addAll(assembler.complete());
    }
    days.addAll(assembler.finish());
    return days;
  }

  /** Bedside oxygen saturations in whole percent; values of 0 are none. */
  private static List<Window> saturations() throws IOException {
    ByteBuffer samples =
        ByteBuffer.wrap(Files.readAllBytes(data("icu/3975656n.dat")))
            .order(ByteOrder.LITTLE_ENDIAN);
    WindowAssembler assembler = new WindowAssembler(WindowFormat.SPO2_HOUR, null, Duration.ZERO);
    List<Window> hours = new ArrayList<>();
    for (int minute = 0; minute < samples.capacity() / 20; minute++) {
      int percent = samples.getShort(20 * minute + 12) / 10;
      if (percent > 0 && percent <= 100) {
        assembler.add(NOW.minus(Duration.ofDays(9)).plusSeconds(60L * minute), percent, NOW);
      }
      hours.addAll(assembler.complete());
    }
    hours.addAll(assembler.finish());
    return hours;
  }

  /** The rate of the beat that is last in each second, of the first hours of a record. */
  private static List<Window> heartRates(String record) throws IOException {
    WindowAssembler assembler =
        new WindowAssembler(WindowFormat.HEART_RATE_HOUR, null, Duration.ZERO);
    List<Window> hours = new ArrayList<>();
    for (String line : Files.readAllLines(data("afdb/qrs" + record + ".txt"))) {
      String[] fields = line.split("\\s+", -1);
      double interval = Double.parseDouble(fields[1]);
      long millisecond = Math.round(Long.parseLong(fields[2]) * 4.0); // 250 samples a second
      int rate = (int) Math.min(255, Math.round(60 / interval));
      assembler.add(NOW.minus(Duration.ofDays(9)).plusMillis(millisecond), rate, NOW);
      hours.addAll(assembler.complete());
    }
    return hours;
  }

  /** A circuit and its tree of one device. */
  private static final class Setting {
    final StatementCircuit circuit;
    final CompiledCircuit compiled;
    final MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);

    Setting(WindowFormat format, Statement statement) {
      circuit = new StatementCircuit(format, statement);
      compiled = CompiledCircuit.of(circuit);
      devices.append(
          StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
    }

    Witness witness(SealedWindow sealed, int minimum, Inputs parameters)
        throws UnsatisfiedCircuitException {
      Inputs inputs =
          circuit.inputs(sealed, Samples.SECRET, devices.prove(0), Fr.ONE, Fr.of(2), minimum);
      for (var entry : parameters.values().entrySet()) {
        inputs = inputs.and(entry.getKey(), entry.getValue());
      }
      return compiled.witness(inputs);
    }
  }

  private static List<SealedWindow> seal(List<Window> windows) {
    Device device = Samples.device(1);
    return windows.stream().map(device::seal).toList();
  }

  private static IntStream readings(Window window) {
    return IntStream.range(0, window.format().slots())
        .filter(window::isPresent)
        .map(window::reading);
  }

  private static void assertProves(Setting setting, Witness witness) throws Exception {
    ProvingKey key =
        InsecureSetup.provingKey(setting.compiled.r1cs(), new SecureRandom(), Execution.defaults());
    Proof proof = Groth16Prover.of(key).prove(witness);
    assertTrue(
        Groth16Verifier.of(key.verifyingKey())
            .verify(
                proof, witness.publicSignals(setting.compiled.r1cs().publicSignals()).toList()));
  }

  @Test
  void daysOfGlucoseAreInRangeOrNot() throws Exception {
    Setting setting = new Setting(WindowFormat.GLUCOSE_DAY, Statements.timeInRange());
    List<SealedWindow> days = seal(glucose());
    assertEquals(14, days.size());
    int held = 0;
    @Nullable Witness last = null;
    for (SealedWindow day : days) {
      Window window = day.window();
      long inRange = readings(window).filter(x -> x >= 70 && x <= 180).count();
      boolean expected = window.present() >= 200 && 100 * inRange > 90L * window.present();
      Witness witness =
          setting.witness(day, 200, Inputs.of("low", 70).and("high", 180).and("percent", 90));
      assertEquals(expected ? Fr.ONE : Fr.ZERO, witness.get(1), window.toString());
      held += expected ? 1 : 0;
      last = expected ? witness : last;
    }
    assertTrue(held > 0 && held < days.size(), held + " days");
    assertProves(setting, Objects.requireNonNull(last));
  }

  /** The longest run of slots that a test is true of; of gaps too, if they count. */
  private static int longestRun(Window window, IntPredicate test, boolean withGaps) {
    int run = 0;
    int longest = 0;
    for (int i = 0; i < window.format().slots(); i++) {
      boolean isPart = window.isPresent(i) ? test.test(window.reading(i)) : withGaps;
      run = isPart ? run + 1 : 0;
      longest = Math.max(longest, run);
    }
    return longest;
  }

  @Test
  void daysOfGlucoseAreWithoutDangerousHyperglycaemiaOrNot() throws Exception {
    Setting high = new Setting(WindowFormat.GLUCOSE_DAY, Statements.longRunAtLeast());
    Setting none = new Setting(WindowFormat.GLUCOSE_DAY, Statements.noLongRunAtLeast());
    int[] verdicts = new int[3];
    for (SealedWindow day : seal(glucose())) {
      for (int threshold : new int[] {160, 200, 250}) {
        Inputs parameters = Inputs.of("threshold", threshold).and("slots", 12); // an hour
        IntPredicate isHigh = x -> x >= threshold;
        boolean expectedHigh = longestRun(day.window(), isHigh, false) > 12;
        boolean expectedNone = longestRun(day.window(), isHigh, true) <= 12;
        Fr isLong = high.witness(day, 0, parameters).get(1);
        Fr isNone = none.witness(day, 0, parameters).get(1);
        assertEquals(expectedHigh ? Fr.ONE : Fr.ZERO, isLong, day + " from " + threshold);
        assertEquals(expectedNone ? Fr.ONE : Fr.ZERO, isNone, day + " from " + threshold);
        verdicts[expectedHigh ? 0 : expectedNone ? 1 : 2]++;
      }
    }
    assertTrue(Arrays.stream(verdicts).allMatch(count -> count > 0), Arrays.toString(verdicts));
  }

  @Test
  void hoursOfSaturationHaveLongRunsOrNot() throws Exception {
    Setting low = new Setting(WindowFormat.SPO2_HOUR, Statements.longRunBelow());
    Setting none = new Setting(WindowFormat.SPO2_HOUR, Statements.noLongRunBelow());
    int[] verdicts = new int[3];
    for (SealedWindow hour : seal(saturations())) {
      Window window = hour.window();
      int longest = longestRun(window, x -> x < 97, false);
      int longestPossible = longestRun(window, x -> x < 97, true);
      Inputs parameters = Inputs.of("threshold", 97).and("slots", 5);
      Fr isLow = low.witness(hour, 0, parameters).get(1);
      Fr isNone = none.witness(hour, 0, parameters).get(1);
      assertEquals(longest > 5 ? Fr.ONE : Fr.ZERO, isLow, window.toString());
      assertEquals(longestPossible <= 5 ? Fr.ONE : Fr.ZERO, isNone, window.toString());
      verdicts[isLow.equals(Fr.ONE) ? 0 : isNone.equals(Fr.ONE) ? 1 : 2]++;
    }
    assertTrue(Arrays.stream(verdicts).allMatch(count -> count > 0), Arrays.toString(verdicts));
  }

  @Test
  void hoursOfHeartRatesAreBelowALimitAndAboveAnAverage() throws Exception {
    Setting below = new Setting(WindowFormat.HEART_RATE_HOUR, Statements.allBelow());
    Setting average = new Setting(WindowFormat.HEART_RATE_HOUR, Statements.averageAbove());
    for (SealedWindow hour : seal(heartRates("04015")).subList(0, 3)) {
      Window window = hour.window();
      for (int limit : new int[] {70, 80, 255}) {
        boolean all = readings(window).allMatch(x -> x < limit);
        assertEquals(
            all ? Fr.ONE : Fr.ZERO, below.witness(hour, 0, Inputs.of("limit", limit)).get(1));
        boolean above = readings(window).sum() > (long) limit * window.present();
        assertEquals(
            above ? Fr.ONE : Fr.ZERO, average.witness(hour, 0, Inputs.of("limit", limit)).get(1));
      }
    }
  }

  /** The hours of days, one after the other. */
  private static List<Window> hours(List<Window> days) {
    List<Window> hours = new ArrayList<>();
    for (Window day : days) {
      for (int i = 0; i < 24; i++) {
        int[] slots = IntStream.range(12 * i, 12 * i + 12).map(day::reading).toArray();
        hours.add(
            Window.of(WindowFormat.GLUCOSE_HOUR, day.start().plus(Duration.ofHours(i)), slots));
      }
    }
    return hours;
  }

  private static final DayCircuit DAY =
      new DayCircuit(WindowFormat.GLUCOSE_HOUR, 24, DayStatements.timeInRange());

  private static List<EnrolledWindow> enrolled(List<Window> windows) {
    MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
    devices.append(
        StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
    return seal(windows).stream()
        .map(window -> new EnrolledWindow(window, devices.prove(0)))
        .toList();
  }

  @Test
  void daysOfGlucoseAreInRangeByTheirHours() throws Exception {
    List<Window> days = glucose();
    List<EnrolledWindow> hours = enrolled(hours(days));
    CompiledCircuit compiled = CompiledCircuit.of(DAY);
    List<Fr> salts = IntStream.range(0, 24).mapToObj(i -> Fr.of(1000 + i)).toList();
    int held = 0;
    for (int i = 0; i < days.size(); i++) {
      Window window = days.get(i);
      long inRange = readings(window).filter(x -> x >= 70 && x <= 180).count();
      boolean expected = window.present() >= 200 && 100 * inRange > 90L * window.present();
      Inputs inputs =
          DAY.inputs(
                  hours.subList(24 * i, 24 * i + 24),
                  salts,
                  70,
                  180,
                  Samples.SECRET,
                  Fr.ONE,
                  Fr.of(2))
              .and("minimumPresent", 200)
              .and("percent", 90);
      assertEquals(expected ? Fr.ONE : Fr.ZERO, compiled.witness(inputs).get(1), window.toString());
      held += expected ? 1 : 0;
    }
    assertTrue(held > 0 && held < days.size(), held + " days");
  }

  /**
   * All proofs of a day, verified by one who asks; {@code DayProverTest} has them of a short one.
   */
  @Test
  @Tag("slow")
  void aDayOfGlucoseIsProvenByItsHours() throws Exception {
    List<EnrolledWindow> hours = enrolled(hours(glucose().subList(1, 2)));
    DayProver prover =
        DayProver.ofInsecureDevelopmentKeys(DAY, new SecureRandom(), Execution.defaults());
    Policy policy =
        prover.policy(
            "glucose-day",
            "Is glucose from 70 to 180 mg/dL for more than 90 percent of the day?",
            Map.of("low", 70L, "high", 180L, "percent", 90L, "minimumPresent", 200L),
            Duration.ofDays(1));
    Instant start = hours.get(0).sealed().window().start();
    try (VerifierState state =
        VerifierState.open(Connections.sqlite(folder.resolve("verifier.db")))) {
      StatementVerifier verifier =
          new StatementVerifier(
              Fr.of(2),
              List.of(policy),
              () -> Set.of(hours.get(0).device().root()),
              new QueryBudget(1, Duration.ofDays(1)),
              Duration.ofMinutes(10),
              state,
              Clock.fixed(start.plus(Duration.ofDays(1)), ZoneOffset.UTC));
      Fr challenge = verifier.challenge(policy.id()).orElseThrow().value();
      StatementProof proof =
          prover.prove(policy, hours, Samples.SECRET, challenge, Fr.of(2), Execution.defaults());
      Verdict verdict =
          verifier.verify(policy.id(), proof.proof(), proof.signals(), proof.windows());
      assertInstanceOf(Accepted.class, verdict);
    }
  }
}
