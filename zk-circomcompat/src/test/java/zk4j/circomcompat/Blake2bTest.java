package zk4j.circomcompat;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Blake2bTest {
  /** RFC 7693, appendix A. */
  @Test
  void abc() {
    assertEquals(
        "ba80a53f981c4d0d6a2797b69f12f6e94c212f14685ac4b74b12bb6fdbffa2d1"
            + "7d87c5392aab792dc252d5de4533cc9518d38aa8dbf1925ab92386edd4009923",
        HexFormat.of().formatHex(new Blake2b().update("abc".getBytes(US_ASCII)).digest()));
  }

  /** Of 7i mod 256 for i below the length, about the ends of blocks; the first 16 bytes. */
  @ParameterizedTest
  @CsvSource({
    "0, 786a02f742015903c6c6fd852552d272",
    "1, 2fa3f686df876995167e7c2e5d74c4c7",
    "127, 08b38d2c2a521e8a819cdca2d43b52df",
    "128, 0be555525cf1e0b9b74d2a743dd1ee31",
    "129, 31f95aa8eb1487ce670bc3c0c60ef98b",
    "255, 89375d001b6041e7e98dcfeb29ebb93c",
    "256, f8517f3d1accbf944ef17fc76662f7d9",
    "257, 557107f675d4f77c880522bf50dfbcc2",
    "1000, b49dc7bf928d7dee879fafc64c1c9308"
  })
  void lengthsAboutTheEndsOfBlocks(int length, String expected) {
    byte[] bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = (byte) (7 * i);
    }
    byte[] digest = new Blake2b().update(bytes).digest();
    assertEquals(expected, HexFormat.of().formatHex(digest, 0, 16));
    Blake2b parts = new Blake2b();
    for (int from = 0; from < length; from += 37) {
      parts.update(Arrays.copyOfRange(bytes, from, Math.min(length, from + 37)));
    }
    assertArrayEquals(digest, parts.digest());
  }
}
