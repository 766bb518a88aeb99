package zk4j.babyjubjub.internal;

import java.math.BigInteger;
import zk4j.bn254.Fr;
import zk4j.core.internal.field.FrKernels;

/** circomlib's generator of BabyJubJub's subgroup. */
public final class Base8 {
  /** Its first coordinate. */
  public static final Fr X =
      Fr.of(
          new BigInteger(
              "5299619240641551281634865583518297030282874472190772894086521144482721001553"));

  /** Its second coordinate. */
  public static final Fr Y =
      Fr.of(
          new BigInteger(
              "16950150798460657717958625567821834550301663161624707787222815936182638968203"));

  private Base8() {}

  /** Its multiples, computed at their first use. */
  public static Multiples.Table table() {
    return Holder.TABLE;
  }

  private static final class Holder {
    static final Multiples.Table TABLE;

    static {
      long[] base8 = new long[4 * FrKernels.LIMBS];
      Edwards.put(base8, 0, X, Y);
      TABLE = new Multiples.Table(base8);
    }
  }
}
