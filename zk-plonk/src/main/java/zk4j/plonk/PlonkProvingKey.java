package zk4j.plonk;

import java.util.List;
import java.util.Objects;
import zk4j.bn254.FrVector;
import zk4j.bn254.G1Vector;
import zk4j.bn254.Polynomial;

/**
 * What provers of PLONK proofs need: the gates' wires, the selectors and the permutation as
 * polynomials, and powers of tau. Immutable.
 */
public final class PlonkProvingKey {
  /** Powers of tau that are needed beyond those of the domain, for blinded polynomials. */
  public static final int MORE_POWERS = 6;

  private final PlonkVerifyingKey verifyingKey;
  private final int circuitWires;
  private final int[] additionWires;
  private final FrVector additionFactors;
  private final int[] gateWires;
  private final List<Polynomial> selectors;
  private final List<Polynomial> permutation;
  private final G1Vector powers;

  private PlonkProvingKey(
      PlonkVerifyingKey verifyingKey,
      int circuitWires,
      int[] additionWires,
      FrVector additionFactors,
      int[] gateWires,
      List<Polynomial> selectors,
      List<Polynomial> permutation,
      G1Vector powers) {
    this.verifyingKey = verifyingKey;
    this.circuitWires = circuitWires;
    this.additionWires = additionWires;
    this.additionFactors = additionFactors;
    this.gateWires = gateWires;
    this.selectors = selectors;
    this.permutation = permutation;
    this.powers = powers;
  }

  /**
   * The key of some parts.
   *
   * @param circuitWires how many wires a witness has
   * @param additionWires two wires for each addition, which may be those of earlier ones
   * @param additionFactors two for each addition
   * @param gateWires the wires a, b and c of each gate
   * @param selectors Qm, Ql, Qr, Qo and Qc
   * @param permutation S1, S2 and S3
   * @param powers tau^i for i below the domain's size and {@value #MORE_POWERS}
   * @throws IllegalArgumentException if sizes differ, or a wire is none
   */
  public static PlonkProvingKey of(
      PlonkVerifyingKey verifyingKey,
      int circuitWires,
      int[] additionWires,
      FrVector additionFactors,
      int[] gateWires,
      List<Polynomial> selectors,
      List<Polynomial> permutation,
      G1Vector powers) {
    int n = verifyingKey.domainSize();
    int additions = additionWires.length / 2;
    require(additionWires.length % 2 == 0, "an odd number of wires of additions");
    require(additionFactors.size() == additionWires.length, "factors of additions");
    require(gateWires.length % 3 == 0 && gateWires.length / 3 <= n, "gates");
    require(verifyingKey.publicSignals() <= gateWires.length / 3, "public signals");
    require(circuitWires > verifyingKey.publicSignals(), "wires");
    require(selectors.size() == 5 && permutation.size() == 3, "polynomials");
    for (List<Polynomial> list : List.of(selectors, permutation)) {
      require(list.stream().allMatch(polynomial -> polynomial.degree() < n), "a degree");
    }
    require(powers.size() == n + MORE_POWERS, "powers of tau");
    for (int i = 0; i < additionWires.length; i++) {
      requireWire(additionWires[i], circuitWires + i / 2, "addition", i / 2);
    }
    for (int i = 0; i < gateWires.length; i++) {
      requireWire(gateWires[i], circuitWires + additions, "gate", i / 3);
    }
    for (int i = 0; i < verifyingKey.publicSignals(); i++) {
      if (gateWires[3 * i] != i + 1) {
        throw new IllegalArgumentException(
            "gate " + i + " is of wire " + gateWires[3 * i] + ", not of public signal " + (i + 1));
      }
    }
    return new PlonkProvingKey(
        verifyingKey,
        circuitWires,
        additionWires.clone(),
        additionFactors.copy(),
        gateWires.clone(),
        List.copyOf(selectors),
        List.copyOf(permutation),
        powers);
  }

  private static void require(boolean condition, String what) {
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

  /** The key for verifiers. */
  public PlonkVerifyingKey verifyingKey() {
    return verifyingKey;
  }

  /** How many wires a witness has, the constant one among them. */
  public int circuitWires() {
    return circuitWires;
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

  /** tau^i for i below the domain's size and {@value #MORE_POWERS}. */
  public G1Vector powers() {
    return powers.slice(0, powers.size());
  }

  G1Vector ownPowers() {
    return powers;
  }

  FrVector ownAdditionFactors() {
    return additionFactors;
  }
}
