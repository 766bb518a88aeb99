package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

class SectionFileTest {
  private static final byte[] HEAD = head("test", 3, 2);

  private static byte[] head(String magic, int version, int sections) {
    return ByteBuffer.allocate(12)
        .order(ByteOrder.LITTLE_ENDIAN)
        .put(magic.getBytes(StandardCharsets.US_ASCII))
        .putInt(version)
        .putInt(sections)
        .array();
  }

  private static byte[] section(int type, long length, int... data) {
    ByteBuffer section = ByteBuffer.allocate(12 + data.length).order(ByteOrder.LITTLE_ENDIAN);
    section.putInt(type).putLong(length);
    for (int b : data) {
      section.put((byte) b);
    }
    return section.array();
  }

  private static byte[] join(byte[]... parts) {
    ByteBuffer joined = ByteBuffer.allocate(100);
    for (byte[] part : parts) {
      joined.put(part);
    }
    byte[] bytes = new byte[joined.position()];
    joined.flip().get(bytes);
    return bytes;
  }

  private static SectionFile index(byte[]... parts) throws MalformedDataException {
    return SectionFile.index(BoundedReader.of(join(parts), "a.test"), "test", 3);
  }

  private static void refused(String message, byte[]... parts) {
    var e = assertThrows(MalformedDataException.class, () -> index(parts));
    assertTrue(e.toString().contains(message), e.toString());
    assertEquals("a.test", e.source());
  }

  @Test
  void sectionsInAnyOrder() throws MalformedDataException {
    SectionFile file = index(HEAD, section(7, 2, 1, 2), section(-1, 0));
    assertTrue(file.has(7));
    assertFalse(file.has(1));
    assertArrayEquals(new byte[] {1, 2}, file.section(7, "seven").bytes(2, "all"));
    assertEquals(2, file.section(7, "seven", 2).remaining());
  }

  @Test
  void sectionsThatAreNotAsTheyShould() throws MalformedDataException {
    SectionFile file = index(HEAD, section(7, 2, 1, 2), section(4, 0));
    var missing = assertThrows(MalformedDataException.class, () -> file.section(5, "five"));
    assertTrue(missing.toString().contains("section 5 (five) is missing"), missing.toString());
    var length = assertThrows(MalformedDataException.class, () -> file.section(7, "seven", 3));
    assertEquals("section 7 (seven)", length.section().orElseThrow());
    assertEquals("has 2 bytes instead of 3", length.problem());
  }

  @Test
  void wrongHeads() {
    byte[] one = section(1, 0);
    byte[] two = section(2, 0);
    refused("begins with 54657374, not test", head("Test", 3, 2), one, two);
    refused("version 2 of .test instead of 3", head("test", 2, 2), one, two);
    refused("version 4294967295", head("test", -1, 2), one, two);
    refused("type of section", head("test", 3, 3), one, two);
    refused("12 bytes too many", head("test", 3, 1), one, two);
    refused("4294967295 sections", head("test", 3, -1), one, two);
    refused("65 sections", head("test", 3, 65), one, two);
    refused("magic");
  }

  @Test
  void wrongSections() {
    byte[] one = section(1, 1, 9);
    refused("section 1 comes twice", HEAD, one, one);
    refused("section 2 needs 1 bytes, but 0 remain", HEAD, one, section(2, 1));
    refused("section 2 needs 4294967295 bytes", HEAD, one, section(2, 0xffff_ffffL));
    refused("length of section 2 is 18446744073709551615", HEAD, one, section(2, -1));
    refused("section 2 needs 9223372036854775807 bytes", HEAD, one, section(2, Long.MAX_VALUE));
    refused("1 bytes too many", HEAD, one, section(2, 1, 8, 7));
  }

  @Test
  void primes() throws IOException {
    byte[] r = Fr.ZERO.minus(Fr.ONE).encode(FieldEncoding.LITTLE_ENDIAN);
    r[0]++;
    SectionFile.expectPrime(prime(32, r), Fr.MODULUS);
    wrongPrime("instead of BN254's " + Fq.MODULUS, 32, r);
    wrongPrime("elements of 8 bytes", 8, r);
    wrongPrime("elements of 4294967295 bytes", -1, r);
    wrongPrime("prime needs 32 bytes", 32, new byte[31]);
  }

  private static BoundedReader prime(int size, byte[] prime) {
    byte[] bytes =
        ByteBuffer.allocate(4 + prime.length)
            .order(ByteOrder.LITTLE_ENDIAN)
            .putInt(size)
            .put(prime)
            .array();
    return BoundedReader.of(bytes, "prime");
  }

  private static void wrongPrime(String message, int size, byte[] prime) {
    var e =
        assertThrows(
            MalformedDataException.class,
            () -> SectionFile.expectPrime(prime(size, prime), Fq.MODULUS));
    assertTrue(e.toString().contains(message), e.toString());
  }

  @Test
  void writtenFiles(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("a.test");
    try (SectionWriter out = new SectionWriter(file, "test", 3, 2)) {
      out.section(7, 2).bytes(new byte[] {1, 2});
      out.section(4, 12).u32(0xffff_fffeL).u64(0x0807060504030201L);
      out.end();
    }
    byte[] expected =
        join(
            HEAD,
            section(7, 2, 1, 2),
            section(4, 12, 0xfe, 0xff, 0xff, 0xff, 1, 2, 3, 4, 5, 6, 7, 8));
    assertArrayEquals(expected, Files.readAllBytes(file));
  }

  @Test
  void lengthsThatAreNotKept(@TempDir Path folder) throws IOException {
    try (SectionWriter out = new SectionWriter(folder.resolve("a.test"), "test", 3, 2)) {
      out.section(1, 3);
      assertThrows(IllegalStateException.class, () -> out.u32(0));
    }
    try (SectionWriter out = new SectionWriter(folder.resolve("b.test"), "test", 3, 2)) {
      out.section(1, 5).u32(0);
      assertThrows(IllegalStateException.class, () -> out.section(2, 0));
      assertThrows(IllegalStateException.class, out::end);
    }
  }
}
