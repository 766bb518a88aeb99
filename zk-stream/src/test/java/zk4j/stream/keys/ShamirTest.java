package zk4j.stream.keys;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import zk4j.core.MalformedDataException;

class ShamirTest {
  private static final SecureRandom RANDOM = new SecureRandom();

  /** The product by the definition. */
  private static int slow(int a, int b) {
    int product = 0;
    for (int i = 0; i < 8; i++) {
      if ((b >> i & 1) == 1) {
        product ^= a << i;
      }
    }
    for (int i = 14; i >= 8; i--) {
      if ((product >> i & 1) == 1) {
        product ^= 0x11b << (i - 8);
      }
    }
    return product;
  }

  @Test
  void productsAreThoseOfTheField() {
    for (int a = 0; a < 256; a++) {
      for (int b = 0; b < 256; b++) {
        assertEquals(slow(a, b), Shamir.times(a, b), a + " * " + b);
      }
    }
  }

  @Property(tries = 100)
  void anySharesThatAreEnoughGiveTheSecret(
      @ForAll @Size(min = 1, max = 64) byte[] secret,
      @ForAll @IntRange(min = 2, max = 9) int threshold,
      @ForAll @IntRange(min = 0, max = 9) int more,
      @ForAll Random random) {
    List<Share> shares = new ArrayList<>(Shamir.split(secret, threshold, threshold + more, RANDOM));
    Collections.shuffle(shares, random);
    int used = threshold + random.nextInt(more + 1);
    assertArrayEquals(secret, Shamir.combine(shares.subList(0, used)));
    assertThrows(
        IllegalArgumentException.class, () -> Shamir.combine(shares.subList(0, threshold - 1)));
  }

  /** With one share of two, each secret is still possible, and by exactly one other share. */
  @Test
  void fewerTellNothing() {
    Share one = Shamir.split(new byte[] {42}, 2, 2, RANDOM).get(0);
    Set<Byte> possible = new HashSet<>();
    String text = one.text();
    for (int value = 0; value < 256; value++) {
      Share other = other(one, (byte) value);
      possible.add(Shamir.combine(List.of(one, other))[0]);
    }
    assertEquals(256, possible.size());
    assertEquals(text, one.text());
  }

  private static Share other(Share share, byte value) {
    int set = (int) Long.parseLong(share.text().substring(6, 14), 16);
    return new Share(set, share.threshold(), share.number() + 1, new byte[] {value});
  }

  @Test
  void sharesAreWrittenDownAndReadAgain() throws Exception {
    byte[] secret = new byte[32];
    RANDOM.nextBytes(secret);
    List<Share> read = new ArrayList<>();
    for (Share share : Shamir.split(secret, 3, 5, RANDOM)) {
      String text = share.text();
      read.add(Share.parse(" " + text.toUpperCase(Locale.ROOT).replace("-", " - ")));
      assertFalse(share.toString().contains(text.substring(20, 28)));
      for (int i = 0; i < text.length(); i++) {
        char c = text.charAt(i);
        if (c != '-') {
          String typo = text.substring(0, i) + (c == '0' ? '1' : '0') + text.substring(i + 1);
          assertThrows(MalformedDataException.class, () -> Share.parse(typo));
        }
        String cut = text.substring(0, i);
        assertThrows(MalformedDataException.class, () -> Share.parse(cut));
      }
    }
    assertArrayEquals(secret, Shamir.combine(read.subList(2, 5)));
  }

  @Test
  void sharesThatDoNotBelongTogetherAreRefused() {
    List<Share> shares = Shamir.split(new byte[] {1, 2}, 2, 3, RANDOM);
    List<Share> others = Shamir.split(new byte[] {1, 2}, 2, 3, RANDOM);
    for (List<Share> bad :
        List.of(
            List.<Share>of(),
            List.of(shares.get(0), others.get(1)),
            List.of(shares.get(0), shares.get(0)))) {
      assertThrows(IllegalArgumentException.class, () -> Shamir.combine(bad));
    }
    assertThrows(IllegalArgumentException.class, () -> Shamir.split(new byte[0], 2, 3, RANDOM));
    assertThrows(IllegalArgumentException.class, () -> Shamir.split(new byte[1], 1, 3, RANDOM));
    assertThrows(IllegalArgumentException.class, () -> Shamir.split(new byte[1], 4, 3, RANDOM));
    assertThrows(IllegalArgumentException.class, () -> Shamir.split(new byte[1], 2, 256, RANDOM));
  }
}
