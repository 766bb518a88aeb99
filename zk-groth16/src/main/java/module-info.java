/** The Groth16 prover and verifier. */
@SuppressWarnings("module") // The scheme's name ends in digits.
module zk4j.groth16 {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;
  requires transitive zk4j.r1cs;

  exports zk4j.groth16;
}
