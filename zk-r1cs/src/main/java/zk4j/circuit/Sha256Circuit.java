package zk4j.circuit;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import zk4j.bn254.Fr;

/**
 * SHA-256 (FIPS 180-4) in a circuit. Some 17,000 constraints a block of 64 bytes; less where the
 * message is constant, as in a block of padding alone.
 *
 * <p>The parity o and the majority m of three bits with the sum s take one constraint each, which
 * has one solution for each s from 0 to 3: (s - 2o) s = 2s - 3o and (s - 4m) s = s - 6m.
 */
public final class Sha256Circuit {
  private static final int WORD = 32;
  private static final int BLOCK = 512;
  private static final int ROUNDS = 64;
  private static final long[] INITIAL = rootFractions(8, 2);
  private static final long[] ROUND_CONSTANTS = rootFractions(ROUNDS, 3);

  private final CircuitBuilder c;

  private Sha256Circuit(CircuitBuilder c) {
    this.c = c;
  }

  /**
   * The hash of some bits, the highest bit of the first byte first: 256 bits in the same order.
   *
   * @param message any number of bits
   */
  public static List<Bool> hash(CircuitBuilder c, List<Bool> message) {
    return c.gadget("sha256", () -> new Sha256Circuit(c).hash(message));
  }

  /**
   * The hash of some bytes: 32 bytes.
   *
   * @throws IllegalArgumentException if one may be above 255
   */
  public static List<Bounded> hashBytes(CircuitBuilder c, List<? extends Bounded> message) {
    List<Bool> bits = new ArrayList<>(8 * message.size());
    for (Bounded number : message) {
      if (number.bits() > 8) {
        throw new IllegalArgumentException("a byte that may be up to " + number.max());
      }
      List<Bool> lowestFirst = new ArrayList<>(number.bitList());
      lowestFirst.addAll(Collections.nCopies(8 - lowestFirst.size(), c.bool(false)));
      bits.addAll(reversed(lowestFirst));
    }
    List<Bool> hash = hash(c, bits);
    return IntStream.range(0, hash.size() / 8)
        .mapToObj(i -> c.fromBits(reversed(hash.subList(8 * i, 8 * i + 8))))
        .toList();
  }

  private static <T> List<T> reversed(List<T> list) {
    List<T> result = new ArrayList<>(list);
    Collections.reverse(result);
    return result;
  }

  /** The first 32 bits behind the point of roots of the first primes. */
  private static long[] rootFractions(int count, int degree) {
    long[] fractions = new long[count];
    BigInteger prime = BigInteger.ONE;
    for (int i = 0; i < count; i++) {
      prime = prime.nextProbablePrime();
      BigInteger scaled = prime.shiftLeft(WORD * degree);
      BigInteger root = BigInteger.ZERO;
      for (int bit = WORD + 5; bit >= 0; bit--) { // the largest prime is 311
        BigInteger larger = root.setBit(bit);
        root = larger.pow(degree).compareTo(scaled) <= 0 ? larger : root;
      }
      fractions[i] = root.longValue() & 0xffffffffL;
    }
    return fractions;
  }

  /** A number modulo 2^32, which is not reduced before its bits are asked for. */
  private static final class Word {
    private Bounded number;
    private @Nullable List<Bool> bits;

    Word(Bounded number) {
      this.number = number;
    }

    Word(List<Bool> bits) {
      this(bits.get(0).builder.fromBits(bits));
      this.bits = bits;
    }

    /** The lowest bit first. */
    List<Bool> bits() {
      if (bits == null) {
        CircuitBuilder builder = number.builder;
        List<Bool> all = new ArrayList<>(number.bitList());
        all.addAll(Collections.nCopies(Math.max(0, WORD - all.size()), builder.bool(false)));
        bits = List.copyOf(all.subList(0, WORD));
        number = builder.fromBits(bits);
      }
      return bits;
    }

    Bool bit(int i) {
      return bits().get(i);
    }

    Word plus(Word other) {
      return new Word(number.plus(other.number));
    }
  }

  private Word constant(long value) {
    return new Word(c.constant(value));
  }

  private List<Bool> hash(List<Bool> message) {
    List<Bool> padded = new ArrayList<>(message);
    padded.add(c.bool(true));
    while (padded.size() % BLOCK != BLOCK - 64) {
      padded.add(c.bool(false));
    }
    for (int i = 63; i >= 0; i--) {
      padded.add(c.bool((((long) message.size() >> i) & 1) != 0));
    }
    Word[] state = new Word[INITIAL.length];
    for (int i = 0; i < state.length; i++) {
      state[i] = constant(INITIAL[i]);
    }
    for (int from = 0; from < padded.size(); from += BLOCK) {
      compress(state, schedule(padded.subList(from, from + BLOCK)));
    }
    List<Bool> hash = new ArrayList<>(state.length * WORD);
    for (Word word : state) {
      hash.addAll(reversed(word.bits()));
    }
    return hash;
  }

  private Word[] schedule(List<Bool> block) {
    Word[] w = new Word[ROUNDS];
    for (int t = 0; t < ROUNDS; t++) {
      if (t < BLOCK / WORD) {
        w[t] = new Word(reversed(block.subList(WORD * t, WORD * (t + 1))));
      } else {
        Word near = parity(w[t - 2], 17, 19, 10);
        Word far = parity(w[t - 15], 7, 18, 3);
        w[t] = near.plus(w[t - 7]).plus(far).plus(w[t - 16]);
      }
    }
    return w;
  }

  private void compress(Word[] state, Word[] w) {
    Word[] s = state.clone();
    for (int t = 0; t < ROUNDS; t++) {
      Word first =
          s[7].plus(parity(s[4], 6, 11, 25 - WORD))
              .plus(choice(s[4], s[5], s[6]))
              .plus(constant(ROUND_CONSTANTS[t]))
              .plus(w[t]);
      Word second = parity(s[0], 2, 13, 22 - WORD).plus(majority(s[0], s[1], s[2]));
      System.arraycopy(s, 0, s, 1, s.length - 1);
      s[4] = s[4].plus(first);
      s[0] = first.plus(second);
    }
    for (int i = 0; i < state.length; i++) {
      state[i] = state[i].plus(s[i]);
      state[i].bits();
    }
  }

  /**
   * The parities of a word's bits, rotated to the right by two numbers, and shifted by a third one,
   * or rotated by it plus 32 if it is negative.
   */
  private Word parity(Word x, int rotation1, int rotation2, int shift) {
    List<List<Bool>> triples = new ArrayList<>();
    for (int i = 0; i < WORD; i++) {
      boolean beyond = shift >= 0 && i + shift >= WORD;
      triples.add(
          List.of(
              x.bit((i + rotation1) % WORD),
              x.bit((i + rotation2) % WORD),
              beyond ? c.bool(false) : x.bit((i + shift + WORD) % WORD)));
    }
    return ofSums(triples, BitOfSum.PARITY);
  }

  private Word majority(Word x, Word y, Word z) {
    List<List<Bool>> triples = new ArrayList<>();
    for (int i = 0; i < WORD; i++) {
      triples.add(List.of(x.bit(i), y.bit(i), z.bit(i)));
    }
    return ofSums(triples, BitOfSum.MAJORITY);
  }

  /** Bits y of the sum s of three bits, as the only solutions of (s - p y) s = q s - k y. */
  private enum BitOfSum {
    PARITY(0, 2, 2, 3),
    MAJORITY(1, 4, 1, 6);

    private final int place;
    private final int p;
    private final int q;
    private final int k;

    BitOfSum(int place, int p, int q, int k) {
      this.place = place;
      this.p = p;
      this.q = q;
      this.k = k;
    }

    int of(int sum) {
      return (sum >> place) & 1;
    }

    void require(Signal y, Signal sum) {
      Signal left = sum.minus(y.times(Fr.of(p)));
      Signal right = sum.times(Fr.of(q)).minus(y.times(Fr.of(k)));
      sum.builder.product(left.value, sum.value, right.value);
    }
  }

  private Word ofSums(List<List<Bool>> triples, BitOfSum function) {
    Bool[] bits = new Bool[WORD];
    List<Integer> open = new ArrayList<>();
    for (int i = 0; i < WORD; i++) {
      bits[i] = folded(triples.get(i), function);
      if (bits[i] == null) {
        open.add(i);
      }
    }
    Signal[] sums = open.stream().map(i -> c.sum(triples.get(i))).toArray(Signal[]::new);
    List<Signal> values =
        c.hint(
            operands ->
                operands.stream()
                    .map(sum -> Fr.of(function.of(sum.toBigInteger().intValue())))
                    .toList(),
            sums.length,
            sums);
    for (int k = 0; k < sums.length; k++) {
      function.require(values.get(k), sums[k]);
      bits[open.get(k)] = new Bool(c, values.get(k).value);
    }
    return new Word(List.of(bits));
  }

  /** The bit that is a function of three bits, if at most one of them is not constant. */
  private @Nullable Bool folded(List<Bool> triple, BitOfSum function) {
    int sum = 0;
    Bool unknown = null;
    for (Bool bit : triple) {
      if (!bit.value.isConstant()) {
        if (unknown != null) {
          return null;
        }
        unknown = bit;
      } else if (bit.value.terms() != 0) {
        sum++;
      }
    }
    int ifZero = function.of(sum);
    if (unknown == null || function.of(sum + 1) == ifZero) {
      return c.bool(ifZero != 0);
    }
    return ifZero == 0 ? unknown : unknown.not();
  }

  private Word choice(Word x, Word ifOne, Word ifZero) {
    Bool[] bits = new Bool[WORD];
    for (int i = 0; i < WORD; i++) {
      bits[i] = x.bit(i).choose(ifOne.bit(i), ifZero.bit(i));
    }
    return new Word(List.of(bits));
  }
}
