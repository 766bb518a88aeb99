/** The command {@code zk}. */
module zk4j.cli {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires java.logging;
  requires java.management;
  requires static zk4j.stream.broker;
  requires static zk4j.stream.mqtt;
  requires static zk4j.stream.server;
  requires zk4j.circomcompat;
  requires zk4j.evm;
  requires zk4j.io;

  opens zk4j.cli to
      info.picocli;
}
