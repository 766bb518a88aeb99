/** KZG commitments, and the PLONK prover and verifier. */
module zk4j.plonk {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;
  requires transitive zk4j.r1cs;
  requires org.bouncycastle.provider;

  exports zk4j.plonk;
}
