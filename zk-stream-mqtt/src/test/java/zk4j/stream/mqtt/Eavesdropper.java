package zk4j.stream.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.mqtt3.Mqtt3BlockingClient;
import com.hivemq.client.mqtt.mqtt3.Mqtt3Client;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** Sees all topics of a broker as the broker does, and writes to any. */
final class Eavesdropper implements AutoCloseable {
  private final Mqtt3BlockingClient mqtt;
  private final ConcurrentMap<String, List<byte[]>> payloads = new ConcurrentHashMap<>();

  Eavesdropper(int port) {
    Mqtt3Client client =
        MqttClient.builder()
            .identifier("e" + UUID.randomUUID())
            .serverHost("127.0.0.1")
            .serverPort(port)
            .useMqttVersion3()
            .build();
    mqtt = client.toBlocking();
    mqtt.connect();
    client
        .toAsync()
        .subscribeWith()
        .topicFilter("#")
        .qos(MqttQos.AT_LEAST_ONCE)
        .callback(
            publish ->
                payloads
                    .computeIfAbsent(
                        publish.getTopic().toString(), key -> new CopyOnWriteArrayList<>())
                    .add(publish.getPayloadAsBytes()))
        .send()
        .join();
  }

  void publish(String topic, byte[] payload) {
    mqtt.publishWith().topic(topic).qos(MqttQos.AT_LEAST_ONCE).payload(payload).send();
  }

  List<String> topics() {
    return payloads.keySet().stream().sorted().toList();
  }

  List<byte[]> payloads(String topic) {
    return new ArrayList<>(payloads.getOrDefault(topic, List.of()));
  }

  @Override
  public void close() {
    mqtt.disconnect();
  }
}
