package guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;

/** docs/circuits.md shows the code that is here, and it does what the page says. */
class CircuitsGuideTest {
  private static final Path PAGE = Path.of("..", "docs", "circuits.md");
  private static final Path SOURCES = Path.of("src", "test", "java", "guide");

  @Test
  void thePageShowsTheSources() throws Exception {
    Matcher block =
        Pattern.compile("```java\n(package guide;.*?)```", Pattern.DOTALL)
            .matcher(Files.readString(PAGE));
    for (String source : List.of("AverageBelow.java", "HeartRates.java")) {
      assertTrue(block.find(), source);
      assertEquals(Files.readString(SOURCES.resolve(source)), block.group(1));
    }
  }

  @Test
  void theProgramProves(@TempDir Path folder) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      HeartRates.main(new String[] {folder.toString()});
    } finally {
      System.setOut(before);
    }
    assertEquals("below the limit", text.toString(StandardCharsets.UTF_8).strip());
  }

  @Test
  void refusalsReadAsThePageSays() throws Exception {
    CompiledCircuit circuit = CompiledCircuit.of(new AverageBelow(6));
    Inputs inputs = Inputs.of("limit", 80).and("rates", 71, 68, 90, 122, 104, 75).and("salt", 1);
    String message =
        assertThrows(UnsatisfiedCircuitException.class, () -> circuit.witness(inputs)).getMessage();
    assertTrue(Files.readString(PAGE).contains(String.valueOf(message)), message);
    assertTrue(
        Files.readString(PAGE).contains(circuit.r1cs().constraints() + " constraints"),
        () -> circuit.r1cs().constraints() + " constraints");
  }
}
