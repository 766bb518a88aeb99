package zk4j.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import zk4j.stream.WindowAssembler.Outcome;

class WindowAssemblerTest {
  private static final Instant START = Samples.START;
  private static final Instant NOW = START.plus(Duration.ofDays(1));
  private static final Duration LATENESS = Duration.ofMinutes(3);

  private static WindowAssembler assembler() {
    return new WindowAssembler(Samples.MINUTES, START, LATENESS);
  }

  private static Outcome add(WindowAssembler assembler, int second, int reading) {
    return assembler.add(START.plusSeconds(second), reading, NOW);
  }

  @Test
  void readingsGoToTheirSlotsAndGapsStay() {
    WindowAssembler assembler = assembler();
    assertEquals(Outcome.ACCEPTED, add(assembler, 125, 62));
    assertEquals(Outcome.ACCEPTED, add(assembler, 0, 60));
    assertEquals(Outcome.DUPLICATE, add(assembler, 59, 61));
    assertEquals(Outcome.ACCEPTED, add(assembler, 719, 71));
    assertEquals(List.of(), assembler.complete());
    assertEquals(Outcome.ACCEPTED, add(assembler, 720 + 180, 80));
    int gap = Window.GAP;
    assertEquals(
        List.of(Samples.window(60, gap, 62, gap, gap, gap, gap, gap, gap, gap, gap, 71)),
        assembler.complete());
    assertEquals(Outcome.LATE, add(assembler, 60, 61));
    assertEquals(List.of(), assembler.complete());
    List<Window> rest = assembler.finish();
    assertEquals(1, rest.size());
    assertEquals(1, rest.get(0).present());
    assertEquals(List.of(), assembler.finish());
  }

  @Test
  void whatIsNotOfTheChannelOrOfTheTimeIsRefused() {
    WindowAssembler assembler = assembler();
    assertEquals(Outcome.OUT_OF_RANGE, add(assembler, 0, 256));
    assertEquals(Outcome.OUT_OF_RANGE, add(assembler, 0, -1));
    assertEquals(Outcome.LATE, add(assembler, -1, 60));
    assertEquals(Outcome.LATE, assembler.add(Instant.MIN, 60, NOW));
    WindowAssembler any = new WindowAssembler(Samples.MINUTES, null, LATENESS);
    assertEquals(Outcome.LATE, any.add(Instant.MIN, 60, NOW));
    assertEquals(Outcome.FUTURE, any.add(Instant.MAX, 60, NOW));
    Instant future = NOW.plus(LATENESS).plusMillis(1);
    assertEquals(Outcome.FUTURE, assembler.add(future, 60, NOW));
    assertEquals(List.of(), assembler.finish());
    assertThrows(
        IllegalArgumentException.class,
        () -> new WindowAssembler(Samples.MINUTES, START.plusSeconds(1), LATENESS));
    assertThrows(
        IllegalArgumentException.class,
        () -> new WindowAssembler(Samples.MINUTES, START, Duration.ofMillis(-1)));
  }

  @Test
  void silenceGivesWindowsOfGaps() {
    WindowAssembler assembler = assembler();
    add(assembler, 0, 60);
    add(assembler, 4 * 720, 61);
    assertEquals(List.of(1, 0, 0), assembler.complete().stream().map(Window::present).toList());
  }

  /** Shuffled within the lateness, some twice: the same windows as in order, once each. */
  @Property(tries = 200)
  void orderAndRepetitionDoNotMatter(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 90) int minutes) {
    Random random = new Random(seed);
    List<Integer> seconds = new ArrayList<>();
    for (int minute = 0; minute < minutes; minute++) {
      if (random.nextInt(5) > 0) {
        seconds.add(60 * minute + random.nextInt(60));
      }
    }
    WindowAssembler inOrder = assembler();
    seconds.forEach(second -> add(inOrder, second, second / 60));
    List<Window> expected = new ArrayList<>(inOrder.complete());
    expected.addAll(inOrder.finish());

    List<Integer> shuffled = new ArrayList<>(seconds);
    for (int from = 0; from < shuffled.size(); from += 3) {
      Collections.shuffle(shuffled.subList(from, Math.min(from + 3, shuffled.size())), random);
    }
    WindowAssembler assembler = new WindowAssembler(Samples.MINUTES, START, Duration.ofMinutes(60));
    List<Window> found = new ArrayList<>();
    for (int second : shuffled) {
      assertEquals(Outcome.ACCEPTED, add(assembler, second, second / 60));
      if (random.nextBoolean()) {
        assertEquals(Outcome.DUPLICATE, add(assembler, second, second / 60));
      }
      found.addAll(assembler.complete());
    }
    found.addAll(assembler.finish());
    assertEquals(expected, found);
  }
}
