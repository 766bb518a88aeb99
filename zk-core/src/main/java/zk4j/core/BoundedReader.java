package zk4j.core;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A bounded region of little-endian bytes with a cursor: an array, or a mapped file of any size.
 *
 * <p>Everything is checked against the bytes that remain before it is read, and a {@linkplain
 * #count count} before anything is allocated for it. A reader is not thread-safe; its {@linkplain
 * #slice slices} have cursors of their own.
 */
public final class BoundedReader {
  /** A file's segments have 2^30 bytes; an array is one segment, shorter than 2^31. */
  private static final int FILE_SEGMENT_BITS = 30;

  private static final int ARRAY_SEGMENT_BITS = 31;

  private final String source;
  private final @Nullable String section;
  private final ByteBuffer[] segments;
  private final int segmentBits;
  private final long begin;
  private final long length;
  private long position;

  private BoundedReader(
      String source,
      @Nullable String section,
      ByteBuffer[] segments,
      int segmentBits,
      long begin,
      long length) {
    this.source = source;
    this.section = section;
    this.segments = segments;
    this.segmentBits = segmentBits;
    this.begin = begin;
    this.length = length;
  }

  /**
   * Reads from an array, which is not copied.
   *
   * @param source what to call it in errors
   */
  public static BoundedReader of(byte[] bytes, String source) {
    ByteBuffer[] segment = {ByteBuffer.wrap(bytes)};
    return new BoundedReader(source, null, segment, ARRAY_SEGMENT_BITS, 0, bytes.length);
  }

  /**
   * Maps a file. The mapping lives as long as readers of it are reachable; a file that is shortened
   * meanwhile makes the virtual machine throw an {@code InternalError}.
   */
  public static BoundedReader map(Path file) throws IOException {
    return map(file, FILE_SEGMENT_BITS);
  }

  /** Maps a file in segments of 2^segmentBits bytes. */
  static BoundedReader map(Path file, int segmentBits) throws IOException {
    long segment = 1L << segmentBits;
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      ByteBuffer[] segments = new ByteBuffer[Math.toIntExact((size + segment - 1) / segment)];
      for (int i = 0; i < segments.length; i++) {
        long at = i * segment;
        segments[i] = channel.map(MapMode.READ_ONLY, at, Math.min(segment, size - at));
      }
      return new BoundedReader(file.toString(), null, segments, segmentBits, 0, size);
    }
  }

  /** What the region is called in errors. */
  public String source() {
    return source;
  }

  /** Bytes in the region. */
  public long length() {
    return length;
  }

  /** The cursor, in bytes from the beginning of the region. */
  public long position() {
    return position;
  }

  /** Bytes behind the cursor. */
  public long remaining() {
    return length - position;
  }

  /**
   * A part of this region with a cursor of its own at 0; this cursor stays.
   *
   * @param offset of the part, from the beginning of this region
   * @param name what to call it in errors
   */
  public BoundedReader slice(long offset, long partLength, String name)
      throws MalformedDataException {
    if (offset < 0 || partLength < 0 || offset > length || partLength > length - offset) {
      throw malformed(
          name
              + " of "
              + partLength
              + " bytes at "
              + offset
              + " goes beyond the "
              + length
              + " bytes there are");
    }
    return new BoundedReader(source, name, segments, segmentBits, begin + offset, partLength);
  }

  /** Moves the cursor, in bytes from the beginning of the region. */
  public void seek(long newPosition) throws MalformedDataException {
    if (newPosition < 0 || newPosition > length) {
      throw malformed("no byte " + newPosition + " in " + length);
    }
    position = newPosition;
  }

  /** Moves the cursor forward. */
  public void skip(long bytes, String what) throws MalformedDataException {
    require(bytes, what);
    position += bytes;
  }

  /** Reads an unsigned 32-bit number. */
  public long u32(String what) throws MalformedDataException {
    require(4, what);
    return littleEndian(4);
  }

  /** Reads an unsigned 64-bit number and refuses one of 2^63 or more. */
  public long u64(String what) throws MalformedDataException {
    require(8, what);
    long value = littleEndian(8);
    if (value < 0) {
      position -= 8;
      throw malformed(what + " is " + Long.toUnsignedString(value) + ", which is too large");
    }
    return value;
  }

  /** Reads so many bytes into a new array. */
  public byte[] bytes(int count, String what) throws MalformedDataException {
    require(count, what);
    byte[] result = new byte[count];
    get(ByteBuffer.wrap(result), what);
    return result;
  }

  /** Fills the target from its position to its limit. */
  public void get(ByteBuffer target, String what) throws MalformedDataException {
    require(target.remaining(), what);
    while (target.hasRemaining()) {
      long at = begin + position;
      ByteBuffer segment = segments[segment(at)];
      int from = within(at);
      int count = Math.min(target.remaining(), segment.limit() - from);
      target.put(target.position(), segment, from, count);
      target.position(target.position() + count);
      position += count;
    }
  }

  /**
   * Checks a count that was read, before anything is allocated for it.
   *
   * @param bytesEach the bytes an item takes in this region, at least 1
   * @return the count
   * @throws MalformedDataException unless the bytes that remain hold so many items, fewer than 2^31
   */
  public int count(long count, long bytesEach, String what) throws MalformedDataException {
    if (count < 0 || count > remaining() / bytesEach) {
      throw malformed(
          count
              + " "
              + what
              + " of "
              + bytesEach
              + " bytes each do not fit in the "
              + remaining()
              + " bytes that remain");
    }
    if (count > Integer.MAX_VALUE - 8) {
      throw malformed(count + " " + what + " are more than this library can hold");
    }
    return (int) count;
  }

  /** Refuses bytes behind the cursor. */
  public void expectEnd() throws MalformedDataException {
    if (remaining() != 0) {
      throw malformed(remaining() + " bytes too many");
    }
  }

  /** An exception that names this region and the cursor. */
  public MalformedDataException malformed(String problem) {
    return new MalformedDataException(source, section, position, problem);
  }

  private void require(long bytes, String what) throws MalformedDataException {
    if (bytes < 0 || bytes > remaining()) {
      throw malformed(what + " needs " + bytes + " bytes, but " + remaining() + " remain");
    }
  }

  private long littleEndian(int bytes) {
    long at = begin + position;
    ByteBuffer segment = segments[segment(at)];
    int from = within(at);
    position += bytes;
    if (bytes <= segment.limit() - from) {
      // Buffers begin big-endian, whatever the machine.
      return bytes == 4
          ? Integer.reverseBytes(segment.getInt(from)) & 0xffff_ffffL
          : Long.reverseBytes(segment.getLong(from));
    }
    long value = 0; // across two segments
    for (int i = bytes - 1; i >= 0; i--) {
      value = (value << 8) | (segments[segment(at + i)].get(within(at + i)) & 0xff);
    }
    return value;
  }

  private int segment(long at) {
    return (int) (at >>> segmentBits);
  }

  private int within(long at) {
    return (int) (at & ((1L << segmentBits) - 1));
  }
}
