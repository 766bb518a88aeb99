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
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
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
  private final List<PrimeSystem.Row> products;
  private final List<Form> linear;

  /** For each wire, linear forms (as 2i) and products (as 2i + 1) that have it. */
  private final List<List<Integer>> uses;

  private final boolean[] determined;
  private final @Nullable BigInteger[] max;
  private final int wires;
  private int determinedCount;

  /** Products that are 0, by the normalized form of a factor: the other factor. */
  private final Map<Form, List<Form>> zeroWith = new HashMap<>();

  /** Normalized forms that are 0 in no solution: their products are constants other than 0. */
  private final Set<Form> notZero = new HashSet<>();

  private final Denominators denominators;
  private final PairComparison comparison;
  private final Deque<Integer> open = new ArrayDeque<>();
  private final boolean[] isOpen;

  Propagation(PrimeSystem system) {
    this.p = system.p();
    Rewriting rewriting = Rewriting.of(system);
    this.wires = rewriting.wires();
    this.products = rewriting.products();
    this.linear = rewriting.linear();
    this.denominators = new Denominators(p, products);
    this.determined = new boolean[wires];
    this.max = new BigInteger[wires];
    rewriting.bits().forEach(wire -> max[wire] = BigInteger.ONE);
    determined[0] = true;
    max[0] = BigInteger.ONE;
    for (int input : system.inputs()) {
      determined[input] = true;
    }
    this.uses = new ArrayList<>();
    for (int wire = 0; wire < wires; wire++) {
      uses.add(new ArrayList<>());
    }
    this.comparison = new PairComparison(p, linear, products, uses, max);
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

  /** Applies the rules until none finds more. */
  void run() {
    do {
      while (!open.isEmpty()) {
        int use = open.remove();
        isOpen[use] = false;
        if (use % 2 == 0) {
          bounds(linear.get(use / 2));
          mixedRadix(linear.get(use / 2));
        } else {
          product(products.get(use / 2));
          fewValues(products.get(use / 2));
        }
      }
    } while (solveTogether() || solveAlternatives());
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
      determinedCount++;
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
    // A factor that is not 0 at all, or not where c is: other = c / factor.
    if (unknowns(c).isEmpty()
        && unknowns(other).size() == 1
        && (notZero.contains(factor.normalized()) || excludeEachOther(factor, c))) {
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

  /** Whether no solution has both forms 0, or the first and what the other one is equal to. */
  private boolean excludeEachOther(Form factor, Form c) {
    if (denominators.excludeEachOther(factor, c)) {
      return true;
    }
    if (c.factors().size() != 1 || c.isConstant()) {
      return false;
    }
    int wire = c.factors().keySet().iterator().next();
    for (int use : uses.get(wire)) {
      if (use % 2 == 0) {
        Form zero = linear.get(use / 2);
        Form equal = c.plus(zero, c.factor(wire).multiply(zero.inverse(wire)).negate());
        if (denominators.excludeEachOther(factor, equal)) {
          return true;
        }
      }
    }
    return false;
  }

  /**
   * A wire alone without a bound, or alone not determined, beside others of few values: it has what
   * solves the product for one of their choices.
   */
  private void fewValues(PrimeSystem.Row row) {
    Set<Integer> all = row.wires();
    List<Integer> unbounded = all.stream().filter(wire -> max[wire] == null).toList();
    List<Integer> unknown = all.stream().filter(wire -> !determined[wire]).toList();
    List<Integer> candidates = unbounded.isEmpty() ? unknown : unbounded;
    if (candidates.size() != 1) {
      return;
    }
    int wire = candidates.get(0);
    all.remove(wire);
    FewValues values = FewValues.of(p, row, wire, List.copyOf(all), productsOf(all), max);
    if (values != null) {
      tighten(wire, values.largest());
      if (values.unique() && unknown.equals(candidates)) {
        determine(wire);
      }
    }
  }

  /** Products of some wires alone. */
  private List<PrimeSystem.Row> productsOf(Set<Integer> some) {
    Set<Integer> found = new HashSet<>();
    for (int wire : some) {
      for (int use : uses.get(wire)) {
        if (use % 2 == 1 && some.containsAll(products.get(use / 2).wires())) {
          found.add(use / 2);
        }
      }
    }
    return found.stream().map(products::get).toList();
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
      BigInteger scale = p.subtract(form.inverse(unbounded));
      BigInteger sum = BigInteger.ZERO;
      for (Map.Entry<Integer, BigInteger> term : form.factors().entrySet()) {
        int wire = term.getKey();
        if (wire != unbounded) {
          BigInteger factor = Rewriting.signed(p, term.getValue().multiply(scale).mod(p));
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
      BigInteger part = Rewriting.signed(p, term.getValue()).multiply(bound(term.getKey()));
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
      BigInteger factor = Rewriting.signed(p, term.getValue());
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
      scales.add(form.inverse(wire));
    }
    for (BigInteger scale : scales) {
      if (isMixedRadix(form, unknowns, scale)
          || isBelowConstant(form, unknowns, scale)
          || isBelowConstant(form, unknowns, p.subtract(scale))) {
        unknowns.forEach(this::determine);
        return;
      }
    }
  }

  private boolean isMixedRadix(Form form, List<Integer> unknowns, BigInteger scale) {
    List<BigInteger[]> terms = new ArrayList<>();
    for (int wire : unknowns) {
      BigInteger factor = Rewriting.signed(p, form.factor(wire).multiply(scale).mod(p)).abs();
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
   * Bits x_i with factors 2^i, which the system requires to be those of a number up to a constant
   * below p. Two solutions' numbers are equal modulo p, and so they are equal.
   */
  private boolean isBelowConstant(Form form, List<Integer> unknowns, BigInteger scale) {
    NavigableMap<Integer, Integer> wireOf = new TreeMap<>();
    for (int wire : unknowns) {
      BigInteger factor = form.factor(wire).multiply(scale).mod(p);
      if (factor.bitCount() != 1 || !BigInteger.ONE.equals(max[wire])) {
        return false;
      }
      wireOf.put(factor.getLowestSetBit(), wire);
    }
    if (wireOf.size() != unknowns.size()) {
      return false;
    }
    if (largest(wireOf).compareTo(p) < 0) {
      return true;
    }
    boolean all = wireOf.firstKey() == 0 && wireOf.lastKey() == wireOf.size() - 1;
    BigInteger largest = all ? comparison.largest(List.copyOf(wireOf.values())) : null;
    return largest != null && largest.compareTo(p) < 0;
  }

  /**
   * The largest number that bits may be. From the highest one on, there are forms E, 1 as long as
   * the bits are a constant's, and 0 below it. Where the constant has a 1, the next E is E x_i;
   * where it has a 0, x_i (1 - E - x_i) = 0, so that x_i is 0 unless E is. Lower bits of which
   * nothing of the kind is found may be 1.
   *
   * @param wireOf the bits' wires by their exponents
   */
  private BigInteger largest(NavigableMap<Integer, Integer> wireOf) {
    BigInteger most = BigInteger.ZERO;
    Form equal = Form.of(p, Map.of(0, BigInteger.ONE));
    for (Map.Entry<Integer, Integer> bit : wireOf.descendingMap().entrySet()) {
      Form x = Form.of(p, Map.of(bit.getValue(), BigInteger.ONE));
      if (isZeroProduct(x, Form.of(p, Map.of(0, BigInteger.ONE)).minus(equal).minus(x))) {
        continue;
      }
      most = most.setBit(bit.getKey());
      Form next = productOf(equal, x);
      if (next == null) {
        most = most.or(BigInteger.ONE.shiftLeft(bit.getKey()).subtract(BigInteger.ONE));
        break;
      }
      equal = next;
    }
    return most;
  }

  private boolean isZeroProduct(Form x, Form y) {
    Form factor = y.normalized();
    return zeroWith.getOrDefault(x, List.of()).stream()
        .anyMatch(other -> other.normalized().equals(factor));
  }

  /** The form that is the product of two, if a constraint or a factor of 1 says so. */
  private @Nullable Form productOf(Form x, Form wire) {
    if (x.isConstant() && x.constant().equals(BigInteger.ONE)) {
      return wire;
    }
    for (int use : uses.get(wire.factors().keySet().iterator().next())) {
      if (use % 2 == 1) {
        PrimeSystem.Row row = products.get(use / 2);
        boolean same =
            (row.a().equals(x) && row.b().equals(wire))
                || (row.a().equals(wire) && row.b().equals(x));
        if (same) {
          return row.c();
        }
      }
    }
    return null;
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
    LinearSystem system = new LinearSystem(p, this::preference);
    group.forEach(system::add);
    boolean found = false;
    for (Form form : system.forms()) {
      int before = determinedCount;
      bounds(form);
      mixedRadix(form);
      found |= determinedCount > before;
    }
    return found;
  }

  /** Wires without bounds go first: what is left has digits alone, of which more is known. */
  private int preference(int wire) {
    return determined[wire] ? 0 : max[wire] == null ? 2 : 1;
  }

  private boolean determineAll(Set<Integer> found) {
    int before = determinedCount;
    found.forEach(this::determine);
    return determinedCount > before;
  }

  private boolean solveAlternatives() {
    Map<Form, Alternatives> groups = new HashMap<>();
    for (PrimeSystem.Row row : products) {
      if (row.c().isZero()) {
        addAlternative(groups, row.a(), row.b());
        addAlternative(groups, row.b(), row.a());
      }
    }
    boolean found = false;
    for (Alternatives group : groups.values()) {
      Set<Integer> unknowns = group.unknowns();
      Set<Form> always = new HashSet<>();
      for (int wire : unknowns) {
        for (int use : uses.get(wire)) {
          if (use % 2 == 0 && unknowns.containsAll(unknowns(linear.get(use / 2)))) {
            always.add(unknownPart(linear.get(use / 2)));
          }
        }
      }
      found |= determineAll(group.determined(List.copyOf(always)));
    }
    return found;
  }

  private void addAlternative(Map<Form, Alternatives> groups, Form k, Form form) {
    if (!k.isConstant() && unknowns(k).isEmpty() && !unknowns(form).isEmpty()) {
      groups
          .computeIfAbsent(Alternatives.direction(k), direction -> new Alternatives(p))
          .add(unknownPart(form), k);
    }
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
