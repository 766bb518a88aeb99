package guide;

import java.util.List;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;

/** "The average of the readings that I committed to is below the limit." */
public final class AverageBelow implements Circuit {
  private final int readings;

  public AverageBelow(int readings) {
    this.readings = readings;
  }

  @Override
  public void define(CircuitBuilder c) {
    List<Bounded> rates = c.inputs("rates", readings, 8); // private, and required to have 8 bits
    Signal salt = c.input("salt");
    Bounded limit = c.publicInput("limit", 8);

    Bounded sum = c.sumOfBounded(rates);
    sum.isLessThan(limit.times(readings)).assertTrue();

    Signal packed = c.pack(rates, 8); // side by side in one element of the field
    c.output("commitment", PoseidonCircuit.hash(c, salt, packed));
  }
}
