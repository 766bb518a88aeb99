package zk4j.stream.mqtt;

import com.hivemq.client.mqtt.MqttClient;
import com.hivemq.client.mqtt.MqttClientBuilder;
import com.hivemq.client.mqtt.MqttGlobalPublishFilter;
import com.hivemq.client.mqtt.datatypes.MqttQos;
import com.hivemq.client.mqtt.datatypes.MqttTopic;
import com.hivemq.client.mqtt.lifecycle.MqttClientAutoReconnect;
import com.hivemq.client.mqtt.mqtt3.Mqtt3AsyncClient;
import com.hivemq.client.mqtt.mqtt5.Mqtt5AsyncClient;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A connection to a broker that is made again whenever it is lost, in either version of MQTT. */
abstract class Link implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Link.class);

  private final Client client;
  private volatile boolean closed;

  private Link(Client client) {
    this.client = client;
  }

  /**
   * Who connects, and what for.
   *
   * @param client the identifier
   * @param topics to subscribe to with QoS 1, each time it connects
   * @param kept how long the broker keeps session and messages while nobody is connected; zero for
   *     not at all
   * @param inFlight so many messages the broker sends at most before they are acknowledged
   * @param executor of one thread, that all of the following run on until it is shut down
   * @param messages takes what comes
   * @param connected told that there is a connection now
   * @param disconnected told that there is none any more
   */
  record Client(
      String client,
      List<String> topics,
      Duration kept,
      int inFlight,
      Executor executor,
      Taker messages,
      Runnable connected,
      Runnable disconnected) {}

  /** Takes messages. */
  @FunctionalInterface
  interface Taker {
    /**
     * Takes a message.
     *
     * @param payload of whatever length
     * @param acknowledgement to be run when the broker may forget it
     */
    void take(String topic, byte[] payload, Runnable acknowledgement);
  }

  /** One that does not connect yet. */
  static Link of(MqttEndpoint endpoint, Client client) {
    MqttClientBuilder builder =
        MqttClient.builder()
            .identifier(client.client())
            .serverHost(endpoint.host())
            .serverPort(endpoint.port())
            .automaticReconnect(
                MqttClientAutoReconnect.builder()
                    .initialDelay(endpoint.backOff().toMillis(), TimeUnit.MILLISECONDS)
                    .maxDelay(100 * endpoint.backOff().toMillis(), TimeUnit.MILLISECONDS)
                    .build());
    if (endpoint.tls()) {
      builder = builder.sslWithDefaultConfig();
    }
    return switch (endpoint.version()) {
      case V5 -> new Version5(builder, client);
      case V3_1_1 -> new Version3(builder, client);
    };
  }

  /** Begins to connect. */
  abstract void connect();

  abstract CompletableFuture<?> subscribe(String topic);

  /** Publishes; done when the broker has acknowledged it, if it is to be acknowledged. */
  abstract CompletableFuture<?> publish(String topic, byte[] payload, boolean acknowledged);

  abstract void disconnect();

  /** Says goodbye, if there is a connection, and connects no more. */
  @Override
  public void close() {
    closed = true;
    disconnect();
  }

  /** With listeners; subscriptions are made anew, since the broker may have lost the session. */
  MqttClientBuilder listening(MqttClientBuilder builder) {
    return builder
        .addConnectedListener(
            context -> {
              if (closed) {
                disconnect();
                return;
              }
              CompletableFuture<?>[] subscriptions =
                  client.topics().stream()
                      .map(this::subscribe)
                      .toArray(CompletableFuture<?>[]::new);
              var unused =
                  CompletableFuture.allOf(subscriptions).whenComplete((done, e) -> subscribed(e));
            })
        .addDisconnectedListener(
            context -> {
              LOG.debug("no connection: {}", context.getSource(), context.getCause());
              if (closed) {
                context.getReconnector().reconnect(false);
              } else {
                tell(client.disconnected());
              }
            });
  }

  private void subscribed(@Nullable Throwable e) {
    if (closed) {
      return;
    }
    if (e == null) {
      tell(client.connected());
    } else {
      LOG.warn("no subscription", e);
    }
  }

  void tell(Runnable what) {
    try {
      client.executor().execute(what);
    } catch (RejectedExecutionException e) {
      LOG.debug("closed meanwhile");
    }
  }

  void received(MqttTopic topic, byte[] payload, Runnable acknowledgement) {
    client.messages().take(topic.toString(), payload, acknowledgement);
  }

  private static final class Version5 extends Link {
    private final Mqtt5AsyncClient mqtt;
    private final Client client;

    Version5(MqttClientBuilder builder, Client client) {
      super(client);
      this.client = client;
      this.mqtt = listening(builder).useMqttVersion5().buildAsync();
      mqtt.publishes(
          MqttGlobalPublishFilter.ALL,
          publish ->
              received(publish.getTopic(), publish.getPayloadAsBytes(), publish::acknowledge),
          this::tell,
          true);
    }

    @Override
    void connect() {
      var unused =
          mqtt.connectWith()
              .cleanStart(client.kept().isZero())
              .sessionExpiryInterval(client.kept().toSeconds())
              .restrictions()
              .receiveMaximum(client.inFlight())
              .maximumPacketSize(2 * MessageCodec.SIZE)
              .applyRestrictions()
              .send();
    }

    @Override
    CompletableFuture<?> publish(String topic, byte[] payload, boolean acknowledged) {
      return mqtt.publishWith()
          .topic(topic)
          .qos(acknowledged ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
          .payload(payload)
          .send()
          .thenCompose(
              result ->
                  result
                      .getError()
                      .<CompletableFuture<?>>map(CompletableFuture::failedFuture)
                      .orElseGet(() -> CompletableFuture.completedFuture(result)));
    }

    @Override
    CompletableFuture<?> subscribe(String topic) {
      return mqtt.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    @Override
    void disconnect() {
      var unused = mqtt.disconnect();
    }
  }

  private static final class Version3 extends Link {
    private final Mqtt3AsyncClient mqtt;
    private final Client client;

    Version3(MqttClientBuilder builder, Client client) {
      super(client);
      this.client = client;
      this.mqtt = listening(builder).useMqttVersion3().buildAsync();
      mqtt.publishes(
          MqttGlobalPublishFilter.ALL,
          publish ->
              received(publish.getTopic(), publish.getPayloadAsBytes(), publish::acknowledge),
          this::tell,
          true);
    }

    @Override
    void connect() {
      var unused = mqtt.connectWith().cleanSession(client.kept().isZero()).send();
    }

    @Override
    CompletableFuture<?> publish(String topic, byte[] payload, boolean acknowledged) {
      return mqtt.publishWith()
          .topic(topic)
          .qos(acknowledged ? MqttQos.AT_LEAST_ONCE : MqttQos.AT_MOST_ONCE)
          .payload(payload)
          .send();
    }

    @Override
    CompletableFuture<?> subscribe(String topic) {
      return mqtt.subscribeWith().topicFilter(topic).qos(MqttQos.AT_LEAST_ONCE).send();
    }

    @Override
    void disconnect() {
      var unused = mqtt.disconnect();
    }
  }
}
