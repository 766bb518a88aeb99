package zk4j.circomcompat;

import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes the container that {@link SectionFile} reads, each section with its length first. */
final class SectionWriter implements Closeable {
  private final OutputStream out;
  private long remaining;

  SectionWriter(Path file, String magic, int version, int sections) throws IOException {
    out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16);
    remaining = 12;
    bytes(magic.getBytes(StandardCharsets.US_ASCII)).u32(version).u32(sections);
  }

  /** Ends the section before and begins one of exactly so many bytes. */
  SectionWriter section(int type, long length) throws IOException {
    requireComplete();
    remaining = 12;
    u32(type).u64(length);
    remaining = length;
    return this;
  }

  SectionWriter u32(long value) throws IOException {
    return littleEndian(value, 4);
  }

  SectionWriter u64(long value) throws IOException {
    return littleEndian(value, 8);
  }

  SectionWriter bytes(byte[] bytes) throws IOException {
    if (bytes.length > remaining) {
      throw new IllegalStateException(bytes.length + " bytes where " + remaining + " fit");
    }
    remaining -= bytes.length;
    out.write(bytes);
    return this;
  }

  /** Writes {u32 bytes an element, prime}. */
  SectionWriter prime(BigInteger prime) throws IOException {
    byte[] bytes = prime.toByteArray(); // 32 bytes: BN254's primes have 254 bits
    SectionFile.reverse(bytes);
    return u32(SectionFile.ELEMENT_BYTES).bytes(bytes);
  }

  /** Ends the file. */
  void end() {
    requireComplete();
  }

  @Override
  public void close() throws IOException {
    out.close();
  }

  private void requireComplete() {
    if (remaining != 0) {
      throw new IllegalStateException("a section lacks " + remaining + " bytes");
    }
  }

  private SectionWriter littleEndian(long value, int count) throws IOException {
    byte[] bytes = new byte[count];
    for (int i = 0; i < count; i++) {
      bytes[i] = (byte) (value >>> (8 * i));
    }
    return bytes(bytes);
  }
}
