/**
 * Fields, curves and pairing of BN254, vectors of them, and bounded reading of bytes from outside.
 */
module zk4j.core {
  requires static transitive org.jspecify;
}
