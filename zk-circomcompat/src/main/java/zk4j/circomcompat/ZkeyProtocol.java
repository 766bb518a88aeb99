package zk4j.circomcompat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

/** What a key or a proof is of. */
public enum ZkeyProtocol {
  /** Groth16: {@link ZkeyFile}. */
  GROTH16(1, "Groth16"),
  /** PLONK: {@link PlonkZkeyFile}. */
  PLONK(2, "PLONK"),
  /** fflonk: {@link FflonkZkeyFile}. */
  FFLONK(10, "fflonk");

  private static final int SECTION = 1;

  private final int number;
  private final String text;

  ZkeyProtocol(int number, String text) {
    this.number = number;
    this.text = text;
  }

  int number() {
    return number;
  }

  /**
   * The protocol of a file.
   *
   * @throws MalformedDataException if it is no .zkey, or of none of these
   */
  public static ZkeyProtocol of(Path file) throws IOException {
    return of(SectionFile.index(BoundedReader.map(file), "zkey", 1));
  }

  /**
   * The protocol that a proof or a verification key in JSON names.
   *
   * @throws MalformedDataException if it is neither, or of none of these
   */
  public static ZkeyProtocol ofJson(Path file) throws IOException {
    Json field = Json.read(file).field("protocol");
    String found = field.text();
    return Arrays.stream(values())
        .filter(protocol -> protocol.text.toLowerCase(Locale.ROOT).equals(found))
        .findFirst()
        .orElseThrow(() -> field.malformed("\"" + found + "\", which is not known"));
  }

  private static ZkeyProtocol of(SectionFile file) throws MalformedDataException {
    BoundedReader section = file.section(SECTION, "protocol", 4);
    long found = section.u32("protocol");
    return Arrays.stream(values())
        .filter(protocol -> protocol.number == found)
        .findFirst()
        .orElseThrow(() -> section.malformed("protocol " + found + ", which is not known"));
  }

  /** Refuses a key of another protocol. */
  static void expect(ZkeyProtocol expected, SectionFile file) throws MalformedDataException {
    ZkeyProtocol found = of(file);
    if (found != expected) {
      throw file.section(SECTION, "protocol")
          .malformed(
              "protocol %d (%s) instead of %d (%s)"
                  .formatted(found.number, found.text, expected.number, expected.text));
    }
  }
}
