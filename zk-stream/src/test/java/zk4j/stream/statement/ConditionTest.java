package zk4j.stream.statement;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.Signal;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Verifier;
import zk4j.merkle.MerkleTree;
import zk4j.r1cs.Witness;
import zk4j.stream.Channel;
import zk4j.stream.Device;
import zk4j.stream.Samples;
import zk4j.stream.SubjectSecret;
import zk4j.stream.Window;
import zk4j.stream.WindowFormat;
import zk4j.stream.prove.StatementProof;
import zk4j.stream.prove.StatementProver;
import zk4j.stream.verify.Policy;
import zk4j.testing.CircuitTester;

/** Statements about several windows, of two devices. */
class ConditionTest {
  private static final Fr CHALLENGE = Fr.of(31_337);
  private static final Fr AUDIENCE = Fr.of(5);
  private static final int GAP = Window.GAP;

  private static final WindowFormat RATES =
      new WindowFormat(new Channel("heart-rate/min", 8, Duration.ofMinutes(1)), 6);

  private static final WindowFormat GLUCOSE =
      new WindowFormat(new Channel("glucose/mg-dl", 10, Duration.ofMinutes(2)), 3);

  private static final List<WindowFormat> FORMATS = List.of(RATES, GLUCOSE);

  private static final Condition RATE = Condition.of("rate", Statements.allBelow(), 0);
  private static final Condition SUGAR = Condition.of("sugar", Statements.timeInRange(), 1);

  private static final StatementCircuit ALL =
      new StatementCircuit(FORMATS, Condition.all(RATE, SUGAR));

  private static final StatementCircuit ANY =
      new StatementCircuit(FORMATS, Condition.any(RATE, SUGAR));

  private static final CircuitTester OF_ALL = CircuitTester.of(ALL);

  private static final Window RATE_WINDOW =
      Window.of(RATES, Samples.START, 60, 61, 62, GAP, 64, 119);

  private static final Window GLUCOSE_WINDOW = Window.of(GLUCOSE, Samples.START, 100, GAP, 181);

  private static final MerkleTree DEVICES = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);

  static {
    for (int seed : new int[] {1, 2}) {
      DEVICES.append(
          StatementCircuit.enrolmentLeaf(Samples.key(seed).publicKey(), Samples.SECRET.subject()));
    }
  }

  private static EnrolledWindow enrolled(int device, Window window) {
    return new EnrolledWindow(Samples.device(device).seal(window), DEVICES.prove(device - 1));
  }

  private static List<EnrolledWindow> windows() {
    return List.of(enrolled(1, RATE_WINDOW), enrolled(2, GLUCOSE_WINDOW));
  }

  private static Inputs limits(Inputs inputs, int limit, int percent) {
    return inputs
        .and("rate_limit", limit)
        .and("sugar_low", 70)
        .and("sugar_high", 180)
        .and("sugar_percent", percent);
  }

  private static Inputs inputs(
      StatementCircuit circuit, List<EnrolledWindow> windows, int limit, int percent) {
    return limits(
        circuit
            .inputs(windows, Samples.SECRET, CHALLENGE, AUDIENCE)
            .and("minimumPresent0", 5)
            .and("minimumPresent1", 2),
        limit,
        percent);
  }

  private static Fr[] expected(StatementCircuit circuit, boolean holds) {
    Fr scope = circuit.scope(AUDIENCE, Samples.START);
    return new Fr[] {
      Fr.of(holds ? 1 : 0), Samples.SECRET.pseudonym(AUDIENCE), Samples.SECRET.nullifier(scope)
    };
  }

  @Test
  void windowsOfTwoDevicesAreOpened() {
    for (boolean rate : new boolean[] {true, false}) {
      for (boolean sugar : new boolean[] {true, false}) {
        int limit = rate ? 120 : 119;
        int percent = sugar ? 49 : 50; // one of two
        OF_ALL.accepts(inputs(ALL, windows(), limit, percent), expected(ALL, rate && sugar));
      }
    }
  }

  /** Of one window, {@link StatementCircuitTest} shows it in each build. */
  @Test
  @Tag("slow")
  void theInputsOfTwoWindowsDetermineTheAnswer() {
    OF_ALL.isDetermined();
  }

  @Test
  void nothingOfThemMayBeExchanged() {
    Inputs honest = inputs(ALL, windows(), 120, 49);
    List<String> free =
        List.of(
            "challenge",
            "audience",
            "minimumPresent0",
            "minimumPresent1",
            "rate_limit",
            "sugar_low",
            "sugar_high",
            "sugar_percent");
    for (String name : honest.values().keySet()) {
      if (!free.contains(name)) {
        int last = honest.values().get(name).size() - 1;
        OF_ALL.refuses(Exchanged.element(honest, name, last));
      }
    }
  }

  /** A statement that holds if it is said to. */
  private record Said(String name) implements Statement {
    @Override
    public Bool holds(CircuitBuilder c, Parameters parameters, List<OpenWindow> windows) {
      return parameters.declare("said", 1).isEqualTo(1);
    }
  }

  private static final Condition A = Condition.of("a", new Said("said"), 0);
  private static final Condition B = Condition.of("b", new Said("said"), 1);
  private static final Condition C = Condition.of("c", new Said("said"), 1, 0);

  /** What a condition says of three parts that hold or not. */
  private interface Plain {
    boolean holds(boolean a, boolean b, boolean c);
  }

  private record Case(Condition condition, Plain plain) {}

  static Stream<Case> cases() {
    return Stream.of(
        new Case(Condition.all(A, B, C), (a, b, c) -> a && b && c),
        new Case(Condition.any(A, B, C), (a, b, c) -> a || b || c),
        new Case(Condition.all(A, Condition.any(B, C)), (a, b, c) -> a && (b || c)),
        new Case(Condition.any(A, Condition.all(B, C)), (a, b, c) -> a || (b && c)));
  }

  /** A part of a window with too few readings does not hold, and others still may. */
  @ParameterizedTest
  @MethodSource("cases")
  void partsHoldIfTheirWindowsHaveEnoughReadings(Case row) {
    CircuitTester tester =
        CircuitTester.of(
            c -> {
              List<Bool> enough = c.inputs("enough", 2).stream().map(Signal::bool).toList();
              OpenWindow window =
                  new OpenWindow(
                      new WindowFormat(Channel.DOSES, 1),
                      List.of(c.constant(0)),
                      List.of(c.bool(false)));
              c.output("holds", row.condition.holds(c, List.of(window, window), enough));
            });
    for (int bits = 0; bits < 32; bits++) {
      int b = bits;
      boolean[] is = new boolean[5];
      IntStream.range(0, 5).forEach(i -> is[i] = ((b >> i) & 1) == 1);
      boolean expected = row.plain.holds(is[0] && is[3], is[1] && is[4], is[2] && is[3] && is[4]);
      tester.accepts(
          Inputs.of("a_said", bits & 1)
              .and("b_said", (bits >> 1) & 1)
              .and("c_said", (bits >> 2) & 1)
              .and("enough", (bits >> 3) & 1, bits >> 4),
          expected ? 1 : 0);
    }
    tester.isDetermined();
  }

  @Test
  void nullifiersAreOfTheWholeCombination() {
    List<Condition> conditions =
        List.of(
            Condition.all(RATE, SUGAR),
            Condition.any(RATE, SUGAR),
            Condition.all(RATE, Condition.of("sugar", Statements.averageAbove(), 1)),
            Condition.all(RATE, Condition.of("sugar", Statements.timeInRange(), 0), SUGAR),
            Condition.all(RATE, Condition.any(RATE, SUGAR)));
    Set<Fr> scopes = new HashSet<>();
    for (Condition condition : conditions) {
      scopes.add(scope(FORMATS, condition));
    }
    assertEquals(conditions.size(), scopes.size());
    Condition renamed = Condition.all(Condition.of("rates", Statements.allBelow(), 0), SUGAR);
    assertEquals(scope(FORMATS, Condition.all(RATE, SUGAR)), scope(FORMATS, renamed));
    List<WindowFormat> others = List.of(RATES, new WindowFormat(Channel.GLUCOSE, 1));
    assertThrows(
        IllegalArgumentException.class, () -> new StatementCircuit(others, renamed), "lengths");
  }

  private static Fr scope(List<WindowFormat> formats, Condition condition) {
    return new StatementCircuit(formats, condition).scope(AUDIENCE, Samples.START);
  }

  /** The same parts in another order, repeated or nested are no way to be answered twice. */
  @Test
  void theSameQuestionHasOneNullifier() {
    Condition again = Condition.of("again", Statements.allBelow(), 0);
    Fr all = scope(FORMATS, Condition.all(RATE, SUGAR));
    for (Condition same :
        List.of(
            Condition.all(SUGAR, RATE),
            Condition.all(RATE, SUGAR, again),
            Condition.all(again, Condition.all(SUGAR, RATE)),
            Condition.all(Condition.any(RATE, again), SUGAR),
            Condition.any(Condition.all(RATE, SUGAR), Condition.all(SUGAR, again)))) {
      assertEquals(all, scope(FORMATS, same));
    }
    assertEquals(
        scope(FORMATS, Condition.any(RATE, Condition.all(RATE, SUGAR))),
        scope(FORMATS, Condition.any(Condition.all(SUGAR, RATE), RATE, RATE)));

    List<WindowFormat> turned = List.of(GLUCOSE, RATES);
    Condition turnedRate = Condition.of("rate", Statements.allBelow(), 1);
    Condition turnedSugar = Condition.of("sugar", Statements.timeInRange(), 0);
    assertEquals(all, scope(turned, Condition.all(turnedRate, turnedSugar)));
    assertEquals(
        scope(FORMATS, Condition.any(RATE, SUGAR)),
        scope(turned, Condition.any(turnedRate, turnedSugar)));

    Statement both = new Said("said");
    Fr ofBoth = new StatementCircuit(FORMATS, both).scope(AUDIENCE, Samples.START);
    assertEquals(ofBoth, new StatementCircuit(turned, both).scope(AUDIENCE, Samples.START));
    assertEquals(ofBoth, scope(FORMATS, Condition.of("a", both, 0, 1)));
    assertEquals(ofBoth, scope(FORMATS, Condition.of("a", both, 1, 0)));
    assertEquals(
        ofBoth,
        scope(turned, Condition.any(Condition.of("a", both, 0, 1), Condition.of("b", both, 1, 0))));
  }

  @Test
  void theOrderOfWindowsMakesNoOtherAnswer() throws Exception {
    StatementCircuit turned =
        new StatementCircuit(
            List.of(GLUCOSE, RATES),
            Condition.any(
                Condition.of("sugar", Statements.timeInRange(), 0),
                Condition.of("rate", Statements.allBelow(), 1)));
    CompiledCircuit circuit = CompiledCircuit.of(turned);
    List<EnrolledWindow> windows = List.of(enrolled(2, GLUCOSE_WINDOW), enrolled(1, RATE_WINDOW));
    for (boolean rate : new boolean[] {true, false}) {
      for (boolean sugar : new boolean[] {true, false}) {
        Inputs inputs =
            turned
                .inputs(windows, Samples.SECRET, CHALLENGE, AUDIENCE)
                .and("minimumPresent0", 2)
                .and("minimumPresent1", 5);
        Witness witness = circuit.witness(limits(inputs, rate ? 120 : 119, sugar ? 49 : 50));
        assertEquals(
            OptionalInt.empty(), circuit.r1cs().firstViolation(witness, Execution.defaults()));
        assertEquals(List.of(expected(ANY, rate || sugar)), witness.publicSignals(3).toList());
      }
    }
  }

  @Test
  void conditionsAreAboutEachWindowOfACircuit() {
    for (Condition wrong :
        List.of(RATE, Condition.all(RATE, RATE), Condition.all(RATE, SUGAR, part(2)))) {
      assertThrows(
          IllegalArgumentException.class, () -> new StatementCircuit(FORMATS, wrong).formats());
    }
    List<WindowFormat> same = List.of(RATES, RATES);
    assertThrows(
        IllegalArgumentException.class,
        () -> new StatementCircuit(same, Condition.all(RATE, SUGAR)).formats());
    assertThrows(IllegalArgumentException.class, () -> Condition.all(RATE));
    Condition[] eight = new Condition[8];
    Condition[] eightMore = new Condition[8];
    for (int i = 0; i < 8; i++) {
      eight[i] = Condition.of("a" + i, new Said("a" + i), 0);
      eightMore[i] = Condition.of("b" + i, new Said("b" + i), 0);
    }
    assertThrows(
        IllegalArgumentException.class,
        () -> Condition.all(Condition.all(eight), Condition.all(eightMore)),
        "16 parts");
    assertThrows(IllegalArgumentException.class, () -> part(0, 0));
    assertThrows(IllegalArgumentException.class, () -> part());
    assertThrows(
        IllegalArgumentException.class, () -> Condition.of("no name", Statements.allBelow(), 0));
    Circuit twice = new StatementCircuit(FORMATS, Condition.all(RATE, RATE, SUGAR));
    assertThrows(IllegalArgumentException.class, () -> CircuitTester.of(twice), "one name");
    Circuit alone = new StatementCircuit(FORMATS, Statements.allBelow());
    assertThrows(IllegalArgumentException.class, () -> CircuitTester.of(alone), "of one window");
  }

  private static Condition part(int... windows) {
    return Condition.of("part", Statements.allBelow(), windows);
  }

  @Test
  void otherPeoplesWindowsAndOtherTimesAreRefused() {
    Fr other = new SubjectSecret(Fr.of(8)).subject();
    Device device = new Device(Samples.key(2), other, null, new SecureRandom());
    MerkleTree devices = MerkleTree.ofDepth(StatementCircuit.ENROLMENT_DEPTH);
    devices.append(
        StatementCircuit.enrolmentLeaf(Samples.key(1).publicKey(), Samples.SECRET.subject()));
    devices.append(StatementCircuit.enrolmentLeaf(Samples.key(2).publicKey(), other));
    OF_ALL.refuses(
        inputs(
            ALL,
            List.of(
                new EnrolledWindow(Samples.device(1).seal(RATE_WINDOW), devices.prove(0)),
                new EnrolledWindow(device.seal(GLUCOSE_WINDOW), devices.prove(1))),
            120,
            49));

    Window later = Window.of(GLUCOSE, Samples.START.plus(GLUCOSE.length()), 100, GAP, 181);
    Inputs ofLater = SignedWindow.inputs(Inputs.none(), "1", enrolled(2, later));
    Inputs mixed = Inputs.none();
    for (var entry : inputs(ALL, windows(), 120, 49).values().entrySet()) {
      mixed =
          mixed.and(
              entry.getKey(), ofLater.values().getOrDefault(entry.getKey(), entry.getValue()));
    }
    OF_ALL.refuses(mixed);

    EnrolledWindow rate = enrolled(1, RATE_WINDOW);
    EnrolledWindow elsewhere =
        new EnrolledWindow(Samples.device(2).seal(GLUCOSE_WINDOW), devices.prove(1));
    for (List<EnrolledWindow> wrong :
        List.of(
            List.of(rate, enrolled(2, later)),
            List.of(rate, elsewhere),
            List.of(enrolled(2, GLUCOSE_WINDOW), rate),
            List.of(rate))) {
      assertThrows(
          IllegalArgumentException.class,
          () -> ALL.inputs(wrong, Samples.SECRET, CHALLENGE, AUDIENCE));
    }
  }

  @Test
  void aPolicyAsksAboutSeveralWindows() throws Exception {
    StatementProver prover =
        StatementProver.ofInsecureDevelopmentKey(ANY, new SecureRandom(), Execution.defaults());
    assertEquals(
        List.of(
            "holds",
            "pseudonym",
            "nullifier",
            "challenge",
            "audience",
            "enrolment",
            "start",
            "minimumPresent0",
            "minimumPresent1",
            "rate_limit",
            "sugar_low",
            "sugar_high",
            "sugar_percent"),
        prover.signals());
    Policy policy =
        prover.policy(
            "eligible",
            "Are all heart rates below 120, or is glucose in range for more than 70 percent?",
            Map.of(
                "minimumPresent0", 5L,
                "minimumPresent1", 3L,
                "rate_limit", 120L,
                "sugar_low", 70L,
                "sugar_high", 180L,
                "sugar_percent", 70L),
            Duration.ofHours(2));
    StatementProof proof =
        prover.prove(policy, windows(), Samples.SECRET, CHALLENGE, AUDIENCE, Execution.defaults());
    assertEquals(List.of(expected(ANY, true)), proof.signals().subList(0, 3));
    Groth16Verifier verifier = Groth16Verifier.of(policy.key());
    assertTrue(verifier.verify(proof.proof(), proof.signals()));
    List<Fr> signals = new ArrayList<>(proof.signals());
    for (int i = 0; i < signals.size(); i++) {
      Fr honest = signals.set(i, signals.get(i).plus(Fr.ONE));
      assertFalse(verifier.verify(proof.proof(), signals), "signal " + i);
      signals.set(i, honest);
    }
  }
}
