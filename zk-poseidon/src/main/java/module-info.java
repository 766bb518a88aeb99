/** Poseidon over BN254's scalar field, and what circomlib builds on it. */
@SuppressWarnings("module") // zk4j.r1cs is built after this one
module zk4j.poseidon {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;

  exports zk4j.babyjubjub;
  exports zk4j.eddsa;
  exports zk4j.merkle;
  exports zk4j.poseidon;
  // For its circuit.
  exports zk4j.poseidon.internal to
      zk4j.r1cs;
}
