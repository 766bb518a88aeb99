package zk4j.plonk;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.Polynomial;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.Witness;

/**
 * A circuit as provers of PLONK and fflonk need it: the gates' wires, and the selectors and the
 * permutation as polynomials. Immutable.
 */
public final class PlonkCircuit {
  private final int publicSignals;
  private final int wires;
  private final int[] additionWires;
  private final FrVector additionFactors;
  private final int[] gateWires;
  private final List<Polynomial> selectors;
  private final List<Polynomial> permutation;

  private PlonkCircuit(
      int publicSignals,
      int wires,
      int[] additionWires,
      FrVector additionFactors,
      int[] gateWires,
      List<Polynomial> selectors,
      List<Polynomial> permutation) {
    this.publicSignals = publicSignals;
    this.wires = wires;
    this.additionWires = additionWires;
    this.additionFactors = additionFactors;
    this.gateWires = gateWires;
    this.selectors = selectors;
    this.permutation = permutation;
  }

  /**
   * The circuit of some parts.
   *
   * @param publicSignals how many a statement has: the wires a of the first gates
   * @param wires how many a witness has, the constant one among them
   * @param additionWires two wires for each addition, which may be those of earlier ones
   * @param additionFactors two for each addition
   * @param gateWires the wires a, b and c of each gate
   * @param selectors Qm, Ql, Qr, Qo and Qc
   * @param permutation S1, S2 and S3
   * @throws IllegalArgumentException if sizes differ, or a wire is none
   */
  public static PlonkCircuit of(
      int publicSignals,
      int wires,
      int[] additionWires,
      FrVector additionFactors,
      int[] gateWires,
      List<Polynomial> selectors,
      List<Polynomial> permutation) {
    int additions = additionWires.length / 2;
    require(additionWires.length % 2 == 0, "an odd number of wires of additions");
    require(additionFactors.size() == additionWires.length, "factors of additions");
    require(gateWires.length % 3 == 0, "gates");
    require(publicSignals >= 0 && publicSignals <= gateWires.length / 3, "public signals");
    require(wires > publicSignals, "wires");
    require(selectors.size() == 5 && permutation.size() == 3, "polynomials");
    for (int i = 0; i < additionWires.length; i++) {
      requireWire(additionWires[i], wires + i / 2, "addition", i / 2);
    }
    for (int i = 0; i < gateWires.length; i++) {
      requireWire(gateWires[i], wires + additions, "gate", i / 3);
    }
    for (int i = 0; i < publicSignals; i++) {
      if (gateWires[3 * i] != i + 1) {
        throw new IllegalArgumentException(
            "gate " + i + " is of wire " + gateWires[3 * i] + ", not of public signal " + (i + 1));
      }
    }
    return new PlonkCircuit(
        publicSignals,
        wires,
        additionWires.clone(),
        additionFactors.copy(),
        gateWires.clone(),
        List.copyOf(selectors),
        List.copyOf(permutation));
  }

  static void require(boolean condition, String what) {
    if (!condition) {
      throw new IllegalArgumentException(what + ": sizes do not fit together");
    }
  }

  private static void requireWire(int wire, int wires, String what, int index) {
    if (wire < 0 || wire >= wires) {
      throw new IllegalArgumentException(
          what + " " + index + " is of wire " + wire + ", of which there are " + wires);
    }
  }

  /** Refuses a circuit that is not the verification key's, or has no room in the domain. */
  void requireFits(int keySignals, int domainSize, int spareRows) {
    require(publicSignals == keySignals, "public signals");
    require(gates() <= domainSize - spareRows, "gates");
    for (List<Polynomial> list : List.of(selectors, permutation)) {
      require(list.stream().allMatch(polynomial -> polynomial.degree() < domainSize), "a degree");
    }
  }

  /** How many public signals a statement has. */
  public int publicSignals() {
    return publicSignals;
  }

  /** How many wires a witness has, the constant one among them. */
  public int wires() {
    return wires;
  }

  /** How many wires are sums of two others. */
  public int additions() {
    return additionWires.length / 2;
  }

  /** The first (0) or second (1) wire of an addition. */
  public int additionWire(int addition, int side) {
    Objects.checkIndex(side, 2);
    return additionWires[2 * addition + side];
  }

  /** The factors of additions, two for each. */
  public FrVector additionFactors() {
    return additionFactors.copy();
  }

  /** How many gates there are. */
  public int gates() {
    return gateWires.length / 3;
  }

  /** The wire a (0), b (1) or c (2) of a gate. */
  public int gateWire(int gate, int column) {
    Objects.checkIndex(column, 3);
    return gateWires[3 * gate + column];
  }

  /** Qm, Ql, Qr, Qo and Qc. */
  public List<Polynomial> selectors() {
    return selectors;
  }

  /** S1, S2 and S3. */
  public List<Polynomial> permutation() {
    return permutation;
  }

  /** Ql, Qr, Qo, Qm, Qc, S1, S2 and S3 as one polynomial: that of an fflonk key's commitment. */
  public Polynomial combined() {
    List<Polynomial> parts =
        new ArrayList<>(
            List.of(
                selectors.get(1),
                selectors.get(2),
                selectors.get(3),
                selectors.get(0),
                selectors.get(4)));
    parts.addAll(permutation);
    return FflonkPolynomials.combined(parts);
  }

  /** The public signals of a witness, which must have as many wires. */
  List<Fr> publicSignals(Witness witness) throws ProvingException {
    if (witness.size() != wires) {
      throw new ProvingException(
          "the witness has " + witness.size() + " wires, but the key is for " + wires);
    }
    return witness.publicSignals(publicSignals).toList();
  }

  /** The values of the wires a, b and c in as many rows; 0 where no gates are. */
  List<FrVector> columns(Witness witness, int rows) {
    FrVector values = values(witness);
    List<FrVector> columns = new ArrayList<>();
    for (int column = 0; column < 3; column++) {
      int[] wires = new int[rows]; // wire 0 is 0
      for (int gate = 0; gate < gates(); gate++) {
        wires[gate] = gateWires[3 * gate + column];
      }
      columns.add(values.gather(wires));
    }
    return columns;
  }

  /**
   * The values of all wires, those of additions included; wire 0 is 0. Additions are computed
   * together as far as none needs another.
   */
  private FrVector values(Witness witness) {
    FrVector values = witness.values().padded(wires + additions());
    values.set(0, Fr.ZERO);
    for (int from = 0; from < additions(); ) {
      int to = from + 1;
      while (to < additions()
          && Math.max(additionWire(to, 0), additionWire(to, 1)) < wires + from) {
        to++;
      }
      FrVector sums = addends(values, from, to, 0);
      sums.addInPlace(addends(values, from, to, 1));
      for (int i = from; i < to; i++) {
        values.set(wires + i, sums.get(i - from));
      }
      from = to;
    }
    return values;
  }

  /** The first (0) or second (1) wires of additions from..to-1, times their factors. */
  private FrVector addends(FrVector values, int from, int to, int side) {
    int[] at = new int[to - from];
    int[] factors = new int[to - from];
    for (int i = from; i < to; i++) {
      at[i - from] = additionWire(i, side);
      factors[i - from] = 2 * i + side;
    }
    FrVector addends = values.gather(at);
    addends.multiplyInPlace(additionFactors.gather(factors));
    return addends;
  }
}
