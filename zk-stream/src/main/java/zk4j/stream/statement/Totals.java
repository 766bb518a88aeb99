package zk4j.stream.statement;

import zk4j.circuit.Bounded;

/**
 * What a day's statements are about, in a circuit.
 *
 * @param present how many slots have a reading
 * @param inRange how many have one in the range of the day's question
 * @param sum of the readings
 */
public record Totals(Bounded present, Bounded inRange, Bounded sum) {
  /** Those of this and others together. */
  Totals plus(Totals other) {
    return new Totals(
        present.plus(other.present), inRange.plus(other.inRange), sum.plus(other.sum));
  }
}
