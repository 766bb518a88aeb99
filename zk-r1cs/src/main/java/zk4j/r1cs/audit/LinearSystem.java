package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/** Forms that are 0, by Gauss-Jordan elimination: each has a wire that no other one has. */
final class LinearSystem {
  private final BigInteger p;
  private final IntUnaryOperator preference;
  private final Map<Integer, Form> pivots = new HashMap<>();

  /**
   * An empty system.
   *
   * @param preference of wires: forms are solved for those with the highest first, and not for
   *     those of 0
   */
  LinearSystem(BigInteger p, IntUnaryOperator preference) {
    this.p = p;
    this.preference = preference;
  }

  void add(Form form) {
    Form row = form;
    for (int wire : form.factors().keySet()) {
      Form pivot = pivots.get(wire);
      if (pivot != null) {
        row = row.plus(pivot, p.subtract(form.factor(wire)));
      }
    }
    int best = 0;
    int most = 0;
    for (int wire : row.factors().keySet()) {
      int preferred = wire == 0 ? 0 : preference.applyAsInt(wire);
      if (preferred > most) {
        most = preferred;
        best = wire;
      }
    }
    if (most == 0) {
      return;
    }
    int wire = best;
    Form unit = row.times(row.inverse(wire));
    pivots.replaceAll(
        (other, pivot) -> {
          BigInteger factor = pivot.factor(wire);
          return factor.signum() == 0 ? pivot : pivot.plus(unit, p.subtract(factor));
        });
    pivots.put(wire, unit);
  }

  /** The form that is solved for a wire, or null. */
  @Nullable Form solvedFor(int wire) {
    return pivots.get(wire);
  }

  Collection<Form> forms() {
    return pivots.values();
  }
}
