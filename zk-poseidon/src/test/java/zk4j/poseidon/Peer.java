package zk4j.poseidon;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The recipe that runs circomlibjs. */
public final class Peer {
  private Peer() {}

  /** What it prints; the test is skipped where there is no Node.js. */
  public static String make(String... arguments) throws IOException, InterruptedException {
    assumeTrue(hasNode(), "no Node.js: the comparison with circomlibjs is skipped");
    List<String> command = new ArrayList<>();
    command.add(Path.of("..", "fixtures", "poseidon", "make").toString());
    command.addAll(List.of(arguments));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertEquals(0, process.waitFor(), output);
    return output;
  }

  private static boolean hasNode() throws InterruptedException {
    try {
      return new ProcessBuilder("node", "--version").start().waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }
}
