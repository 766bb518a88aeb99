/** Files and JSON of circom and snarkjs, and witness calculation. */
module zk4j.circomcompat {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;
  requires transitive zk4j.groth16;
  requires transitive zk4j.plonk;
  requires transitive zk4j.r1cs;
  requires com.dylibso.chicory.compiler;
  requires com.dylibso.chicory.runtime;
  requires com.dylibso.chicory.wasm;
  requires com.fasterxml.jackson.core;
  requires org.bouncycastle.provider;
  requires org.objectweb.asm;

  exports zk4j.circomcompat;
  exports zk4j.circomcompat.witness;
}
