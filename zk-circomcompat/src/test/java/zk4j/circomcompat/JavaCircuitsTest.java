package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import zk4j.circuit.CompiledCircuit;
import zk4j.core.Execution;
import zk4j.groth16.Groth16Prover;
import zk4j.groth16.Groth16Verifier;
import zk4j.groth16.InsecureSetup;
import zk4j.groth16.ProvingKey;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.SignalNames;
import zk4j.r1cs.Witness;

/** Circuits written in Java, through files to proofs. */
class JavaCircuitsTest {
  @ParameterizedTest
  @EnumSource
  void goThroughFilesToProofs(JavaCircuit java, @TempDir Path folder) throws Exception {
    CompiledCircuit compiled = CompiledCircuit.of(java.circuit);
    R1csFile.write(compiled.r1cs(), folder.resolve("circuit.r1cs"));
    WtnsFile.write(compiled.witness(java.inputs), folder.resolve("witness.wtns"));
    SymFile.write(SymFile.signals(compiled), folder.resolve("circuit.sym"));

    R1cs r1cs = R1csFile.read(folder.resolve("circuit.r1cs"));
    Witness witness = WtnsFile.read(folder.resolve("witness.wtns"));
    SignalNames names = SymFile.read(folder.resolve("circuit.sym"));
    for (int wire = 1; wire < r1cs.wires(); wire++) {
      assertEquals("main." + compiled.names().name(wire), names.name(wire));
    }
    ProvingKey key = InsecureSetup.provingKey(r1cs, new SecureRandom(), Execution.defaults());
    var proof = Groth16Prover.of(key).prove(witness, r1cs, names, Execution.defaults());
    assertTrue(
        Groth16Verifier.of(key.verifyingKey())
            .verify(proof, witness.publicSignals(r1cs.publicSignals()).toList()));
  }

  @Test
  void signalsThatAreNoWiresHaveNamesToo() {
    CompiledCircuit compiled = CompiledCircuit.of(c -> c.input("x", 3));
    List<SymFile.Signal> signals = SymFile.signals(compiled);
    assertEquals(new SymFile.Signal(1, 1, 0, "main.x"), signals.get(0));
    assertEquals(4, signals.size()); // x and three bits, of which one is solved for
    assertEquals(1, signals.stream().filter(signal -> signal.wire() == -1).count());
  }
}
