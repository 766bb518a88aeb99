package zk4j.circomcompat;

import java.util.Collections;
import java.util.List;
import java.util.stream.LongStream;
import zk4j.bn254.Fr;
import zk4j.circuit.Bool;
import zk4j.circuit.Bounded;
import zk4j.circuit.Circuit;
import zk4j.circuit.Inputs;
import zk4j.circuit.MerkleCircuit;
import zk4j.circuit.PoseidonCircuit;
import zk4j.circuit.Signal;

/** Circuits written in Java, with inputs that satisfy them. */
@SuppressWarnings("ImmutableEnumChecker") // circuits are lambdas that hold nothing
enum JavaCircuit {
  FACTORS(
      c -> {
        Bounded n = c.publicInput("n", 64);
        Bounded p = c.input("p", 32);
        Bounded q = c.input("q", 32);
        p.times(q).assertEquals(n);
        p.isEqualTo(1).assertFalse();
        q.isEqualTo(1).assertFalse();
      },
      Inputs.of("n", 35).and("p", 5).and("q", 7)),
  COMPARISON(
      c -> c.output("less", c.input("x", 32).isLessThan(c.publicInput("limit", 32))),
      Inputs.of("x", 99).and("limit", 100)),
  EXTREMES(
      c -> {
        Bounded x = c.input("x", 16);
        Bounded y = c.input("y", 16);
        c.output("min", x.min(y));
        c.output("max", x.max(y));
      },
      Inputs.of("x", 4).and("y", 3)),
  DIVISION(
      c -> {
        Bounded.Division division = c.input("x", 40).divideBy(c.input("y", 20));
        c.output("quotient", division.quotient());
        c.output("remainder", division.remainder());
      },
      Inputs.of("x", 1_000_000_007).and("y", 1234)),
  AVERAGE(
      c -> {
        Bounded sum = c.sumOfBounded(c.inputs("readings", 60, 8));
        c.output("average", sum.divideBy(c.constant(60)).quotient());
      },
      Inputs.of("readings", LongStream.range(60, 120).mapToObj(Fr::of).toList())),
  RUNS(
      c -> {
        List<Bool> high =
            c.inputs("readings", 20, 8).stream()
                .map(reading -> reading.isGreaterThan(c.constant(100)))
                .toList();
        Bounded longest = c.constant(0);
        for (Bounded run : c.runLengths(high)) {
          longest = longest.max(run);
        }
        c.output("longest", longest);
        c.output("count", c.count(high));
      },
      Inputs.of("readings", LongStream.range(91, 111).mapToObj(Fr::of).toList())),
  SELECTION(
      c -> c.output("chosen", c.select(c.inputs("xs", 9), c.publicInput("index"))),
      Inputs.of("xs", LongStream.range(50, 59).mapToObj(Fr::of).toList()).and("index", 8)),
  BITS(
      c -> c.output("count", c.count(c.input("x").toBits())),
      Inputs.of("x", Fr.of(12345).negate())),
  POSEIDON(
      c -> c.output("hash", PoseidonCircuit.hash(c, c.inputs("xs", 5))),
      Inputs.of("xs", Collections.nCopies(5, Fr.of(77)))),
  MERKLE(
      c -> {
        Signal leaf = PoseidonCircuit.hash(c, c.input("secret"));
        List<Bool> index = c.input("index", 10).bitList();
        c.output("root", MerkleCircuit.root(c, leaf, index, c.inputs("siblings", 10)));
      },
      Inputs.of("secret", 5)
          .and("index", 513)
          .and("siblings", LongStream.range(0, 10).mapToObj(Fr::of).toList()));

  final Circuit circuit;
  final Inputs inputs;

  JavaCircuit(Circuit circuit, Inputs inputs) {
    this.circuit = circuit;
    this.inputs = inputs;
  }
}
