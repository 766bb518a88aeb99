package zk4j.bn254;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import zk4j.core.internal.field.Words;
import zk4j.core.internal.spi.Curve;

/** Points of G2's curve that are not in G2. */
final class G2Twist {
  private static final Fq2 B = Fq2.of(Fq.of(3), Fq.ZERO).times(Fq2.XI.inverse());

  private G2Twist() {}

  record Point(Fq2 x, Fq2 y) {
    /** The point as one of G2, which it is not. */
    G2 unchecked() {
      byte[] standard = encode(PointEncoding.EVM);
      long[] words = new long[Curve.G2.words()];
      for (int k = 0; k < 4; k++) {
        Words.fromBigEndian(words, 4 * k, standard, Words.BYTES * (k ^ 1)); // c1 before c0
      }
      return G2.fromWords(words);
    }

    byte[] encode(PointEncoding encoding) {
      if (encoding == PointEncoding.COMPRESSED) {
        FieldEncoding form = FieldEncoding.BIG_ENDIAN;
        byte[] bytes = Points.concat(x.c1().encode(form), x.c0().encode(form));
        bytes[0] |= (byte) 0x80;
        return bytes;
      }
      FieldEncoding form = Points.coordinates(encoding);
      return encoding == PointEncoding.EVM
          ? Points.concat(
              x.c1().encode(form), x.c0().encode(form), y.c1().encode(form), y.c0().encode(form))
          : Points.concat(
              x.c0().encode(form), x.c1().encode(form), y.c0().encode(form), y.c1().encode(form));
    }
  }

  /** By chance one point in 2^254 of the curve is in the subgroup, so that these are not. */
  static List<Point> offTheSubgroup(int count) {
    Samples samples = new Samples(13);
    return Stream.generate(samples::fq2)
        .map(G2Twist::withX)
        .flatMap(Optional::stream)
        .limit(count)
        .toList();
  }

  private static Optional<Point> withX(Fq2 x) {
    return Points.squareRoot(x.square().times(x).plus(B)).map(y -> new Point(x, y));
  }
}
