package zk4j.vector;

/**
 * Passes over blocks of elements of one field, in the layout and with the bounds of {@link Lanes}.
 * Offsets are in doubles.
 */
interface FieldPasses {
  /**
   * z = x * y. The products may take the place of x, but overlap neither operand otherwise: z is
   * written to before all of y has been read.
   *
   * @param yStep doubles from a block of y to the next; 0 for the same one always
   */
  void multiply(double[] z, int zo, double[] x, int xo, double[] y, int yo, int yStep, int blocks);

  /** Reduces z: the same elements, in their least absolute values. */
  void reduce(double[] z, int zo, int blocks);
}
