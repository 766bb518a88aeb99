package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DemoCommandTest {
  @TempDir Path folder;

  @Test
  void provesVerifiesAndRefuses() {
    Zk.Result result = Zk.run("demo", "--no-stream").exits(0);
    assertEquals("", result.err());
    List<String> steps = result.out().lines().filter(line -> line.contains(" s  ")).toList();
    assertEquals(9, steps.size(), result.out());
    assertEquals(3, steps.stream().filter(line -> line.contains("refused")).count(), result.out());
    assertTrue(result.out().contains("main.readings[0] changed: constraint "), result.out());
  }

  @Test
  void leavesItsFilesWhereItIsTold() {
    Path files = folder.resolve("heartrate");
    Map<String, Object> json =
        Zk.run("demo", "--no-stream", "--files", files, "--json").exits(0).json();
    assertEquals(9, ((List<?>) requireNonNull(json.get("steps"))).size());

    Zk.run(
            "groth16",
            "verify",
            files.resolve("verification_key.json"),
            files.resolve("public.json"),
            files.resolve("proof.json"))
        .exits(0);
    Zk.run("wtns", "check", files.resolve("circuit.r1cs"), files.resolve("witness.wtns")).exits(0);

    Zk.Result again = Zk.run("demo", "--no-stream", "--files", files).exits(2);
    assertTrue(again.err().contains("heartrate"), again.err());
  }
}
