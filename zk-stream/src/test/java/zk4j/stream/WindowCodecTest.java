package zk4j.stream;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.core.MalformedDataException;
import zk4j.eddsa.SigningKey;

class WindowCodecTest {
  private static final int GAP = Window.GAP;

  /** Always the same: salt and previous header are fixed, signatures deterministic. */
  private static SealedWindow sample() {
    SigningKey key = Samples.key(7);
    Window window = Samples.window(60, GAP, 255, 0, 61, 62, 63, 64, 65, 66, 67, GAP);
    Fr salt = Fr.of(424_242);
    WindowHeader header =
        new WindowHeader(
            window.format(),
            window.start(),
            window.present(),
            window.commitment(salt),
            Fr.of(99),
            Samples.SECRET.subject(),
            key.publicKey());
    return new SealedWindow(window, salt, header, key.sign(header.hash()));
  }

  private static String refused(byte[] bytes) {
    MalformedDataException e =
        assertThrows(MalformedDataException.class, () -> WindowCodec.decode(bytes, "window.zk4w"));
    return String.valueOf(e.getMessage());
  }

  @Test
  void whatWasEncodedIsRead() throws IOException {
    SealedWindow sealed = sample();
    SealedWindow read = WindowCodec.decode(WindowCodec.encode(sealed), "window.zk4w");
    assertEquals(sealed, read);
    assertTrue(read.check().valid());
  }

  @Test
  void theFormatDoesNotDrift() throws IOException {
    try (InputStream file = WindowCodecTest.class.getResourceAsStream("/golden/window-v1.hex")) {
      String golden = new String(Objects.requireNonNull(file).readAllBytes(), US_ASCII);
      assertEquals(golden.strip(), HexFormat.of().formatHex(WindowCodec.encode(sample())));
    }
  }

  @Test
  void everyTruncationAndEveryChangedByteIsRefused() {
    byte[] bytes = WindowCodec.encode(sample());
    for (int length = 0; length < bytes.length; length++) {
      refused(Arrays.copyOf(bytes, length));
    }
    refused(Arrays.copyOf(bytes, bytes.length + 1));
    for (int i = 0; i < bytes.length; i++) {
      byte[] changed = bytes.clone();
      changed[i] ^= (byte) (1 << i % 8);
      refused(changed);
    }
  }

  @Test
  void errorsNameTheFileTheByteAndTheValue() {
    byte[] bytes = WindowCodec.encode(sample());
    byte[] changed = bytes.clone();
    changed[4] = 2;
    assertEquals("window.zk4w, byte 4: version 2, not 1", refused(changed));
    changed = bytes.clone();
    changed[bytes.length - 2] = 1;
    assertEquals(
        "window.zk4w, byte " + (bytes.length - 2) + ": reading 10 is 323 of 255", refused(changed));
    assertEquals(
        "window.zk4w, byte " + bytes.length + ": 1 bytes behind the last reading",
        refused(Arrays.copyOf(bytes, bytes.length + 1)));
  }

  @Test
  void noiseIsRefused() {
    Random random = new Random(1);
    byte[] bytes = WindowCodec.encode(sample());
    for (int i = 0; i < 2000; i++) {
      byte[] changed = bytes.clone();
      for (int k = 0; k < 1 + i % 5; k++) {
        changed[random.nextInt(5, changed.length)] += (byte) (1 + random.nextInt(255));
      }
      if (!Arrays.equals(bytes, changed)) {
        refused(changed);
      }
    }
  }

  @Test
  void encodingsAreUnique() throws IOException {
    byte[] bytes = WindowCodec.encode(sample());
    assertArrayEquals(bytes, WindowCodec.encode(WindowCodec.decode(bytes, "window.zk4w")));
  }
}
