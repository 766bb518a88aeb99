package zk4j.stream.store;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import zk4j.io.BoundedHttp;

/**
 * Blobs in a node of IPFS, by the HTTP interface of Kubo ({@code block/put}, {@code block/get},
 * {@code block/rm}). Others may have copies of what the node has ever offered: deleting is a matter
 * of this node alone. Tried against a stand-in for a node, not against a real one.
 */
public final class IpfsBlobStore implements BlobStore {
  private static final Duration TIMEOUT = Duration.ofSeconds(30);
  private static final String BOUNDARY = "zk4j-blob-5f2c9e1d7a";

  /** The most bytes of an answer that is no blob. */
  private static final int MAX_ANSWER = 1 << 12;

  private final URI api;
  private final BoundedHttp http;

  /**
   * Blobs in a node.
   *
   * @param node its interface, such as {@code http://127.0.0.1:5001}
   */
  public IpfsBlobStore(URI node) {
    this(node, TIMEOUT);
  }

  IpfsBlobStore(URI node, Duration timeout) {
    this.api = node.resolve("/api/v0/");
    this.http = new BoundedHttp(timeout);
  }

  private HttpResponse<byte[]> post(String path, byte[] body, String type, int limit)
      throws IOException {
    try {
      return http.post(api.resolve(path), type, body, limit);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while a node was asked");
    }
  }

  private HttpResponse<byte[]> post(String path, int limit) throws IOException {
    return post(path, new byte[0], "application/octet-stream", limit);
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
    HttpResponse<byte[]> answer =
        post(
            "block/put?cid-codec=raw&mhtype=sha2-256&pin=true",
            form.toByteArray(),
            "multipart/form-data; boundary=" + BOUNDARY,
            MAX_ANSWER);
    boolean kept = new String(answer.body(), US_ASCII).contains("\"" + cid + "\"");
    if (answer.statusCode() != 200 || !kept) {
      throw new IOException("the node answers " + answer.statusCode() + " to " + cid);
    }
    return cid;
  }

  @Override
  public Optional<byte[]> get(Cid cid) throws IOException {
    HttpResponse<byte[]> answer = post("block/get?offline=true&arg=" + cid, MAX_BYTES);
    if (answer.statusCode() == 500) {
      return Optional.empty(); // Kubo's answer to what it does not have
    }
    if (answer.statusCode() != 200) {
      throw new IOException("the node answers " + answer.statusCode() + " to " + cid);
    }
    return Optional.of(BlobStore.checked(cid, answer.body()));
  }

  @Override
  public void delete(Cid cid) throws IOException {
    post("pin/rm?arg=" + cid, MAX_ANSWER); // which fails where nothing is pinned
    HttpResponse<byte[]> answer = post("block/rm?force=true&arg=" + cid, MAX_ANSWER);
    if (answer.statusCode() != 200) {
      throw new IOException("the node answers " + answer.statusCode() + " to " + cid);
    }
  }
}
