package guide;

import java.util.List;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.CircuitBuilder;

/** "Whether all of my heart rates are below the limit." */
public final class HeartRateCheck implements Circuit {
  private final int readings;

  public HeartRateCheck(int readings) {
    this.readings = readings;
  }

  @Override
  public void define(CircuitBuilder c) {
    Bounded limit = c.publicInput("limit", 8); // beats a minute, required to be below 2^8
    List<Bounded> rates = c.inputs("rates", readings, 8); // private, and required to have 8 bits
    Bounded below = c.count(rates.stream().map(rate -> rate.isLessThan(limit)).toList());
    c.output("allBelow", below.isEqualTo(readings)); // 1 if all are, else 0
  }
}
