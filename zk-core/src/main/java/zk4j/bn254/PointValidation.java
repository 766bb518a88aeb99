package zk4j.bn254;

/** What is checked of points that are read in bulk. Coordinates must always be below q. */
public enum PointValidation {
  /** On the curve, and in G2 also in the subgroup of order r. */
  FULL,
  /**
   * Nothing more: for data that was checked before and has not left one's hands since. A point off
   * the curve or the subgroup makes results wrong and may reveal secrets.
   */
  TRUSTED
}
