package zk4j.cli;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Questions asked by a server, or by nobody, their answers, and the ledger of them. */
final class StreamQuestionsTest extends StreamFixture {
  @Test
  void questionsAreAnsweredAndAcceptedOnce() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    Path clinic = clinic("calm");
    Path patient = home;
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    home = clinic;
    Zk.Result unsafe = stream("serve").exits(2);
    assertTrue(unsafe.err().contains("calm.json: unsafe key refused"), unsafe.err());
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      String said = server.awaitOutput("\"policies\":");
      Map<String, Object> json = new Zk.Result(0, said, "").json();
      String address = text(json, "address");
      Zk.Result busy = stream("audit").exits(2);
      assertTrue(busy.err().contains("another command is at work on it"), busy.err());

      home = patient;
      Object[] prove = {"prove", "calm", FIRST, proof, signals, "--server", address, "--audience"};
      Zk.Result strict = stream(with(prove, text(json, "audience"))).exits(2);
      assertTrue(strict.err().contains("unsafe key refused"), strict.err());
      Object[] insecurely =
          with(new Object[] {"prove", "--allow-insecure-key"}, Arrays.copyOfRange(prove, 1, 8));
      Zk.Result other = stream(with(insecurely, "7")).exits(2);
      assertTrue(other.err().contains("not for --audience"), other.err());
      stream(with(insecurely, text(json, "audience"))).exits(0);

      Object[] verify = {"verify", "calm", proof, signals};
      Zk.Result shown = stream(with(verify, "--server", address)).exits(0);
      assertEquals("accepted as number 1: the statement holds\n", shown.out());
      Zk.Result replayed = stream(with(verify, "--server", address, "--json")).exits(1);
      assertEquals("REPLAYED", replayed.json().get("reason"));
      Zk.Result unmarked = stream(verify).exits(2);
      assertTrue(unmarked.err().contains("calm.json: unsafe key refused"), unmarked.err());
      Zk.Result offline = stream(with(verify, "--allow-insecure-key")).exits(0);
      assertTrue(
          offline.out().startsWith("valid: the statement holds\nall-below\n"), offline.out());
      Files.writeString(signals, Files.readString(signals).replaceFirst("\"1\"", "\"0\""));
      Zk.Result changed =
          stream(
                  "verify",
                  home.resolve("policies/calm.json"),
                  proof,
                  signals,
                  "--allow-insecure-key")
              .exits(1);
      assertTrue(changed.out().startsWith("invalid: "), changed.out());

      String page = page(address + "api/console");
      assertTrue(page.contains("\"number\":1,\"window\":\"" + START), page);
      assertTrue(page.contains("\"kind\":\"accepted\""), page);
      server.stop();
    }
    home = clinic;
    Zk.Result audit = stream("audit", "--entry", "0", "--json").exits(0);
    assertEquals("1", text(audit.json(), "checkpointSize"));
    assertTrue(audit.json().containsKey("inclusion"));
    // What was accepted is remembered by the next one.
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      Matcher address =
          Pattern.compile("http://127[^\"]*").matcher(server.awaitOutput("\"policies\":"));
      assertTrue(address.find());
      assertTrue(page(address.group() + "api/console").contains("\"number\":1,"));
    }
  }

  /** Killed between the two, a process leaves a proof with the verifier that no ledger has. */
  @Test
  void whatWasAcceptedBeforeAKillComesIntoTheLedger() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    Path patient = home;
    Path clinic = clinic("calm");
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    home = clinic;
    sql(
        "ledger",
        "create trigger killed before insert on ledger_entry"
            + " begin select raise(abort, 'killed'); end");
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      Map<String, Object> json = new Zk.Result(0, server.awaitOutput("\"policies\":"), "").json();
      home = patient;
      String address = text(json, "address");
      Object[] prove = {"prove", "calm", FIRST, proof, signals, "--server", address};
      Object[] who = {"--audience", text(json, "audience"), "--allow-insecure-key"};
      stream(with(prove, who)).exits(0);
      assertNotEquals(0, stream("verify", "calm", proof, signals, "--server", address).exitCode());
    }
    home = clinic;
    sql("ledger", "drop trigger killed");
    assertEquals("0", text(stream("audit", "--json").exits(0).json(), "size"));
    for (int start = 0; start < 2; start++) {
      try (Running server = new Running("serve", "--allow-insecure-key")) {
        server.awaitOutput("\"policies\":");
        Zk.Result ended = server.stop();
        assertEquals(start == 0, ended.err().contains("ledger: 1 proofs that were accepted"));
      }
      Map<String, Object> audit = stream("audit", "--json").exits(0).json();
      assertEquals("1", text(audit, "size"), "entered once");
      assertEquals("1", text(audit, "checkpointSize"));
      Map<?, ?> entry = (Map<?, ?>) ((List<?>) requireNonNull(audit.get("entries"))).get(0);
      assertEquals("accepted", entry.get("kind"));
      assertTrue(text(entry, "payload").matches("1 calm [0-9]+ true"), text(entry, "payload"));
    }
    // Nor is this a way to make up for entries that somebody takes out.
    sql("ledger", "delete from ledger_entry");
    Zk.Result cut = stream("serve", "--allow-insecure-key").exits(2);
    assertTrue(cut.err().contains("there were 1 entries, and there are 0"), cut.err());
  }

  @Test
  void aStatementThatDoesNotHoldIsNoSuccess() throws Exception {
    stream("ingest", readings("time,value", 60, 130, 61, 62), "--finish").exits(0);
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    Object[] prove = {"prove", "calm", FIRST, proof, signals, "--audience", 5, "--challenge", 6};
    stream(with(prove, "--allow-insecure-key")).exits(0);
    Object[] verify = {"verify", "calm", proof, signals, "--allow-insecure-key", "--json"};
    Map<String, Object> json = stream(verify).exits(1).json();
    assertEquals(true, json.get("valid"));
    assertEquals(false, json.get("holds"));
  }

  @Test
  void aTamperedLedgerIsSeen() throws Exception {
    stream("ingest", readings(), "--finish").exits(0);
    stream("erase", FIRST, folder.resolve("first.txt")).exits(0);
    stream("erase", SECOND, folder.resolve("second.txt")).exits(0);
    Path kept = folder.resolve("kept.txt");
    Files.copy(home.resolve("checkpoint"), kept);
    assertTrue(stream("audit", kept).exits(0).out().contains("the first 2 are those"));

    sql("ledger", "update ledger_entry set payload = payload || ' ' where number = 0");
    Zk.Result edited = stream("audit", kept).exits(1);
    assertTrue(edited.out().contains("one of the first 2 entries is another one"), edited.out());
    sql("ledger", "delete from ledger_entry where number = 0");
    Zk.Result cut = stream("audit", kept, "--json").exits(1);
    assertEquals("entry 0 is missing: the next one is 1", cut.json().get("reason"));
    sql("ledger", "delete from ledger_entry");
    assertTrue(stream("audit", kept).exits(1).out().contains("there were 2 entries"));

    Files.writeString(kept, Files.readString(kept).replace("\n2\n", "\n0\n"));
    Zk.Result forged = stream("audit", kept).exits(2);
    assertTrue(forged.err().contains("not signed by the ledger's key"), forged.err());
  }
}
