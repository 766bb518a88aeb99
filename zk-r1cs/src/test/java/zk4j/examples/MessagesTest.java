package zk4j.examples;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CompiledCircuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.UnsatisfiedCircuitException;

/** What users read: outside of the library's packages, as their circuits are. */
class MessagesTest {
  private static final Circuit CIRCUIT =
      c -> {
        Bounded x = c.input("x", 8);
        Bounded limit = c.publicInput("limit", 8);
        c.in("limits", () -> x.assertAtMost(limit)); // line 19
        x.isEqualTo(7).assertFalse(); // line 20
      };

  private static String message(long x, long limit) {
    CompiledCircuit compiled = CompiledCircuit.of(CIRCUIT);
    Inputs inputs = Inputs.of("x", x).and("limit", limit);
    return String.valueOf(
        assertThrows(UnsatisfiedCircuitException.class, () -> compiled.witness(inputs))
            .getMessage());
  }

  @Test
  void nameThePartTheLineAndTheValues() {
    assertEquals("(MessagesTest.java:20): 1 is not 0", message(7, 100));
    assertEquals(
        "limits.atMost.bits (MessagesTest.java:19): "
            + "21888242871839275222246405745257275088548364400416034343698204186575808495612"
            + " has more than 8 bits",
        message(105, 100));
  }
}
