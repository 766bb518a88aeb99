/** Readings from a device to its gateway over MQTT, encrypted, each counting once. */
module zk4j.stream.mqtt {
  requires static transitive org.jspecify;
  requires transitive zk4j.stream;
  requires com.hivemq.client.mqtt;
  requires org.slf4j;
  requires jdk.unsupported; // for the queues of HiveMQ's client, which is an automatic module

  exports zk4j.stream.mqtt;
}
