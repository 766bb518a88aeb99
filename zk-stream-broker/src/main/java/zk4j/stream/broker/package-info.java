/** An MQTT broker that runs in the program itself. */
@NullMarked
package zk4j.stream.broker;

import org.jspecify.annotations.NullMarked;
