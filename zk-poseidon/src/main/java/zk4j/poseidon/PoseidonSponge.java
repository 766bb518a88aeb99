package zk4j.poseidon;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import zk4j.bn254.Fr;
import zk4j.core.internal.field.FrKernels;
import zk4j.poseidon.internal.Permutation;
import zk4j.poseidon.internal.Slots;

/**
 * A hash of any number of elements to any number of elements: a sponge with {@link Poseidon}'s
 * permutation of rate + 1 elements.
 *
 * <ul>
 *   <li>Element 0 of the state is the capacity, so that collisions cost some 2^127 steps. It starts
 *       with the domain's tag: the first 31 bytes, big-endian, of SHA-256 of the ASCII characters
 *       {@code zk4j.poseidon.sponge}, a byte 0, a byte with the rate, and the domain in UTF-8. The
 *       others start with 0.
 *   <li>The input is padded: a 1, then zeros up to a multiple of the rate. Each block is added to
 *       elements 1 to rate, and the state is permuted.
 *   <li>The output is elements 1 to rate, in that order, then those after another permutation, and
 *       so on.
 * </ul>
 *
 * <p>So inputs of different lengths, rates and domains have unrelated hashes, and none is related
 * to {@link Poseidon#hash}, whose capacity starts with 0. circomlib has no such sponge; this class
 * is its specification.
 *
 * <p>A sponge absorbs first, and squeezes then. It is mutable and serves one thread.
 */
public final class PoseidonSponge {
  /** The largest rate. */
  public static final int MAX_RATE = Permutation.MAX_WIDTH - 1;

  private static final String TAG = "zk4j.poseidon.sponge";

  private final Permutation permutation;
  private final long[] work;
  private final int rate;

  /** Elements of the current block that were absorbed, or squeezed. */
  private int position;

  private boolean squeezing;

  private PoseidonSponge(String domain, int rate) {
    this.rate = rate;
    permutation = Permutation.ofWidth(rate + 1);
    work = permutation.workspace();
    Slots.put(work, 0, tag(domain, rate));
  }

  /**
   * An empty sponge.
   *
   * @param domain what is hashed and for what, such as {@code "com.example.receipt.v1"}
   * @param rate elements absorbed by a permutation, 1 to {@value #MAX_RATE}. Larger ones cost less
   *     an element for long inputs, in circuits above all: some 120 multiplications an element for
   *     2, 75 for 4, 38 for 16.
   * @throws IllegalArgumentException for another rate
   */
  public static PoseidonSponge of(String domain, int rate) {
    if (rate < 1 || rate > MAX_RATE) {
      throw new IllegalArgumentException("a rate of " + rate + ", which is 1 to " + MAX_RATE);
    }
    return new PoseidonSponge(Objects.requireNonNull(domain), rate);
  }

  private static Fr tag(String domain, int rate) {
    try {
      MessageDigest sha256 = MessageDigest.getInstance("SHA-256");
      sha256.update(TAG.getBytes(StandardCharsets.US_ASCII));
      sha256.update((byte) 0);
      sha256.update((byte) rate);
      byte[] digest = sha256.digest(domain.getBytes(StandardCharsets.UTF_8));
      return Fr.of(new BigInteger(1, Arrays.copyOf(digest, 31)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JDK has it
    }
  }

  /**
   * Takes one more element in.
   *
   * @return this
   * @throws IllegalStateException after squeezing
   */
  public PoseidonSponge absorb(Fr element) {
    if (squeezing) {
      throw new IllegalStateException("a sponge that was squeezed absorbs no more");
    }
    add(element);
    return this;
  }

  /**
   * Takes more elements in.
   *
   * @return this
   * @throws IllegalStateException after squeezing
   */
  public PoseidonSponge absorb(List<Fr> elements) {
    elements.forEach(this::absorb);
    return this;
  }

  private void add(Fr element) {
    long[] slot = Slots.of(element);
    int at = ++position * FrKernels.LIMBS;
    FrKernels.add(slot, 0, slot, 0, work, at);
    FrKernels.tighten(work, at, slot, 0);
    if (position == rate) {
      permute();
    }
  }

  private void permute() {
    permutation.permute(work);
    for (int i = 0; i <= rate; i++) {
      FrKernels.tighten(work, i * FrKernels.LIMBS, work, i * FrKernels.LIMBS);
    }
    position = 0;
  }

  /** The next element of the output. */
  public Fr squeeze() {
    if (!squeezing) {
      add(Fr.ONE);
      if (position != 0) {
        permute();
      }
      squeezing = true;
    } else if (position == rate) {
      permute();
    }
    return Slots.get(work, ++position * FrKernels.LIMBS);
  }

  /**
   * The next elements of the output.
   *
   * @throws IllegalArgumentException for a negative count
   */
  public List<Fr> squeeze(int count) {
    if (count < 0) {
      throw new IllegalArgumentException(count + " elements to squeeze");
    }
    List<Fr> output = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      output.add(squeeze());
    }
    return List.copyOf(output);
  }
}
