/** Readings from a device to its gateway over MQTT, encrypted, each counting once. */
@NullMarked
package zk4j.stream.mqtt;

import org.jspecify.annotations.NullMarked;
