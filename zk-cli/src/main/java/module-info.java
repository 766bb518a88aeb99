/** The command {@code zk}. */
module zk4j.cli {
  requires static transitive org.jspecify;
  requires com.fasterxml.jackson.core;
  requires info.picocli;
  requires java.management;
  requires zk4j.circomcompat;

  opens zk4j.cli to
      info.picocli;
}
