package zk4j.plonk;

import java.math.BigInteger;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.r1cs.ProvingException;

/**
 * That all values of a column f are in a table t, up to chance over lambda (logUp: Haboeck, ePrint
 * 2022/1530): the sum of 1 / (lambda + f_i) is that of m_j / (lambda + t_j), where m_j says how
 * often t_j is looked up. The sum of differences runs around the domain and ends where it began:
 *
 * <pre>(phi(wx) - phi(x)) (lambda + f) (lambda + t) = (lambda + t) - m (lambda + f)</pre>
 *
 * <p>Where it begins does not matter, so that no row is the first. The numbers m_j are below r as
 * their sum is the number of rows: none is 0 for being a multiple of it.
 */
final class LookupArgument {
  private final FrVector looked;
  private final FrVector table;
  private final FrVector multiplicities;

  /**
   * The argument for some columns, or for their values on a coset.
   *
   * @param looked f
   * @param table t
   * @param multiplicities m
   */
  LookupArgument(FrVector looked, FrVector table, FrVector multiplicities) {
    this.looked = looked;
    this.table = table;
    this.multiplicities = multiplicities;
  }

  /** The numbers of so many bits, and 0 in the rows that are left. */
  static FrVector table(int bits, int rows) {
    FrVector table = FrVector.zeros(rows);
    for (int i = 0; i < 1 << bits; i++) {
      table.set(i, Fr.of(i));
    }
    return table;
  }

  /** How often each number of the table is looked up; values that are not there do not count. */
  static FrVector multiplicities(FrVector looked, int bits) {
    int[] counts = new int[looked.size()];
    for (int i = 0; i < looked.size(); i++) {
      BigInteger value = looked.get(i).toBigInteger();
      if (value.bitLength() <= bits) {
        counts[value.intValue()]++;
      }
    }
    FrVector multiplicities = FrVector.zeros(counts.length);
    for (int i = 0; i < 1 << bits; i++) {
      multiplicities.set(i, Fr.of(counts[i]));
    }
    return multiplicities;
  }

  /**
   * phi on the domain, from 0.
   *
   * @throws ProvingException if lambda is minus a value, which has a chance of 2n/r: other blinding
   *     gives another lambda
   */
  FrVector runningSum(Fr lambda) throws ProvingException {
    FrVector f = FrVector.filled(looked.size(), lambda);
    f.addInPlace(looked);
    FrVector t = FrVector.filled(table.size(), lambda);
    t.addInPlace(table);
    FrVector over = DomainPolynomials.product(f, t);
    try {
      over.invertInPlace();
    } catch (ArithmeticException e) {
      throw new ProvingException("the challenge lambda meets a value of a lookup: prove again");
    }
    FrVector differences = t; // of one row to the next
    differences.subtractInPlace(DomainPolynomials.product(multiplicities, f));
    differences.multiplyInPlace(over);
    return differences.runningSums();
  }

  /**
   * The left side of the equation minus its right side, on a coset.
   *
   * @param lambda in all places
   * @param phi there
   */
  FrVector dividend(DomainPolynomials.Coset coset, FrVector lambda, FrVector phi) {
    FrVector f = looked.copy();
    f.addInPlace(lambda);
    FrVector t = table.copy();
    t.addInPlace(lambda);
    FrVector result = coset.next(phi);
    result.subtractInPlace(phi);
    result.multiplyInPlace(f);
    result.multiplyInPlace(t);
    result.subtractInPlace(t);
    f.multiplyInPlace(multiplicities);
    result.addInPlace(f);
    return result;
  }
}
