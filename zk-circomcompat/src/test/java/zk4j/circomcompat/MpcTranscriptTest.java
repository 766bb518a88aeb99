package zk4j.circomcompat;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import zk4j.circomcompat.MpcTranscript.Contribution;
import zk4j.core.BoundedReader;
import zk4j.core.MalformedDataException;

class MpcTranscriptTest {
  private static final String BEACON = "010c46696e616c20426561636f6e" + "020a" + "0302beac";

  private static byte[] transcript(int type, String... parameters) {
    ByteBuffer out = ByteBuffer.allocate(4096).order(ByteOrder.LITTLE_ENDIAN);
    out.position(64).putInt(parameters.length);
    for (String hex : parameters) {
      byte[] bytes = HexFormat.of().parseHex(hex);
      out.position(out.position() + 384).putInt(type).putInt(bytes.length).put(bytes);
    }
    byte[] bytes = new byte[out.position()];
    out.flip().get(bytes);
    bytes[0] = 42;
    return bytes;
  }

  private static List<Contribution> read(int type, String... parameters)
      throws MalformedDataException {
    byte[] bytes = transcript(type, parameters);
    MpcTranscript transcript = MpcTranscript.read(BoundedReader.of(bytes, "x"));
    assertArrayEquals(bytes, transcript.encode());
    assertEquals(42, transcript.circuitHash()[0]);
    assertEquals(64, transcript.circuitHash().length);
    return transcript.contributions();
  }

  private static String hex(String text) {
    return HexFormat.of().formatHex(text.getBytes(UTF_8));
  }

  @Test
  void contributions() throws MalformedDataException {
    assertEquals(List.of(), read(0));
    assertEquals(
        List.of(
            new Contribution(Optional.of("Ada"), false),
            new Contribution(Optional.empty(), false),
            new Contribution(Optional.of("Zoë"), false)),
        read(0, "0103" + hex("Ada"), "", "020a" + "0104" + hex("Zoë")));
    assertEquals(List.of(new Contribution(Optional.of("Final Beacon"), true)), read(1, BEACON));
  }

  @Test
  void namesThatCannotBeRead() throws MalformedDataException {
    List<Contribution> nameless = List.of(new Contribution(Optional.empty(), false));
    assertEquals(nameless, read(0, "01"));
    assertEquals(nameless, read(0, "0104" + hex("Ada")));
    assertEquals(nameless, read(0, "07" + "0103" + hex("Ada")));
    assertEquals(nameless, read(0, "ff00" + "0103" + hex("Ada")));
    assertEquals(nameless, read(0, "0000"));
    assertEquals("?[2J?", read(0, "0105" + "1b5b324a0a").get(0).name().orElseThrow());
  }

  @Test
  void withoutContributions() {
    byte[] hash = new byte[64];
    hash[63] = 7;
    MpcTranscript transcript = MpcTranscript.withoutContributions(hash);
    assertEquals(List.of(), transcript.contributions());
    assertArrayEquals(hash, transcript.circuitHash());
    assertEquals(68, transcript.encode().length);
    assertThrows(
        IllegalArgumentException.class, () -> MpcTranscript.withoutContributions(new byte[63]));
  }
}
