package zk4j.io;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpTimeoutException;
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
 * Asks servers that need not answer soon, nor ever come to an end. Redirections are answers like
 * others. Thread-safe.
 */
public final class BoundedHttp {
  private final Duration timeout;
  private final HttpClient client;

  /**
   * Asks servers.
   *
   * @param timeout of an exchange, from the connection to the last byte of the answer
   */
  public BoundedHttp(Duration timeout) {
    this.timeout = timeout;
    this.client = HttpClient.newBuilder().connectTimeout(timeout).build();
  }

  /** A server has more to say than it may. */
  public static final class TooLongException extends IOException {
    @Serial private static final long serialVersionUID = 1;

    private TooLongException(int limit) {
      super("an answer of more than " + limit + " bytes");
    }
  }

  /**
   * Posts bytes.
   *
   * @param type of the body, for the header {@code Content-Type}
   * @param limit the most bytes of the answer's body
   * @return the answer, whatever its status is
   * @throws TooLongException if the answer is longer; the rest of it is not read
   * @throws HttpTimeoutException if the answer is not there as a whole in time
   * @throws IOException if there is none. No message names the server or has anything of its
   */
  public HttpResponse<byte[]> post(URI server, String type, byte[] body, int limit)
      throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(server)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    // A request's own timeout ends with the head of the answer.
    CompletableFuture<HttpResponse<byte[]>> answer =
        client.sendAsync(request, head -> new Bounded(limit));
    try {
      HttpResponse<byte[]> response = answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
      if (response.body().length > limit) {
        throw new TooLongException(limit);
      }
      return response;
    } catch (TimeoutException e) {
      throw new HttpTimeoutException("no whole answer within " + timeout);
    } catch (ExecutionException e) {
      throw new IOException("no answer", e.getCause());
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
}
