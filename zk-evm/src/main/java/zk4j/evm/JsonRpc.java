package zk4j.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import java.io.IOException;
import java.io.Serial;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import zk4j.io.BoundedHttp;

/**
 * Calls of a node of a chain by JSON-RPC 2.0 over HTTP, several in one request. What a node answers
 * is not trusted: it has a limit of bytes, and errors have nothing of its texts.
 */
final class JsonRpc {
  private static final int MAX_BYTES = 1 << 24;
  private static final int OK = 200;

  /** Bad Request and Content Too Large, as nodes say it of a range that is too long for them. */
  private static final Set<Integer> REFUSALS = Set.of(400, 413);

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
  private final BoundedHttp http;
  private int id;

  JsonRpc(URI node, Duration timeout) {
    this.node = node;
    this.http = new BoundedHttp(timeout);
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

  /** A call of a method, and what came of it. */
  static final class Call<T> {
    private final String method;
    private final String parameters;
    private final Result<T> reader;
    private @Nullable T result;

    /**
     * A call.
     *
     * @param parameters as JSON, with commas between
     */
    Call(String method, String parameters, Result<T> reader) {
      this.method = method;
      this.parameters = parameters;
      this.reader = reader;
    }

    /**
     * The result, once the call was made.
     *
     * @throws RefusedException if the node answered with an error
     */
    T result() throws RefusedException {
      if (result == null) {
        throw new RefusedException("the node refuses " + method);
      }
      return result;
    }
  }

  /**
   * Makes calls in one request, which one node answers, call by call.
   *
   * @throws RefusedException if it refuses all of them, or has more to say than it may
   */
  void call(List<Call<?>> calls) throws IOException, InterruptedException {
    String methods = calls.stream().map(call -> call.method).collect(Collectors.joining(", "));
    Map<Integer, Call<?>> open = new HashMap<>();
    StringBuilder body = new StringBuilder();
    for (Call<?> call : calls) {
      id++;
      open.put(id, call);
      body.append(body.isEmpty() ? '[' : ',')
          .append(
              "{\"jsonrpc\":\"2.0\",\"id\":%d,\"method\":\"%s\",\"params\":[%s]}"
                  .formatted(id, call.method, call.parameters));
    }
    String answer = answer(methods, body.append(']').toString());
    try (JsonParser in = JSON.createParser(answer)) {
      if (in.nextToken() == JsonToken.START_OBJECT && isError(in)) {
        throw new RefusedException("the node refuses " + methods + " in one request");
      }
      require(in.currentToken() == JsonToken.START_ARRAY, "something else than answers");
      while (in.nextToken() != JsonToken.END_ARRAY) {
        take(in, answer, open);
      }
      require(in.nextToken() == null, "more than answers");
    } catch (JsonProcessingException e) {
      // Without the cause, which shows what stands there.
      throw new IOException("the node answers what is no JSON to " + methods);
    }
    require(open.isEmpty(), "no result of some of " + methods);
  }

  private String answer(String methods, String body) throws IOException, InterruptedException {
    HttpResponse<byte[]> response;
    try {
      response = http.post(node, "application/json", body.getBytes(UTF_8), MAX_BYTES);
    } catch (BoundedHttp.TooLongException e) {
      throw new RefusedException(methods + ": " + e.getMessage());
    } catch (IOException e) {
      throw new IOException(methods + ": " + e.getMessage(), e);
    }
    int status = response.statusCode();
    if (status != OK) {
      String message = "the node answers %d to %s".formatted(status, methods);
      throw REFUSALS.contains(status) ? new RefusedException(message) : new IOException(message);
    }
    return new String(response.body(), UTF_8);
  }

  /** Whether an object, at whose begin the parser is, is an error. */
  private static boolean isError(JsonParser in) throws IOException {
    boolean error = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      error |= in.nextToken() == JsonToken.START_OBJECT && name.equals("error");
      in.skipChildren();
    }
    return error;
  }

  /** Takes one answer, which is of one of the open calls, and closes that one. */
  private static void take(JsonParser in, String answer, Map<Integer, Call<?>> open)
      throws IOException {
    require(in.currentToken() == JsonToken.START_OBJECT, "an answer that is no object");
    @Nullable Call<?> call = null;
    long result = -1;
    boolean error = false;
    for (String name = in.nextFieldName(); name != null; name = in.nextFieldName()) {
      JsonToken token = in.nextToken();
      switch (name) {
        case "id" ->
            call = token == JsonToken.VALUE_NUMBER_INT ? open.remove(in.getIntValue()) : null;
        case "result" -> result = in.currentTokenLocation().getCharOffset();
        case "error" -> error = token != JsonToken.VALUE_NULL;
        default -> {}
      }
      in.skipChildren();
    }
    require(in.currentToken() == JsonToken.END_OBJECT, "an answer that does not end");
    if (call == null || (result < 0 && !error)) {
      throw malformed("what is no answer to a call");
    }
    if (!error) {
      read(call, answer, (int) result);
    }
  }

  /** A result may stand before the number of its call, and is read once that is known. */
  private static <T> void read(Call<T> call, String answer, int from) throws IOException {
    try (JsonParser in = JSON.createParser(answer.substring(from))) {
      in.nextToken();
      call.result = call.reader.read(in);
    }
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
