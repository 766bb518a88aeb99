package zk4j.core;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BoundedReaderTest {
  private static final byte[] BYTES = new byte[80];

  static {
    new Random(1).nextBytes(BYTES);
    for (int i = 0; i < BYTES.length; i += 8) {
      BYTES[i] &= 0x7f; // some numbers below 2^63 wherever one begins
    }
  }

  private final Path folder;

  BoundedReaderTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void arraysAreReadLittleEndian() throws IOException {
    checkReads(BoundedReader.of(BYTES, "array"));
  }

  /** Segments so short that numbers and bytes lie across two or more of them. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 7, 30})
  void filesAreReadAcrossSegments(int segmentBits) throws IOException {
    Path file = Files.write(folder.resolve("file"), BYTES);
    checkReads(BoundedReader.map(file, segmentBits));
  }

  /** Every kind of read at every position, of a region and of a slice of it. */
  private static void checkReads(BoundedReader whole) throws IOException {
    assertEquals(BYTES.length, whole.length());
    ByteBuffer expected = ByteBuffer.wrap(BYTES).order(ByteOrder.LITTLE_ENDIAN);
    for (int begin : new int[] {0, 1, 13}) {
      BoundedReader in = whole.slice(begin, BYTES.length - begin, "slice");
      for (int at = begin; at < BYTES.length; at++) {
        int rest = BYTES.length - at;
        if (rest >= 4) {
          in.seek(at - begin);
          assertEquals(Integer.toUnsignedLong(expected.getInt(at)), in.u32("number"));
          assertEquals(rest - 4, in.remaining());
        }
        if (rest >= 8 && expected.getLong(at) >= 0) {
          in.seek(at - begin);
          assertEquals(expected.getLong(at), in.u64("number"));
          assertEquals(rest - 8, in.remaining());
        }
        in.seek(at - begin);
        assertArrayEquals(Arrays.copyOfRange(BYTES, at, BYTES.length), in.bytes(rest, "rest"));
        in.expectEnd();
      }
    }
    assertEquals(0, whole.position(), "slices have cursors of their own");
  }

  @Test
  void buffersAreFilledFromPositionToLimit() throws IOException {
    BoundedReader in = BoundedReader.of(BYTES, "array");
    in.skip(5, "header");
    ByteBuffer target = ByteBuffer.allocate(20).position(3).limit(10);
    in.get(target, "part");
    assertEquals(10, target.position());
    assertArrayEquals(Arrays.copyOfRange(BYTES, 5, 12), Arrays.copyOfRange(target.array(), 3, 10));
    assertEquals(12, in.position());
  }

  @Test
  void emptyFilesAndRegionsHoldNothing() throws IOException {
    BoundedReader in = BoundedReader.map(Files.createFile(folder.resolve("empty")));
    assertEquals(0, in.length());
    assertEquals(0, in.bytes(0, "nothing").length);
    in.slice(0, 0, "nothing").expectEnd();
    assertThrows(MalformedDataException.class, () -> in.bytes(1, "byte"));
  }

  @Test
  void readsBeyondTheEndAreRefusedAndMoveNothing() throws IOException {
    BoundedReader in = BoundedReader.of(BYTES, "key.zkey").slice(10, 20, "section 4");
    in.seek(17);
    assertMalformed(17, "count needs 4 bytes, but 3 remain", () -> in.u32("count"));
    assertMalformed(17, "count needs 8 bytes, but 3 remain", () -> in.u64("count"));
    assertMalformed(17, "x needs 4 bytes, but 3 remain", () -> in.bytes(4, "x"));
    assertMalformed(17, "x needs -1 bytes, but 3 remain", () -> in.bytes(-1, "x"));
    assertMalformed(17, "x needs 4 bytes, but 3 remain", () -> in.skip(4, "x"));
    assertMalformed(17, "x needs -1 bytes, but 3 remain", () -> in.skip(-1, "x"));
    assertMalformed(17, "x needs 4 bytes, but 3 remain", () -> in.get(ByteBuffer.allocate(4), "x"));
    assertMalformed(17, "no byte 21 in 20", () -> in.seek(21));
    assertMalformed(17, "no byte -1 in 20", () -> in.seek(-1));
    assertMalformed(17, "3 bytes too many", in::expectEnd);
  }

  @Test
  void slicesBeyondTheEndAreRefused() throws IOException {
    BoundedReader in = BoundedReader.of(BYTES, "key.zkey").slice(10, 20, "section 4");
    long[][] parts = {{0, 21}, {20, 1}, {21, 0}, {-1, 1}, {1, -1}, {1, Long.MAX_VALUE}};
    for (long[] part : parts) {
      String problem =
          "part of " + part[1] + " bytes at " + part[0] + " goes beyond the 20 bytes there are";
      assertMalformed(0, problem, () -> in.slice(part[0], part[1], "part"));
    }
    BoundedReader inner = in.slice(5, 10, "part");
    assertEquals(10, inner.length());
    assertArrayEquals(Arrays.copyOfRange(BYTES, 15, 25), inner.bytes(10, "all"));
  }

  @Test
  void countsAreCheckedAgainstTheBytesThatRemain() throws IOException {
    BoundedReader in = BoundedReader.of(BYTES, "key.zkey").slice(10, 20, "section 4");
    in.seek(4);
    assertEquals(4, in.count(4, 4, "wires"));
    assertEquals(0, in.count(0, 1000, "wires"));
    for (long refused : new long[] {5, 1L << 32, (1L << 62) + 1, Long.MAX_VALUE, -1}) {
      assertMalformed(
          4,
          refused + " wires of 4 bytes each do not fit in the 16 bytes that remain",
          () -> in.count(refused, 4, "wires"));
    }
  }

  @Test
  void numbersOf63BitsAndNoMoreAreRead() throws IOException {
    byte[] bytes = new byte[16];
    Arrays.fill(bytes, (byte) 0xff);
    bytes[7] = 0x7f;
    BoundedReader in = BoundedReader.of(bytes, "key.zkey").slice(0, 16, "section 4");
    assertEquals(Long.MAX_VALUE, in.u64("length"));
    assertMalformed(
        8, "length is 18446744073709551615, which is too large", () -> in.u64("length"));
    assertEquals(0xffff_ffffL, in.u32("length"));
  }

  private static void assertMalformed(long offset, String problem, Executable reading) {
    MalformedDataException e = assertThrows(MalformedDataException.class, reading);
    assertEquals("key.zkey", e.source());
    assertEquals(Optional.of("section 4"), e.section());
    assertEquals(OptionalLong.of(offset), e.offset());
    assertEquals(problem, e.problem());
    assertEquals("key.zkey, section 4, byte " + offset + ": " + problem, e.getMessage());
  }

  @Test
  void errorsNameNoMoreThanIsKnown() {
    MalformedDataException e = new MalformedDataException("proof.json", null, -1, "no pi_a");
    assertEquals("proof.json: no pi_a", e.getMessage());
    assertEquals(Optional.empty(), e.section());
    assertEquals(OptionalLong.empty(), e.offset());
  }

  @Tag("slow")
  @Test
  void filesBeyond4GiBAreMapped() throws IOException {
    Path file = folder.resolve("large");
    long[] places = {(1L << 30) - 4, (1L << 31) - 3, (1L << 32) - 4, (1L << 32) + 1000};
    try (RandomAccessFile sparse = new RandomAccessFile(file.toFile(), "rw")) {
      for (int i = 0; i < places.length; i++) {
        sparse.seek(places[i]);
        sparse.writeLong(Long.reverseBytes(0x1122_3344_5566_7700L + i));
      }
    }
    BoundedReader in = BoundedReader.map(file);
    assertEquals(places[3] + 8, in.length());
    for (int i = 0; i < places.length; i++) {
      in.seek(places[i]);
      assertEquals(0x1122_3344_5566_7700L + i, in.u64("number"));
      BoundedReader slice = in.slice(places[i] - 1, 9, "slice");
      assertEquals(i << 8, slice.u32("low part") & 0xffff);
    }
    in.expectEnd();
    in.seek(0);
    assertThrows(
        MalformedDataException.class, () -> in.count(1L << 31, 1, "items"), "no array holds them");
  }

  @Tag("slow")
  @Test
  void arraysBeyond1GiBAreRead() throws IOException {
    byte[] bytes = new byte[(1 << 30) + 12];
    bytes[(1 << 30) - 1] = 1;
    bytes[(1 << 30) + 2] = 2;
    BoundedReader in = BoundedReader.of(bytes, "array");
    in.seek((1 << 30) - 1);
    assertEquals(0x0200_0001L, in.u32("number"));
    in.seek(1 << 30);
    assertEquals(2 << 16, in.u32("number"));
  }
}
