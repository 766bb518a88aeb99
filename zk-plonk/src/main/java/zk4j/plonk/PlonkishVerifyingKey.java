package zk4j.plonk;

import java.util.List;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.circuit.GateSystem;

/**
 * What verifiers of proofs about gates with lookups need: commitments to the circuit's columns, and
 * tau in G2. Immutable.
 *
 * @param publicSignals how many a statement has
 * @param domainSize how many rows there are: a power of two from 8 on
 * @param tableBits the table has the numbers of so many bits
 * @param columns commitments to the columns of {@link PlonkishColumns}
 * @param tau2 tau in G2
 */
public record PlonkishVerifyingKey(
    int publicSignals, int domainSize, int tableBits, List<G1> columns, G2 tau2) {
  /** The largest domain. */
  public static final int MAX_DOMAIN_SIZE = PlonkVerifyingKey.MAX_DOMAIN_SIZE;

  /**
   * Checks what can be checked of a key by itself.
   *
   * @throws IllegalArgumentException if a number is out of range, or tau is infinity or the
   *     generator
   */
  public PlonkishVerifyingKey {
    columns = List.copyOf(columns);
    KeyRules.require(
        publicSignals, domainSize, MAX_DOMAIN_SIZE, 0, PlonkGates.K1, PlonkGates.K2, tau2);
    if (tableBits < 1 || tableBits > GateSystem.MAX_TABLE_BITS || 1 << tableBits > domainSize) {
      throw new IllegalArgumentException(
          "a table of " + tableBits + " bits in a domain of " + domainSize);
    }
    if (columns.size() != PlonkishColumns.COUNT) {
      throw new IllegalArgumentException(columns.size() + " columns, not " + PlonkishColumns.COUNT);
    }
  }

  RootsOfUnity domain() {
    return new RootsOfUnity(domainSize);
  }
}
