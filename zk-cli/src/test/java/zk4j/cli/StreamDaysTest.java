package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Statements about more windows than one. */
final class StreamDaysTest extends StreamFixture {
  @Test
  void daysAreAnsweredFromTheirWindowsAndAcceptedOnce() throws Exception {
    // Windows begin at 08:00 and 08:04, and a day of two at 08:00.
    stream("ingest", readings(), "--finish").exits(0);
    Object[] parameters = {"--windows", 2, "--set", "low=0", "--set", "high=255"};
    parameters = with(parameters, "--set", "limit=60", "--set", "minimumPresent=7");
    policy("day", "day-average-above", FORMAT, parameters);
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    Path windows = folder.resolve("windows.json");
    Object[] files = {proof, signals, windows};
    Zk.Result fewer = stream(prove("day", FIRST, proof, signals)).exits(2);
    assertTrue(fewer.err().contains("is about a day: name a file for its windows"), fewer.err());
    Zk.Result more = stream(prove("calm", FIRST, files)).exits(2);
    assertTrue(more.err().contains("is about no day"), more.err());
    Zk.Result second = stream(prove("day", SECOND, files)).exits(2);
    assertTrue(second.err().contains("there is no window pulse/min@2026-01-05T08:08:00Z"));
    assertFalse(Files.exists(proof) || Files.exists(windows));

    Path clinic = clinic("day");
    Path patient = home;
    home = clinic;
    Object[] check = {"verify", "day", proof, signals, windows, "--allow-insecure-key"};
    try (Running server = new Running("serve", "--allow-insecure-key")) {
      Map<String, Object> json = new Zk.Result(0, server.awaitOutput("\"policies\":"), "").json();
      String address = text(json, "address");
      home = patient;
      Object[] ask = {"prove", "day", FIRST, proof, signals, windows, "--allow-insecure-key"};
      stream(with(ask, "--server", address, "--audience", text(json, "audience"))).exits(0);

      Zk.Result offline = stream(check).exits(0);
      assertTrue(offline.out().startsWith("valid: the statement holds\n"), offline.out());
      Object[] alone = {"verify", "day", proof, signals};
      Zk.Result missing = stream(with(alone, "--allow-insecure-key")).exits(1);
      assertTrue(missing.out().contains("0 proofs of windows instead of 2"), missing.out());
      Zk.Result refused = stream(with(alone, "--server", address, "--json")).exits(1);
      assertEquals("INVALID_PROOF", refused.json().get("reason"));
      Object[] whole = {"verify", "day", proof, signals, windows, "--server", address};
      Zk.Result accepted = stream(whole).exits(0);
      assertEquals("accepted as number 1: the statement holds\n", accepted.out());
      assertEquals("REPLAYED", stream(with(whole, "--json")).exits(1).json().get("reason"));
      String page = page(address + "api/console");
      assertTrue(page.contains("\"number\":1,\"window\":\"" + START), page);
      assertTrue(page.contains("\"windows\":[\n {\n  \"pi_a\""), page);
      server.stop();
    }
    Files.writeString(windows, "[" + Files.readString(proof) + "]");
    stream(check).exits(1);
    Files.writeString(windows, Files.readString(proof));
    Zk.Result shape = stream(check).exits(2);
    assertTrue(shape.err().contains("windows.json"), shape.err());

    home = patient;
    stream("erase", SECOND, folder.resolve("receipt.txt")).exits(0);
    Zk.Result erased = stream(prove("day", FIRST, files)).exits(2);
    assertTrue(erased.err().contains(SECOND + " was erased"), erased.err());
  }

  @Test
  void windowsThatBeginTogetherAreAskedAboutTogether() throws Exception {
    home = folder.resolve("both");
    String oxygen = "oxygen/percent,8,PT1M,4";
    stream("keys", "init", "--format", FORMAT, "--format", oxygen).exits(0);
    List<String> lines = new ArrayList<>(List.of("channel,time,value"));
    for (int i = 0; i < 8; i++) {
      Instant time = START.plus(Duration.ofMinutes(i));
      lines.add("pulse/min," + time + ",6" + i);
      if (i < 4) {
        lines.add("oxygen/percent," + time + ",9" + i);
      }
    }
    Path readings = Files.write(folder.resolve("readings.csv"), lines);
    stream("ingest", readings, "--finish").exits(0);
    String statement = "all(rate=all-below@0, any(air=average-above@1,slow=all-below@0))";
    policy(
        "both",
        statement,
        FORMAT + "+" + oxygen,
        "--set",
        "minimumPresent0=4",
        "--set",
        "minimumPresent1=4",
        "--set",
        "rate_limit=64",
        "--set",
        "air_limit=90",
        "--set",
        "slow_limit=1");
    Path proof = folder.resolve("proof.json");
    Path signals = folder.resolve("public.json");
    for (String window : List.of(FIRST, "oxygen/percent@" + START)) {
      stream(prove("both", window, proof, signals)).exits(0);
      Zk.Result holds = stream("verify", "both", proof, signals, "--allow-insecure-key").exits(0);
      assertTrue(holds.out().contains("holds"), holds.out());
    }
    Zk.Result gap = stream(prove("both", SECOND, proof, signals)).exits(2);
    assertTrue(gap.err().contains("there is no window oxygen/percent@2026-01-05T08:04"), gap.err());
  }
}
