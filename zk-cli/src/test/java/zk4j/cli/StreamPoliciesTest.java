package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;

final class StreamPoliciesTest extends StreamFixture {
  @Test
  void policiesAreWhatTheirStatementsTake() throws Exception {
    Object[] policy = {"policy", "other", "--format", FORMAT, "--insecure-key", "--statement"};
    Zk.Result missing = stream(with(policy, "all-below", "--set", "limit=1")).exits(2);
    assertTrue(missing.err().contains("the parameters limit, minimumPresent"), missing.err());
    Zk.Result unknown = stream(with(policy, "none-below", "--set", "limit=1")).exits(2);
    assertTrue(unknown.err().contains("one is all-below, average-above"), unknown.err());
    Zk.Result again =
        stream(
                "policy",
                "calm",
                "--format",
                FORMAT,
                "--insecure-key",
                "--statement",
                "all-below",
                "--set",
                "limit=1",
                "--set",
                "minimumPresent=1")
            .exits(2);
    assertTrue(again.err().contains("there is such a policy already"), again.err());
    for (String wrong : List.of("limit=256", "limit=-1", "minimumPresent=131072")) {
      String most = wrong.startsWith("limit") ? "255" : "131071";
      Object[] set = {"--set", "limit=255", "--set", "minimumPresent=131071"};
      set[wrong.startsWith("limit") ? 1 : 3] = wrong;
      Zk.Result refused = stream(with(with(policy, "all-below"), set)).exits(2);
      assertTrue(
          refused.err().contains("--set " + wrong + " is not from 0 to " + most), refused.err());
    }
    assertFalse(Files.exists(home.resolve("policies/other.zkey")));
    // A key that is handed in is no better.
    Object[] zkey = {"policy", "other", "--format", FORMAT, "--statement", "all-below", "--set"};
    zkey = with(zkey, "limit=1", "--set", "minimumPresent=1", "--zkey");
    zkey = with(zkey, home.resolve("policies/calm.zkey"));
    assertTrue(stream(zkey).exits(2).err().contains("unsafe key refused"));
    stream(with(zkey, "--allow-insecure-key")).exits(0);
    String marked = Files.readString(home.resolve("policies/other.json"));
    assertTrue(marked.contains("\"insecureDevelopmentKey\":true"), marked);
    Path r1cs = folder.resolve("circuit.r1cs");
    Zk.Result circuit = Zk.run("stream", "circuit", "all-below", FORMAT, r1cs).exits(0);
    assertTrue(circuit.err().contains("constraints"), circuit.err());
    assertTrue(Zk.run("r1cs", "info", r1cs).exits(0).out().contains("9"));
    Zk.Result format = Zk.run("stream", "circuit", "all-below", "a,b", r1cs).exits(2);
    assertTrue(format.err().contains("steps/min,8,PT1M,60"), format.err());
  }

  @Test
  void conditionsAndDaysThatAreNoneAreRefused() throws Exception {
    Path r1cs = folder.resolve("circuit.r1cs");
    String two = FORMAT + "+oxygen/percent,8,PT1M,4";
    String[][] wrong = {
      {"all(rate=all-below@0)", two, "1 parts, not 2 to"},
      {"all(rate=all-below@0,rate=all-below@0)", two, "a condition about the windows [0] of 2"},
      {"all(rate=all-below@0,other=all-below@2)", two, "a condition about the windows"},
      {"all(rate=all-below@0,other=no-such@1)", two, "no-such is no statement"},
      {"all(rate=all-below@0,other=all-below@1", two, "is no condition"},
      {"all(rate=all-below@0,(other=all-below@1))", two, "is no condition"},
      {"all(rate=all-below@0,rate=all-below@1)", two, "is not about"},
      {"rate=all-below@1+1", two, "is about the windows [1, 1]"},
      {"all(".repeat(9) + "rate=all-below@0" + ")".repeat(9), two, "is no condition"},
      {"all-below", two, "is not about"},
      {"all-below", FORMAT + "+" + FORMAT, "used twice"},
      {"all-below", FORMAT + "+other,8,PT1M,5", "different lengths"},
      {"all-below", FORMAT + "+", "is no format"},
      {"day-average-above", FORMAT, "the number of its --windows"},
      {"day-average-above", two + " --windows 2", "give one format"},
      {"day-average-above", FORMAT + " --windows 129", "129 windows, not 1 to 128"},
      {"all-below", FORMAT + " --windows 2", "--windows are a day's"},
    };
    for (String[] one : wrong) {
      String[] format = one[1].split(" ", 2);
      Object[] circuit = {"stream", "circuit", one[0], format[0], r1cs};
      Object[] more = format.length == 1 ? new Object[0] : format[1].split(" ", -1);
      Zk.Result refused = Zk.run(with(circuit, more)).exits(2);
      assertTrue(refused.err().contains(one[2]), one[0] + ": " + refused.err());
    }
    assertFalse(Files.exists(r1cs));
    Zk.run("stream", "circuit", "summary", FORMAT, r1cs).exits(0);
    Object[] policy = {"policy", "day", "--statement", "day-average-above", "--format", FORMAT};
    policy = with(policy, "--windows", 2, "--set", "low=0", "--set", "high=9");
    policy = with(policy, "--set", "limit=1", "--set", "minimumPresent=1");
    Path key = home.resolve("policies/calm.zkey");
    Zk.Result one = stream(with(policy, "--zkey", key, "--allow-insecure-key")).exits(2);
    assertTrue(one.err().contains("give --zkey and --summary-zkey"), one.err());
    Zk.Result other =
        stream(with(policy, "--zkey", key, "--summary-zkey", key, "--allow-insecure-key")).exits(2);
    assertTrue(other.err().contains("calm.zkey: "), other.err());
    assertFalse(Files.exists(home.resolve("policies/day.json")));
  }
}
