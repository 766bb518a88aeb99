/** Windows of readings that devices sign, and statements about them to be proven. */
module zk4j.stream {
  requires static transitive org.jspecify;
  requires transitive java.sql;
  requires transitive zk4j.core;
  requires transitive zk4j.groth16;
  requires transitive zk4j.poseidon;
  requires transitive zk4j.r1cs;
  requires com.fasterxml.jackson.core;
  requires org.apache.commons.csv;
  requires zk4j.io;

  exports zk4j.stream;
  exports zk4j.stream.database;
  exports zk4j.stream.ingest;
  exports zk4j.stream.keys;
  exports zk4j.stream.ledger;
  exports zk4j.stream.prove;
  exports zk4j.stream.statement;
  exports zk4j.stream.store;
  exports zk4j.stream.verify;
}
