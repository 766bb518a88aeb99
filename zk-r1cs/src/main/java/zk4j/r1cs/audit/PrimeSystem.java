package zk4j.r1cs.audit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;
import zk4j.bn254.SparseMatrix;
import zk4j.r1cs.R1cs;

/**
 * A constraint system over any prime field, in plain arithmetic, so that claims about it can be
 * checked by trying everything where the field is small.
 *
 * @param p the prime
 * @param wires how many, the constant one (wire 0) among them
 * @param inputs wires whose values are given
 * @param outputs wires that must have no choice
 */
record PrimeSystem(
    BigInteger p, int wires, List<Row> rows, List<Integer> inputs, List<Integer> outputs) {
  /** a * b = c. */
  record Row(Form a, Form b, Form c) {
    /** The form that must be 0 if a or b is constant. */
    @Nullable Form linear() {
      if (a.isConstant()) {
        return b.times(a.constant()).minus(c);
      }
      return b.isConstant() ? a.times(b.constant()).minus(c) : null;
    }

    /** The wires it has, but for the constant one. */
    Set<Integer> wires() {
      Set<Integer> wires = new HashSet<>(a.factors().keySet());
      wires.addAll(b.factors().keySet());
      wires.addAll(c.factors().keySet());
      wires.remove(0);
      return wires;
    }

    boolean holds(BigInteger p, BigInteger[] values) {
      return a.value(values).multiply(b.value(values)).mod(p).equals(c.value(values));
    }
  }

  static PrimeSystem of(R1cs r1cs) {
    List<Row> rows = new ArrayList<>(r1cs.constraints());
    for (int row = 0; row < r1cs.constraints(); row++) {
      rows.add(new Row(form(r1cs.a(), row), form(r1cs.b(), row), form(r1cs.c(), row)));
    }
    List<Integer> outputs = new ArrayList<>();
    for (int wire = 1; wire <= r1cs.publicOutputs(); wire++) {
      outputs.add(wire);
    }
    // A source's first signals are its outputs and then its inputs, as circom numbers them; of the
    // private ones, a compiler may have made some no wires.
    long end = (long) r1cs.publicOutputs() + r1cs.publicInputs() + r1cs.privateInputs();
    List<Integer> inputs = new ArrayList<>();
    for (int wire = r1cs.publicOutputs() + 1; wire < r1cs.wires(); wire++) {
      boolean isPublic = wire <= r1cs.publicSignals();
      if (isPublic || (r1cs.label(wire) > r1cs.publicOutputs() && r1cs.label(wire) <= end)) {
        inputs.add(wire);
      }
    }
    return new PrimeSystem(Fr.MODULUS, r1cs.wires(), rows, inputs, outputs);
  }

  private static Form form(SparseMatrix matrix, int row) {
    Map<Integer, BigInteger> factors = new HashMap<>();
    for (int e = matrix.rowStart(row); e < matrix.rowStart(row + 1); e++) {
      factors.merge(matrix.column(e), matrix.value(e).toBigInteger(), BigInteger::add);
    }
    return Form.of(Fr.MODULUS, factors);
  }

  boolean holds(BigInteger[] values) {
    return rows.stream().allMatch(row -> row.holds(p, values));
  }
}
