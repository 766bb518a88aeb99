package zk4j.vector;

import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.XOR;
import static zk4j.vector.Lanes.BLOCK;
import static zk4j.vector.Lanes.DOUBLES;
import static zk4j.vector.Lanes.LANES;
import static zk4j.vector.Lanes.LONGS;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;

/**
 * Passes over blocks of elements of BN254's scalar field (p = r); see {@link Lanes} for the layout
 * and the bounds, {@link FieldPasses} for what the passes do, and PassesEmitter, which wrote this.
 */
final class FrPasses implements FieldPasses {
  private static final double P0 = 0x1.f593f0000001p48;
  private static final double P1 = 0x1.0f372e12287cp48;
  private static final double P2 = -0x1.fa9e8b5f305fp48;
  private static final double P3 = 0x1.4dc2822db41p44;
  private static final double P4 = 0x1.83227397098dp49;

  /** (k p + 1) / 2^51, where k p = -1 mod 2^51. */
  private static final double F0 = 0x1.732277261e9p46;

  private static final double F1 = -0x1.b1db0d9d3886p48;
  private static final double F2 = 0x1.1bf81342932p49;
  private static final double F3 = -0x1.eaa5543abc06p47;
  private static final double F4 = 0x1.7b4111f7a0e4p47;

  /** k, which is -1/p mod 2^51. */
  private static final double K = 0x1.f593efffffffp48;

  /** 2^204 / p: estimates quotients by p from the top limb. */
  private static final double TOP = 0x1.5291d18988e81p-50;

  // What columns begin with: minus the bits of all splitters that are added to them.
  private static final long T0 = 0xdcc8000000000000L;
  private static final long T1 = 0xfeffffffffffc00L;
  private static final long T2 = 0xfcaffffffffffc00L;
  private static final long T3 = 0xe96ffffffffffc00L;
  private static final long T4 = 0x92f7fffffffffc00L;
  private static final long T5 = 0x2f7fffffffffc00L;
  private static final long T6 = 0xcfcffffffffffc00L;
  private static final long T7 = 0xe30ffffffffffc00L;
  private static final long T8 = 0xf64ffffffffffc00L;
  private static final long T9 = 0x4cc7fffffffffc00L;

  @Override
  public void multiply(
      double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks) {
    DoubleVector p0 = DoubleVector.broadcast(DOUBLES, P0);
    DoubleVector p1 = DoubleVector.broadcast(DOUBLES, P1);
    DoubleVector p2 = DoubleVector.broadcast(DOUBLES, P2);
    DoubleVector p3 = DoubleVector.broadcast(DOUBLES, P3);
    DoubleVector p4 = DoubleVector.broadcast(DOUBLES, P4);
    DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);
    DoubleVector f0 = DoubleVector.broadcast(DOUBLES, F0);
    DoubleVector f1 = DoubleVector.broadcast(DOUBLES, F1);
    DoubleVector f2 = DoubleVector.broadcast(DOUBLES, F2);
    DoubleVector f3 = DoubleVector.broadcast(DOUBLES, F3);
    DoubleVector f4 = DoubleVector.broadcast(DOUBLES, F4);
    DoubleVector k = DoubleVector.broadcast(DOUBLES, K);
    DoubleVector c = DoubleVector.broadcast(DOUBLES, Lanes.C);
    DoubleVector cd = DoubleVector.broadcast(DOUBLES, Lanes.C + Lanes.D);
    DoubleVector e = DoubleVector.broadcast(DOUBLES, Lanes.E);
    LongVector mask = LongVector.broadcast(LONGS, Lanes.MASK);
    LongVector half = LongVector.broadcast(LONGS, Lanes.HALF);
    LongVector centre = LongVector.broadcast(LONGS, Lanes.CENTRE);
    LongVector last = LongVector.broadcast(LONGS, Lanes.LAST);
    LongVector c0 = LongVector.broadcast(LONGS, T0);
    LongVector c1 = LongVector.broadcast(LONGS, T1);
    LongVector c2 = LongVector.broadcast(LONGS, T2);
    LongVector c3 = LongVector.broadcast(LONGS, T3);
    LongVector c4 = LongVector.broadcast(LONGS, T4);
    LongVector c5 = LongVector.broadcast(LONGS, T5);
    LongVector c6 = LongVector.broadcast(LONGS, T6);
    LongVector c7 = LongVector.broadcast(LONGS, T7);
    LongVector c8 = LongVector.broadcast(LONGS, T8);
    LongVector c9 = LongVector.broadcast(LONGS, T9);
    for (int i = 0; i < blocks; i++) {
      int ax = xo + i * BLOCK;
      int ay = yo + i * yStep;
      DoubleVector a0 = DoubleVector.fromArray(DOUBLES, x, ax);
      DoubleVector a1 = DoubleVector.fromArray(DOUBLES, x, ax + LANES);
      DoubleVector a2 = DoubleVector.fromArray(DOUBLES, x, ax + 2 * LANES);
      DoubleVector a3 = DoubleVector.fromArray(DOUBLES, x, ax + 3 * LANES);
      DoubleVector a4 = DoubleVector.fromArray(DOUBLES, x, ax + 4 * LANES);
      DoubleVector b0 = DoubleVector.fromArray(DOUBLES, y, ay);
      DoubleVector b1 = DoubleVector.fromArray(DOUBLES, y, ay + LANES);
      DoubleVector b2 = DoubleVector.fromArray(DOUBLES, y, ay + 2 * LANES);
      DoubleVector b3 = DoubleVector.fromArray(DOUBLES, y, ay + 3 * LANES);
      DoubleVector b4 = DoubleVector.fromArray(DOUBLES, y, ay + 4 * LANES);
      LongVector t0 = c0;
      LongVector t1 = c1;
      LongVector t2 = c2;
      LongVector t3 = c3;
      LongVector t4 = c4;
      LongVector t5 = c5;
      LongVector t6 = c6;
      LongVector t7 = c7;
      LongVector t8 = c8;
      LongVector t9 = c9;
      DoubleVector h;
      h = a0.fma(b0, c);
      t0 = t0.add(a0.fma(b0, cd.sub(h)).reinterpretAsLongs());
      t1 = t1.add(h.reinterpretAsLongs());
      h = a1.fma(b0, c);
      t1 = t1.add(a1.fma(b0, cd.sub(h)).reinterpretAsLongs());
      t2 = t2.add(h.reinterpretAsLongs());
      h = a2.fma(b0, c);
      t2 = t2.add(a2.fma(b0, cd.sub(h)).reinterpretAsLongs());
      t3 = t3.add(h.reinterpretAsLongs());
      h = a3.fma(b0, c);
      t3 = t3.add(a3.fma(b0, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = a4.fma(b0, c);
      t4 = t4.add(a4.fma(b0, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      DoubleVector m0 =
          ((DoubleVector) t0.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t1 = t1.add(t0.add(half).lanewise(LSHR, 51));
      h = m0.fma(f0, c);
      t1 = t1.add(m0.fma(f0, cd.sub(h)).reinterpretAsLongs());
      t2 = t2.add(h.reinterpretAsLongs());
      h = m0.fma(f1, c);
      t2 = t2.add(m0.fma(f1, cd.sub(h)).reinterpretAsLongs());
      t3 = t3.add(h.reinterpretAsLongs());
      h = m0.fma(f2, c);
      t3 = t3.add(m0.fma(f2, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = m0.fma(f3, c);
      t4 = t4.add(m0.fma(f3, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = m0.fma(f4, c);
      t5 = t5.add(m0.fma(f4, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = a0.fma(b1, c);
      t1 = t1.add(a0.fma(b1, cd.sub(h)).reinterpretAsLongs());
      t2 = t2.add(h.reinterpretAsLongs());
      h = a1.fma(b1, c);
      t2 = t2.add(a1.fma(b1, cd.sub(h)).reinterpretAsLongs());
      t3 = t3.add(h.reinterpretAsLongs());
      h = a2.fma(b1, c);
      t3 = t3.add(a2.fma(b1, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = a3.fma(b1, c);
      t4 = t4.add(a3.fma(b1, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = a4.fma(b1, c);
      t5 = t5.add(a4.fma(b1, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      DoubleVector m1 =
          ((DoubleVector) t1.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t2 = t2.add(t1.add(half).lanewise(LSHR, 51));
      h = m1.fma(f0, c);
      t2 = t2.add(m1.fma(f0, cd.sub(h)).reinterpretAsLongs());
      t3 = t3.add(h.reinterpretAsLongs());
      h = m1.fma(f1, c);
      t3 = t3.add(m1.fma(f1, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = m1.fma(f2, c);
      t4 = t4.add(m1.fma(f2, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = m1.fma(f3, c);
      t5 = t5.add(m1.fma(f3, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = m1.fma(f4, c);
      t6 = t6.add(m1.fma(f4, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      h = a0.fma(b2, c);
      t2 = t2.add(a0.fma(b2, cd.sub(h)).reinterpretAsLongs());
      t3 = t3.add(h.reinterpretAsLongs());
      h = a1.fma(b2, c);
      t3 = t3.add(a1.fma(b2, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = a2.fma(b2, c);
      t4 = t4.add(a2.fma(b2, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = a3.fma(b2, c);
      t5 = t5.add(a3.fma(b2, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = a4.fma(b2, c);
      t6 = t6.add(a4.fma(b2, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      DoubleVector m2 =
          ((DoubleVector) t2.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t3 = t3.add(t2.add(half).lanewise(LSHR, 51));
      h = m2.fma(f0, c);
      t3 = t3.add(m2.fma(f0, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = m2.fma(f1, c);
      t4 = t4.add(m2.fma(f1, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = m2.fma(f2, c);
      t5 = t5.add(m2.fma(f2, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = m2.fma(f3, c);
      t6 = t6.add(m2.fma(f3, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      h = m2.fma(f4, c);
      t7 = t7.add(m2.fma(f4, cd.sub(h)).reinterpretAsLongs());
      t8 = t8.add(h.reinterpretAsLongs());
      h = a0.fma(b3, c);
      t3 = t3.add(a0.fma(b3, cd.sub(h)).reinterpretAsLongs());
      t4 = t4.add(h.reinterpretAsLongs());
      h = a1.fma(b3, c);
      t4 = t4.add(a1.fma(b3, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = a2.fma(b3, c);
      t5 = t5.add(a2.fma(b3, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = a3.fma(b3, c);
      t6 = t6.add(a3.fma(b3, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      h = a4.fma(b3, c);
      t7 = t7.add(a4.fma(b3, cd.sub(h)).reinterpretAsLongs());
      t8 = t8.add(h.reinterpretAsLongs());
      DoubleVector m3 =
          ((DoubleVector) t3.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t4 = t4.add(t3.add(half).lanewise(LSHR, 51));
      h = m3.fma(f0, c);
      t4 = t4.add(m3.fma(f0, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = m3.fma(f1, c);
      t5 = t5.add(m3.fma(f1, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = m3.fma(f2, c);
      t6 = t6.add(m3.fma(f2, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      h = m3.fma(f3, c);
      t7 = t7.add(m3.fma(f3, cd.sub(h)).reinterpretAsLongs());
      t8 = t8.add(h.reinterpretAsLongs());
      h = m3.fma(f4, c);
      t8 = t8.add(m3.fma(f4, cd.sub(h)).reinterpretAsLongs());
      t9 = t9.add(h.reinterpretAsLongs());
      h = a0.fma(b4, c);
      t4 = t4.add(a0.fma(b4, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = a1.fma(b4, c);
      t5 = t5.add(a1.fma(b4, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = a2.fma(b4, c);
      t6 = t6.add(a2.fma(b4, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      h = a3.fma(b4, c);
      t7 = t7.add(a3.fma(b4, cd.sub(h)).reinterpretAsLongs());
      t8 = t8.add(h.reinterpretAsLongs());
      h = a4.fma(b4, c);
      t8 = t8.add(a4.fma(b4, cd.sub(h)).reinterpretAsLongs());
      t9 = t9.add(h.reinterpretAsLongs());
      DoubleVector m4 =
          ((DoubleVector) t4.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      h = m4.fma(k, c);
      m4 = m4.fma(k, cd.sub(h)).sub(d);
      h = m4.fma(p0, c);
      t4 = t4.add(m4.fma(p0, cd.sub(h)).reinterpretAsLongs());
      t5 = t5.add(h.reinterpretAsLongs());
      h = m4.fma(p1, c);
      t5 = t5.add(m4.fma(p1, cd.sub(h)).reinterpretAsLongs());
      t6 = t6.add(h.reinterpretAsLongs());
      h = m4.fma(p2, c);
      t6 = t6.add(m4.fma(p2, cd.sub(h)).reinterpretAsLongs());
      t7 = t7.add(h.reinterpretAsLongs());
      h = m4.fma(p3, c);
      t7 = t7.add(m4.fma(p3, cd.sub(h)).reinterpretAsLongs());
      t8 = t8.add(h.reinterpretAsLongs());
      h = m4.fma(p4, c);
      t8 = t8.add(m4.fma(p4, cd.sub(h)).reinterpretAsLongs());
      t9 = t9.add(h.reinterpretAsLongs());
      t5 = t5.add(t4.lanewise(LSHR, 51));
      DoubleVector z0 =
          ((DoubleVector) t5.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t6 = t6.add(t5.add(half).lanewise(LSHR, 51));
      DoubleVector z1 =
          ((DoubleVector) t6.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t7 = t7.add(t6.add(half).lanewise(LSHR, 51));
      DoubleVector z2 =
          ((DoubleVector) t7.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t8 = t8.add(t7.add(half).lanewise(LSHR, 51));
      DoubleVector z3 =
          ((DoubleVector) t8.and(mask).lanewise(XOR, centre).reinterpretShape(DOUBLES, 0)).sub(e);
      t9 = t9.add(t8.add(half).lanewise(LSHR, 51));
      DoubleVector z4 = ((DoubleVector) t9.add(last).reinterpretShape(DOUBLES, 0)).sub(d);
      int az = zo + i * BLOCK;
      z0.intoArray(z, az);
      z1.intoArray(z, az + LANES);
      z2.intoArray(z, az + 2 * LANES);
      z3.intoArray(z, az + 3 * LANES);
      z4.intoArray(z, az + 4 * LANES);
    }
  }

  @Override
  public void reduce(double[] z, int zo, int blocks) {
    DoubleVector p0 = DoubleVector.broadcast(DOUBLES, P0);
    DoubleVector p1 = DoubleVector.broadcast(DOUBLES, P1);
    DoubleVector p2 = DoubleVector.broadcast(DOUBLES, P2);
    DoubleVector p3 = DoubleVector.broadcast(DOUBLES, P3);
    DoubleVector p4 = DoubleVector.broadcast(DOUBLES, P4);
    DoubleVector d = DoubleVector.broadcast(DOUBLES, Lanes.D);
    DoubleVector top = DoubleVector.broadcast(DOUBLES, TOP);
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
