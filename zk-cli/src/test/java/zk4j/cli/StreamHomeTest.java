package zk4j.cli;

import static java.util.Objects.requireNonNullElse;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The home and its keys, and what is erased from it. */
final class StreamHomeTest extends StreamFixture {
  @Test
  void aHomeIsItsOwnersAlone() throws Exception {
    Path fresh = folder.resolve("fresh");
    Object[] init = {"stream", "keys", "init", "--home", fresh, "--passphrase-file", passphrase};
    Zk.run(init).exits(0);
    assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh)));
    for (String secret : List.of("ring", "device.key", "subject.key", "ledger.key", "ledger.db")) {
      assertEquals(
          "rw-------",
          PosixFilePermissions.toString(Files.getPosixFilePermissions(fresh.resolve(secret))),
          secret);
    }
    Zk.Result again = Zk.run(init).exits(2);
    assertTrue(again.err().contains("already exists"), again.err());
    Map<String, Object> json = stream("keys", "show", "--json").exits(0).json();
    assertEquals(Files.readString(home.resolve("devices")).strip(), json.get("enrolment"));
    assertEquals(List.of(FORMAT), json.get("formats"));
    Files.setPosixFilePermissions(passphrase, PosixFilePermissions.fromString("rw-r--r--"));
    assertTrue(stream("windows").exits(0).err().contains("others than its owner can read"));
  }

  @Test
  void aMissingHomeAndAWrongPassphraseAreRefused() throws Exception {
    Path none = folder.resolve("none");
    Zk.Result missing =
        Zk.run("stream", "windows", "--home", none, "--passphrase-file", passphrase).exits(2);
    assertTrue(missing.err().contains("none: no home of zk stream"), missing.err());
    Files.writeString(passphrase, "wrong horse\n");
    for (String command : List.of("windows", "audit", "keys rotate", "serve")) {
      Zk.Result wrong = stream((Object[]) command.split(" ")).exits(2);
      assertTrue(wrong.err().contains("another passphrase, or the file was changed"), wrong.err());
      assertFalse(wrong.err().contains("horse"), wrong.err());
    }
    Files.writeString(passphrase, "\n");
    assertTrue(stream("windows").exits(2).err().contains("the passphrase is empty"));
    Zk.Result asked = Zk.run("stream", "windows", "--home", home).exits(2);
    assertTrue(asked.err().contains("no passphrase"), asked.err());
  }

  /** As at a prompt: the passphrase is to come from a pipe, and nobody writes into it. */
  @Test
  void whoIsAskedForThePassphraseMayGiveUp() throws Exception {
    Path pipe = folder.resolve("pipe");
    assumeTrue(isThere("mkfifo"), "no mkfifo");
    assertEquals(0, new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor());
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    List<String> command = new ArrayList<>();
    command.addAll(List.of(java, "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "stream", "serve", "--allow-insecure-key"));
    command.addAll(List.of("--home", home.toString(), "--passphrase-file", pipe.toString()));
    Path said = folder.resolve("said");
    Process process =
        new ProcessBuilder(command)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile())
            .start();
    // Opens once the process reads from the other end.
    CompletableFuture<OutputStream> other =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.newOutputStream(pipe);
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
    try {
      CompletableFuture.anyOf(other, process.onExit()).get(2, TimeUnit.MINUTES);
      assertTrue(other.isDone(), "it ended before it asked: " + Files.readString(said));
      process.destroy();
      assertTrue(process.waitFor(20, TimeUnit.SECONDS), "it waits for what nobody will say");
      other.get().close();
    } finally {
      process.destroyForcibly();
    }
  }

  private static boolean isThere(String command) {
    String path = requireNonNullElse(System.getenv("PATH"), "");
    return Stream.of(path.split(File.pathSeparator))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  @Test
  void keysAreRotatedSharedAndRecovered() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    String before = text(stream("keys", "show", "--json").exits(0).json(), "enrolment");
    byte[] secret = Files.readAllBytes(home.resolve("device.key"));
    Map<String, Object> rotated = stream("keys", "rotate", "--json").exits(0).json();
    assertEquals("2", text(rotated, "key"));
    assertEquals("2", text(rotated, "windows"));
    assertNotEquals(
        HexFormat.of().formatHex(secret),
        HexFormat.of().formatHex(Files.readAllBytes(home.resolve("device.key"))));

    Path shares = folder.resolve("shares");
    stream("keys", "share", 2, 3, shares).exits(0);
    Path one = shares.resolve("share-1.txt");
    Path three = shares.resolve("share-3.txt");
    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(one)));
    assertTrue(stream("keys", "recover", one).exits(2).err().contains("of which 2 are needed"));
    Path former = Files.copy(passphrase, folder.resolve("former"));
    Files.writeString(passphrase, "another horse\n");
    String share = Files.readString(three);
    Files.writeString(three, share.replace("zk4s1-", "zk4s1-0"));
    Zk.Result mistyped = stream("keys", "recover", one, three).exits(2);
    assertTrue(mistyped.err().contains("share-3.txt: "), mistyped.err());
    assertFalse(mistyped.err().contains("zk4s1"), mistyped.err());
    Files.writeString(three, share);
    stream("keys", "recover", three, one).exits(0);

    Map<String, Object> shown = stream("keys", "show", "--json").exits(0).json();
    assertEquals(before, shown.get("enrolment"));
    assertEquals("[2]", text(shown, "keys"));
    Zk.run("stream", "windows", "--home", home, "--passphrase-file", former).exits(2);
    Path proof = folder.resolve("proof.json");
    Object[] prove = {"prove", "calm", FIRST, proof, folder.resolve("public.json"), "--audience"};
    stream(with(prove, 5, "--challenge", 6, "--allow-insecure-key")).exits(0);
  }

  @Test
  void whatIsErasedCannotBeReadAgain() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    Path receipt = folder.resolve("receipt.txt");
    stream("erase", FIRST, receipt).exits(0);
    String text = Files.readString(receipt);
    assertTrue(text.startsWith("erased window "), text);
    try (Stream<Path> blobs = Files.list(home.resolve("blobs"))) {
      assertEquals(1, blobs.count());
    }
    Zk.Result again = stream("erase", FIRST, receipt).exits(2);
    assertTrue(again.err().contains("was erased before"), again.err());
    assertEquals(text, Files.readString(receipt));
    Path proof = folder.resolve("proof.json");
    Object[] prove = {"prove", "calm", FIRST, proof, folder.resolve("public.json"), "--audience"};
    Zk.Result gone = stream(with(prove, 5, "--challenge", 6, "--allow-insecure-key")).exits(2);
    assertTrue(gone.err().contains("no such window"), gone.err());
    assertFalse(Files.exists(proof));
    assertTrue(stream("windows").exits(0).out().contains("4 of 4, erased"));
    assertTrue(stream("audit").exits(0).out().contains("  erased  "));
    Zk.Result none = stream("erase", "pulse/min@none", receipt).exits(2);
    assertTrue(none.err().contains("there is no window pulse/min@none"), none.err());
  }
}
