package zk4j.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Calls of a node of a chain by JSON-RPC 2.0 over HTTP. What a node answers is not trusted: it has
 * a limit of bytes, and errors have nothing of its texts.
 */
final class JsonRpc {
  private static final int MAX_BYTES = 1 << 24;
  private static final int OK = 200;

  private static final JsonFactory JSON =
      JsonFactory.builder()
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxDocumentLength(MAX_BYTES)
                  .maxNestingDepth(16)
                  .maxNumberLength(20)
                  .maxStringLength(1 << 16)
                  .maxNameLength(100)
                  .build())
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .build();

  private final URI node;
  private final Duration timeout;
  private final HttpClient http;
  private int id;

  JsonRpc(URI node, Duration timeout) {
    this.node = node;
    this.timeout = timeout;
    this.http = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** The node has understood, and will not do it: as for too many blocks at a time. */
  static final class RefusedException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    RefusedException(String message) {
      super(message);
    }
  }

  /** Reads a result, whose first token is the current one, up to its last one. */
  @FunctionalInterface
  interface Result<T> {
    T read(JsonParser in) throws IOException;
  }

  /**
   * Calls a method.
   *
   * @param parameters as JSON, with commas between
   */
  <T> T call(String method, String parameters, Result<T> result)
      throws IOException, InterruptedException {
    id++;
    String body =
        "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[%s]}"
            .formatted(id, method, parameters);
    HttpRequest request =
        HttpRequest.newBuilder(node)
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build();
    HttpResponse<byte[]> response = answer(method, request);
    if (response.statusCode() != OK || response.body().length > MAX_BYTES) {
      throw new IOException("the node answers %d to %s".formatted(response.statusCode(), method));
    }
    try (JsonParser in = JSON.createParser(new String(response.body(), UTF_8))) {
      return result(in, method, result);
    } catch (JsonProcessingException e) {
      // Without the cause, which shows what stands there.
      throw new IOException("the node answers what is no JSON to " + method);
    }
  }

  /** The whole answer in time: a request's own timeout ends with the head of the answer. */
  private HttpResponse<byte[]> answer(String method, HttpRequest request)
      throws IOException, InterruptedException {
    CompletableFuture<HttpResponse<byte[]>> answer =
        http.sendAsync(request, head -> new Bounded(MAX_BYTES));
    try {
      return answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException e) {
      throw new IOException("the node does not answer " + method + " within " + timeout);
    } catch (ExecutionException e) {
      throw new IOException("the node does not answer " + method, e.getCause());
    } finally {
      boolean unused = answer.cancel(true);
    }
  }

  /** Takes an answer up to one byte more than a limit, and no further. */
  private static final class Bounded implements BodySubscriber<byte[]> {
    private final int limit;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final CompletableFuture<byte[]> body = new CompletableFuture<>();
    private Flow.@Nullable Subscription subscription;

    Bounded(int limit) {
      this.limit = limit;
    }

    @Override
    public CompletionStage<byte[]> getBody() {
      return body;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
      this.subscription = subscription;
      subscription.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
      for (ByteBuffer buffer : buffers) {
        byte[] part = new byte[Math.min(buffer.remaining(), limit + 1 - bytes.size())];
        buffer.get(part);
        bytes.writeBytes(part);
      }
      if (bytes.size() > limit && subscription != null) {
        subscription.cancel();
        onComplete();
      }
    }

    @Override
    public void onError(Throwable failure) {
      body.completeExceptionally(failure);
    }

    @Override
    public void onComplete() {
      body.complete(bytes.toByteArray());
    }
  }

  private <T> T result(JsonParser in, String method, Result<T> result) throws IOException {
    require(in.nextToken() == JsonToken.START_OBJECT, "an answer that is no object");
    T found = null;
    boolean mine = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      switch (name) {
        case "id" -> mine = token == JsonToken.VALUE_NUMBER_INT && in.getIntValue() == id;
        case "result" -> found = result.read(in);
        case "error" -> {
          if (token != JsonToken.VALUE_NULL) {
            throw new RefusedException("the node refuses " + method);
          }
        }
        default -> in.skipChildren();
      }
    }
    require(in.currentToken() == JsonToken.END_OBJECT && in.nextToken() == null, "no one answer");
    if (!mine || found == null) {
      throw malformed("no result of " + method);
    }
    return found;
  }

  static void require(boolean condition, String problem) throws IOException {
    if (!condition) {
      throw malformed(problem);
    }
  }

  static IOException malformed(String problem) {
    return new IOException("the node answers with " + problem);
  }

  /** A quantity, as {@code 0x} and up to 15 hexadecimal digits. */
  static long quantity(@Nullable String text) throws IOException {
    if (text == null || !text.matches("0x[0-9a-fA-F]{1,15}")) {
      throw malformed("something else than a quantity");
    }
    return Long.parseLong(text.substring(2), 16);
  }
}
