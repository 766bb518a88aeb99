package zk4j.circomcompat;

import java.nio.ByteBuffer;
import org.bouncycastle.crypto.digests.Blake2bDigest;
import zk4j.bn254.G1Vector;
import zk4j.bn254.G2Vector;
import zk4j.bn254.PointEncoding;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.VerifyingKey;

/**
 * What a .zkey calls the circuit's hash: BLAKE2b over the key that a ceremony begins with. Points
 * are x, y, most significant byte first, and each vector's are preceded by their number. In place
 * of the H query, which is in the Lagrange basis, come tau^i (tau^n - 1) for i below n - 1; and one
 * more from a domain of 2^15 on, by an oversight that files now depend on.
 */
final class SetupHash {
  /** Points encoded by a task, and by all tasks between two updates. */
  private static final int CHUNK = 1 << 8;

  /** snarkjs's too, which shows in the hash. */
  private static final int BLOCK = 1 << 14;

  private static final int DIGEST_BYTES = 64;

  private final Blake2bDigest hash = new Blake2bDigest(8 * DIGEST_BYTES);
  private final Execution execution;

  private SetupHash(Execution execution) {
    this.execution = execution;
  }

  static byte[] of(ProvingKey key, PtauFile powers, Execution execution)
      throws MalformedDataException {
    VerifyingKey verifyingKey = key.verifyingKey();
    SetupHash setup = new SetupHash(execution);
    setup.add(verifyingKey.alpha().encode(PointEncoding.EVM));
    setup.add(key.beta1().encode(PointEncoding.EVM));
    setup.add(verifyingKey.beta().encode(PointEncoding.EVM));
    setup.add(verifyingKey.gamma().encode(PointEncoding.EVM));
    setup.add(key.delta1().encode(PointEncoding.EVM));
    setup.add(verifyingKey.delta().encode(PointEncoding.EVM));
    setup.add(G1Vector.copyOf(verifyingKey.ic()));
    setup.addQuotientBasis(key.domainSize(), powers);
    setup.add(key.cQuery());
    setup.add(key.aQuery());
    setup.add(key.b1Query());
    setup.add(key.b2Query());
    byte[] digest = new byte[DIGEST_BYTES];
    setup.hash.doFinal(digest, 0);
    return digest;
  }

  /** From the second chunk on, the number of points is snarkjs's chunk, and so one too large. */
  private void addQuotientBasis(int n, PtauFile powers) throws MalformedDataException {
    addCount(n - 1);
    int count = n - 1 > BLOCK ? n : n - 1;
    int available = powers.power() > Integer.numberOfTrailingZeros(n) ? count : n - 1;
    for (int from = 0; from < available; from += BLOCK) {
      int to = Math.min(available, from + BLOCK);
      G1Vector points = powers.powersG1(Factor.ONE, n + from, n + to, execution);
      points.subtractInPlace(powers.powersG1(Factor.ONE, from, to, execution), execution);
      addPoints(to - from, i -> points.get(i).encode(PointEncoding.EVM));
    }
    if (available < count) {
      add(OverrunDifference.of(powers.tauG1Bytes(2L * n - 1), powers.tauG1Bytes(n - 1)));
    }
  }

  private void add(byte[] bytes) {
    hash.update(bytes, 0, bytes.length);
  }

  private void add(G1Vector points) {
    addCount(points.size());
    addPoints(points.size(), i -> points.get(i).encode(PointEncoding.EVM));
  }

  private void add(G2Vector points) {
    addCount(points.size());
    addPoints(points.size(), i -> points.get(i).encode(PointEncoding.EVM));
  }

  private void addCount(int count) {
    add(ByteBuffer.allocate(4).putInt(count).array());
  }

  private interface Encoded {
    byte[] point(int i);
  }

  private void addPoints(int count, Encoded encoded) {
    for (int from = 0; from < count; from += BLOCK) {
      int begin = from;
      int size = Math.min(count - from, BLOCK);
      byte[][] points = new byte[size][];
      execution.forEach(
          (size + CHUNK - 1) / CHUNK,
          chunk -> {
            for (int i = chunk * CHUNK; i < Math.min(size, (chunk + 1) * CHUNK); i++) {
              points[i] = encoded.point(begin + i);
            }
          });
      for (byte[] point : points) {
        add(point);
      }
    }
  }
}
