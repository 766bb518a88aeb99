package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.circuit.GateSystem;
import zk4j.circuit.GateSystem.Gate;

/**
 * The columns of a circuit, in this order: the factors Qm, Ql, Qr, Qo and Qd, whether a gate
 * carries Qn, the constants Qc, whether a gate raises Qp; the lookups' factors Qs, the table T, and
 * the permutation S1, S2 and S3.
 */
final class PlonkishColumns {
  static final int QM = 0;
  static final int QL = 1;
  static final int QR = 2;
  static final int QO = 3;
  static final int QD = 4;
  static final int QN = 5;
  static final int QC = 6;
  static final int QP = 7;
  static final int QS = 8;
  static final int TABLE = 9;
  static final int S1 = 10;
  static final int S2 = 11;
  static final int S3 = 12;
  static final int COUNT = 13;

  private static final List<Function<Gate, Fr>> FACTORS =
      List.of(
          Gate::qm,
          Gate::ql,
          Gate::qr,
          Gate::qo,
          Gate::qd,
          gate -> gate.carries() ? Fr.ONE : Fr.ZERO,
          Gate::qc,
          gate -> gate.raises() ? Fr.ONE : Fr.ZERO,
          Gate::lookupFactor);

  private PlonkishColumns() {}

  /** The logarithm of the size of the least domain for a system. */
  static int logSize(GateSystem system) {
    int rows = Math.max(system.gates().size(), 1 << system.tableBits());
    if (rows > PlonkishVerifyingKey.MAX_DOMAIN_SIZE) {
      throw new IllegalArgumentException(
          rows + " gates, more than " + PlonkishVerifyingKey.MAX_DOMAIN_SIZE);
    }
    return 32 - Integer.numberOfLeadingZeros(Math.max(rows, KeyRules.MIN_DOMAIN_SIZE) - 1);
  }

  /** The values on a domain. */
  static List<FrVector> of(GateSystem system, EvaluationDomain domain) {
    int n = domain.size();
    List<Gate> gates = system.gates();
    List<FrVector> columns = new ArrayList<>();
    for (Function<Gate, Fr> factor : FACTORS) {
      FrVector values = FrVector.zeros(n);
      for (int i = 0; i < gates.size(); i++) {
        Fr value = factor.apply(gates.get(i));
        if (!value.isZero()) {
          values.set(i, value);
        }
      }
      columns.add(values);
    }
    columns.add(LookupArgument.table(system.tableBits(), n));
    columns.addAll(
        PermutationArgument.columns(
            domain,
            PlonkGates.COSETS,
            system.wires(),
            (row, column) -> row < gates.size() ? wire(gates.get(row), column) : GateSystem.NONE));
    return columns;
  }

  private static int wire(Gate gate, int column) {
    return column == 0 ? gate.a() : column == 1 ? gate.b() : gate.c();
  }
}
