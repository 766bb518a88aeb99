package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class OutputTest {
  /** The C0 controls that no line needs, DEL, and C1's CSI, which some terminals obey. */
  private static final String HOSTILE = "a\u0000\u0007\b\r\u001b[2J\u007f\u009b1A b\tc\u00e9";

  private static final String SHOWN =
      "a\\u0000\\u0007\\u0008\\u000d\\u001b[2J\\u007f\\u009b1A b\tc\u00e9";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private Output output(boolean json, boolean terminal) {
    return new Output(new PrintWriter(out), new PrintWriter(err), json, false, terminal);
  }

  @Test
  void controlCharactersOfTextAreShown() throws IOException {
    Output output = output(false, false);
    output.line("1 " + HOSTILE);
    output.result(List.of("2 " + HOSTILE, "3\n4"), Map.of());
    assertEquals(List.of("1 " + SHOWN, "2 " + SHOWN, "3", "4"), out.toString().lines().toList());
    assertEquals("", err.toString());

    output.note("5 " + HOSTILE);
    output.error("6 " + HOSTILE);
    assertEquals(List.of("5 " + SHOWN, "zk: 6 " + SHOWN), err.toString().lines().toList());
  }

  @Test
  void controlCharactersOfProgressAreShown() {
    Output output = output(false, true);
    output.phase("reading \u001b[2J");
    assertEquals("\rreading \\u001b[2J\r", err.toString());
    output.clear();
    assertEquals(
        "\r" + " ".repeat("reading \\u001b[2J".length()) + "\r",
        err.toString().substring("\rreading \\u001b[2J\r".length()));
  }

  @Test
  void controlCharactersOfStackTracesAreShown() {
    output(false, false).trace(new IOException(HOSTILE));
    assertTrue(err.toString().contains("\\u001b[2J"), err.toString());
    assertTrue(err.toString().contains("\n\tat zk4j."), err.toString());
    assertFalse(err.toString().contains("\u001b"), err.toString());
  }

  /** JSON has its own escapes, and the values stay what they are. */
  @Test
  void controlCharactersOfJsonAreEscaped() throws IOException {
    output(true, false).result(List.of(), Map.of(HOSTILE, List.of(HOSTILE)));
    String json = out.toString();
    assertTrue(json.strip().chars().noneMatch(Character::isISOControl), json);
    assertTrue(json.contains("\\u009B1A b\\tc\u00e9"), json);
    assertEquals(Map.of(HOSTILE, List.of(HOSTILE)), new Zk.Result(0, json, err.toString()).json());
  }
}
