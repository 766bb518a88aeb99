/** Verifiers in Solidity for Ethereum's virtual machine, and the data of calls to them. */
module zk4j.evm {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;
  requires transitive zk4j.groth16;
  requires transitive zk4j.plonk;
  requires com.fasterxml.jackson.core;
  requires org.bouncycastle.provider;
  requires zk4j.io;

  exports zk4j.evm;
}
