/** For tests of circuits, with JUnit and jqwik. */
module zk4j.testing {
  requires static transitive org.jspecify;
  requires transitive net.jqwik.api;
  requires org.opentest4j;
  requires transitive zk4j.r1cs;

  exports zk4j.testing;
}
