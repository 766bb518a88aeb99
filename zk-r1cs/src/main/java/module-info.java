/** Rank-1 constraint systems and witnesses, and circuits written in Java. */
module zk4j.r1cs {
  requires static transitive org.jspecify;
  requires transitive zk4j.core;
  requires transitive zk4j.poseidon;

  exports zk4j.circuit;
  exports zk4j.r1cs;
  exports zk4j.r1cs.audit;
}
