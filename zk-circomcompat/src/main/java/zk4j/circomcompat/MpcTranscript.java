package zk4j.circomcompat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.groth16.Groth16Setup;
import zk4j.groth16.ProvingKey;

/**
 * What a .zkey says about its ceremony: a hash of the circuit, and who contributed. These are
 * claims: nothing of them is verified here. Immutable.
 */
public final class MpcTranscript {
  private static final int HASH_BYTES = 64;

  /** Delta, the proof of knowledge (two points of G1, one of G2), and the hash before it. */
  private static final int PROOF_BYTES = 3 * G1.BYTES + G2.BYTES + HASH_BYTES;

  private static final int CONTRIBUTION_BYTES = PROOF_BYTES + 4 + 4;
  private static final int NAME = 1;
  private static final int ITERATIONS = 2;
  private static final int BEACON_HASH = 3;

  private final byte[] bytes;
  private final List<Contribution> contributions;

  /**
   * A contribution to a ceremony.
   *
   * @param name the contributor's own word, printable; empty where there is none that can be read
   * @param beacon whether it was a public random beacon and not a person
   */
  public record Contribution(Optional<String> name, boolean beacon) {}

  private MpcTranscript(byte[] bytes, List<Contribution> contributions) {
    this.bytes = bytes;
    this.contributions = contributions;
  }

  /**
   * A ceremony without contributions: {@link ZkeyFile#openInsecureDevelopmentKey} alone opens files
   * with it.
   *
   * @param circuitHash 64 bytes
   */
  public static MpcTranscript withoutContributions(byte[] circuitHash) {
    if (circuitHash.length != HASH_BYTES) {
      throw new IllegalArgumentException("a circuit's hash of " + circuitHash.length + " bytes");
    }
    return new MpcTranscript(Arrays.copyOf(circuitHash, HASH_BYTES + 4), List.of());
  }

  /**
   * The beginning of a ceremony, to which nobody has contributed yet.
   *
   * @param key what {@link Groth16Setup} made of the powers
   * @throws MalformedDataException if a point that is read is not valid
   */
  public static MpcTranscript ofSetup(ProvingKey key, PtauFile powers, Execution execution)
      throws MalformedDataException {
    return withoutContributions(SetupHash.of(key, powers, execution));
  }

  static MpcTranscript read(BoundedReader in) throws MalformedDataException {
    byte[] bytes = in.bytes(in.count(in.remaining(), 1, "bytes"), "transcript");
    in.seek(0);
    in.skip(HASH_BYTES, "circuit hash");
    int count = in.count(in.u32("number of contributions"), CONTRIBUTION_BYTES, "contributions");
    List<Contribution> contributions = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      contributions.add(readContribution(i, in));
    }
    in.expectEnd();
    return new MpcTranscript(bytes, List.copyOf(contributions));
  }

  private static Contribution readContribution(int index, BoundedReader in)
      throws MalformedDataException {
    String what = "contribution " + index;
    in.skip(PROOF_BYTES, what);
    long type = in.u32("type of " + what);
    byte[] parameters =
        in.bytes(in.count(in.u32("length of parameters"), 1, "bytes of parameters"), what);
    return new Contribution(name(parameters), type == 1);
  }

  /** Finds the name among {u8 kind, value}; a kind that is not known hides what follows. */
  private static Optional<String> name(byte[] parameters) {
    int at = 0;
    while (at + 1 < parameters.length) {
      int kind = parameters[at];
      int length = kind == ITERATIONS ? 0 : parameters[at + 1] & 0xff;
      if (at + 2 + length > parameters.length || kind < NAME || kind > BEACON_HASH) {
        return Optional.empty();
      }
      if (kind == NAME) {
        String name = new String(parameters, at + 2, length, StandardCharsets.UTF_8);
        return Optional.of(name.replaceAll("\\p{Cc}", "?"));
      }
      at += 2 + length;
    }
    return Optional.empty();
  }

  /** The hash of the circuit and of the setup that the ceremony began with; 64 bytes. */
  public byte[] circuitHash() {
    return Arrays.copyOf(bytes, HASH_BYTES);
  }

  /** The contributions, the first one first. */
  public List<Contribution> contributions() {
    return contributions;
  }

  byte[] encode() {
    return bytes.clone();
  }
}
