package zk4j.bn254;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.field.FqKernels;
import zk4j.core.internal.field.Words;

/**
 * An element of BN254's base field, the integers modulo the prime q. Immutable.
 *
 * <p>Operations take time that may depend on the values.
 */
public final class Fq {
  /** q, a prime of 254 bits. */
  public static final BigInteger MODULUS =
      new BigInteger(
          "21888242871839275222246405745257275088696311157297823662689037894645226208583");

  /** Bytes of an encoding. */
  public static final int BYTES = Words.BYTES;

  /** 0. */
  public static final Fq ZERO = of(0);

  /** 1. */
  public static final Fq ONE = of(1);

  /** Canonical, in the kernels' Montgomery form. */
  private final long[] limbs;

  private Fq(long[] limbs) {
    this.limbs = limbs;
  }

  /** Takes the limbs over after bringing them into canonical form. */
  private static Fq canonical(long[] limbs) {
    FqKernels.canonical(limbs, 0, limbs, 0);
    return new Fq(limbs);
  }

  /** The element at a slot of kernels' storage, canonical there. */
  static Fq fromLimbs(long[] limbs, int from) {
    return new Fq(Arrays.copyOfRange(limbs, from, from + FqKernels.LIMBS));
  }

  /** Writes the element to a slot of kernels' storage. */
  void toLimbs(long[] target, int to) {
    FqKernels.copy(target, to, limbs, 0);
  }

  static Fq fromWords(long[] words) {
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.fromWords(z, 0, words, 0);
    return new Fq(z);
  }

  long[] toWords() {
    long[] words = new long[Words.COUNT];
    FqKernels.toWords(words, 0, limbs, 0);
    return words;
  }

  /** The element of a number, reduced; a negative one counts back from the modulus. */
  public static Fq of(long value) {
    return reduce(BigInteger.valueOf(value));
  }

  /**
   * The element of a number.
   *
   * @throws IllegalArgumentException unless it is at least 0 and below the modulus
   */
  public static Fq of(BigInteger value) {
    if (value.signum() < 0 || value.compareTo(MODULUS) >= 0) {
      throw new IllegalArgumentException(
          value + " is not in the field, from 0 to below " + MODULUS);
    }
    return fromWords(Words.of(value));
  }

  /** The element of a number's remainder, never negative, modulo the field's prime. */
  public static Fq reduce(BigInteger value) {
    return fromWords(Words.of(value.mod(MODULUS)));
  }

  /** A uniform element, by rejection. */
  public static Fq random(SecureRandom random) {
    while (true) {
      BigInteger value = new BigInteger(MODULUS.bitLength(), random);
      if (value.compareTo(MODULUS) < 0) {
        return of(value);
      }
    }
  }

  /** A uniformly random element other than 0. */
  public static Fq randomNonZero(SecureRandom random) {
    Fq value;
    do {
      value = random(random);
    } while (value.isZero());
    return value;
  }

  /**
   * Reads an element.
   *
   * @throws MalformedDataException unless there are 32 bytes of a number below the modulus
   */
  public static Fq decode(byte[] bytes, FieldEncoding encoding) throws MalformedDataException {
    return decode(bytes, encoding, "Fq");
  }

  static Fq decode(byte[] bytes, FieldEncoding encoding, String what)
      throws MalformedDataException {
    if (bytes.length != BYTES) {
      throw new MalformedDataException(
          what, null, -1, "a field element has " + BYTES + " bytes, not " + bytes.length);
    }
    long[] words = new long[Words.COUNT];
    if (encoding == FieldEncoding.BIG_ENDIAN) {
      Words.fromBigEndian(words, 0, bytes, 0);
    } else {
      Words.fromLittleEndian(words, 0, bytes, 0);
    }
    if (!FqKernels.inRange(words, 0)) {
      throw new MalformedDataException(
          what, null, -1, Words.toBigInteger(words, 0) + " is not below the modulus " + MODULUS);
    }
    long[] z = new long[FqKernels.LIMBS];
    if (encoding == FieldEncoding.MONTGOMERY_LITTLE_ENDIAN) {
      FqKernels.fromMontgomery256(z, 0, words, 0);
    } else {
      FqKernels.fromWords(z, 0, words, 0);
    }
    return new Fq(z);
  }

  /** Writes the element in 32 bytes. */
  public byte[] encode(FieldEncoding encoding) {
    long[] words = new long[Words.COUNT];
    if (encoding == FieldEncoding.MONTGOMERY_LITTLE_ENDIAN) {
      FqKernels.toMontgomery256(words, 0, limbs, 0);
    } else {
      FqKernels.toWords(words, 0, limbs, 0);
    }
    byte[] bytes = new byte[BYTES];
    if (encoding == FieldEncoding.BIG_ENDIAN) {
      Words.toBigEndian(bytes, 0, words, 0);
    } else {
      Words.toLittleEndian(bytes, 0, words, 0);
    }
    return bytes;
  }

  /** this + other. */
  public Fq plus(Fq other) {
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.add(z, 0, limbs, 0, other.limbs, 0);
    return canonical(z);
  }

  /** this - other. */
  public Fq minus(Fq other) {
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.sub(z, 0, limbs, 0, other.limbs, 0);
    return canonical(z);
  }

  /** -this. */
  public Fq negate() {
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.neg(z, 0, limbs, 0);
    return canonical(z);
  }

  /** this * other. */
  public Fq times(Fq other) {
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.mul(z, 0, limbs, 0, other.limbs, 0);
    return canonical(z);
  }

  /** this * this. */
  public Fq square() {
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.sqr(z, 0, limbs, 0);
    return canonical(z);
  }

  /**
   * 1 / this.
   *
   * @throws ArithmeticException if this is 0
   */
  public Fq inverse() {
    if (isZero()) {
      throw new ArithmeticException("0 has no inverse");
    }
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.inv(z, 0, limbs, 0);
    return canonical(z);
  }

  /**
   * This to the power of an exponent, 0^0 being 1.
   *
   * @throws ArithmeticException for a negative power of 0
   */
  public Fq pow(BigInteger exponent) {
    if (exponent.signum() < 0) {
      return inverse().pow(exponent.negate());
    }
    long[] words = new long[exponent.bitLength() / 64 + 1];
    for (int i = 0; i < words.length; i++) {
      words[i] = exponent.shiftRight(64 * i).longValue();
    }
    long[] z = new long[FqKernels.LIMBS];
    FqKernels.pow(z, 0, limbs, 0, words);
    return canonical(z);
  }

  /** Whether this is 0. */
  public boolean isZero() {
    return FqKernels.isZero(limbs, 0);
  }

  /** Whether this is 1. */
  public boolean isOne() {
    return equals(ONE);
  }

  /** The number, from 0 to below the modulus. */
  public BigInteger toBigInteger() {
    return Words.toBigInteger(toWords(), 0);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Fq that && Arrays.equals(limbs, that.limbs);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(limbs);
  }

  /** The number in decimal. */
  @Override
  public String toString() {
    return toBigInteger().toString();
  }
}
