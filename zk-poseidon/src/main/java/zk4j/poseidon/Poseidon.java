package zk4j.poseidon;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.KernelChoice;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.core.internal.field.FrKernels;
import zk4j.core.internal.field.Words;
import zk4j.poseidon.internal.Permutation;
import zk4j.poseidon.internal.Slots;

/**
 * The hash function Poseidon (ePrint 2019/458) over BN254's scalar field, with circomlib's
 * parameters: 1 to {@value #MAX_INPUTS} inputs, a state of one element more, which starts with 0, x
 * to the fifth power, 8 full rounds and 56 to 70 partial ones. The hash is the state's first
 * element. It is what circomlib's {@code Poseidon(n)} constrains.
 *
 * <p>Hashes of different numbers of inputs are of different functions. For more inputs, or numbers
 * of inputs that vary, see {@link PoseidonSponge}.
 *
 * <p>The time taken does not depend on the inputs, as far as a JVM allows, but for bringing results
 * into canonical form.
 */
public final class Poseidon {
  /** The most inputs of a hash. */
  public static final int MAX_INPUTS = Permutation.MAX_WIDTH - 1;

  /** Hashes that are computed at once, where kernels have lanes. */
  private static final int BLOCK = 512;

  private Poseidon() {}

  /**
   * The hash of some inputs.
   *
   * @throws IllegalArgumentException unless they are 1 to {@value #MAX_INPUTS}
   */
  public static Fr hash(Fr... inputs) {
    return hash(Arrays.asList(inputs));
  }

  /**
   * The hash of some inputs.
   *
   * @throws IllegalArgumentException unless they are 1 to {@value #MAX_INPUTS}
   */
  public static Fr hash(List<Fr> inputs) {
    Permutation permutation = permutationOf(inputs.size());
    long[] work = permutation.workspace();
    for (int i = 0; i < inputs.size(); i++) {
      Slots.put(work, (i + 1) * FrKernels.LIMBS, inputs.get(i));
    }
    permutation.permuteToFirst(work);
    return Slots.get(work, 0);
  }

  private static Permutation permutationOf(int inputs) {
    if (inputs < 1 || inputs > MAX_INPUTS) {
      throw new IllegalArgumentException(
          inputs + " inputs of a hash, which takes 1 to " + MAX_INPUTS);
    }
    return Permutation.ofWidth(inputs + 1);
  }

  /**
   * Hashes of consecutive inputs, {@code arity} each: result i is the hash of elements i * arity to
   * i * arity + arity - 1.
   *
   * @param inputs a multiple of arity
   * @param arity 1 to {@value #MAX_INPUTS}
   * @throws IllegalArgumentException if arity or the number of inputs is another
   */
  public static FrVector hashEach(FrVector inputs, int arity, Execution execution) {
    Permutation permutation = permutationOf(arity);
    if (inputs.size() % arity != 0) {
      throw new IllegalArgumentException(
          inputs.size() + " inputs are no multiple of the arity " + arity);
    }
    int count = inputs.size() / arity;
    byte[] hashes = new byte[Math.multiplyExact(count, Fr.BYTES)];
    execution.forEach(
        (count + BLOCK - 1) / BLOCK,
        block -> {
          int from = block * BLOCK;
          int to = Math.min(count, from + BLOCK);
          byte[] bytes =
              inputs.encode(from * arity, to * arity, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
          byte[] results =
              KernelChoice.lanes() > 1 && to - from == BLOCK
                  ? hashAtOnce(permutation, bytes, arity)
                  : hashOneByOne(permutation, bytes, arity);
          System.arraycopy(results, 0, hashes, from * Fr.BYTES, results.length);
        });
    try {
      return FrVector.read(
          BoundedReader.of(hashes, "hashes"), count, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
    } catch (MalformedDataException e) {
      throw new AssertionError(e); // results are below the modulus
    }
  }

  private static byte[] hashOneByOne(Permutation permutation, byte[] inputs, int arity) {
    byte[] hashes = new byte[inputs.length / arity];
    long[] work = permutation.workspace();
    long[] words = new long[Words.COUNT];
    for (int i = 0; i < hashes.length; i += Fr.BYTES) {
      FrKernels.setZero(work, 0);
      for (int j = 0; j < arity; j++) {
        Words.fromLittleEndian(words, 0, inputs, i * arity + j * Fr.BYTES);
        FrKernels.fromMontgomery256(work, (j + 1) * FrKernels.LIMBS, words, 0);
      }
      permutation.permuteToFirst(work);
      FrKernels.toMontgomery256(words, 0, work, 0);
      Words.toLittleEndian(hashes, i, words, 0);
    }
    return hashes;
  }

  private static byte[] hashAtOnce(Permutation permutation, byte[] inputs, int arity) {
    int count = inputs.length / (arity * Fr.BYTES);
    List<FrVector> states = new ArrayList<>();
    states.add(FrVector.zeros(count));
    for (int j = 0; j < arity; j++) {
      FrVector column = FrVector.zeros(count);
      try {
        column.readRecords(
            0,
            BoundedReader.of(inputs, "inputs"),
            count,
            arity * Fr.BYTES,
            j * Fr.BYTES,
            FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
      } catch (MalformedDataException e) {
        throw new AssertionError(e); // elements are below the modulus
      }
      states.add(column);
    }
    return permutation
        .batch()
        .permuteToFirst(states)
        .encode(0, count, FieldEncoding.MONTGOMERY_LITTLE_ENDIAN);
  }

  /**
   * The permutation of a state, of which {@link #hash} is the first element for a state of 0 and
   * the inputs. It is circomlib's {@code PoseidonEx}, whose initial state is the first element.
   *
   * @throws IllegalArgumentException unless there are 2 to 17 elements
   */
  public static List<Fr> permute(List<Fr> state) {
    if (state.size() < Permutation.MIN_WIDTH || state.size() > Permutation.MAX_WIDTH) {
      throw new IllegalArgumentException(
          "a state of "
              + state.size()
              + " elements; it has "
              + Permutation.MIN_WIDTH
              + " to "
              + Permutation.MAX_WIDTH);
    }
    Permutation permutation = Permutation.ofWidth(state.size());
    long[] work = permutation.workspace();
    for (int i = 0; i < state.size(); i++) {
      Slots.put(work, i * FrKernels.LIMBS, state.get(i));
    }
    permutation.permute(work);
    return IntStream.range(0, state.size())
        .mapToObj(i -> Slots.get(work, i * FrKernels.LIMBS))
        .toList();
  }
}
