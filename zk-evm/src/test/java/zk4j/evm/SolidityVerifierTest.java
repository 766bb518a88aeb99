package zk4j.evm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.bn254.InsecurePowersOfTau;
import zk4j.core.Execution;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.Proof;
import zk4j.groth16.VerifyingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifyingKey;
import zk4j.r1cs.R1cs;

class SolidityVerifierTest {
  private static VerifyingKey groth16(int signals) {
    R1cs circuit = Statements.circuit(signals).r1cs();
    return InsecureSetup.provingKey(circuit, new SecureRandom(), Execution.defaults())
        .verifyingKey();
  }

  private static PlonkVerifyingKey plonk(int signals) throws Exception {
    R1cs circuit = Statements.circuit(signals).r1cs();
    InsecurePowersOfTau powers =
        InsecurePowersOfTau.random(PlonkSetup.requiredPower(circuit), new SecureRandom());
    return PlonkSetup.provingKey(circuit, powers, Execution.defaults()).verifyingKey();
  }

  @Test
  void everyPlaceholderIsFilledAndEveryPointIsThere() throws Exception {
    VerifyingKey key = groth16(3);
    String source = SolidityVerifier.groth16(key, "Three");
    assertFalse(source.contains("${"), source);
    assertTrue(source.contains("contract Three {"), source);
    for (G1 point : key.ic()) {
      assertTrue(source.contains(point.x().toString()), source);
    }
    assertFalse(SolidityVerifier.plonk(plonk(3), "Three").contains("${"));
  }

  @Test
  void aKeyWithoutSignalsHasNoArrayOfNone() throws Exception {
    assertFalse(SolidityVerifier.groth16(groth16(0), "None").contains("calldata signals"));
    PlonkVerifyingKey key = plonk(0);
    assertThrows(IllegalArgumentException.class, () -> SolidityVerifier.plonk(key, "None"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1A", "A B", "A{}", "é"})
  void namesThatAreNoneAreRefused(String name) {
    VerifyingKey key = groth16(1);
    assertThrows(IllegalArgumentException.class, () -> SolidityVerifier.groth16(key, name));
  }

  @Test
  void callsAreSelectorAndWords() {
    Proof proof = new Proof(G1.GENERATOR, G2.GENERATOR, G1.INFINITY);
    byte[] call = Calldata.groth16(proof, List.of(Fr.of(7), Fr.of(-1))).bytes();
    assertEquals(4 + 32 * 10, call.length);
    // The first bytes of Keccak-256 of
    // "verifyProof(uint256[2],uint256[2][2],uint256[2],uint256[2])".
    assertEquals("f5c9d69e", HexFormat.of().formatHex(Arrays.copyOf(call, 4)));
    assertEquals(1, call[4 + 31]);
    assertEquals(2, call[4 + 63]);
    byte[] last = Arrays.copyOfRange(call, call.length - 32, call.length);
    assertEquals(Fr.MODULUS.subtract(BigInteger.ONE), new BigInteger(1, last));
    assertEquals(4 + 32 * 8, Calldata.groth16(proof, List.of()).bytes().length);
  }
}
