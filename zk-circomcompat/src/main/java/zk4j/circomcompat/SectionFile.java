package zk4j.circomcompat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.Objects;
import zk4j.bn254.FrVector;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

/**
 * The container of circom's and snarkjs's binary files: a magic of 4 bytes, u32 version, u32 number
 * of sections, then sections of {u32 type, u64 length, data} in any order.
 */
final class SectionFile {
  /** Far more than any of the formats has. */
  private static final int MAX_SECTIONS = 64;

  /** Bytes of an element of either field. */
  static final int ELEMENT_BYTES = 32;

  private final BoundedReader in;
  private final Map<Long, Extent> extents = new HashMap<>();

  private record Extent(long offset, long length) {}

  private SectionFile(BoundedReader in) {
    this.in = in;
  }

  /**
   * Finds the sections of a file, which reaches from the reader's cursor to its end.
   *
   * @throws MalformedDataException if magic or version differ, a type of section comes twice, or
   *     the sections are not exactly the bytes there are
   */
  static SectionFile index(BoundedReader in, String magic, int version)
      throws MalformedDataException {
    byte[] begin = in.bytes(4, "magic");
    if (!Arrays.equals(begin, magic.getBytes(StandardCharsets.US_ASCII))) {
      throw in.malformed("begins with " + HexFormat.of().formatHex(begin) + ", not " + magic);
    }
    long found = in.u32("version");
    if (found != version) {
      throw in.malformed("version " + found + " of ." + magic + " instead of " + version);
    }
    long count = in.u32("number of sections");
    if (count > MAX_SECTIONS) {
      throw in.malformed(count + " sections, more than " + MAX_SECTIONS);
    }
    SectionFile file = new SectionFile(in);
    for (int i = 0; i < count; i++) {
      long type = in.u32("type of section");
      long length = in.u64("length of section " + type);
      if (file.extents.put(type, new Extent(in.position(), length)) != null) {
        throw in.malformed("section " + type + " comes twice");
      }
      in.skip(length, "section " + type);
    }
    in.expectEnd();
    return file;
  }

  /** Whether there is a section of the type. */
  boolean has(int type) {
    return extents.containsKey((long) type);
  }

  /** Where a section that there is begins in the file. */
  long offset(int type) {
    return Objects.requireNonNull(extents.get((long) type)).offset;
  }

  /**
   * A new reader of a section.
   *
   * @param name of the section, for errors
   */
  BoundedReader section(int type, String name) throws MalformedDataException {
    Extent extent = extents.get((long) type);
    if (extent == null) {
      throw in.malformed("section " + type + " (" + name + ") is missing");
    }
    return in.slice(extent.offset, extent.length, "section " + type + " (" + name + ")");
  }

  /** As {@link #section(int, String)}, for one that must have exactly so many bytes. */
  BoundedReader section(int type, String name, long length) throws MalformedDataException {
    BoundedReader section = section(type, name);
    if (section.length() != length) {
      throw section.malformed("has " + section.length() + " bytes instead of " + length);
    }
    return section;
  }

  /** Reads {u32 bytes an element, prime} and refuses any prime but the expected. */
  static void expectPrime(BoundedReader in, BigInteger expected) throws MalformedDataException {
    long bytes = in.u32("bytes of an element");
    if (bytes != ELEMENT_BYTES) {
      throw in.malformed("elements of " + bytes + " bytes; those of BN254 have " + ELEMENT_BYTES);
    }
    byte[] bigEndian = in.bytes(ELEMENT_BYTES, "prime");
    reverse(bigEndian);
    BigInteger prime = new BigInteger(1, bigEndian);
    if (!prime.equals(expected)) {
      throw in.malformed("prime " + prime + " instead of BN254's " + expected);
    }
  }

  /** Refuses more items than a vector holds elements. */
  static void requireFits(long count, String what, BoundedReader in) throws MalformedDataException {
    if (count > FrVector.MAX_SIZE) {
      throw in.malformed(count + " " + what + ", more than a vector's " + FrVector.MAX_SIZE);
    }
  }

  /** Reverses an array in place. */
  static void reverse(byte[] bytes) {
    for (int i = 0, j = bytes.length - 1; i < j; i++, j--) {
      byte swapped = bytes[i];
      bytes[i] = bytes[j];
      bytes[j] = swapped;
    }
  }
}
