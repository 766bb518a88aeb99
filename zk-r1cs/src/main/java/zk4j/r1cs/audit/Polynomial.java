package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A polynomial in wires over a prime field. Immutable.
 *
 * @param terms factors other than 0, by the wires of a monomial in their order
 */
record Polynomial(BigInteger p, Map<List<Integer>, BigInteger> terms) {
  static Polynomial constant(BigInteger p, BigInteger value) {
    return new Polynomial(p, Map.of()).plus(List.of(), value);
  }

  static Polynomial wire(BigInteger p, int wire) {
    return wire == 0
        ? constant(p, BigInteger.ONE)
        : new Polynomial(p, Map.of(List.of(wire), BigInteger.ONE));
  }

  int size() {
    return terms.size();
  }

  BigInteger factor(List<Integer> monomial) {
    return terms.getOrDefault(monomial, BigInteger.ZERO);
  }

  private Polynomial plus(List<Integer> monomial, BigInteger factor) {
    return plus(new Polynomial(p, Map.of(monomial, BigInteger.ONE)), factor);
  }

  /** This + k * other. */
  Polynomial plus(Polynomial other, BigInteger k) {
    Map<List<Integer>, BigInteger> sum = new HashMap<>(terms);
    other.terms.forEach((monomial, factor) -> add(sum, monomial, factor.multiply(k)));
    return new Polynomial(p, sum);
  }

  Polynomial times(Polynomial other) {
    Map<List<Integer>, BigInteger> product = new HashMap<>();
    terms.forEach(
        (monomial, factor) ->
            other.terms.forEach(
                (more, k) -> {
                  List<Integer> wires = new ArrayList<>(monomial);
                  wires.addAll(more);
                  Collections.sort(wires);
                  add(product, wires, factor.multiply(k));
                }));
    return new Polynomial(p, product);
  }

  private void add(Map<List<Integer>, BigInteger> sum, List<Integer> monomial, BigInteger factor) {
    BigInteger value = sum.getOrDefault(monomial, BigInteger.ZERO).add(factor).mod(p);
    if (value.signum() == 0) {
      sum.remove(monomial);
    } else {
      sum.put(monomial, value);
    }
  }

  /** Factors with which some polynomials sum up to this; null if there are none. */
  @Nullable List<BigInteger> in(List<Polynomial> parts) {
    Set<List<Integer>> monomials = new HashSet<>(terms.keySet());
    parts.forEach(part -> monomials.addAll(part.terms.keySet()));
    LinearSystem system = new LinearSystem(p, unknown -> 1);
    for (List<Integer> monomial : monomials) {
      Map<Integer, BigInteger> equation = new HashMap<>();
      equation.put(0, factor(monomial).negate());
      for (int i = 0; i < parts.size(); i++) {
        equation.put(i + 1, parts.get(i).factor(monomial));
      }
      system.add(Form.of(p, equation));
    }
    List<BigInteger> factors = new ArrayList<>(Collections.nCopies(parts.size(), BigInteger.ZERO));
    // Each form has one unknown that no other has; the rest may be 0.
    for (int unknown = 1; unknown <= parts.size(); unknown++) {
      Form form = system.solvedFor(unknown);
      if (form != null) {
        factors.set(unknown - 1, p.subtract(form.constant()).mod(p));
      }
    }
    Polynomial rest = this;
    for (int i = 0; i < parts.size(); i++) {
      rest = rest.plus(parts.get(i), factors.get(i).negate());
    }
    return rest.terms.isEmpty() ? factors : null;
  }
}
