package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.MpcTranscript.Contribution;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.Proof;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.UnsatisfiedConstraintException;
import zk4j.r1cs.Witness;

/** Files that circom and snarkjs wrote: read, used, and written again byte by byte. */
class GoldenFilesTest {
  private final Path folder;

  GoldenFilesTest(@TempDir Path folder) {
    this.folder = folder;
  }

  static Stream<String> circuits() {
    return Fixtures.CIRCUITS.stream();
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void constraintSystem(String circuit) throws Exception {
    R1cs r1cs = R1csFile.read(Fixtures.path(circuit, "circuit.r1cs"));
    Witness witness = WtnsFile.read(Fixtures.path(circuit, "witness.wtns"));
    r1cs.requireSatisfied(witness, SignalNames.byWire(), Execution.defaults());

    Path written = folder.resolve("written.r1cs");
    R1csFile.write(r1cs, written);
    assertArrayEquals(Fixtures.bytes(circuit, "circuit.r1cs"), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void witness(String circuit) throws IOException {
    Witness witness = WtnsFile.read(Fixtures.path(circuit, "witness.wtns"));
    Path written = folder.resolve("written.wtns");
    WtnsFile.write(witness, written);
    assertArrayEquals(Fixtures.bytes(circuit, "witness.wtns"), Files.readAllBytes(written));
    assertEquals(
        PublicJson.read(Fixtures.path(circuit, "public.json")),
        elements(witness.publicSignals(publicSignals(circuit))));
  }

  private static int publicSignals(String circuit) throws IOException {
    return R1csFile.read(Fixtures.path(circuit, "circuit.r1cs")).publicSignals();
  }

  private static List<Fr> elements(FrVector vector) {
    return IntStream.range(0, vector.size()).mapToObj(vector::get).toList();
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void key(String circuit) throws Exception {
    Path file = Fixtures.path(circuit, "circuit.zkey");
    R1cs r1cs = R1csFile.read(Fixtures.path(circuit, "circuit.r1cs"));
    ZkeyFile zkey = ZkeyFile.open(file);
    assertEquals(r1cs.wires(), zkey.wires());
    assertEquals(r1cs.publicSignals(), zkey.publicSignals());
    assertTrue(zkey.domainSize() > r1cs.constraints() + r1cs.publicSignals());
    assertEquals(
        List.of(new Contribution(Optional.of("test contribution"), false)),
        zkey.transcript().contributions());

    ProvingKey key = zkey.provingKey();
    zkey.close();
    assertEquals(zkey.verifyingKey(), key.verifyingKey());
    assertThrows(IllegalStateException.class, zkey::provingKey);
    assertEquals(r1cs.a().entries() + r1cs.publicSignals() + 1, key.a().entries());
    assertEquals(r1cs.b().entries(), key.b().entries());
    for (int row = 0; row < r1cs.constraints(); row++) {
      for (int entry = r1cs.a().rowStart(row); entry < r1cs.a().rowStart(row + 1); entry++) {
        assertEquals(r1cs.a().value(entry), key.a().value(entry));
        assertEquals(r1cs.a().column(entry), key.a().column(entry));
      }
    }

    Path written = folder.resolve("written.zkey");
    ZkeyFile.write(key, zkey.transcript(), written);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void trustedKeyIsTheSameKey(String circuit) throws Exception {
    Path file = Fixtures.path(circuit, "circuit.zkey");
    Path written = folder.resolve("written.zkey");
    try (ZkeyFile zkey = ZkeyFile.open(file, PointValidation.TRUSTED)) {
      ZkeyFile.write(zkey.provingKey(Execution.sequential()), zkey.transcript(), written);
    }
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(written));
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void proofs(String circuit) throws Exception {
    VerifyingKey key = VerificationKeyJson.read(Fixtures.path(circuit, "verification_key.json"));
    Groth16Verifier verifier = Groth16Verifier.of(key);
    List<Fr> signals = PublicJson.read(Fixtures.path(circuit, "public.json"));
    Proof theirs = ProofJson.read(Fixtures.path(circuit, "proof.json"));
    assertTrue(verifier.verify(theirs, signals));

    try (ZkeyFile zkey = ZkeyFile.open(Fixtures.path(circuit, "circuit.zkey"))) {
      Witness witness = WtnsFile.read(Fixtures.path(circuit, "witness.wtns"));
      Proof ours = Groth16Prover.of(zkey.provingKey()).prove(witness);
      assertTrue(verifier.verify(ours, signals));
      assertEquals(ours, ProofJson.parse(ProofJson.toJson(ours)));
    }
  }

  @ParameterizedTest
  @MethodSource("circuits")
  void json(String circuit) throws Exception {
    Path proof = Fixtures.path(circuit, "proof.json");
    assertEquals(Files.readString(proof), ProofJson.toJson(ProofJson.read(proof)));
    Path signals = Fixtures.path(circuit, "public.json");
    assertEquals(Files.readString(signals), PublicJson.toJson(PublicJson.read(signals)));
    Path key = Fixtures.path(circuit, "verification_key.json");
    assertEquals(Files.readString(key), VerificationKeyJson.toJson(VerificationKeyJson.read(key)));
    try (ZkeyFile zkey = ZkeyFile.open(Fixtures.path(circuit, "circuit.zkey"))) {
      assertEquals(zkey.verifyingKey(), VerificationKeyJson.read(key));
    }

    Path written = folder.resolve("written.json");
    ProofJson.write(ProofJson.read(proof), written);
    assertEquals(Files.readString(proof), Files.readString(written));
    PublicJson.write(PublicJson.read(signals), written);
    assertEquals(Files.readString(signals), Files.readString(written));
    VerificationKeyJson.write(VerificationKeyJson.read(key), written);
    assertEquals(Files.readString(key), Files.readString(written));
  }

  @ParameterizedTest
  @ValueSource(strings = {"multiplier", "arrays", "single"})
  void exports(String circuit) throws IOException {
    Path written = folder.resolve("written.json");
    R1csJson.write(R1csFile.read(Fixtures.path(circuit, "circuit.r1cs")), written);
    assertEquals(Fixtures.text(circuit, "r1cs.json"), Files.readString(written));
    WitnessJson.write(WtnsFile.read(Fixtures.path(circuit, "witness.wtns")), written);
    assertEquals(Fixtures.text(circuit, "witness.json"), Files.readString(written));
  }

  @Test
  void keyWithoutContribution() throws Exception {
    Path file = Fixtures.path("single", "untouched.zkey");
    assertThrows(UnsafeKeyException.class, () -> ZkeyFile.open(file));
    assertThrows(UnsafeKeyException.class, () -> ZkeyFile.open(file, PointValidation.TRUSTED));

    ZkeyFile zkey = ZkeyFile.openInsecureDevelopmentKey(file, PointValidation.FULL);
    assertEquals(List.of(), zkey.transcript().contributions());
    Path written = folder.resolve("written.zkey");
    ZkeyFile.write(
        zkey.provingKey(),
        MpcTranscript.withoutContributions(zkey.transcript().circuitHash()),
        written);
    assertArrayEquals(Files.readAllBytes(file), Files.readAllBytes(written));

    Path json = Fixtures.path("single", "untouched_verification_key.json");
    assertThrows(UnsafeKeyException.class, () -> VerificationKeyJson.read(json));
    assertThrows(UnsafeKeyException.class, () -> VerificationKeyJson.parse(Files.readString(json)));
    VerifyingKey key = VerificationKeyJson.readInsecureDevelopmentKey(json);
    assertEquals(zkey.verifyingKey(), key);
    assertEquals(Files.readString(json), VerificationKeyJson.toJson(key));
  }

  @Test
  void signalsHaveTheirNames() throws IOException {
    SignalNames names = SymFile.read(Fixtures.path("arrays", "circuit.sym"));
    assertEquals("one", names.name(0));
    assertEquals("main.sums[0]", names.name(1));
    assertEquals("main.matrix[1][2]", names.name(10));
    R1cs r1cs = R1csFile.read(Fixtures.path("arrays", "circuit.r1cs"));
    assertEquals("w" + r1cs.wires(), names.name(r1cs.wires()));
  }

  @Test
  void everyWireMatters() throws Exception {
    R1cs r1cs = R1csFile.read(Fixtures.path("multiplier", "circuit.r1cs"));
    SignalNames names = SymFile.read(Fixtures.path("multiplier", "circuit.sym"));
    FrVector values = WtnsFile.read(Fixtures.path("multiplier", "witness.wtns")).values();
    for (int wire = 1; wire < r1cs.wires(); wire++) {
      FrVector changed = values.copy();
      changed.set(wire, values.get(wire).plus(Fr.ONE));
      UnsatisfiedConstraintException e =
          assertThrows(
              UnsatisfiedConstraintException.class,
              () -> r1cs.requireSatisfied(Witness.of(changed), names, Execution.sequential()));
      assertTrue(e.signals().containsKey(names.name(wire)), e.getMessage());
    }
  }
}
