package zk4j.cli;

import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.opentest4j.AssertionFailedError;

final class StreamFixtureTest extends StreamFixture {
  @Test
  void aReadingThatIsSaidIsSeen() {
    for (String leak :
        List.of(
            "{\"window\":\"" + FIRST + "\",\"readings\":[60,113,61]}",
            "{\"time\":\"" + START + "\",\"value\":113,\"file\":\"" + folder + "/a-b.csv\"}",
            "{\"proof\":\"" + folder + "/proof.json\",\"reading\":\"113\"}",
            START + ",113",
            "zk: " + folder + "/readings.csv, line 3: 113",
            "pulse/min@113 and others")) {
      assertThrows(AssertionFailedError.class, () -> requireNoLeak(leak), leak);
    }
    requireNoLeak(
        "{\"time\":\"2026-11-30T08:01:13.113Z\",\"port\":50113,\"seconds\":0.113,\"hash\":\""
            + "a113b".repeat(8)
            + "\",\"home\":\""
            + folder
            + "\",\"signal\":\"1134"
            + "0".repeat(20)
            + "\"}");
  }
}
