package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class MainTest {
  private static final Path R1CS = Zk.fixture("multiplier", "circuit.r1cs");
  private static final Path WTNS = Zk.fixture("multiplier", "witness.wtns");

  @TempDir Path folder;

  @Test
  void helpListsTheCommands() {
    Zk.Result help = Zk.run("--help").exits(0);
    assertEquals("", help.err());
    for (String command :
        List.of(
            "demo", "wtns", "groth16", "r1cs", "zkey", "bench", "stream", "generate-completion")) {
      assertTrue(help.out().lines().anyMatch(l -> l.matches(" +" + command + " .*")), help.out());
    }
    assertTrue(help.out().contains("Exit codes:"), help.out());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "wtns calculate",
        "wtns check",
        "wtns export json",
        "groth16 prove",
        "groth16 fullprove",
        "groth16 verify",
        "groth16 setup",
        "groth16 setup-insecure",
        "powersoftau setup-insecure",
        "plonk setup",
        "plonk prove",
        "plonk fullprove",
        "plonk verify",
        "fflonk setup",
        "fflonk prove",
        "fflonk fullprove",
        "fflonk verify",
        "r1cs info",
        "r1cs print",
        "r1cs export json",
        "zkey info",
        "zkey export verificationkey",
        "zkey export solidityverifier",
        "zkey export soliditycalldata",
        "bench groth16",
        "stream demo",
        "stream circuit",
        "stream policy",
        "stream ingest",
        "stream windows",
        "stream prove",
        "stream serve",
        "stream verify",
        "stream audit",
        "stream erase",
        "stream keys init",
        "stream keys show",
        "stream keys rotate",
        "stream keys share",
        "stream keys recover",
        "generate-completion"
      })
  void everyCommandExplainsItself(String command) {
    Zk.Result help = Zk.run((Object[]) (command + " --help").split(" ")).exits(0);
    assertTrue(help.out().startsWith("Usage: zk " + command + " [options]"), help.out());
    assertTrue(help.out().contains("Example"), help.out());
    for (String option : List.of("--json", "--quiet", "--threads", "--help", "--verbose")) {
      assertTrue(help.out().contains(option), option + " in " + help.out());
    }
    help.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @Test
  void theVersionNamesKernelsAndPlatform() {
    String version = Zk.run("--version").exits(0).out();
    assertTrue(version.startsWith("zk "), version);
    assertTrue(version.contains("kernels: "), version);
    assertTrue(version.contains(Runtime.version().toString()), version);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                            | Missing required subcommand",
        "wtns                          | Missing required subcommand",
        "wtns check a                  | Missing required parameter: '<witness.wtns>'",
        "wtns check a b c              | Unmatched argument at index 4: 'c'",
        "grot16                        | Did you mean: zk groth16?",
        "wtns check --nonsense a b     | Unknown option: '--nonsense'",
        "r1cs info .                   | . is a folder",
        "--threads 0 demo              | --threads must be at least 1",
        "r1cs info --threads many a    | 'many' is not an int",
        "groth16 verify a b c          | zk: a: no such file"
      })
  void wrongUsageIsExplained(String command, String explanation) {
    Object[] args = command.isEmpty() ? new Object[0] : command.split(" ");
    Zk.Result result = Zk.run(args).exits(2);
    assertEquals("", result.out());
    assertTrue(result.err().startsWith("zk: "), result.err());
    assertTrue(result.err().contains(explanation), result.err());
    assertFalse(result.err().contains("\tat "), result.err());
  }

  @Test
  void errorsAreJsonWhereResultsAre() {
    Zk.Result result = Zk.run("wtns", "check", R1CS, "none.wtns", "--json").exits(2);
    assertEquals(Map.of("error", "none.wtns: no such file"), result.json());
    assertEquals("zk: none.wtns: no such file", result.err().strip());
    assertEquals(Set.of("error"), Zk.run("--json", "wtns", "check", "a").exits(2).json().keySet());
  }

  @Test
  void globalOptionsStandAnywhere() {
    Map<String, Object> json = Zk.run("--json", "wtns", "check", R1CS, WTNS).exits(0).json();
    assertEquals(json, Zk.run("wtns", "--json", "check", R1CS, WTNS).exits(0).json());
    assertEquals(json, Zk.run("wtns", "check", R1CS, WTNS, "--json").exits(0).json());
  }

  @Test
  void stackTracesAreShownOnDemand() {
    Zk.Result result = Zk.run("wtns", "check", R1CS, "none.wtns", "--verbose").exits(2);
    assertTrue(result.err().contains("\tat zk4j."), result.err());
  }

  @Test
  void progressIsForTerminals() {
    Object[] command = {"groth16", "prove", Zk.fixture("multiplier", "circuit.zkey"), WTNS, "", ""};
    command[4] = folder.resolve("proof.json");
    command[5] = folder.resolve("public.json");

    assertFalse(Zk.run(command).exits(0).err().contains("\r"));
    Zk.Result watched = Zk.onTerminal(command).exits(0);
    assertTrue(watched.err().contains("\rproving"), watched.err());
    // The line is blanked before anything else is said.
    assertTrue(watched.err().contains(" \rwrote "), watched.err());

    Object[] quiet = Arrays.copyOf(command, 7);
    quiet[6] = "--quiet";
    assertEquals(new Zk.Result(0, "", ""), Zk.onTerminal(quiet));
  }

  @Test
  void errorsOfTheMachineAreNoVerdict() {
    assertEquals(2, ExitCodes.of(new OutOfMemoryError()));
    assertTrue(ExitCodes.message(new OutOfMemoryError()).contains("-Xmx"));
    assertEquals(2, ExitCodes.of(new IllegalStateException("x")));
    assertTrue(ExitCodes.message(new IllegalStateException("x")).contains("x"));
  }

  @Test
  void theCompletionScriptKnowsTheCommands() {
    String script = Zk.run("generate-completion").exits(0).out();
    assertTrue(script.startsWith("#!/usr/bin/env bash"), script);
    assertTrue(script.contains("complete -F _complete_zk -o default zk"), script);
    assertTrue(script.contains("fullprove"), script);
    assertTrue(script.contains("--allow-insecure-key"), script);
  }
}
