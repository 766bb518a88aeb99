package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Forms F_i with F_i * k_i = 0 for determined k_i, which differ from each other by constants other
 * than 0: at most one k_i is 0, which it is is determined, and F_j = 0 for all others. What is
 * determined whichever k_i is 0, by those F_j and what is 0 in any case, is determined. Selections
 * by an index are of this kind, with the sum of the F_i being 1.
 */
final class Alternatives {
  /** More than so many are left alone: each is a linear system. */
  private static final int MOST = 130;

  private final BigInteger p;

  /** By the constant part of k_i, scaled alike. */
  private final Map<BigInteger, List<Form>> cases = new HashMap<>();

  private int size;

  Alternatives(BigInteger p) {
    this.p = p;
  }

  /** The k_i of a group are multiples of one form, but for their constants. */
  static Form direction(Form k) {
    return k.withoutConstant().normalized();
  }

  /**
   * Adds form * k = 0.
   *
   * @param form the unknown part of it
   */
  void add(Form form, Form k) {
    Form direction = k.withoutConstant();
    int wire = direction.factors().keySet().iterator().next();
    BigInteger constant = k.constant().multiply(direction.inverse(wire)).mod(p);
    cases.computeIfAbsent(constant, c -> new ArrayList<>()).add(form);
    size++;
  }

  /** Wires that some F_i has. */
  Set<Integer> unknowns() {
    Set<Integer> unknowns = new HashSet<>();
    cases.values().forEach(list -> list.forEach(form -> unknowns.addAll(form.factors().keySet())));
    return unknowns;
  }

  /**
   * The wires that are determined.
   *
   * @param always the unknown parts of forms that are 0 in any case
   */
  Set<Integer> determined(List<Form> always) {
    if (cases.size() < 2 || size > MOST) {
      return Set.of();
    }
    Set<Integer> determined = unknowns();
    for (BigInteger excluded : cases.keySet()) {
      LinearSystem system = new LinearSystem(p, wire -> 1);
      always.forEach(system::add);
      cases.forEach(
          (constant, forms) -> {
            if (!constant.equals(excluded)) {
              forms.forEach(system::add);
            }
          });
      Set<Integer> alone = new HashSet<>();
      for (Form form : system.forms()) {
        if (form.factors().size() == 1) {
          alone.addAll(form.factors().keySet());
        }
      }
      determined.retainAll(alone);
    }
    return determined;
  }
}
