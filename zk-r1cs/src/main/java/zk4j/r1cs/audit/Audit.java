package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/**
 * Asks of a constraint system whether the inputs determine the outputs: whether any two witnesses
 * with the same inputs, public and private, have the same outputs. A system of which that is not
 * true lets a prover choose among results.
 *
 * <p>{@code SAFE} is a proof, by rules that are each sound ({@link Propagation}), and so is {@code
 * COUNTEREXAMPLE}, whose witnesses are checked; the question is hard in general, and {@code
 * UNKNOWN} says that neither was found. Nothing is said of whether the system means what was meant.
 */
public final class Audit {
  private static final int TRIES = 2000;
  private static final int STARTS = 6;

  /** Denominators near whose zeros counterexamples are looked for. */
  private static final int ZEROS = 12;

  private static final int SIGNALS = 40;
  private static final int MAX_DIRECTIONS = 300;

  /** Nanoseconds after which no further counterexample is looked for. */
  private static final long PATIENCE = 10_000_000_000L;

  private Audit() {}

  /** Audits a system; witnesses to start from are looked for. */
  public static AuditReport of(R1cs r1cs) {
    return of(r1cs, null);
  }

  /**
   * Audits a system.
   *
   * @param honest a witness that satisfies it, near which another one is looked for
   */
  public static AuditReport of(R1cs r1cs, @Nullable Witness honest) {
    long begin = System.nanoTime();
    BigInteger[] start = null;
    if (honest != null) {
      start = honest.values().toList().stream().map(Fr::toBigInteger).toArray(BigInteger[]::new);
    }
    PrimeSystem system = PrimeSystem.of(r1cs);
    int missing = r1cs.publicInputs() + r1cs.privateInputs() - system.inputs().size();
    Result result = audit(system, start, missing == 0);
    Optional<AuditReport.Counterexample> counterexample = Optional.empty();
    if (result.second != null && result.first != null) {
      counterexample =
          Optional.of(
              new AuditReport.Counterexample(
                  witness(result.first), witness(result.second), result.wire));
    }
    return new AuditReport(
        result.verdict,
        result.openOutputs,
        result.openSignals,
        system.inputs(),
        missing,
        counterexample,
        Duration.ofNanos(System.nanoTime() - begin));
  }

  private static Witness witness(BigInteger[] values) {
    return Witness.of(FrVector.copyOf(Arrays.stream(values).map(Fr::of).toList()));
  }

  /** As {@link AuditReport}, over any field. */
  @SuppressWarnings("ArrayRecordComponent") // read once, by the caller
  record Result(
      AuditReport.Verdict verdict,
      List<Integer> openOutputs,
      List<Integer> openSignals,
      BigInteger @Nullable [] first,
      BigInteger @Nullable [] second,
      int wire) {}

  /**
   * Audits a system over any field.
   *
   * @param search whether to look for a second witness, which says nothing if inputs are no wires
   */
  static Result audit(PrimeSystem system, BigInteger @Nullable [] honest, boolean search) {
    Propagation facts = new Propagation(system);
    facts.run();
    List<Integer> openSignals = new ArrayList<>();
    for (int wire = 1; wire < system.wires(); wire++) {
      if (!facts.isDetermined(wire)) {
        openSignals.add(wire);
      }
    }
    List<Integer> openOutputs =
        system.outputs().stream().filter(wire -> !facts.isDetermined(wire)).toList();
    AuditReport.Verdict verdict =
        openOutputs.isEmpty() ? AuditReport.Verdict.SAFE : AuditReport.Verdict.UNKNOWN;
    if (openSignals.isEmpty() || !search) {
      return new Result(verdict, openOutputs, openSignals, null, null, 0);
    }
    // An output first, and if there is none to be found, any signal.
    List<Integer> targets = new ArrayList<>(openOutputs);
    openSignals.stream().filter(wire -> !openOutputs.contains(wire)).forEach(targets::add);
    Random random = new Random(1);
    long end = System.nanoTime() + PATIENCE;
    Solver solver = new Solver(system, facts, Set.copyOf(system.outputs()), random, end);
    Result best = new Result(verdict, openOutputs, openSignals, null, null, 0);
    List<PrimeSystem.Row> quotients = quotients(system, facts);
    for (int round = 0; round < STARTS + quotients.size() && System.nanoTime() < end; round++) {
      BigInteger[] first;
      if (round == 0 && honest != null && system.holds(honest)) {
        first = honest;
      } else if (round < STARTS) {
        first = solver.solve(inputs(system, facts, random, round), null, TRIES);
      } else {
        first = withZero(system, facts, quotients.get(round - STARTS), random, end);
      }
      if (first == null) {
        continue;
      }
      Result found = another(system, facts, solver, first, targets, best, random, end);
      if (found.second != null) {
        best = found;
      }
      if (best.verdict == AuditReport.Verdict.COUNTEREXAMPLE
          || (best.second != null && openOutputs.isEmpty())) {
        break;
      }
    }
    return best;
  }

  /** Constraints with a determined factor, and an unknown one that is free where that is 0. */
  private static List<PrimeSystem.Row> quotients(PrimeSystem system, Propagation facts) {
    List<PrimeSystem.Row> found = new ArrayList<>();
    for (PrimeSystem.Row row : system.rows()) {
      boolean a = isDetermined(facts, row.a());
      boolean b = isDetermined(facts, row.b());
      if (row.linear() == null && a != b && found.size() < ZEROS) {
        found.add(a ? row : new PrimeSystem.Row(row.b(), row.a(), row.c()));
      }
    }
    return found;
  }

  private static boolean isDetermined(Propagation facts, Form form) {
    return form.factors().keySet().stream().allMatch(facts::isDetermined);
  }

  /** A solution, with any inputs, in which the determined factor of a constraint is 0. */
  private static BigInteger @Nullable [] withZero(
      PrimeSystem system, Propagation facts, PrimeSystem.Row row, Random random, long end) {
    Form zero = Form.of(system.p(), Map.of());
    List<PrimeSystem.Row> rows = new ArrayList<>();
    rows.add(new PrimeSystem.Row(row.a(), Form.of(system.p(), Map.of(0, BigInteger.ONE)), zero));
    rows.addAll(system.rows());
    PrimeSystem special =
        new PrimeSystem(system.p(), system.wires(), rows, system.inputs(), system.outputs());
    return new Solver(special, facts, Set.copyOf(system.outputs()), random, end)
        .solve(new @Nullable BigInteger[system.wires()], null, TRIES);
  }

  /** Inputs to start from: small ones first, since they satisfy more circuits. */
  private static @Nullable BigInteger[] inputs(
      PrimeSystem system, Propagation facts, Random random, int round) {
    @Nullable BigInteger[] fixed = new BigInteger[system.wires()];
    for (int input : system.inputs()) {
      BigInteger max = facts.max(input);
      BigInteger size = max == null ? system.p() : max.add(BigInteger.ONE);
      BigInteger any = new BigInteger(size.bitLength() + 8, random).mod(size);
      fixed[input] =
          switch (round) {
            case 0 -> BigInteger.ZERO;
            case 1 -> BigInteger.ONE.min(size.subtract(BigInteger.ONE));
            case 2 -> any.min(BigInteger.valueOf(random.nextInt(8)));
            default -> any;
          };
    }
    return fixed;
  }

  /** A second solution with the first one's inputs: along a line, or with a value changed. */
  private static Result another(
      PrimeSystem system,
      Propagation facts,
      Solver solver,
      BigInteger[] first,
      List<Integer> targets,
      Result none,
      Random random,
      long end) {
    Result best = none;
    List<BigInteger[]> candidates = new ArrayList<>(along(system, none.openSignals, first));
    for (int target : targets.subList(0, Math.min(SIGNALS, targets.size()))) {
      if (System.nanoTime() > end) {
        break;
      }
      @Nullable BigInteger[] fixed = new BigInteger[system.wires()];
      for (int input : system.inputs()) {
        fixed[input] = first[input];
      }
      for (BigInteger other : otherValues(first[target], facts.max(target), system.p(), random)) {
        fixed[target] = other;
        BigInteger[] second = solver.solve(fixed, first, TRIES);
        if (second != null) {
          candidates.add(second);
          break;
        }
      }
    }
    for (BigInteger[] second : candidates) {
      for (int target : targets) {
        if (!second[target].equals(first[target])) {
          boolean output = none.openOutputs.contains(target);
          if (output || best.second == null) {
            best =
                new Result(
                    output ? AuditReport.Verdict.COUNTEREXAMPLE : none.verdict,
                    none.openOutputs,
                    none.openSignals,
                    first,
                    second,
                    target);
          }
          if (output) {
            return best;
          }
          break;
        }
      }
    }
    return best;
  }

  /** Values that a wire might have too: the negative, neighbours, 0 and 1, anything. */
  private static Set<BigInteger> otherValues(
      BigInteger value, @Nullable BigInteger max, BigInteger p, Random random) {
    BigInteger one = BigInteger.ONE;
    Set<BigInteger> others = new LinkedHashSet<>();
    others.add(p.subtract(value).mod(p));
    others.add(value.add(one).mod(p));
    others.add(value.subtract(one).mod(p));
    others.add(BigInteger.ZERO);
    others.add(one);
    others.add(new BigInteger(p.bitLength() + 8, random).mod(p));
    others.remove(value);
    others.removeIf(other -> max != null && other.compareTo(max) > 0);
    return others;
  }

  /**
   * Solutions x + d for directions d in which no constraint changes to first order, nor to second:
   * (A d)(B d) = 0 row by row.
   */
  private static List<BigInteger[]> along(
      PrimeSystem system, List<Integer> openSignals, BigInteger[] x) {
    BigInteger p = system.p();
    if (openSignals.size() > MAX_DIRECTIONS) {
      return List.of();
    }
    boolean[] isOpen = new boolean[system.wires()];
    openSignals.forEach(wire -> isOpen[wire] = true);
    Map<Integer, Form> pivots = new HashMap<>();
    for (PrimeSystem.Row row : system.rows()) {
      Map<Integer, BigInteger> derivative = new HashMap<>();
      BigInteger a = row.a().value(x);
      BigInteger b = row.b().value(x);
      addOpen(derivative, row.a(), b, isOpen);
      addOpen(derivative, row.b(), a, isOpen);
      addOpen(derivative, row.c(), p.subtract(BigInteger.ONE), isOpen);
      Form form = Form.of(p, derivative);
      for (int wire : List.copyOf(form.factors().keySet())) {
        Form pivot = pivots.get(wire);
        BigInteger factor = form.factor(wire);
        if (pivot != null && factor.signum() != 0) {
          form = form.plus(pivot, p.subtract(factor));
        }
      }
      if (form.isZero()) {
        continue;
      }
      int wire = form.factors().keySet().iterator().next();
      Form unit = form.times(form.inverse(wire));
      pivots.replaceAll(
          (other, pivot) -> {
            BigInteger factor = pivot.factor(wire);
            return factor.signum() == 0 ? pivot : pivot.plus(unit, p.subtract(factor));
          });
      pivots.put(wire, unit);
    }
    List<BigInteger[]> found = new ArrayList<>();
    for (int free : openSignals) {
      if (!pivots.containsKey(free)) {
        BigInteger[] y = x.clone();
        y[free] = y[free].add(BigInteger.ONE).mod(p);
        pivots.forEach((wire, pivot) -> y[wire] = y[wire].subtract(pivot.factor(free)).mod(p));
        if (system.holds(y)) {
          found.add(y);
        }
      }
    }
    return found;
  }

  private static void addOpen(
      Map<Integer, BigInteger> sum, Form form, BigInteger factor, boolean[] isOpen) {
    form.factors()
        .forEach(
            (wire, value) -> {
              if (isOpen[wire]) {
                sum.merge(wire, value.multiply(factor), BigInteger::add);
              }
            });
  }
}
