package zk4j.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.DOUBLES;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LONGS;

import java.math.BigInteger;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Passes over blocks of elements of a prime field. One class serves all fields, its objects holding
 * their primes, so that each pass is compiled once. See {@link Lanes} for the layout and the
 * bounds, {@link FieldPasses} for what the passes do, and PassesEmitter, which wrote this.
 */
final class VectorPasses implements FieldPasses {
  // What columns begin with: minus the bits of all splitters that are added to them.
  private static final long T0 = 0xdcc8000000000000L;
  private static final long T1 = 0xfeffffffffffc00L;
  private static final long T2 = 0xfcaffffffffffc00L;
  private static final long T3 = 0xe96ffffffffffc00L;
  private static final long T4 = 0x92f7fffffffffc00L;
  private static final long T5 = 0x2f7fffffffffc00L;
  private static final long[] LATER_STARTS = {
    0xcfcffffffffffc00L, 0xe30ffffffffffc00L, 0xf64ffffffffffc00L, 0x4cc7fffffffffc00L
  };

  private final double[] p;

  /** (k p + 1) / 2^51, where k p = -1 mod 2^51. */
  private final double[] f;

  private final double k;

  /** 2^204 / p: estimates quotients by p from the top limb. */
  private final double top;

  // Fields, since the compiler keeps what it does not know in registers.
  private final double splitter;
  private final double splitters;

  VectorPasses(BigInteger modulus) {
    BigInteger factor = Limbs.centred(modulus.negate().modInverse(Limbs.RADIX));
    this.p = Limbs.split(modulus);
    this.f = Limbs.split(factor.multiply(modulus).add(BigInteger.ONE).shiftRight(51));
    this.k = factor.doubleValue();
    this.top = 0x1p204 / modulus.doubleValue();
    this.splitter = Lanes.C;
    this.splitters = Lanes.C + Lanes.D;
  }

  @Override
  public void multiply(
      double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
    DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);
    DoubleVector k = DoubleVector.broadcast(DOUBLES, this.k);
    DoubleVector c = DoubleVector.broadcast(DOUBLES, splitter);
    DoubleVector cd = DoubleVector.broadcast(DOUBLES, splitters);
    DoubleVector e = DoubleVector.broadcast(DOUBLES, Lanes.E);
    LongVector mask = LongVector.broadcast(LONGS, Lanes.MASK);
    LongVector half = LongVector.broadcast(LONGS, Lanes.HALF);
    LongVector centre = LongVector.broadcast(LONGS, Lanes.CENTRE);
    LongVector last = LongVector.broadcast(LONGS, Lanes.LAST);
    for (int i = 0; i < blocks; i++) {
      int ax = xo + i * BLOCK;
      int ay = yo + i * yStep;
      int az = zo + i * BLOCK;
      LongVector t0 = LongVector.broadcast(LONGS, T0);
      LongVector t1 = LongVector.broadcast(LONGS, T1);
      LongVector t2 = LongVector.broadcast(LONGS, T2);
      LongVector t3 = LongVector.broadcast(LONGS, T3);
      LongVector t4 = LongVector.broadcast(LONGS, T4);
      LongVector t5 = LongVector.broadcast(LONGS, T5);
      DoubleVector a;
      DoubleVector h;
      DoubleVector m;
      for (int row = 0; ; row++) {
        DoubleVector b = DoubleVector.fromArray(DOUBLES, x, ax + row * LANES);
        a = DoubleVector.fromArray(DOUBLES, y, ay);
        h = a.fma(b, c);
        t0 = t0.add(a.fma(b, cd.sub(h)).reinterpretAsLongs());
        t1 = t1.add(h.reinterpretAsLongs());
        a = DoubleVector.fromArray(DOUBLES, y, ay + LANES);
        h = a.fma(b, c);
        t1 = t1.add(a.fma(b, cd.sub(h)).reinterpretAsLongs());
        t2 = t2.add(h.reinterpretAsLongs());
        a = DoubleVector.fromArray(DOUBLES, y, ay + 2 * LANES);
        h = a.fma(b, c);
        t2 = t2.add(a.fma(b, cd.sub(h)).reinterpretAsLongs());
        t3 = t3.add(h.reinterpretAsLongs());
        a = DoubleVector.fromArray(DOUBLES, y, ay + 3 * LANES);
        h = a.fma(b, c);
        t3 = t3.add(a.fma(b, cd.sub(h)).reinterpretAsLongs());
        t4 = t4.add(h.reinterpretAsLongs());
        a = DoubleVector.fromArray(DOUBLES, y, ay + 4 * LANES);
        h = a.fma(b, c);
        t4 = t4.add(a.fma(b, cd.sub(h)).reinterpretAsLongs());
        t5 = t5.add(h.reinterpretAsLongs());
        m = ((DoubleVector) t0.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
        if (row == 4) {
          break;
        }
        m.intoArray(z, az + row * LANES);
        t1 = t1.add(t0.add(half).lanewise(LSHR, 51));
        LongVector t6 = LongVector.broadcast(LONGS, LATER_STARTS[row]);
        a = DoubleVector.broadcast(DOUBLES, f[0]);
        h = m.fma(a, c);
        t1 = t1.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
        t2 = t2.add(h.reinterpretAsLongs());
        a = DoubleVector.broadcast(DOUBLES, f[1]);
        h = m.fma(a, c);
        t2 = t2.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
        t3 = t3.add(h.reinterpretAsLongs());
        a = DoubleVector.broadcast(DOUBLES, f[2]);
        h = m.fma(a, c);
        t3 = t3.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
        t4 = t4.add(h.reinterpretAsLongs());
        a = DoubleVector.broadcast(DOUBLES, f[3]);
        h = m.fma(a, c);
        t4 = t4.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
        t5 = t5.add(h.reinterpretAsLongs());
        a = DoubleVector.broadcast(DOUBLES, f[4]);
        h = m.fma(a, c);
        t5 = t5.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
        t6 = t6.add(h.reinterpretAsLongs());
        t0 = t1;
        t1 = t2;
        t2 = t3;
        t3 = t4;
        t4 = t5;
        t5 = t6;
      }
      h = m.fma(k, c);
      m = m.fma(k, cd.sub(h)).sub(d);
      a = DoubleVector.broadcast(DOUBLES, p[0]);
      h = m.fma(a, c);
      t0 = t0.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
      t1 = t1.add(h.reinterpretAsLongs());
      a = DoubleVector.broadcast(DOUBLES, p[1]);
      h = m.fma(a, c);
      t1 = t1.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
      t2 = t2.add(h.reinterpretAsLongs());
      a = DoubleVector.broadcast(DOUBLES, p[2]);
      h = m.fma(a, c);
      t2 = t2.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
      t3 = t3.add(h.reinterpretAsLongs());
      a = DoubleVector.broadcast(DOUBLES, p[3]);
      h = m.fma(a, c);
      t3 = t3.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      a = DoubleVector.broadcast(DOUBLES, p[4]);
      h = m.fma(a, c);
      t4 = t4.add(m.fma(a, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      t1 = t1.add(t0.lanewise(LSHR, 51));
      DoubleVector z0 =
          ((DoubleVector) t1.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t2 = t2.add(t1.add(half).lanewise(LSHR, 51));
      DoubleVector z1 =
          ((DoubleVector) t2.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t3 = t3.add(t2.add(half).lanewise(LSHR, 51));
      DoubleVector z2 =
          ((DoubleVector) t3.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t4 = t4.add(t3.add(half).lanewise(LSHR, 51));
      DoubleVector z3 =
          ((DoubleVector) t4.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t5 = t5.add(t4.add(half).lanewise(LSHR, 51));
      DoubleVector z4 = ((DoubleVector) t5.add(last).reinterpretShape(DOUBLES, 0)).sub(d);
      z0.intoArray(z, az);
      z1.intoArray(z, az + LANES);
      z2.intoArray(z, az + 2 * LANES);
      z3.intoArray(z, az + 3 * LANES);
      z4.intoArray(z, az + 4 * LANES);
    }
  }

  @Override
  public void reduce(double[] z, int zo, int blocks) {
    DoubleVector p0 = DoubleVector.broadcast(DOUBLES, p[0]);
    DoubleVector p1 = DoubleVector.broadcast(DOUBLES, p[1]);
    DoubleVector p2 = DoubleVector.broadcast(DOUBLES, p[2]);
    DoubleVector p3 = DoubleVector.broadcast(DOUBLES, p[3]);
    DoubleVector p4 = DoubleVector.broadcast(DOUBLES, p[4]);
    DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);
    DoubleVector top = DoubleVector.broadcast(DOUBLES, this.top);
    DoubleVector down = DoubleVector.broadcast(DOUBLES, 0x1.0p-51);
    DoubleVector up = DoubleVector.broadcast(DOUBLES, -0x1.0p51);
    for (int i = 0; i < blocks; i++) {
      int az = zo + i * BLOCK;
      DoubleVector z0 = DoubleVector.fromArray(DOUBLES, z, az);
      DoubleVector z1 = DoubleVector.fromArray(DOUBLES, z, az + LANES);
      DoubleVector z2 = DoubleVector.fromArray(DOUBLES, z, az + 2 * LANES);
      DoubleVector z3 = DoubleVector.fromArray(DOUBLES, z, az + 3 * LANES);
      DoubleVector z4 = DoubleVector.fromArray(DOUBLES, z, az + 4 * LANES);
      DoubleVector q = d.sub(z4.fma(top, d));
      z0 = q.fma(p0, z0);
      z1 = q.fma(p1, z1);
      z2 = q.fma(p2, z2);
      z3 = q.fma(p3, z3);
      z4 = q.fma(p4, z4);
      q = z0.fma(down, d).sub(d);
      z0 = q.fma(up, z0);
      z1 = z1.add(q);
      q = z1.fma(down, d).sub(d);
      z1 = q.fma(up, z1);
      z2 = z2.add(q);
      q = z2.fma(down, d).sub(d);
      z2 = q.fma(up, z2);
      z3 = z3.add(q);
      q = z3.fma(down, d).sub(d);
      z3 = q.fma(up, z3);
      z4 = z4.add(q);
      z0.intoArray(z, az);
      z1.intoArray(z, az + LANES);
      z2.intoArray(z, az + 2 * LANES);
      z3.intoArray(z, az + 3 * LANES);
      z4.intoArray(z, az + 4 * LANES);
    }
  }
}
