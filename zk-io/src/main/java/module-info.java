/** What modules share that speak to disks and servers; no part of the API. */
@SuppressWarnings("module") // the modules that it exports to are built after this one
module zk4j.io {
  requires static transitive org.jspecify;
  requires transitive java.net.http;

  exports zk4j.io to
      zk4j.cli,
      zk4j.evm,
      zk4j.stream;
}
