package zk4j.circuit;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;

/** Collects the constraints of a rank-1 system, and simplifies them. */
final class R1csBackend implements Backend {
  /** a * b = c, or a = 0 if b is the constant one and c is 0. */
  record Constraint(LinearCombination a, LinearCombination b, LinearCombination c, int origin) {
    private static final LinearCombination ONE = LinearCombination.ofConstant(Fr.ONE);

    static Constraint zero(LinearCombination x, int origin) {
      return new Constraint(x, ONE, LinearCombination.ZERO, origin);
    }

    /** The combination that must be 0, if this is linear; null otherwise. */
    @Nullable LinearCombination linear() {
      if (a.isConstant()) {
        return b.times(a.constant()).minus(c);
      }
      return b.isConstant() ? a.times(b.constant()).minus(c) : null;
    }
  }

  /** What a constraint requires, wherever it is from. */
  private record Requirement(LinearCombination a, LinearCombination b, LinearCombination c) {}

  private List<Constraint> constraints = new ArrayList<>();

  @Override
  public void product(LinearCombination a, LinearCombination b, LinearCombination c, int origin) {
    constraints.add(new Constraint(a, b, c, origin));
  }

  @Override
  public void zero(LinearCombination x, int origin) {
    constraints.add(Constraint.zero(x, origin));
  }

  List<Constraint> constraints() {
    return constraints;
  }

  /**
   * Solves linear constraints for internal wires, and puts what they equal wherever they are.
   * Products of which a factor has become constant are linear constraints too, and so on.
   */
  void simplify(Wires wires, Origins origins) {
    Solution solution = new Solution(wires, origins, occurrences(wires.count()));
    List<Constraint> open = constraints;
    List<Constraint> unsolved = new ArrayList<>();
    boolean changed;
    do {
      changed = false;
      List<Constraint> products = new ArrayList<>(open.size());
      for (Constraint constraint : open) {
        Constraint now = solution.applyTo(constraint);
        LinearCombination linear = now.linear();
        if (linear == null) {
          products.add(now);
        } else if (solution.solve(linear, now.origin)) {
          changed = true;
        } else {
          unsolved.add(Constraint.zero(linear, now.origin));
        }
      }
      open = products;
    } while (changed);
    Set<Requirement> seen = new HashSet<>();
    constraints = new ArrayList<>(open.size());
    for (List<Constraint> list : List.of(unsolved, open)) {
      for (Constraint constraint : list) {
        Constraint now = solution.applyTo(constraint);
        LinearCombination linear = now.linear();
        boolean holds = linear != null && linear.terms() == 0;
        if (!holds && seen.add(new Requirement(now.a, now.b, now.c))) {
          constraints.add(now);
        }
      }
    }
  }

  private int[] occurrences(int wires) {
    int[] counts = new int[wires];
    for (Constraint constraint : constraints) {
      for (LinearCombination x : List.of(constraint.a, constraint.b, constraint.c)) {
        for (int k = 0; k < x.terms(); k++) {
          counts[x.wire(k)]++;
        }
      }
    }
    return counts;
  }

  /** Wires that were solved for. What they equal has no wire that was solved for itself. */
  private static final class Solution {
    private final Wires wires;
    private final Origins origins;
    private final int[] occurrences;
    private final @Nullable LinearCombination[] equals;

    /** Of each wire, the solved ones that may depend on it. */
    private final @Nullable Ints[] dependents;

    Solution(Wires wires, Origins origins, int[] occurrences) {
      this.wires = wires;
      this.origins = origins;
      this.occurrences = occurrences;
      this.equals = new LinearCombination[wires.count()];
      this.dependents = new Ints[wires.count()];
    }

    Constraint applyTo(Constraint constraint) {
      return new Constraint(
          applyTo(constraint.a), applyTo(constraint.b), applyTo(constraint.c), constraint.origin);
    }

    private LinearCombination applyTo(LinearCombination x) {
      LinearCombination result = x;
      for (int k = 0; k < x.terms(); k++) {
        LinearCombination solved = equals[x.wire(k)];
        if (solved != null) {
          Fr factor = x.factor(k);
          result = result.plus(LinearCombination.ofWire(x.wire(k)), factor.negate());
          result = result.plus(solved, factor);
        }
      }
      return result;
    }

    /**
     * Solves x = 0 for the wire that is in the fewest places; true too if there is nothing to do.
     */
    boolean solve(LinearCombination x, int origin) {
      if (x.isConstant()) {
        if (x.terms() != 0) {
          throw new IllegalArgumentException(
              origins.text(origin) + ": no inputs satisfy this: it says 0 = " + x.constant());
        }
        return true;
      }
      int best = -1;
      for (int k = 0; k < x.terms(); k++) {
        int wire = x.wire(k);
        if (wire != 0
            && wires.kind(wire) == CircuitBuilder.Kind.INTERNAL
            && (best < 0 || occurrences[wire] <= occurrences[x.wire(best)])) {
          best = k;
        }
      }
      if (best < 0) {
        return false;
      }
      int wire = x.wire(best);
      Fr factor = x.factor(best);
      LinearCombination rest = x.plus(LinearCombination.ofWire(wire), factor.negate());
      LinearCombination solved = rest.times(factor.inverse().negate());
      equals[wire] = solved;
      for (int k = 0; k < solved.terms(); k++) {
        occurrences[solved.wire(k)] += occurrences[wire];
        depend(solved.wire(k), wire);
      }
      Ints earlier = dependents[wire];
      for (int i = 0; earlier != null && i < earlier.size(); i++) {
        int dependent = earlier.get(i);
        LinearCombination before = Objects.requireNonNull(equals[dependent]);
        Fr share = before.factorOf(wire);
        if (!share.isZero()) {
          equals[dependent] =
              before.plus(LinearCombination.ofWire(wire), share.negate()).plus(solved, share);
          for (int k = 0; k < solved.terms(); k++) {
            depend(solved.wire(k), dependent);
          }
        }
      }
      dependents[wire] = null;
      return true;
    }

    private void depend(int wire, int dependent) {
      Ints list = dependents[wire];
      if (list == null) {
        list = new Ints();
        dependents[wire] = list;
      }
      list.add(dependent);
    }
  }
}
