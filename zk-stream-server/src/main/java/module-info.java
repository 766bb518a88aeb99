/** Verification of statements about streams over HTTP, metrics, and the local page. */
module zk4j.stream.server {
  requires static transitive org.jspecify;
  requires transitive micrometer.core;
  requires transitive zk4j.stream;
  requires com.fasterxml.jackson.core;
  requires io.javalin;
  requires zk4j.circomcompat;

  exports zk4j.stream.server;
}
