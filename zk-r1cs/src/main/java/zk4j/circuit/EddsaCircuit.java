package zk4j.circuit;

import java.math.BigInteger;
import java.util.List;
import zk4j.babyjubjub.Point;
import zk4j.circuit.BabyJubJubCircuit.CurvePoint;
import zk4j.circuit.BabyJubJubCircuit.SubgroupPoint;

/**
 * EdDSA-Poseidon in a circuit: signatures of {@link zk4j.eddsa}, and of circomlib. Some 4000
 * constraints.
 */
public final class EddsaCircuit {
  private static final BigInteger LARGEST = Point.ORDER.subtract(BigInteger.ONE);

  private EddsaCircuit() {}

  /**
   * A point of BabyJubJub by its coordinates; that it is on the curve is required where it is used.
   */
  public record PointSignal(Signal x, Signal y) {}

  /**
   * Requires a signature (r8, s) of a message by a public key to be valid: key and r8 are on the
   * curve, s is below the order l of the subgroup, eight times the key is not the neutral point,
   * and s B8 = r8 + 8 h A for the hash h of r8, the key and the message.
   *
   * <p>A key that is not in the subgroup, which {@link zk4j.eddsa.EddsaPublicKey} refuses, counts
   * as the key in the subgroup that has the same eightfold.
   */
  public static void assertValid(
      CircuitBuilder c, PointSignal key, PointSignal r8, Signal s, Signal message) {
    c.gadget(
        "eddsa",
        () -> {
          BabyJubJubCircuit curve = new BabyJubJubCircuit(c);
          SubgroupPoint key8 = curve.eightfold(curve.point(key.x, key.y));
          CurvePoint r = curve.point(r8.x, r8.y);
          List<Bool> challenge =
              PoseidonCircuit.hash(c, r8.x, r8.y, key.x, key.y, message).toBits();
          CurvePoint right = curve.add(r, curve.times(key8, challenge));
          CurvePoint left = curve.base8Times(Bits.upTo(s, LARGEST));
          curve.assertEqual(left, right);
          return left;
        });
  }
}
