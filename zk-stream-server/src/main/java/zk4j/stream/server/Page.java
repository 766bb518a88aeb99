package zk4j.stream.server;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.Supplier;

/**
 * Something to look at besides a server's API.
 *
 * @param path such as {@code /} or {@code /openapi.json}
 * @param type of its content
 * @param content what it is now
 */
public record Page(String path, String type, Supplier<byte[]> content) {
  /**
   * A page that is a resource.
   *
   * @param owner the class beside which it is
   * @throws IllegalArgumentException if there is no such resource
   */
  public static Page ofResource(String path, String type, Class<?> owner, String name) {
    try (InputStream in = owner.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalArgumentException("no resource " + name + " beside " + owner);
      }
      byte[] bytes = in.readAllBytes();
      return new Page(path, type, () -> bytes);
    } catch (IOException e) {
      throw new IllegalArgumentException("resource " + name, e);
    }
  }

  void answer(Context context) {
    context.contentType(type).result(content.get());
  }
}
