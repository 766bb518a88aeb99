package zk4j.r1cs.audit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.r1cs.audit.AuditReport.Verdict;

/**
 * Audits of small systems over small fields against all their solutions: what is called determined
 * is, ranges hold, and counterexamples are what they say.
 */
class BruteForceTest {
  private static final int[] PRIMES = {3, 5, 7, 11, 13};

  @Property(tries = 1500, seed = "1")
  void randomSystems(@ForAll long seed) {
    Random random = new Random(seed);
    check(system(random, 1 + random.nextInt(3), 1 + random.nextInt(3), 1 + random.nextInt(5)));
  }

  /** Constraints in the shapes that rules look for, which random ones rarely have. */
  @Property(tries = 1500, seed = "2")
  void systemsOfKnownShapes(@ForAll long seed) {
    check(shaped(new Random(seed)));
  }

  @Property(tries = 30_000, seed = "3")
  @Tag("slow")
  void manySystems(@ForAll long seed) {
    Random random = new Random(seed);
    check(random.nextBoolean() ? shaped(random) : system(random, 2, 3, 1 + random.nextInt(6)));
  }

  private static PrimeSystem shaped(Random random) {
    int p = PRIMES[random.nextInt(PRIMES.length)];
    BigInteger prime = BigInteger.valueOf(p);
    int inputs = 1 + random.nextInt(2);
    int others = 2 + random.nextInt(p < 8 ? 3 : 2);
    int wires = 1 + inputs + others;
    List<PrimeSystem.Row> rows = new ArrayList<>();
    for (int i = 0; i < 2 + random.nextInt(4); i++) {
      int x = 1 + random.nextInt(wires - 1);
      int y = 1 + random.nextInt(wires - 1);
      int z = 1 + random.nextInt(wires - 1);
      int k = random.nextInt(p);
      switch (random.nextInt(11)) {
        case 0 -> rows.add(row(prime, Map.of(x, 1), Map.of(x, 1, 0, -1), Map.of()));
        case 1 -> rows.add(row(prime, sum(x, 1, y, 2), sum(x, 1, y, 2, 0, -k), Map.of()));
        case 2 -> rows.add(row(prime, Map.of(0, 1), sum(x, 1, y, 2, z, 4, 0, k), Map.of()));
        case 3 -> {
          rows.add(row(prime, Map.of(x, 1), Map.of(y, 1), sum(0, 1, z, -1)));
          rows.add(row(prime, Map.of(x, 1), Map.of(z, 1), Map.of()));
        }
        case 4 -> rows.add(row(prime, Map.of(x, 1), Map.of(y, 1), Map.of(0, 1)));
        case 5 -> {
          rows.add(row(prime, Map.of(x, 1), Map.of(z, 1, 0, -1), Map.of()));
          rows.add(row(prime, Map.of(y, 1), Map.of(z, 1, 0, -2), Map.of()));
          rows.add(row(prime, Map.of(0, 1), sum(x, 1, y, 1, 0, -k), Map.of()));
        }
        case 6 -> {
          rows.add(row(prime, Map.of(x, 1), Map.of(z, 1, 0, -1), Map.of()));
          rows.add(row(prime, Map.of(y, 1), Map.of(z, 1, 0, -2), Map.of()));
          rows.add(row(prime, sum(x, 1, y, 1, 0, -1), Map.of(z, 1, 0, -k), Map.of()));
        }
        case 7 -> rows.add(row(prime, sum(x, 1, y, -2), Map.of(x, 1), sum(x, 2, y, -3)));
        case 8 -> rows.add(row(prime, sum(x, 1, y, 2), sum(z, -1, 0, 1, x, -1, y, -2), Map.of()));
        case 9 -> {
          rows.add(row(prime, Map.of(x, 1), sum(0, 1, y, -1, x, -1), Map.of()));
          rows.add(row(prime, Map.of(y, 1), sum(0, 1, y, -1), Map.of()));
        }
        default -> rows.add(row(prime, Map.of(x, 1), Map.of(y, 1), Map.of(z, 1)));
      }
    }
    return finish(prime, wires, inputs, rows);
  }

  /** Bits of a number up to a constant, as where an element's bits are required to be below p. */
  @Property(tries = 300, seed = "4")
  void bitsOfBoundedNumbers(@ForAll long seed) {
    Random random = new Random(seed);
    int p = PRIMES[random.nextInt(PRIMES.length)];
    BigInteger prime = BigInteger.valueOf(p);
    int bits = 1 + random.nextInt(4);
    int largest = random.nextInt(1 << bits);
    List<PrimeSystem.Row> rows = new ArrayList<>();
    Map<Integer, Integer> sum = new HashMap<>();
    sum.put(1, -1);
    int wires = 2 + bits;
    Map<Integer, Integer> equal = Map.of(0, 1);
    for (int i = bits - 1; i >= 0; i--) {
      int bit = 2 + i;
      sum.put(bit, 1 << i);
      Map<Integer, Integer> room = new HashMap<>();
      equal.forEach((wire, factor) -> room.put(wire, -factor));
      room.merge(0, 1, Integer::sum);
      room.put(bit, -1);
      if ((largest >> i & 1) == 0) {
        rows.add(row(prime, Map.of(bit, 1), room, Map.of()));
      } else {
        rows.add(row(prime, Map.of(bit, 1), Map.of(bit, 1, 0, -1), Map.of()));
        if (random.nextInt(8) > 0) {
          rows.add(row(prime, equal, Map.of(bit, 1), Map.of(wires, 1)));
          equal = Map.of(wires++, 1);
        }
      }
    }
    rows.add(row(prime, Map.of(0, 1), sum, Map.of()));
    PrimeSystem system = finish(prime, wires, 1, rows);
    if (Math.pow(p, wires - 1) < 500_000) {
      check(system);
    }
  }

  /**
   * Six bits of a number below 59 that are compared with a constant in pairs. One of the conditions
   * may be broken, and then nothing may be claimed that is not so.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "weight", "excluded bit", "other part", "short sum"})
  void pairsOfComparedBits(String broken) {
    int p = 59;
    BigInteger prime = BigInteger.valueOf(p);
    int top = broken.equals("weight") ? 8 : 16;
    int sum = 11;
    for (int constant = 0; constant < 64; constant += broken.isEmpty() ? 1 : 5) {
      List<PrimeSystem.Row> rows = new ArrayList<>();
      for (int bit = 2; bit <= 7; bit++) {
        rows.add(row(prime, Map.of(bit, 1), Map.of(bit, 1, 0, -1), Map.of()));
      }
      rows.add(
          row(prime, Map.of(0, 1), sum(2, 1, 3, 2, 4, 4, 5, 8, 6, 16, 7, 32, 1, -1), Map.of()));
      Map<Integer, Integer> parts = new HashMap<>();
      for (int i = 0; i < 3; i++) {
        int c = (constant >> (2 * i)) & 3;
        int[] v = new int[4]; // by the pair's value
        for (int s = 0; s < 4; s++) {
          v[s] = s < c ? 1 << i : s == c ? 0 : top - (1 << i);
        }
        if (broken.equals("other part") && i == 1) {
          v[3]++;
        }
        // part = v0 + (v1 - v0) low + (v2 - v0) high + (v3 - v2 - v1 + v0) low high
        int low = 2 + 2 * i;
        rows.add(
            row(
                prime,
                Map.of(low, v[3] - v[2] - v[1] + v[0]),
                Map.of(low + 1, 1),
                sum(8 + i, 1, 0, -v[0], low, v[0] - v[1], low + 1, v[0] - v[2])));
        parts.put(8 + i, 1);
      }
      parts.put(sum, -1);
      rows.add(row(prime, Map.of(0, 1), parts, Map.of()));
      Map<Integer, Integer> powers = sum(sum, -1, 12, 1, 13, 2, 14, 4, 15, 16, 16, 32);
      if (broken.equals("excluded bit")) {
        powers.put(17, 8);
      } else if (broken.equals("short sum")) {
        powers.remove(15);
      }
      int wires = broken.equals("excluded bit") ? 18 : 17;
      for (int bit = 12; bit < wires; bit++) {
        rows.add(row(prime, Map.of(bit, 1), Map.of(bit, 1, 0, -1), Map.of()));
      }
      rows.add(row(prime, Map.of(0, 1), powers, Map.of()));
      PrimeSystem system =
          new PrimeSystem(prime, wires, rows, List.of(1), List.of(2, 3, 4, 5, 6, 7));
      boolean unique = check(system)[2];
      Propagation facts = new Propagation(system);
      facts.run();
      assertEquals(broken.isEmpty() ? constant < p : unique, unique, system::toString);
      assertTrue(!broken.isEmpty() || facts.isDetermined(2) == constant < p, system::toString);
    }
  }

  /**
   * Quotients as in sums of points of a twisted Edwards curve, with any constants. For two points
   * they are determined just where no inputs make both sides 0; for one twice, not all are found,
   * such as y^4 = -1, which may have no solution where -1 is a square.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 5, 7, 11, 13})
  void sumsOfPoints(int p) {
    BigInteger prime = BigInteger.valueOf(p);
    int[] count = new int[2];
    for (int[] points : new int[][] {{1, 2, 3, 4}, {1, 2, 1, 2}}) {
      int inputs = points[3];
      if (inputs == 4 && p > 7) {
        continue;
      }
      int x1 = points[0];
      int y1 = points[1];
      int x2 = points[2];
      int y2 = points[3];
      int beta = inputs + 1;
      int gamma = inputs + 2;
      int delta = inputs + 3;
      int tau = inputs + 4;
      int z = inputs + 5;
      for (int v = 0; v < p; v++) {
        for (int a = 0; a < p; a++) {
          List<PrimeSystem.Row> rows = new ArrayList<>();
          rows.add(row(prime, Map.of(x1, 1), Map.of(y2, 1), Map.of(beta, 1)));
          rows.add(row(prime, Map.of(y1, 1), Map.of(x2, 1), Map.of(gamma, 1)));
          rows.add(row(prime, sum(y1, 1, x1, -a), sum(x2, 1, y2, 1), Map.of(delta, 1)));
          rows.add(row(prime, Map.of(beta, 1), Map.of(gamma, 1), Map.of(tau, 1)));
          Map<Integer, Integer> x = sum(beta, 1, gamma, a);
          Map<Integer, Integer> y = sum(delta, 1, beta, a, gamma, -1); // y1 y2 - a x1 x2
          for (Map<Integer, Integer> numerator : List.of(x, y)) {
            List<PrimeSystem.Row> all = new ArrayList<>(rows);
            all.add(row(prime, sum(0, 1, tau, v), Map.of(z, 1), numerator));
            PrimeSystem system = finish(prime, z + 1, inputs, all);
            boolean unique = check(system)[z];
            Propagation facts = new Propagation(system);
            facts.run();
            assertTrue(inputs == 2 || unique == facts.isDetermined(z), system::toString);
            count[unique ? 1 : 0]++;
          }
        }
      }
    }
    assertTrue(count[0] > 0 && count[1] > 0);
  }

  /** Quotients of random products, with two inputs or three. */
  @Property(tries = 400, seed = "5")
  void quotients(@ForAll long seed) {
    Random random = new Random(seed);
    int p = PRIMES[random.nextInt(PRIMES.length)];
    BigInteger prime = BigInteger.valueOf(p);
    int inputs = 2 + random.nextInt(2);
    int wires = 1 + inputs;
    List<PrimeSystem.Row> rows = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      Map<Integer, Integer> left = Map.of(1 + random.nextInt(wires - 1), 1);
      Map<Integer, Integer> right =
          sum(1 + random.nextInt(wires - 1), 1, random.nextInt(wires), random.nextInt(3) - 1);
      rows.add(row(prime, left, right, Map.of(wires++, 1 + random.nextInt(2))));
    }
    Map<Integer, Integer> denominator = sum(0, random.nextInt(p), wires - 1, random.nextInt(p));
    Map<Integer, Integer> numerator = new HashMap<>();
    for (int i = random.nextInt(4); i >= 0; i--) {
      numerator.merge(random.nextInt(wires), random.nextInt(p), Integer::sum);
    }
    rows.add(row(prime, denominator, Map.of(wires, 1), numerator));
    check(finish(prime, wires + 1, inputs, rows));
  }

  /** Factors by wire, of which a wire may be given twice. */
  private static Map<Integer, Integer> sum(int... pairs) {
    Map<Integer, Integer> factors = new HashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      factors.merge(pairs[i], pairs[i + 1], Integer::sum);
    }
    return factors;
  }

  private static PrimeSystem.Row row(
      BigInteger p, Map<Integer, Integer> a, Map<Integer, Integer> b, Map<Integer, Integer> c) {
    return new PrimeSystem.Row(form(p, a), form(p, b), form(p, c));
  }

  private static Form form(BigInteger p, Map<Integer, Integer> factors) {
    Map<Integer, BigInteger> big = new HashMap<>();
    factors.forEach((wire, factor) -> big.put(wire, BigInteger.valueOf(factor)));
    return Form.of(p, big);
  }

  private static PrimeSystem system(Random random, int inputs, int others, int constraints) {
    BigInteger p = BigInteger.valueOf(PRIMES[random.nextInt(4)]);
    int wires = 1 + inputs + others;
    List<PrimeSystem.Row> rows = new ArrayList<>();
    for (int i = 0; i < constraints; i++) {
      rows.add(
          new PrimeSystem.Row(
              random(random, p, wires), random(random, p, wires), random(random, p, wires)));
    }
    return finish(p, wires, inputs, rows);
  }

  private static Form random(Random random, BigInteger p, int wires) {
    Map<Integer, BigInteger> factors = new HashMap<>();
    for (int term = random.nextInt(3); term >= 0; term--) {
      factors.put(random.nextInt(wires), BigInteger.valueOf(random.nextInt(p.intValue())));
    }
    return Form.of(p, factors);
  }

  private static PrimeSystem finish(
      BigInteger p, int wires, int inputs, List<PrimeSystem.Row> rows) {
    List<Integer> inputWires = new ArrayList<>();
    for (int wire = 1; wire <= inputs; wire++) {
      inputWires.add(wire);
    }
    return new PrimeSystem(p, wires, rows, inputWires, List.of(wires - 1));
  }

  /** Whether each wire has one value at most for the same inputs. */
  private static boolean[] check(PrimeSystem system) {
    List<int[]> solutions = solutions(system);
    Propagation facts = new Propagation(system);
    facts.run();
    Map<List<Integer>, int[]> byInputs = new HashMap<>();
    boolean[] unique = new boolean[system.wires()];
    Arrays.fill(unique, true);
    for (int[] solution : solutions) {
      List<Integer> key = system.inputs().stream().map(wire -> solution[wire]).toList();
      int[] other = byInputs.computeIfAbsent(key, k -> solution);
      for (int wire = 0; wire < system.wires(); wire++) {
        unique[wire] &= other[wire] == solution[wire];
        BigInteger max = facts.max(wire);
        assertTrue(
            max == null || solution[wire] <= max.intValueExact(),
            () -> "a bound does not hold in " + system);
      }
    }
    for (int wire = 0; wire < system.wires(); wire++) {
      int w = wire;
      assertTrue(unique[w] || !facts.isDetermined(w), () -> "wire " + w + " of " + system);
    }
    Audit.Result result = Audit.audit(system, null, true);
    if (result.verdict() == Verdict.SAFE) {
      system.outputs().forEach(wire -> assertTrue(unique[wire]));
    }
    if (result.second() != null) {
      BigInteger[] first = Objects.requireNonNull(result.first());
      BigInteger[] second = result.second();
      assertTrue(system.holds(first));
      assertTrue(system.holds(second));
      system.inputs().forEach(wire -> assertEquals(first[wire], second[wire]));
      assertNotEquals(first[result.wire()], second[result.wire()]);
      assertFalse(unique[result.wire()]);
      boolean output = system.outputs().contains(result.wire());
      assertEquals(output, result.verdict() == Verdict.COUNTEREXAMPLE);
    } else {
      assertNotEquals(Verdict.COUNTEREXAMPLE, result.verdict());
    }
    return unique;
  }

  private static List<int[]> solutions(PrimeSystem system) {
    int p = system.p().intValueExact();
    // Rows by their last wire: they are tried as soon as it has a value.
    List<List<int[][]>> rows = new ArrayList<>();
    for (int wire = 0; wire < system.wires(); wire++) {
      rows.add(new ArrayList<>());
    }
    for (PrimeSystem.Row row : system.rows()) {
      int last = row.wires().stream().mapToInt(wire -> wire).max().orElse(0);
      rows.get(last)
          .add(
              new int[][] {dense(system, row.a()), dense(system, row.b()), dense(system, row.c())});
    }
    List<int[]> found = new ArrayList<>();
    int[] values = new int[system.wires()];
    values[0] = 1;
    if (rows.get(0).stream().allMatch(row -> holds(row, values, p))) {
      collect(found, values, 1, rows, p);
    }
    return found;
  }

  private static void collect(
      List<int[]> found, int[] values, int wire, List<List<int[][]>> rows, int p) {
    if (wire == values.length) {
      found.add(values.clone());
      return;
    }
    for (int value = 0; value < p; value++) {
      values[wire] = value;
      if (rows.get(wire).stream().allMatch(row -> holds(row, values, p))) {
        collect(found, values, wire + 1, rows, p);
      }
    }
    values[wire] = 0;
  }

  private static boolean holds(int[][] row, int[] values, int p) {
    return (dot(row[0], values) * dot(row[1], values) - dot(row[2], values)) % p == 0;
  }

  private static int[] dense(PrimeSystem system, Form form) {
    int[] factors = new int[system.wires()];
    form.factors().forEach((wire, factor) -> factors[wire] = factor.intValueExact());
    return factors;
  }

  private static long dot(int[] x, int[] y) {
    long sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += (long) x[i] * y[i];
    }
    return sum;
  }
}
