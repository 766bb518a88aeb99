package guide;

import static org.junit.jupiter.api.Assertions.assertEquals;
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
import zk4j.testing.CircuitTester;

/** docs/heart-rate.md shows the code that is here, and it does what the page says. */
class HeartRateGuideTest {
  private static final Path PAGE = Path.of("..", "docs", "heart-rate.md");
  private static final Path SOURCES = Path.of("src", "test", "java", "guide");

  @Test
  void thePageShowsTheSources() throws Exception {
    String page = Files.readString(PAGE);
    Matcher block =
        Pattern.compile("```java\n(package guide;.*?)```", Pattern.DOTALL).matcher(page);
    for (String source : List.of("HeartRateCheck.java", "HeartRateProof.java")) {
      assertTrue(block.find(), source);
      assertEquals(Files.readString(SOURCES.resolve(source)), block.group(1));
    }
    String circom = Files.readString(Path.of("..", "fixtures", "circuits", "heartrate.circom"));
    Matcher template = Pattern.compile("```\n(template.*?)```", Pattern.DOTALL).matcher(page);
    assertTrue(template.find());
    assertTrue(circom.contains(template.group(1)), "the template of heartrate.circom");
    int constraints = CompiledCircuit.of(new HeartRateCheck(10)).r1cs().constraints();
    assertTrue(page.contains(constraints + " constraints"), constraints + " constraints");
  }

  @Test
  void theProgramProves(@TempDir Path folder) throws Exception {
    PrintStream before = System.out;
    ByteArrayOutputStream text = new ByteArrayOutputStream();
    System.setOut(new PrintStream(text, true, StandardCharsets.UTF_8));
    try {
      HeartRateProof.main(new String[] {folder.toString()});
    } finally {
      System.setOut(before);
    }
    assertEquals("all below 120", text.toString(StandardCharsets.UTF_8).strip());
    String contract = Files.readString(folder.resolve("HeartRateVerifier.sol"));
    assertTrue(contract.contains("contract HeartRateVerifier"));
    assertTrue(contract.contains("uint256[2] calldata"), "two public signals");
    assertTrue(Files.readString(folder.resolve("call.txt")).startsWith("["));
  }

  @Test
  void theVerdictIsRightAtTheLimitAndNothingElseIsAccepted() {
    CircuitTester.of(new HeartRateCheck(3))
        .accepts(Inputs.of("limit", 120).and("rates", 0, 119, 119), 1)
        .accepts(Inputs.of("limit", 120).and("rates", 0, 120, 119), 0)
        .accepts(Inputs.of("limit", 0).and("rates", 0, 0, 0), 0)
        .accepts(Inputs.of("limit", 255).and("rates", 254, 254, 255), 0)
        .refuses(Inputs.of("limit", 256).and("rates", 1, 1, 1))
        .refuses(Inputs.of("limit", 120).and("rates", 1, 256, 1))
        .isDetermined();
  }
}
