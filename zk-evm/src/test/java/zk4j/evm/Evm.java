package zk4j.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Contracts at work: a script of ours on solc and anvil, from npm. */
final class Evm implements AutoCloseable {
  /** What Solidity returns for true. */
  static final String TRUE = "0x" + "0".repeat(63) + "1";

  static final String FALSE = "0x" + "0".repeat(64);

  private static final Path SCRIPTS = Path.of("src", "test", "evm");
  private static final Path BUILD = Path.of("..", "build", "evm");

  private final Process process;
  private final PrintWriter in;
  private final BufferedReader out;

  private Evm(Process process) {
    this.process = process;
    this.in = new PrintWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8), true);
    this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
  }

  static boolean isAvailable() throws Exception {
    return run(Path.of("."), "node", "--version") && run(Path.of("."), "npm", "--version");
  }

  private static boolean run(Path folder, String... command) throws Exception {
    try {
      Process process =
          new ProcessBuilder(command)
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return process.waitFor(5, TimeUnit.MINUTES) && process.exitValue() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /**
   * Compiles contracts and starts a chain.
   *
   * @param folder where sources go
   */
  static Evm start(Path folder, Map<String, String> sources) throws Exception {
    Files.createDirectories(BUILD);
    Files.copy(
        SCRIPTS.resolve("package.json"),
        BUILD.resolve("package.json"),
        StandardCopyOption.REPLACE_EXISTING);
    if (!Files.isDirectory(BUILD.resolve("node_modules/solc"))
        && !run(BUILD, "npm", "install", "--silent", "--no-fund", "--no-audit")) {
      throw new IOException("npm install failed in " + BUILD);
    }
    for (Map.Entry<String, String> source : sources.entrySet()) {
      Files.writeString(folder.resolve(source.getKey() + ".sol"), source.getValue());
    }
    Process process =
        new ProcessBuilder(
                List.of(
                    "node",
                    SCRIPTS.resolve("evm.mjs").toAbsolutePath().toString(),
                    folder.toAbsolutePath().toString()))
            .directory(BUILD.toFile())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    Evm evm = new Evm(process);
    evm.read("ready");
    return evm;
  }

  private String read(String what) throws IOException {
    String line = out.readLine();
    if (line == null) {
      throw new IOException("no answer to " + what);
    }
    return line;
  }

  private String ask(String line) throws IOException {
    in.println(line);
    return read(line);
  }

  /** The address of a new contract; arguments are hexadecimal words. */
  String deploy(String contract, String arguments) throws IOException {
    return ask(("deploy " + contract + " " + arguments).strip()).split(" ", -1)[0];
  }

  String call(String address, byte[] data) throws IOException {
    return ask("call " + address + " 0x" + HexFormat.of().formatHex(data));
  }

  String call(String address, byte[] data, long gas) throws IOException {
    return ask("call " + address + " 0x" + HexFormat.of().formatHex(data) + " " + gas);
  }

  /** What a call answers, or "reverted" and the error's data. */
  String simulate(String address, byte[] data) throws IOException {
    return ask("simulate " + address + " 0x" + HexFormat.of().formatHex(data));
  }

  /** The address that transactions are from. */
  String sender() throws IOException {
    return ask("sender");
  }

  /** Where the chain's JSON-RPC is. */
  URI node() throws IOException {
    return URI.create(ask("node"));
  }

  /** "ok" or "reverted", the gas used, and events: topics and data with commas between. */
  List<String> send(String address, byte[] data) throws IOException {
    return List.of(ask("send " + address + " 0x" + HexFormat.of().formatHex(data)).split(" ", -1));
  }

  void nextBlockAt(long seconds) throws IOException {
    ask("time " + seconds);
  }

  @Override
  public void close() {
    in.close(); // at its end, the script stops the chain
    try {
      if (!process.waitFor(10, TimeUnit.SECONDS)) {
        process.destroy();
      }
    } catch (InterruptedException e) {
      process.destroy();
      Thread.currentThread().interrupt();
    }
  }
}
