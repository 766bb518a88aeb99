package zk4j.bn254;

/** How a point is written in bytes. Every form has exactly one encoding a point. */
public enum PointEncoding {
  /**
   * Ethereum's form (EIP-196, EIP-197): x, y, most significant byte first; over Fq2, c1 before c0.
   * Infinity is all zeros. 64 bytes in G1, 128 in G2.
   */
  EVM,
  /**
   * The form of .zkey and .ptau files: x, y in Montgomery form, least significant byte first; over
   * Fq2, c0 before c1. Infinity is all zeros. 64 bytes in G1, 128 in G2.
   */
  SNARKJS,
  /**
   * gnark-crypto's compressed form: x, most significant byte first (over Fq2, c1 before c0), with
   * the two highest bits saying which y: 10 the smaller, 11 the larger one, 01 infinity. An element
   * of Fq2 is larger than its negative if its c1 is (its c0, where c1 is 0), an element of Fq if it
   * is above (q - 1)/2. 32 bytes in G1, 64 in G2.
   */
  COMPRESSED
}
