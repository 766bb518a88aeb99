package zk4j.stream.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Blobs in a node of IPFS, by the HTTP interface of Kubo ({@code block/put}, {@code block/get},
 * {@code block/rm}). Others may have copies of what the node has ever offered: deleting is a matter
 * of this node alone. Tried against a stand-in for a node, not against a real one.
 */
public final class IpfsBlobStore implements BlobStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String BOUNDARY = "zk4j-blob-5f2c9e1d7a";
  private static final int MAX_ANSWER = 1 << 12;

  private final URI api;
  private final HttpClient client = HttpClient.newBuilder().connectTimeout(TIMEOUT).build();

  /**
   * Blobs in a node.
   *
   * @param node its interface, such as {@code http://127.0.0.1:5001}
   */
  public IpfsBlobStore(URI node) {
    this.api = node.resolve("/api/v0/");
  }

  private record Answer(int status, ByteBuffer body) {}

  private Answer post(String path, byte[] body, String type) throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(api.resolve(path))
            .timeout(TIMEOUT)
            .header("Content-Type", type)
            .POST(BodyPublishers.ofByteArray(body))
            .build();
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream in = response.body()) {
        return new Answer(response.statusCode(), ByteBuffer.wrap(in.readNBytes(MAX_BYTES + 1)));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a node was asked");
    }
  }

  private Answer post(String path) throws IOException {
    return post(path, new byte[0], "application/octet-stream");
  }

  @Override
  public Cid put(byte[] content) throws IOException {
    BlobStore.requireSize(content);
    Cid cid = Cid.of(content);
    ByteArrayOutputStream form = new ByteArrayOutputStream();
    List<String> head =
        List.of(
            "--" + BOUNDARY,
            "Content-Disposition: form-data; name=\"data\"; filename=\"blob\"",
            "Content-Type: application/octet-stream",
            "",
            "");
    form.writeBytes(String.join("\r\n", head).getBytes(US_ASCII));
    form.writeBytes(content);
    form.writeBytes("\r\n--%s--\r\n".formatted(BOUNDARY).getBytes(US_ASCII));
    Answer answer =
        post(
            "block/put?cid-codec=raw&mhtype=sha2-256&pin=true",
            form.toByteArray(),
            "multipart/form-data; boundary=" + BOUNDARY);
    String text = new String(answer.body().array(), US_ASCII);
    if (answer.status() != 200 || text.length() > MAX_ANSWER || !text.contains("\"" + cid + "\"")) {
      throw new IOException("the node answers " + answer.status() + " to " + cid);
    }
    return cid;
  }

  @Override
  public Optional<byte[]> get(Cid cid) throws IOException {
    Answer answer = post("block/get?offline=true&arg=" + cid);
    if (answer.status() == 500) {
      return Optional.empty(); // Kubo's answer to what it does not have
    }
    if (answer.status() != 200) {
      throw new IOException("the node answers " + answer.status() + " to " + cid);
    }
    return Optional.of(BlobStore.checked(cid, answer.body().array()));
  }

  @Override
  public void delete(Cid cid) throws IOException {
    post("pin/rm?arg=" + cid); // which fails where nothing is pinned
    Answer answer = post("block/rm?force=true&arg=" + cid);
    if (answer.status() != 200) {
      throw new IOException("the node answers " + answer.status() + " to " + cid);
    }
  }
}
