package zk4j.eddsa;

import java.math.BigInteger;
import zk4j.babyjubjub.Point;
import zk4j.babyjubjub.internal.Base8;
import zk4j.babyjubjub.internal.Edwards;
import zk4j.babyjubjub.internal.Multiples;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.poseidon.Poseidon;

/**
 * A public key of EdDSA-Poseidon: a point A of BabyJubJub's subgroup, not the neutral one.
 * Immutable.
 *
 * <p>circomlib takes any point of the curve for a key, and its circuits refuse those with 8 A = 0.
 * This takes points of prime order alone: keys that were made as they should be are all there, a
 * key of low order would verify signatures of every message, and A plus a point of low order would
 * be a second name of the same key.
 */
public final class EddsaPublicKey {
  /** Bytes of an encoding. */
  public static final int BYTES = Point.BYTES;

  private final Point point;

  private EddsaPublicKey(Point point) {
    this.point = point;
  }

  /** A point that is known to be in the subgroup. */
  static EddsaPublicKey unchecked(Point point) {
    return new EddsaPublicKey(point);
  }

  /**
   * The key with a point.
   *
   * @throws IllegalArgumentException unless its order is {@link Point#ORDER}
   */
  public static EddsaPublicKey of(Point point) {
    if (!isKey(point)) {
      throw new IllegalArgumentException(notAKey(point));
    }
    return new EddsaPublicKey(point);
  }

  private static boolean isKey(Point point) {
    return !point.isIdentity() && point.isInSubgroup();
  }

  private static String notAKey(Point point) {
    return "the public key " + point + " has not the prime order " + Point.ORDER;
  }

  /**
   * Reads a key as {@link Point#decode} reads its point.
   *
   * @throws MalformedDataException unless the bytes are a point whose order is {@link Point#ORDER}
   */
  public static EddsaPublicKey decode(byte[] bytes) throws MalformedDataException {
    Point point = Point.decode(bytes);
    if (!isKey(point)) {
      throw new MalformedDataException("EdDSA public key", null, -1, notAKey(point));
    }
    return new EddsaPublicKey(point);
  }

  /** Writes the key's point. */
  public byte[] encode() {
    return point.encode();
  }

  /** The point. */
  public Point point() {
    return point;
  }

  /**
   * Whether S B8 = R8 + 8 h A, for h the hash of the coordinates of R8 and A and the message. R8 is
   * then in the subgroup, as both other terms are.
   *
   * @param message often a hash itself
   */
  public boolean verify(Fr message, EddsaSignature signature) {
    BigInteger h = challenge(signature.r8(), point, message).toBigInteger();
    long[] sum = slots(point);
    Multiples.timesVartime(sum, sum.clone(), h.shiftLeft(3).negate().mod(Point.ORDER));
    Base8.table().addTimesVartime(sum, Words.of(signature.s()));
    return Edwards.equalVartime(sum, 0, slots(signature.r8()), 0);
  }

  /** h. */
  static Fr challenge(Point r8, Point key, Fr message) {
    return Poseidon.hash(r8.x(), r8.y(), key.x(), key.y(), message);
  }

  private static long[] slots(Point p) {
    long[] slots = new long[4 * FrKernels.LIMBS];
    Edwards.put(slots, 0, p.x(), p.y());
    return slots;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof EddsaPublicKey that && point.equals(that.point);
  }

  @Override
  public int hashCode() {
    return point.hashCode();
  }

  @Override
  public String toString() {
    return point.toString();
  }
}
