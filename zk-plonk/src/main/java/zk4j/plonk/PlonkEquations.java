package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.Polynomial;
import zk4j.r1cs.ProvingException;

/** The gates of a circuit for one statement: what the provers of PLONK and fflonk share. */
final class PlonkEquations {
  private final DomainPolynomials domain;

  /** Qm, Ql, Qr, Qo, and Qc with the public inputs. */
  private final List<Polynomial> selectors;

  PlonkEquations(PlonkCircuit circuit, List<Fr> publics, DomainPolynomials domain) {
    this.domain = domain;
    List<Polynomial> q = circuit.selectors();
    this.selectors =
        List.of(
            q.get(0), q.get(1), q.get(2), q.get(3), q.get(4).plus(domain.publicInputs(publics)));
  }

  /** Refuses wires that do not satisfy the gates. */
  void requireGates(List<FrVector> columns) throws ProvingException {
    FrVector gates =
        gates(
            columns.get(0),
            columns.get(1),
            columns.get(2),
            selectors.stream().map(domain::onDomain).toList());
    if (gates.contentEquals(FrVector.zeros(domain.size()))) {
      return;
    }
    for (int gate = 0; gate < domain.size(); gate++) {
      if (!gates.get(gate).isZero()) {
        throw new ProvingException(
            "the witness does not satisfy the circuit: gate "
                + gate
                + " is "
                + gates.get(gate)
                + ", not 0, with wires "
                + columns.get(0).get(gate)
                + ", "
                + columns.get(1).get(gate)
                + " and "
                + columns.get(2).get(gate));
      }
    }
  }

  /** Qm a b + Ql a + Qr b + Qo c + Qc. */
  private static FrVector gates(FrVector a, FrVector b, FrVector c, List<FrVector> q) {
    FrVector sum = DomainPolynomials.product(a, b, q.get(0));
    sum.addInPlace(DomainPolynomials.product(a, q.get(1)));
    sum.addInPlace(DomainPolynomials.product(b, q.get(2)));
    sum.addInPlace(DomainPolynomials.product(c, q.get(3)));
    sum.addInPlace(q.get(4));
    return sum;
  }

  /** Qm a b + Ql a + Qr b + Qo c + Qc on a coset, with the public inputs in Qc. */
  FrVector gates(DomainPolynomials.Coset coset, List<FrVector> columns) {
    return gates(
        columns.get(0),
        columns.get(1),
        columns.get(2),
        selectors.stream().map(coset::values).toList());
  }
}
