package zk4j.plonk;

import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.FrVector;
import zk4j.bn254.Polynomial;

/** Combines polynomials into one, and divides by X^m - c (ePrint 2021/1167). */
final class FflonkPolynomials {
  private FflonkPolynomials() {}

  /** The sum of X^j f_j(X^m) for m polynomials f_j. */
  static Polynomial combined(List<Polynomial> parts) {
    int m = parts.size();
    int longest = parts.stream().mapToInt(Polynomial::degree).max().orElse(-1) + 1;
    FrVector coefficients = FrVector.zeros(m * longest);
    for (int j = 0; j < m; j++) {
      Polynomial part = parts.get(j);
      for (int i = 0; i <= part.degree(); i++) {
        coefficients.set(m * i + j, part.coefficient(i));
      }
    }
    return Polynomial.of(coefficients);
  }

  /** The quotient by X^m - c; the remainder is left out. */
  static Polynomial quotient(Polynomial dividend, int m, Fr c) {
    FrVector quotient = FrVector.zeros(Math.max(0, dividend.degree() + 1 - m));
    for (int i = quotient.size() - 1; i >= 0; i--) {
      Fr above = i + m < quotient.size() ? quotient.get(i + m).times(c) : Fr.ZERO;
      quotient.set(i, dividend.coefficient(i + m).plus(above));
    }
    return Polynomial.of(quotient);
  }
}
