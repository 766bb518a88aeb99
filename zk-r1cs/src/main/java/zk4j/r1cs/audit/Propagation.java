package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Finds wires that the inputs determine: any two solutions with the same inputs have the same value
 * there. Rules are applied until none finds more; each is sound by the argument beside it, and none
 * is needed for soundness.
 *
 * <p>A wire's range is 0..max, as a number below p, in every solution.
 */
final class Propagation {
  /** Unknowns of a linear system that is solved as a whole. */
  private static final int MAX_UNKNOWNS = 400;

  private final BigInteger p;
  private final List<PrimeSystem.Row> products = new ArrayList<>();
  private final List<Form> linear = new ArrayList<>();

  /** For each wire, linear forms (as 2i) and products (as 2i + 1) that have it. */
  private final List<List<Integer>> uses;

  private final boolean[] determined;
  private final @Nullable BigInteger[] max;
  private int wires;

  /** Products that are 0, by the normalized form of a factor: the other factor. */
  private final Map<Form, List<Form>> zeroWith = new HashMap<>();

  /** Normalized forms that are 0 in no solution: their products are constants other than 0. */
  private final Set<Form> notZero = new HashSet<>();

  private final Deque<Integer> open = new ArrayDeque<>();
  private final boolean[] isOpen;

  Propagation(PrimeSystem system) {
    this.p = system.p();
    this.wires = system.wires();
    // A product (F - r)(F - s) = 0 gets a wire more, at most.
    int room = wires + system.rows().size();
    this.determined = new boolean[room];
    this.max = new BigInteger[room];
    for (PrimeSystem.Row row : system.rows()) {
      add(row);
    }
    determined[0] = true;
    max[0] = BigInteger.ONE;
    for (int input : system.inputs()) {
      determined[input] = true;
    }
    this.uses = new ArrayList<>();
    for (int wire = 0; wire < wires; wire++) {
      uses.add(new ArrayList<>());
    }
    this.isOpen = new boolean[2 * Math.max(linear.size(), products.size()) + 2];
    for (int i = 0; i < linear.size(); i++) {
      index(linear.get(i), 2 * i);
    }
    for (int i = 0; i < products.size(); i++) {
      PrimeSystem.Row row = products.get(i);
      index(row.a(), 2 * i + 1);
      index(row.b(), 2 * i + 1);
      index(row.c(), 2 * i + 1);
      if (row.c().isZero()) {
        zeroWith.computeIfAbsent(row.a().normalized(), k -> new ArrayList<>()).add(row.b());
        zeroWith.computeIfAbsent(row.b().normalized(), k -> new ArrayList<>()).add(row.a());
      } else if (row.c().isConstant()) {
        notZero.add(row.a().normalized());
        notZero.add(row.b().normalized());
      }
    }
  }

  private void index(Form form, int use) {
    for (int wire : form.factors().keySet()) {
      if (wire != 0) {
        uses.get(wire).add(use);
      }
    }
    enqueue(use);
  }

  private void enqueue(int use) {
    if (!isOpen[use]) {
      isOpen[use] = true;
      open.add(use);
    }
  }

  /**
   * Sorts a constraint into linear ones and products. (F - r)(F - s) = 0 says that F is r or s: a
   * wire y more that is 0 or 1, and F = r + (s - r) y; y has one value for each solution.
   */
  private void add(PrimeSystem.Row row) {
    Form form = row.linear();
    if (form != null) {
      linear.add(form);
      return;
    }
    products.add(row);
    Form a = row.a().withoutConstant();
    Form b = row.b().withoutConstant();
    if (!row.c().isZero() || !a.normalized().equals(b.normalized())) {
      return;
    }
    int wire = a.factors().keySet().iterator().next();
    BigInteger r = p.subtract(row.a().constant()).mod(p);
    BigInteger scale = a.factor(wire).multiply(b.factor(wire).modInverse(p));
    BigInteger s = p.subtract(row.b().constant()).multiply(scale).mod(p);
    Form step = Form.of(p, Map.of(wires, s.subtract(r)));
    boolean single = a.factors().size() == 1;
    BigInteger inverse = a.factor(wire).modInverse(p);
    if (r.equals(s)) {
      linear.add(row.a());
    } else if (single && isBit(r.multiply(inverse).mod(p), s.multiply(inverse).mod(p))) {
      max[wire] = BigInteger.ONE;
    } else {
      linear.add(row.a().minus(step));
      max[wires++] = BigInteger.ONE;
    }
  }

  private static boolean isBit(BigInteger r, BigInteger s) {
    BigInteger one = BigInteger.ONE;
    return (r.signum() == 0 && s.equals(one)) || (s.signum() == 0 && r.equals(one));
  }

  /** Applies the rules until none finds more. */
  void run() {
    do {
      while (!open.isEmpty()) {
        int use = open.remove();
        isOpen[use] = false;
        if (use % 2 == 0) {
          bounds(linear.get(use / 2));
          mixedRadix(linear.get(use / 2));
          oneOfMany(linear.get(use / 2));
        } else {
          product(products.get(use / 2));
        }
      }
    } while (solveTogether());
  }

  /** Forms that are 0 in every solution, of the system's wires and of bits that were added. */
  List<Form> linear() {
    return linear;
  }

  /** Wires, those that were added included. */
  int wires() {
    return wires;
  }

  boolean isDetermined(int wire) {
    return determined[wire];
  }

  @Nullable BigInteger max(int wire) {
    return max[wire];
  }

  private void determine(int wire) {
    if (!determined[wire]) {
      determined[wire] = true;
      uses.get(wire).forEach(this::enqueue);
    }
  }

  private List<Integer> unknowns(Form form) {
    List<Integer> unknowns = new ArrayList<>();
    for (int wire : form.factors().keySet()) {
      if (!determined[wire]) {
        unknowns.add(wire);
      }
    }
    return unknowns;
  }

  /** A determined form with one unknown wire determines it: its factor is not 0. */
  private void determineIn(Form form) {
    List<Integer> unknowns = unknowns(form);
    if (unknowns.size() == 1) {
      determine(unknowns.get(0));
    }
  }

  private void product(PrimeSystem.Row row) {
    boolean a = unknowns(row.a()).isEmpty();
    boolean b = unknowns(row.b()).isEmpty();
    if (a && b) {
      determineIn(row.c()); // it is the product of determined values
      return;
    }
    if (a) {
      withDeterminedFactor(row.a(), row.b(), row.c());
    }
    if (b) {
      withDeterminedFactor(row.b(), row.a(), row.c());
    }
  }

  private void withDeterminedFactor(Form factor, Form other, Form c) {
    // A factor that is 0 in no solution: other = c / factor.
    if (unknowns(c).isEmpty() && notZero.contains(factor.normalized())) {
      determineIn(other);
    }
    // Where the factor is 0, c is 0, and where it is not, a g with factor * g = 0 is 0. If c + t g
    // is a constant k, for a t that is not 0, then g is k/t or 0, by the factor, which is
    // determined.
    for (Form g : zeroWith.getOrDefault(factor.normalized(), List.of())) {
      Form plain = c.withoutConstant();
      Form direction = g.withoutConstant();
      if (!plain.isZero() && plain.normalized().equals(direction.normalized())) {
        determineIn(g);
      }
    }
  }

  /** The factor's representative next to 0. */
  private BigInteger signed(BigInteger factor) {
    return factor.compareTo(p.shiftRight(1)) > 0 ? factor.subtract(p) : factor;
  }

  /**
   * If |factor| * max, summed over all wires, is below p, the form is 0 as an integer too, and each
   * wire is bounded by what the others leave. A wire without a bound, alone and with factor 1 or -1
   * after scaling, is the sum of the others, if that cannot be below 0 or wrap around.
   */
  private void bounds(Form form) {
    int unbounded = -1;
    for (int wire : form.factors().keySet()) {
      if (wire != 0 && max[wire] == null) {
        if (unbounded >= 0) {
          return;
        }
        unbounded = wire;
      }
    }
    if (unbounded >= 0) {
      BigInteger scale = p.subtract(form.factor(unbounded)).modInverse(p);
      BigInteger sum = BigInteger.ZERO;
      for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
        int wire = term.getKey();
        if (wire != unbounded) {
          BigInteger factor = signed(term.getValue().multiply(scale).mod(p));
          if (factor.signum() < 0) {
            return;
          }
          sum = sum.add(factor.multiply(bound(wire)));
        }
      }
      if (sum.compareTo(p) < 0) {
        tighten(unbounded, sum);
      }
      return;
    }
    BigInteger total = BigInteger.ZERO;
    BigInteger high = BigInteger.ZERO; // the most that negative terms can make up for
    BigInteger low = BigInteger.ZERO;
    for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
      BigInteger part = signed(term.getValue()).multiply(bound(term.getKey()));
      total = total.add(part.abs());
      boolean fixed = term.getKey() == 0;
      high = part.signum() > 0 || fixed ? high.add(part) : high;
      low = part.signum() < 0 || fixed ? low.add(part) : low;
    }
    if (total.compareTo(p) >= 0) {
      return;
    }
    for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
      int wire = term.getKey();
      if (wire == 0) {
        continue;
      }
      BigInteger factor = signed(term.getValue());
      // factor * x = -(the rest): at most -low for a positive factor, at least -high for a
      // negative.
      BigInteger most = factor.signum() > 0 ? low.negate() : high;
      if (most.signum() >= 0) {
        tighten(wire, most.divide(factor.abs()));
      }
    }
  }

  private BigInteger bound(int wire) {
    BigInteger bound = max[wire];
    return bound == null ? p.subtract(BigInteger.ONE) : bound;
  }

  private void tighten(int wire, BigInteger bound) {
    if (bound.compareTo(bound(wire)) < 0) {
      max[wire] = bound;
      uses.get(wire).forEach(this::enqueue);
      if (bound.signum() == 0) {
        determine(wire);
      }
    }
  }

  /**
   * Unknowns x_i with factors f_i: two solutions differ by d with |d_i| <= max_i and sum f_i d_i =
   * 0 modulo p. If sum |f_i| max_i < p that holds for integers, and if each |f_i| is larger than
   * sum |f_j| max_j over the smaller ones, the largest i with d_i other than 0 would outweigh the
   * rest: there is none. The factors may be scaled by anything but 0.
   */
  private void mixedRadix(Form form) {
    List<Integer> unknowns = unknowns(form);
    if (unknowns.size() <= 1) {
      unknowns.forEach(this::determine);
      return;
    }
    if (unknowns.stream().anyMatch(wire -> max[wire] == null)) {
      return;
    }
    Set<BigInteger> scales = new TreeSet<>();
    scales.add(BigInteger.ONE);
    for (int wire : List.of(unknowns.get(0), unknowns.get(unknowns.size() - 1))) {
      scales.add(form.factor(wire).modInverse(p));
    }
    for (BigInteger scale : scales) {
      if (isMixedRadix(form, unknowns, scale)) {
        unknowns.forEach(this::determine);
        return;
      }
    }
  }

  private boolean isMixedRadix(Form form, List<Integer> unknowns, BigInteger scale) {
    List<BigInteger[]> terms = new ArrayList<>();
    for (int wire : unknowns) {
      BigInteger factor = signed(form.factor(wire).multiply(scale).mod(p)).abs();
      terms.add(new BigInteger[] {factor, bound(wire)});
    }
    terms.sort(Comparator.comparing(term -> term[0]));
    BigInteger below = BigInteger.ZERO;
    for (BigInteger[] term : terms) {
      if (term[0].compareTo(below) <= 0) {
        return false;
      }
      below = below.add(term[0].multiply(term[1]));
    }
    return below.compareTo(p) < 0;
  }

  /**
   * Unknowns e_i with e_i * k_i = 0 for determined k_i that differ from each other by constants
   * other than 0. At most one k_i is 0, which it is is determined, and the other e_i are 0: the
   * form determines the one that is left.
   */
  private void oneOfMany(Form form) {
    List<Integer> unknowns = unknowns(form);
    if (unknowns.size() < 2) {
      return;
    }
    Form shape = null;
    Set<BigInteger> constants = new HashSet<>();
    for (int wire : unknowns) {
      Form e = Form.of(p, Map.of(wire, BigInteger.ONE));
      boolean found = false;
      for (Form factor : zeroWith.getOrDefault(e, List.of())) {
        Form k = factor.withoutConstant();
        if (found || !unknowns(factor).isEmpty() || k.isZero()) {
          continue;
        }
        // Scaled alike, so that constants can be compared.
        BigInteger scale = k.factors().values().iterator().next().modInverse(p);
        Form direction = k.times(scale);
        if (shape == null || shape.equals(direction)) {
          found = constants.add(factor.constant().multiply(scale).mod(p));
          shape = direction;
        }
      }
      if (!found) {
        return;
      }
    }
    unknowns.forEach(this::determine);
  }

  /**
   * Gauss-Jordan elimination on the linear forms' unknowns: one that is alone in its row is
   * determined. Whether something was found.
   */
  private boolean solveTogether() {
    List<Form> rows = new ArrayList<>();
    Map<Integer, Integer> component = new HashMap<>();
    int[] parent = new int[wires];
    Arrays.setAll(parent, i -> i);
    for (Form form : linear) {
      List<Integer> unknowns = unknowns(form);
      if (unknowns.size() > 1) {
        rows.add(form);
        for (int wire : unknowns) {
          parent[root(parent, wire)] = root(parent, unknowns.get(0));
        }
      }
    }
    for (int wire = 0; wire < wires; wire++) {
      if (!determined[wire]) {
        component.merge(root(parent, wire), 1, Integer::sum);
      }
    }
    Map<Integer, List<Form>> groups = new HashMap<>();
    for (Form form : rows) {
      int root = root(parent, unknowns(form).get(0));
      if (component.getOrDefault(root, 0) <= MAX_UNKNOWNS) {
        groups.computeIfAbsent(root, k -> new ArrayList<>()).add(form);
      }
    }
    boolean found = false;
    for (List<Form> group : groups.values()) {
      if (group.size() > 1) {
        found |= eliminate(group);
      }
    }
    return found;
  }

  private static int root(int[] parent, int wire) {
    int at = wire;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  private boolean eliminate(List<Form> group) {
    Map<Integer, Form> pivots = new HashMap<>();
    for (Form form : group) {
      Form row = unknownPart(form);
      for (Map.Entry<Integer, Form> pivot : pivots.entrySet()) {
        BigInteger factor = row.factor(pivot.getKey());
        if (factor.signum() != 0) {
          row = row.plus(pivot.getValue(), p.subtract(factor));
        }
      }
      if (row.isZero()) {
        continue;
      }
      int wire = row.factors().keySet().iterator().next();
      Form unit = row.times(row.factor(wire).modInverse(p));
      pivots.replaceAll(
          (other, pivot) -> {
            BigInteger factor = pivot.factor(wire);
            return factor.signum() == 0 ? pivot : pivot.plus(unit, p.subtract(factor));
          });
      pivots.put(wire, unit);
    }
    boolean found = false;
    for (Map.Entry<Integer, Form> pivot : pivots.entrySet()) {
      if (pivot.getValue().factors().size() == 1 && !determined[pivot.getKey()]) {
        determine(pivot.getKey());
        found = true;
      }
    }
    return found;
  }

  private Form unknownPart(Form form) {
    Map<Integer, BigInteger> part = new HashMap<>();
    form.factors()
        .forEach(
            (wire, factor) -> {
              if (!determined[wire]) {
                part.put(wire, factor);
              }
            });
    return Form.of(p, part);
  }
}
