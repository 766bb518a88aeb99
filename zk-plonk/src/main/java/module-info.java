/** KZG commitments, and the provers and verifiers of PLONK and fflonk. */
module zk4j.plonk {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;
  requires transitive zk4j.r1cs;
  requires org.bouncycastle.provider;

  exports zk4j.plonk;
}
