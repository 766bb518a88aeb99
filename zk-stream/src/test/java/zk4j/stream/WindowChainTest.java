package zk4j.stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.security.SecureRandom;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.eddsa.SigningKey;

class WindowChainTest {
  private static final Device DEVICE = Samples.device(1);

  private static final List<SealedWindow> SEALED =
      IntStream.range(0, 4).mapToObj(i -> DEVICE.seal(Samples.later(i))).toList();

  private static final List<WindowHeader> HEADERS =
      SEALED.stream().map(SealedWindow::header).toList();

  private static void assertRefused(String reason, WindowHeader... headers) {
    String found = WindowChain.check(List.of(headers)).reason();
    assertTrue(found.contains(reason), found);
  }

  @Test
  void aDevicesWindowsFollowEachOther() {
    assertTrue(WindowChain.check(HEADERS).valid());
    SEALED.forEach(window -> assertTrue(window.check().valid()));
    assertEquals(WindowHeader.FIRST, HEADERS.get(0).previous());
  }

  @Test
  void droppedRepeatedAndReorderedWindowsAreSeen() {
    assertRefused("begins at", HEADERS.get(0), HEADERS.get(2));
    assertRefused("begins at", HEADERS.get(0), HEADERS.get(0));
    assertRefused("begins at", HEADERS.get(1), HEADERS.get(0));
  }

  @Test
  void windowsOfAnotherDeviceOrHistoryAreSeen() {
    Device other = Samples.device(2);
    List<WindowHeader> others =
        IntStream.range(0, 2).mapToObj(i -> other.seal(Samples.later(i)).header()).toList();
    assertRefused("another device", HEADERS.get(0), others.get(1));
    Device again = Samples.device(1);
    again.seal(Samples.later(0));
    assertRefused("follows another", HEADERS.get(0), again.seal(Samples.later(1)).header());
  }

  @Test
  void aDeviceSealsOnlyWhatFollows() {
    Device device = Samples.device(3);
    device.seal(Samples.later(0));
    assertThrows(IllegalArgumentException.class, () -> device.seal(Samples.later(2)));
    assertThrows(IllegalArgumentException.class, () -> device.seal(Samples.later(0)));
    Device restarted =
        new Device(Samples.key(1), Samples.SECRET.subject(), HEADERS.get(3), new SecureRandom());
    assertTrue(
        WindowChain.check(List.of(HEADERS.get(3), restarted.seal(Samples.later(4)).header()))
            .valid());
  }

  @Test
  void aKeyThatIsDestroyedSealsNothing() {
    SigningKey key = Samples.key(4);
    Device device = new Device(key, Samples.SECRET.subject(), null, new SecureRandom());
    key.destroy();
    assertThrows(IllegalStateException.class, () -> device.seal(Samples.later(0)));
  }

  @Test
  void aSealedWindowWithAnythingExchangedIsRefused() {
    SealedWindow a = SEALED.get(0);
    SealedWindow b = SEALED.get(1);
    int[] edited = new int[12];
    List<SealedWindow> exchanged =
        List.of(
            new SealedWindow(b.window(), a.salt(), a.header(), a.signature()),
            new SealedWindow(Samples.window(edited), a.salt(), a.header(), a.signature()),
            new SealedWindow(a.window(), a.salt().plus(Fr.ONE), a.header(), a.signature()),
            new SealedWindow(a.window(), a.salt(), b.header(), a.signature()),
            new SealedWindow(a.window(), a.salt(), a.header(), b.signature()));
    exchanged.forEach(window -> assertFalse(window.check().valid()));
  }

  @Test
  void saltsAndPseudonymsDiffer() {
    assertFalse(SEALED.get(0).salt().equals(SEALED.get(1).salt()));
    SubjectSecret secret = SubjectSecret.generate(new SecureRandom());
    assertFalse(secret.pseudonym(Fr.ONE).equals(secret.pseudonym(Fr.of(2))));
    assertFalse(secret.pseudonym(Fr.ONE).equals(secret.subject()));
    assertFalse(secret.nullifier(Fr.ONE).equals(secret.nullifier(Fr.of(2))));
  }
}
