package zk4j.bn254;

/**
 * How a field element is written in 32 bytes. Every form is strict: a number of p or more is
 * refused.
 */
public enum FieldEncoding {
  /** The number, least significant byte first: .wtns and .r1cs files, and arkworks. */
  LITTLE_ENDIAN,
  /** The number, most significant byte first: Ethereum. */
  BIG_ENDIAN,
  /** The number times 2^256 mod p, least significant byte first: .zkey and .ptau files. */
  MONTGOMERY_LITTLE_ENDIAN
}
