/** An MQTT broker that runs in the program itself. */
module zk4j.stream.broker {
  requires static transitive org.jspecify;
  requires moquette.broker;

  exports zk4j.stream.broker;
}
