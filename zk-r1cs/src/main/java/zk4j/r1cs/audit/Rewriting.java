package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A system in a shape in which {@link Propagation} sees more: linear forms that are 0, and
 * products, with wires that compilers have solved away brought back. The wires that are added have
 * one value for each solution of the system.
 */
final class Rewriting {
  /** Forms with one wire that are compared with each other. */
  private static final int MAX_SHARED = 4;

  private final BigInteger p;
  private final List<PrimeSystem.Row> products = new ArrayList<>();
  private final List<Form> linear = new ArrayList<>();
  private final Set<Integer> bits = new HashSet<>();
  private int wires;

  private Rewriting(PrimeSystem system) {
    this.p = system.p();
    this.wires = system.wires();
  }

  static Rewriting of(PrimeSystem system) {
    Rewriting rewriting = new Rewriting(system);
    system.rows().forEach(rewriting::add);
    rewriting.addDifferences();
    rewriting.nameSums();
    rewriting.shortenProducts();
    return rewriting;
  }

  /** Wires, those that were added included. */
  int wires() {
    return wires;
  }

  /** Wires that are 0 or 1 in every solution. */
  Set<Integer> bits() {
    return bits;
  }

  /** Forms that are 0 in every solution. */
  List<Form> linear() {
    return linear;
  }

  /** The constraints that are not linear. */
  List<PrimeSystem.Row> products() {
    return products;
  }

  /** The factor's representative next to 0. */
  static BigInteger signed(BigInteger p, BigInteger factor) {
    return factor.compareTo(p.shiftRight(1)) > 0 ? factor.subtract(p) : factor;
  }

  /**
   * Sorts a constraint into linear ones and products. (F - r)(F - s) = 0 says that F is r or s: a
   * wire y more that is 0 or 1, and F = r + (s - r) y; y has one value for each solution.
   */
  private void add(PrimeSystem.Row row) {
    Form form = row.linear();
    if (form != null) {
      addLinear(form);
      return;
    }
    if (row.c().isZero() && (addNamed(row.a(), row.b()) || addNamed(row.b(), row.a()))) {
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
    BigInteger scale = a.factor(wire).multiply(b.inverse(wire));
    BigInteger s = p.subtract(row.b().constant()).multiply(scale).mod(p);
    Form step = Form.of(p, Map.of(wires, s.subtract(r)));
    boolean single = a.factors().size() == 1;
    BigInteger inverse = a.inverse(wire);
    if (r.equals(s)) {
      addLinear(row.a());
    } else if (single && isBit(r.multiply(inverse).mod(p), s.multiply(inverse).mod(p))) {
      bits.add(wire);
    } else {
      addLinear(row.a().minus(step));
      bits.add(wires++);
    }
  }

  /**
   * F (H - F) = 0 with a form F of several wires, and H of one: y (H - y) = 0 for a wire y more
   * that is F. What was a bit is one again, after a linear constraint was solved for it.
   */
  private boolean addNamed(Form f, Form other) {
    Form terms = f.withoutConstant();
    if (terms.factors().size() == 1 || other.withoutConstant().factors().size() == 1) {
      return false;
    }
    int wire = terms.factors().keySet().iterator().next();
    BigInteger scale = p.subtract(other.factor(wire)).multiply(f.inverse(wire)).mod(p);
    Form scaled = f.times(scale);
    Form h = other.plus(scaled, BigInteger.ONE);
    if (scaled.isZero() || h.withoutConstant().factors().size() != 1) {
      return false;
    }
    Form y = Form.of(p, Map.of(wires++, BigInteger.ONE));
    addLinear(scaled.minus(y));
    products.add(new PrimeSystem.Row(y, h.minus(y), Form.of(p, Map.of())));
    return true;
  }

  /** Adds a form that is 0, scaled so that its factors are near 0, if one of some is 1 then. */
  private void addLinear(Form form) {
    Form best = form;
    List<Integer> ofWires = List.copyOf(form.withoutConstant().factors().keySet());
    int size = ofWires.size();
    for (int i = 0; i < size; i++) {
      if (i < 4 || i >= size - 2) {
        Form scaled = form.times(form.inverse(ofWires.get(i)));
        best = largest(scaled).compareTo(largest(best)) < 0 ? scaled : best;
      }
    }
    linear.add(best);
  }

  private BigInteger largest(Form form) {
    return form.factors().values().stream()
        .map(factor -> signed(p, factor).abs())
        .reduce(BigInteger.ZERO, BigInteger::max);
  }

  private static boolean isBit(BigInteger r, BigInteger s) {
    BigInteger one = BigInteger.ONE;
    return (r.signum() == 0 && s.equals(one)) || (s.signum() == 0 && r.equals(one));
  }

  /** Adds multiples of forms, less each other, in which two wires or more cancel. */
  private void addDifferences() {
    Set<Form> differences = new LinkedHashSet<>();
    formsWith(linear)
        .forEach(
            (wire, forms) -> {
              for (int i = 0; i < forms.size() && forms.size() <= MAX_SHARED; i++) {
                for (Form other : forms.subList(0, i)) {
                  BigInteger factor = other.inverse(wire);
                  Form form = forms.get(i);
                  Form less = form.plus(other, p.subtract(form.factor(wire).multiply(factor)));
                  Set<Integer> both = new HashSet<>(form.factors().keySet());
                  both.addAll(other.factors().keySet());
                  if (!less.isZero() && less.factors().size() <= both.size() - 2) {
                    differences.add(less.normalized());
                  }
                }
              }
            });
    differences.forEach(this::addLinear);
  }

  /**
   * Where a linear form has digits on both sides of the equals sign, each side's sum gets a wire
   * and a bound; forms that have the sum among other things get it instead. Constraints that were
   * solved away in a system were of such sums.
   */
  private void nameSums() {
    Map<Integer, List<Form>> formsWith = formsWith(linear);
    for (Form form : List.copyOf(linear)) {
      Form positive = part(form, true);
      Form negative = part(form, false).times(p.subtract(BigInteger.ONE));
      if (Math.min(positive.factors().size(), negative.factors().size()) < 2) {
        continue;
      }
      for (Form side : List.of(positive, negative)) {
        Form named = side.minus(Form.of(p, Map.of(wires, BigInteger.ONE)));
        List<Form> shorter = new ArrayList<>();
        int rarest = rarest(side, formsWith);
        for (Form other : formsWith.getOrDefault(rarest, List.of())) {
          Form reduced = reduced(other, rarest, named);
          if (!other.equals(reduced)) {
            shorter.add(reduced);
          }
        }
        if (shorter.size() > 1) { // one is the form itself
          linear.add(named);
          linear.addAll(shorter);
          wires++;
        }
      }
    }
  }

  private Form part(Form form, boolean positive) {
    Map<Integer, BigInteger> part = new HashMap<>();
    form.factors()
        .forEach(
            (wire, factor) -> {
              if (wire != 0 && (signed(p, factor).signum() > 0) == positive) {
                part.put(wire, factor);
              }
            });
    return Form.of(p, part);
  }

  /** Puts the wires that were added for forms of two values in the forms' place. */
  private void shortenProducts() {
    List<Form> all = new ArrayList<>();
    products.forEach(row -> all.addAll(List.of(row.a(), row.b(), row.c())));
    Map<Integer, List<Form>> formsWith = formsWith(all);
    Map<Form, Form> shorter = new HashMap<>();
    for (Form form : linear) {
      int rarest = rarest(form, formsWith);
      for (Form other : formsWith.getOrDefault(rarest, List.of())) {
        Form sofar = shorter.getOrDefault(other, other);
        Form reduced = reduced(sofar, rarest, form);
        if (!sofar.equals(reduced)) {
          shorter.put(other, reduced);
        }
      }
    }
    products.replaceAll(
        row ->
            new PrimeSystem.Row(
                shorter.getOrDefault(row.a(), row.a()),
                shorter.getOrDefault(row.b(), row.b()),
                shorter.getOrDefault(row.c(), row.c())));
  }

  private static Map<Integer, List<Form>> formsWith(List<Form> forms) {
    Map<Integer, List<Form>> formsWith = new HashMap<>();
    for (Form form : forms) {
      for (int wire : form.factors().keySet()) {
        if (wire != 0) {
          formsWith.computeIfAbsent(wire, k -> new ArrayList<>()).add(form);
        }
      }
    }
    return formsWith;
  }

  /** The wire of a form that is in the fewest other ones, but in one; 0 if there is none. */
  private static int rarest(Form form, Map<Integer, List<Form>> formsWith) {
    int rarest = 0;
    int least = Integer.MAX_VALUE;
    for (int wire : form.factors().keySet()) {
      int places = formsWith.getOrDefault(wire, List.of()).size();
      if (places > 0 && places < least) {
        rarest = wire;
        least = places;
      }
    }
    return rarest;
  }

  /** A form less the multiple of one that is 0 with the same factor of a wire, if it is shorter. */
  private Form reduced(Form form, int wire, Form zero) {
    BigInteger factor = form.factor(wire).multiply(zero.inverse(wire)).mod(p);
    Form reduced = form.plus(zero, p.subtract(factor));
    int terms = form.withoutConstant().factors().size();
    return reduced.withoutConstant().factors().size() < terms ? reduced : form;
  }
}
