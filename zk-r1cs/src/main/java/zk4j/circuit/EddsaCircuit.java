package zk4j.circuit;

import java.math.BigInteger;
import java.util.List;
import zk4j.babyjubjub.Point;
import zk4j.circuit.BabyJubJubCircuit.Edwards;

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
          Edwards a = new Edwards(key.x, key.y);
          Edwards r = new Edwards(r8.x, r8.y);
          curve.assertOnCurve(a);
          curve.assertOnCurve(r);
          Edwards a8 = curve.twice(curve.twice(curve.twice(a)));
          a8.x().assertNotZero();
          List<Bool> challenge =
              PoseidonCircuit.hash(c, r8.x, r8.y, key.x, key.y, message).toBits();
          Edwards right = curve.add(r, curve.times(a8, challenge));
          Edwards left = curve.base8Times(Bits.upTo(s, LARGEST));
          left.x().assertEquals(right.x());
          left.y().assertEquals(right.y());
          return left;
        });
  }
}
