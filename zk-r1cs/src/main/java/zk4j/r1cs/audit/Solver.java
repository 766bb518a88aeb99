package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Looks for a solution that has given values at some wires: what follows is followed, and where
 * nothing does, values are tried. It finds what is easy to find; what it finds is checked.
 */
final class Solver {
  private final PrimeSystem system;
  private final Propagation facts;

  /** The system's constraints, and what is known to be 0 of forms that take two values. */
  private final List<PrimeSystem.Row> rows;

  /** Of each of them, what must be 0 if it is linear. */
  private final @Nullable Form[] linear;

  private final BigInteger p;
  private final Random random;
  private final List<List<Integer>> uses = new ArrayList<>();

  /** Assignments that may still be tried. */
  private int budget;

  /** The System.nanoTime() when nothing is looked for any more. */
  private final long end;

  /** Wires that are tried only when all others have values, so that those may follow. */
  private final Set<Integer> last;

  /**
   * A search.
   *
   * @param last wires that are tried only when all others have values
   * @param end the System.nanoTime() when nothing is looked for any more
   */
  Solver(PrimeSystem system, Propagation facts, Set<Integer> last, Random random, long end) {
    this.last = last;
    this.end = end;
    this.system = system;
    this.facts = facts;
    this.p = system.p();
    this.random = random;
    this.rows = new ArrayList<>(system.rows());
    Form one = Form.of(p, Map.of(0, BigInteger.ONE));
    for (Form form : facts.linear()) {
      rows.add(new PrimeSystem.Row(form, one, Form.of(p, Map.of())));
    }
    this.linear = new Form[rows.size()];
    for (int wire = 0; wire < facts.wires(); wire++) {
      uses.add(new ArrayList<>());
    }
    for (int i = 0; i < rows.size(); i++) {
      PrimeSystem.Row row = rows.get(i);
      linear[i] = row.linear();
      for (Form form : List.of(row.a(), row.b(), row.c())) {
        for (int wire : form.factors().keySet()) {
          List<Integer> list = uses.get(wire);
          if (list.isEmpty() || list.get(list.size() - 1) != i) {
            list.add(i);
          }
        }
      }
    }
  }

  /**
   * A solution with the given values, or null if none was found.
   *
   * @param fixed values below p, or null where they are open
   * @param preferred values to try first
   */
  BigInteger @Nullable [] solve(
      @Nullable BigInteger[] fixed, BigInteger @Nullable [] preferred, int tries) {
    budget = tries;
    Attempt attempt = new Attempt(Arrays.copyOf(fixed, facts.wires()));
    attempt.set(0, BigInteger.ONE);
    for (int i = 0; i < rows.size(); i++) {
      attempt.open.add(i);
    }
    BigInteger[] found = search(attempt, preferred);
    if (found == null) {
      return null;
    }
    BigInteger[] solution = Arrays.copyOf(found, system.wires());
    return system.holds(solution) ? solution : null;
  }

  private BigInteger @Nullable [] search(Attempt attempt, BigInteger @Nullable [] preferred) {
    if (!attempt.follow()) {
      return null;
    }
    int wire = attempt.firstOpen();
    if (wire < 0) {
      return attempt.complete();
    }
    List<BigInteger> choices = new ArrayList<>();
    if (preferred != null && wire < preferred.length) {
      choices.add(preferred[wire]);
    }
    boolean bit = BigInteger.ONE.equals(facts.max(wire));
    for (BigInteger value : List.of(BigInteger.ZERO, BigInteger.ONE)) {
      if (!choices.contains(value)) {
        choices.add(value);
      }
    }
    if (!bit) {
      choices.add(new BigInteger(p.bitLength() + 8, random).mod(p));
    }
    for (BigInteger value : choices) {
      if (--budget < 0 || System.nanoTime() > end) {
        return null;
      }
      Attempt next = attempt.copy();
      next.set(wire, value);
      BigInteger[] found = search(next, preferred);
      if (found != null) {
        return found;
      }
    }
    return null;
  }

  /** Values so far. */
  private final class Attempt {
    private final @Nullable BigInteger[] values;
    private final Deque<Integer> open = new ArrayDeque<>();
    private boolean wrong;

    Attempt(@Nullable BigInteger[] values) {
      this.values = values;
    }

    Attempt copy() {
      return new Attempt(values.clone());
    }

    BigInteger[] complete() {
      BigInteger[] all = new BigInteger[values.length];
      for (int wire = 0; wire < all.length; wire++) {
        BigInteger value = values[wire];
        all[wire] = value == null ? BigInteger.ZERO : value;
      }
      return all;
    }

    int firstOpen() {
      int found = -1;
      for (int wire = 1; wire < values.length; wire++) {
        if (values[wire] == null) {
          if (!last.contains(wire)) {
            return wire;
          }
          found = found < 0 ? wire : found;
        }
      }
      return found;
    }

    void set(int wire, BigInteger value) {
      BigInteger before = values[wire];
      if (before == null) {
        BigInteger max = facts.max(wire);
        wrong |= max != null && value.compareTo(max) > 0;
        values[wire] = value;
        open.addAll(uses.get(wire));
      } else {
        wrong |= !before.equals(value);
      }
    }

    /** Follows constraints with one unknown; whether all is well. */
    boolean follow() {
      while (!wrong && !open.isEmpty()) {
        step(open.remove());
        wrong |= System.nanoTime() > end;
      }
      return !wrong;
    }

    private void step(int i) {
      Form zero = linear[i];
      if (zero != null) {
        solve(zero);
        return;
      }
      PrimeSystem.Row row = rows.get(i);
      BigInteger a = valueOf(row.a());
      BigInteger b = valueOf(row.b());
      if (a != null && b != null) {
        solve(row.c().plus(constant(a.multiply(b)), p.subtract(BigInteger.ONE)));
      } else if (a != null) {
        solve(row.c().plus(row.b(), p.subtract(a)));
      } else if (b != null) {
        solve(row.c().plus(row.a(), p.subtract(b)));
      }
    }

    private Form constant(BigInteger value) {
      return Form.of(p, Map.of(0, value));
    }

    private @Nullable BigInteger valueOf(Form form) {
      BigInteger sum = BigInteger.ZERO;
      for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
        BigInteger value = values[term.getKey()];
        if (value == null) {
          return null;
        }
        sum = sum.add(value.multiply(term.getValue()));
      }
      return sum.mod(p);
    }

    /** Makes a form 0 if there is one way to do so, or if its unknowns are digits. */
    private void solve(Form form) {
      Map<Integer, BigInteger> unknowns = new HashMap<>();
      BigInteger sum = BigInteger.ZERO;
      for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
        BigInteger value = values[term.getKey()];
        if (value == null) {
          unknowns.put(term.getKey(), term.getValue());
        } else {
          sum = sum.add(value.multiply(term.getValue()));
        }
      }
      BigInteger rest = sum.negate().mod(p);
      if (unknowns.isEmpty()) {
        wrong |= rest.signum() != 0;
      } else if (unknowns.size() == 1) {
        Map.Entry<Integer, BigInteger> only = unknowns.entrySet().iterator().next();
        set(only.getKey(), rest.multiply(Form.inverse(p, only.getValue())).mod(p));
      } else {
        digits(unknowns, rest);
      }
    }

    /** Unknowns of which each outweighs the smaller ones: the largest that fits goes first. */
    private void digits(Map<Integer, BigInteger> unknowns, BigInteger rest) {
      if (unknowns.keySet().stream().anyMatch(wire -> facts.max(wire) == null)) {
        return;
      }
      Set<BigInteger> scales = new LinkedHashSet<>();
      scales.add(BigInteger.ONE);
      scales.add(Collections.min(unknowns.entrySet(), Map.Entry.comparingByKey()).getValue());
      scales.add(Collections.max(unknowns.entrySet(), Map.Entry.comparingByKey()).getValue());
      for (BigInteger scale : List.copyOf(scales)) {
        BigInteger inverse = Form.inverse(p, scale);
        if (digits(unknowns, rest, inverse) || digits(unknowns, rest, p.subtract(inverse))) {
          return;
        }
      }
    }

    private boolean digits(Map<Integer, BigInteger> unknowns, BigInteger rest, BigInteger scale) {
      TreeMap<BigInteger, Integer> byFactor = new TreeMap<>();
      unknowns.forEach((wire, factor) -> byFactor.put(factor.multiply(scale).mod(p), wire));
      BigInteger below = BigInteger.ZERO;
      for (Map.Entry<BigInteger, Integer> term : byFactor.entrySet()) {
        if (term.getKey().compareTo(below) <= 0 || term.getKey().compareTo(p.shiftRight(1)) > 0) {
          return false;
        }
        below = below.add(term.getKey().multiply(bound(term.getValue())));
      }
      if (byFactor.size() != unknowns.size() || below.bitLength() > p.bitLength() + 1) {
        return false; // in the second case for there are too many numbers that are equal modulo p
      }
      for (BigInteger target = rest.multiply(scale).mod(p);
          target.compareTo(below) <= 0;
          target = target.add(p)) {
        Map<Integer, BigInteger> chosen = new HashMap<>();
        BigInteger left = target;
        for (Map.Entry<BigInteger, Integer> term : byFactor.descendingMap().entrySet()) {
          BigInteger digit = left.divide(term.getKey()).min(bound(term.getValue()));
          chosen.put(term.getValue(), digit);
          left = left.subtract(digit.multiply(term.getKey()));
        }
        if (left.signum() == 0) {
          chosen.forEach(this::set);
          return true;
        }
      }
      wrong = true;
      return true;
    }

    private BigInteger bound(int wire) {
      BigInteger max = facts.max(wire);
      return max == null ? p.subtract(BigInteger.ONE) : max;
    }
  }
}
