/** The command {@code zk}. */
module zk4j.cli {
  requires static transitive org.jspecify;
  requires info.picocli;
  requires zk4j.circomcompat;

  opens zk4j.cli to
      info.picocli;
}
