package zk4j.circomcompat.witness;

import java.nio.charset.StandardCharsets;

/** The hash by which circom's code knows its inputs: 64-bit FNV-1a of the name. */
final class SignalHash {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  private SignalHash() {}

  /**
   * The hash of a name.
   *
   * @see <a href="https://www.rfc-editor.org/rfc/rfc9923">The FNV Non-Cryptographic Hash
   *     Algorithm</a>
   */
  static long of(String name) {
    long hash = OFFSET_BASIS;
    for (byte b : name.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ (b & 0xff)) * PRIME;
    }
    return hash;
  }
}
