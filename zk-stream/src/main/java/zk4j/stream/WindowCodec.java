package zk4j.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import zk4j.bn254.FieldEncoding;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.eddsa.EddsaPublicKey;
import zk4j.eddsa.EddsaSignature;

/**
 * Sealed windows in bytes: one encoding for each, and nothing else is read. docs/stream.md has the
 * layout.
 */
public final class WindowCodec {
  private static final byte[] MAGIC = "zk4w".getBytes(US_ASCII);

  private static final int VERSION = 1;

  /** Magic, version, lengths of name and reading, slot's milliseconds, slots and start. */
  private static final int FIXED = 4 + 1 + 1 + 1 + 4 + 4 + 8;

  private static final int TAIL = 3 * Fr.BYTES + EddsaPublicKey.BYTES + EddsaSignature.BYTES;

  private WindowCodec() {}

  /** The bytes of a sealed window. */
  public static byte[] encode(SealedWindow sealed) {
    Window window = sealed.window();
    WindowHeader header = sealed.header();
    WindowFormat format = window.format();
    byte[] name = format.channel().name().getBytes(US_ASCII);
    int presence = (format.slots() + 7) / 8;
    ByteBuffer out =
        ByteBuffer.allocate(FIXED + name.length + TAIL + presence + Short.BYTES * window.present());
    out.put(MAGIC).put((byte) VERSION).put((byte) name.length).put(name);
    out.put((byte) format.channel().bits());
    out.putInt((int) format.channel().slot().toMillis()).putInt(format.slots());
    out.putLong(window.start().toEpochMilli());
    put(out, sealed.salt());
    put(out, header.previous());
    put(out, header.subject());
    out.put(header.device().encode()).put(sealed.signature().encode());
    byte[] bits = new byte[presence];
    for (int i = 0; i < format.slots(); i++) {
      if (window.isPresent(i)) {
        bits[i / 8] |= (byte) (1 << i % 8);
      }
    }
    out.put(bits);
    for (int i = 0; i < format.slots(); i++) {
      if (window.isPresent(i)) {
        out.putShort((short) window.reading(i));
      }
    }
    return out.array();
  }

  private static void put(ByteBuffer out, Fr value) {
    out.put(value.encode(FieldEncoding.BIG_ENDIAN));
  }

  /**
   * Reads a sealed window, and checks that its signature is that of its device.
   *
   * @param source what to call the bytes in errors
   * @throws MalformedDataException if they are no encoding of a window, or the signature is wrong
   */
  public static SealedWindow decode(byte[] bytes, String source) throws MalformedDataException {
    return new Reader(bytes, source).read();
  }

  private static final class Reader {
    private final ByteBuffer in;
    private final String source;

    Reader(byte[] bytes, String source) {
      this.in = ByteBuffer.wrap(bytes);
      this.source = source;
    }

    SealedWindow read() throws MalformedDataException {
      if (!Arrays.equals(bytes(MAGIC.length, "magic"), MAGIC)) {
        throw malformed(0, "no window: it does not begin with zk4w");
      }
      int version = unsigned(bytes(1, "version")[0]);
      if (version != VERSION) {
        throw malformed(4, "version " + version + ", not " + VERSION);
      }
      String name = new String(bytes(unsigned(bytes(1, "name")[0]), "name"), US_ASCII);
      int bits = unsigned(bytes(1, "bits of a reading")[0]);
      int at = in.position();
      ByteBuffer numbers = ByteBuffer.wrap(bytes(4 + 4 + 8, "slots and start"));
      WindowFormat format;
      Instant start;
      try {
        Duration slot = Duration.ofMillis(Integer.toUnsignedLong(numbers.getInt()));
        format = new WindowFormat(new Channel(name, bits, slot), numbers.getInt());
        start = Instant.ofEpochMilli(numbers.getLong());
        Window.requireStart(format, start);
      } catch (IllegalArgumentException e) {
        throw new MalformedDataException(source, null, at, String.valueOf(e.getMessage()), e);
      }
      Fr salt = element("salt");
      Fr previous = element("previous header");
      Fr subject = element("subject");
      EddsaPublicKey device = EddsaPublicKey.decode(bytes(EddsaPublicKey.BYTES, "device"));
      EddsaSignature signature = EddsaSignature.decode(bytes(EddsaSignature.BYTES, "signature"));
      Window window = Window.of(format, start, slots(format));
      WindowHeader header =
          new WindowHeader(
              format, start, window.present(), window.commitment(salt), previous, subject, device);
      if (!device.verify(header.hash(), signature)) {
        throw malformed(-1, "the signature is not the device's, or of another window");
      }
      return new SealedWindow(window, salt, header, signature);
    }

    private int[] slots(WindowFormat format) throws MalformedDataException {
      int at = in.position();
      byte[] presence = bytes((format.slots() + 7) / 8, "which slots have a reading");
      if (format.slots() % 8 != 0
          && unsigned(presence[presence.length - 1]) >>> format.slots() % 8 != 0) {
        throw malformed(at, "readings behind the last slot");
      }
      int[] slots = new int[format.slots()];
      for (int i = 0; i < slots.length; i++) {
        slots[i] = Window.GAP;
        if ((presence[i / 8] >>> i % 8 & 1) != 0) {
          int offset = in.position();
          slots[i] = Short.toUnsignedInt(ByteBuffer.wrap(bytes(2, "reading " + i)).getShort());
          if (slots[i] > format.channel().largest()) {
            throw malformed(
                offset, "reading " + i + " is " + slots[i] + " of " + format.channel().largest());
          }
        }
      }
      if (in.hasRemaining()) {
        throw malformed(in.position(), in.remaining() + " bytes behind the last reading");
      }
      return slots;
    }

    private Fr element(String what) throws MalformedDataException {
      int at = in.position();
      try {
        return Fr.decode(bytes(Fr.BYTES, what), FieldEncoding.BIG_ENDIAN);
      } catch (MalformedDataException e) {
        throw new MalformedDataException(source, null, at, what + ": " + e.problem(), e);
      }
    }

    private byte[] bytes(int count, String what) throws MalformedDataException {
      if (in.remaining() < count) {
        throw malformed(in.position(), "it ends within " + what);
      }
      byte[] bytes = new byte[count];
      in.get(bytes);
      return bytes;
    }

    private MalformedDataException malformed(int offset, String problem) {
      return new MalformedDataException(source, null, offset, problem);
    }

    private static int unsigned(byte value) {
      return Byte.toUnsignedInt(value);
    }
  }
}
