package zk4j.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.poseidon.Poseidon;

class WindowTest {
  private static final int GAP = Window.GAP;

  @Test
  void theRootIsThatOfTheDocumentation() {
    Window window = Samples.window(60, GAP, 255, 0, 61, 62, 63, 64, 65, 66, 67, GAP);
    BigInteger element = BigInteger.ZERO;
    for (int i = 0; i < 12; i++) {
      int word = window.isPresent(i) ? 256 + window.reading(i) : 0;
      element = element.add(BigInteger.valueOf(word).shiftLeft(9 * i));
    }
    Fr[] node = new Fr[16];
    Arrays.fill(node, Fr.ZERO);
    node[0] = Fr.of(element);
    assertEquals(Poseidon.hash(node), window.root());
    assertEquals(
        Poseidon.hash(window.root(), Fr.of(77)), window.commitment(Fr.of(77)), "commitment");
  }

  @Test
  void anHourOfHeartRatesHasTwoLevels() {
    int[] slots = new int[3600];
    Arrays.setAll(slots, i -> i % 251);
    Window window = Window.of(WindowFormat.HEART_RATE_HOUR, Instant.EPOCH, slots);
    List<Fr> elements = window.elements();
    assertEquals(129, elements.size());
    List<Fr> nodes = new ArrayList<>();
    for (int i = 0; i < 129; i += 16) {
      Fr[] node = new Fr[16];
      Arrays.fill(node, Fr.ZERO);
      for (int j = i; j < Math.min(i + 16, 129); j++) {
        node[j - i] = elements.get(j);
      }
      nodes.add(Poseidon.hash(node));
    }
    while (nodes.size() < 16) {
      nodes.add(Fr.ZERO);
    }
    assertEquals(Poseidon.hash(nodes), window.root());
  }

  @Test
  void everySlotCounts() {
    int[] slots = new int[12];
    Fr root = Samples.window(slots).root();
    for (int i = 0; i < 12; i++) {
      int[] other = slots.clone();
      other[i] = 1;
      assertNotEquals(root, Samples.window(other).root(), "slot " + i);
      other[i] = GAP;
      assertNotEquals(root, Samples.window(other).root(), "gap " + i);
    }
  }

  @ParameterizedTest
  @CsvSource({"8, 28", "10, 22", "12, 19", "16, 14", "1, 126"})
  void slotsArePackedByTheirWidth(int bits, int each) {
    Channel channel = new Channel("x", bits, Duration.ofSeconds(1));
    WindowFormat format = new WindowFormat(channel, 2 * each + 1);
    assertEquals(each, format.slotsPerElement());
    assertEquals(3, format.elements());
    int[] largest = new int[format.slots()];
    Arrays.fill(largest, channel.largest());
    Fr full = Window.of(format, Instant.EPOCH.plus(format.length()), largest).elements().get(0);
    assertTrue(full.toBigInteger().bitLength() <= 252);
  }

  @Test
  void whatIsNoneOfTheFormatIsRefused() {
    int[] slots = new int[12];
    assertThrows(IllegalArgumentException.class, () -> Samples.window(new int[11]));
    slots[3] = 256;
    String message =
        assertThrows(IllegalArgumentException.class, () -> Samples.window(slots)).getMessage();
    assertEquals("reading 3 is 256, not in 0 to 255", message);
    slots[3] = -2;
    assertThrows(IllegalArgumentException.class, () -> Samples.window(slots));
    slots[3] = 0;
    for (String start :
        List.of("2026-01-05T08:00:00.001Z", "2026-01-05T08:01:00Z", "1969-12-31T23:48:00Z")) {
      assertThrows(
          IllegalArgumentException.class,
          () -> Window.of(Samples.MINUTES, Instant.parse(start), slots),
          start);
    }
    assertThrows(
        IllegalArgumentException.class, () -> Window.of(Samples.MINUTES, Instant.MAX, slots));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Heart", "a b", "abcdefghijklmnopqrstuvwxyz-123456", "é"})
  void namesAreShortAndPlain(String name) {
    assertThrows(IllegalArgumentException.class, () -> new Channel(name, 8, Duration.ofSeconds(1)));
  }

  @Test
  void widthsAndSlotsHaveBounds() {
    Duration second = Duration.ofSeconds(1);
    assertThrows(IllegalArgumentException.class, () -> new Channel("x", 0, second));
    assertThrows(IllegalArgumentException.class, () -> new Channel("x", 17, second));
    for (Duration slot :
        List.of(Duration.ZERO, second.negated(), Duration.ofNanos(1_500_000), Duration.ofDays(2))) {
      assertThrows(IllegalArgumentException.class, () -> new Channel("x", 8, slot));
    }
    Channel channel = new Channel("x", 8, second);
    assertThrows(IllegalArgumentException.class, () -> new WindowFormat(channel, 0));
    assertThrows(IllegalArgumentException.class, () -> new WindowFormat(channel, (1 << 16) + 1));
  }

  @Test
  void formatsThatDifferHaveDifferentHashes() {
    Channel channel = new Channel("x", 8, Duration.ofSeconds(1));
    Fr hash = new WindowFormat(channel, 60).hash();
    List<WindowFormat> others =
        List.of(
            new WindowFormat(channel, 61),
            new WindowFormat(new Channel("y", 8, Duration.ofSeconds(1)), 60),
            new WindowFormat(new Channel("x", 9, Duration.ofSeconds(1)), 60),
            new WindowFormat(new Channel("x", 8, Duration.ofSeconds(2)), 60));
    others.forEach(other -> assertNotEquals(hash, other.hash(), other.toString()));
  }

  @Test
  void readingsAndSaltsAreNotShown() {
    SealedWindow sealed = Samples.device(1).seal(Samples.later(0));
    assertFalse(sealed.toString().contains("60,"), sealed.toString());
    assertFalse(sealed.toString().contains(sealed.salt().toString()));
    assertFalse(Samples.SECRET.toString().contains("1234567"));
  }
}
