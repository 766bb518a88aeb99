package zk4j.plonk;

import java.util.Arrays;
import java.util.List;
import java.util.function.IntBinaryOperator;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.Polynomial;
import zk4j.r1cs.ProvingException;

/**
 * That cells of one wire have one value, up to chance over beta and gamma (ePrint 2019/953, section
 * 5): the product of w + beta * (a cell's number) + gamma over all cells stays the same when
 * numbers are permuted among the cells of each wire.
 */
final class PermutationArgument {
  /** The number of what {@link #columns} leaves by itself. */
  static final int NO_WIRE = -1;

  private final DomainPolynomials domain;

  private final Fr gamma;

  /** Beta times each column's coset: a cell's number and gamma are on a line of that slope. */
  private final List<Fr> identity;

  /** The same with the number that the permutation says. */
  private final List<Polynomial> permuted;

  /**
   * The argument for some challenges.
   *
   * @param permutation the polynomials of {@link #columns}
   * @param cosets a factor for each column, in whose cosets of the domain the numbers are
   */
  PermutationArgument(
      DomainPolynomials domain, List<Polynomial> permutation, List<Fr> cosets, Fr beta, Fr gamma) {
    this.domain = domain;
    this.gamma = gamma;
    this.identity = cosets.stream().map(beta::times).toList();
    this.permuted =
        permutation.stream().map(s -> s.times(beta).plus(Polynomial.of(gamma))).toList();
  }

  /**
   * The numbers that cells get. Cell i of a column with coset k has the number k w^i. Each gets
   * that of the cell before it of the same wire, and the first of a wire that of the last.
   *
   * @param wireAt the wire of a row's cell of a column, or {@link #NO_WIRE}: it keeps its number
   */
  static List<FrVector> columns(
      EvaluationDomain domain, List<Fr> cosets, int wires, IntBinaryOperator wireAt) {
    int n = domain.size();
    int count = cosets.size();
    List<FrVector> columns = cosets.stream().map(k -> FrVector.zeros(n)).toList();
    long[] first = new long[wires];
    Arrays.fill(first, -1);
    Fr[] last = new Fr[wires];
    Fr w = Fr.ONE;
    for (int row = 0; row < n; row++) {
      for (int column = 0; column < count; column++) {
        Fr number = w.times(cosets.get(column));
        int wire = wireAt.applyAsInt(row, column);
        if (wire == NO_WIRE) {
          columns.get(column).set(row, number);
          continue;
        }
        if (first[wire] < 0) {
          first[wire] = (long) count * row + column;
        } else {
          columns.get(column).set(row, last[wire]);
        }
        last[wire] = number;
      }
      w = w.times(domain.generator());
    }
    for (int wire = 0; wire < wires; wire++) {
      if (first[wire] >= 0) {
        columns.get((int) (first[wire] % count)).set((int) (first[wire] / count), last[wire]);
      }
    }
    return columns;
  }

  /**
   * On each row the product, over all rows before, of identity factors over permuted ones.
   *
   * @throws ProvingException if a permuted factor is 0, which has a chance of 3n/r: other blinding
   *     gives other challenges
   */
  FrVector runningProduct(List<FrVector> columns) throws ProvingException {
    FrVector up = FrVector.filled(domain.size(), Fr.ONE);
    FrVector down = FrVector.filled(domain.size(), Fr.ONE);
    for (int column = 0; column < columns.size(); column++) {
      up = times(up, domain.line(identity.get(column), gamma), columns.get(column));
      down = times(down, domain.onDomain(permuted.get(column)), columns.get(column));
    }
    try {
      down.invertInPlace();
    } catch (ArithmeticException e) {
      throw new ProvingException("the challenges beta and gamma meet a value: prove again");
    }
    up.multiplyInPlace(down);
    return up.runningProducts();
  }

  /** product * (factor + column), in the factor's place. */
  private static FrVector times(FrVector product, FrVector factor, FrVector column) {
    factor.addInPlace(column);
    factor.multiplyInPlace(product);
    return factor;
  }

  /** z times identity factors, minus z at the next place times permuted ones. */
  FrVector dividend(DomainPolynomials.Coset coset, List<FrVector> columns, FrVector z) {
    FrVector result = z;
    FrVector next = coset.next(z);
    for (int column = 0; column < columns.size(); column++) {
      result = times(result, coset.line(identity.get(column), gamma), columns.get(column));
      next = times(next, coset.values(permuted.get(column)), columns.get(column));
    }
    result.subtractInPlace(next);
    return result;
  }
}
