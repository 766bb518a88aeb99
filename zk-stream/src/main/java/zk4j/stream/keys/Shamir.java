package zk4j.stream.keys;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Sharing a secret so that any k of n shares give it back, and fewer tell nothing but its length
 * (Shamir, "How to share a secret", 1979): each byte is the value at 0 of a random polynomial of
 * degree k - 1 over GF(2^8), reduced by x^8 + x^4 + x^3 + x + 1; share x has the values at x. Times
 * do not depend on the secret.
 */
public final class Shamir {
  /** The most shares there can be. */
  public static final int MAX_SHARES = 255;

  private Shamir() {}

  /**
   * Shares of a secret.
   *
   * @param threshold how many are needed, 2 to {@code shares}
   * @param shares how many there are, at most {@link #MAX_SHARES}
   * @throws IllegalArgumentException if the secret is empty or longer than {@link Share#MAX_BYTES},
   *     or the numbers are out of range
   */
  public static List<Share> split(byte[] secret, int threshold, int shares, SecureRandom random) {
    if (secret.length < 1 || secret.length > Share.MAX_BYTES) {
      throw new IllegalArgumentException("a secret of " + secret.length + " bytes");
    }
    if (threshold < 2 || threshold > shares || shares > MAX_SHARES) {
      throw new IllegalArgumentException(threshold + " of " + shares + " shares");
    }
    byte[][] coefficients = new byte[threshold][];
    coefficients[0] = secret;
    for (int i = 1; i < threshold; i++) {
      coefficients[i] = new byte[secret.length];
      random.nextBytes(coefficients[i]);
    }
    int set = random.nextInt();
    List<Share> result = new ArrayList<>();
    for (int x = 1; x <= shares; x++) {
      byte[] values = new byte[secret.length];
      for (int i = threshold - 1; i >= 0; i--) {
        for (int at = 0; at < values.length; at++) {
          values[at] = (byte) (times(values[at], x) ^ coefficients[i][at]);
        }
      }
      result.add(new Share(set, threshold, x, values));
    }
    return result;
  }

  /**
   * The secret of shares.
   *
   * @throws IllegalArgumentException if they are too few, of several secrets, or one comes twice
   */
  public static byte[] combine(List<Share> shares) {
    if (shares.isEmpty()) {
      throw new IllegalArgumentException("no shares");
    }
    Share first = shares.get(0);
    Set<Integer> numbers = new HashSet<>();
    for (Share share : shares) {
      if (!share.isOfSetOf(first)) {
        throw new IllegalArgumentException(
            "share " + share.number() + " is of another secret than share " + first.number());
      }
      if (!numbers.add(share.number())) {
        throw new IllegalArgumentException("share " + share.number() + " comes twice");
      }
    }
    if (shares.size() < first.threshold()) {
      throw new IllegalArgumentException(
          shares.size() + " shares, of which " + first.threshold() + " are needed");
    }
    byte[] secret = new byte[first.values().length];
    for (Share share : shares) {
      // Lagrange's coefficient at 0: the product of the others' x / (x + own x).
      int factor = 1;
      for (Share other : shares) {
        if (other != share) {
          int sum = other.number() ^ share.number();
          factor = times(factor, times(other.number(), inverse(sum)));
        }
      }
      byte[] values = share.values();
      for (int at = 0; at < secret.length; at++) {
        secret[at] = (byte) (secret[at] ^ times(values[at], factor));
      }
    }
    return secret;
  }

  /** The product in GF(2^8), without a table or a branch. */
  static int times(int a, int b) {
    int product = 0;
    int x = a & 0xff;
    for (int bit = 0; bit < 8; bit++) {
      product ^= x & -(b >> bit & 1);
      x = x << 1 ^ (0x11b & -(x >> 7));
    }
    return product & 0xff;
  }

  /** a^254. */
  private static int inverse(int a) {
    int result = 1;
    int power = a;
    for (int bit = 1; bit < 8; bit++) {
      power = times(power, power);
      result = times(result, power);
    }
    return result;
  }
}
