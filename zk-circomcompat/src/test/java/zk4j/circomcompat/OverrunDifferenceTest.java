package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.PointEncoding;

class OverrunDifferenceTest {
  @Test
  void pointsAreSubtracted() {
    G1 left = G1.GENERATOR.times(Fr.of(7));
    G1 right = G1.GENERATOR.times(Fr.of(5));
    assertArrayEquals(
        G1.GENERATOR.times(Fr.of(2)).encode(PointEncoding.EVM),
        OverrunDifference.of(
            left.encode(PointEncoding.SNARKJS), right.encode(PointEncoding.SNARKJS)));
  }

  /**
   * What ffjavascript 0.2.63 makes, by g1m_subAffine and g1m_batchToAffine, of the begin of section
   * 3 of a .ptau file of 2^16 and of a point.
   */
  @Test
  void bytesThatAreNoPoint() {
    String left =
        "0300000000008000000000002620bc02d1b5838e72017b493519ebdcdf1a8197"
            + "4726b8fb3b5096af4138571940614ca87d73b4afc4d802585add4360862fa052";
    String right =
        "06f3e0762c3ed89bfd565f37f2797f6fe768c7151f8367e498e26ea14bda5924"
            + "c04505aea8286a25f8ca2cba6bab47c92be818accb0feb5a2f7115c0cdc6a813";
    String difference =
        "2df3c128631102dc0202365b488e6920508bafd614d2932c8615549d6e7df6ed"
            + "203f3ed95d93622644d317af8e980d7ca89e8216514a18c71a73bd2375d96a09";
    HexFormat hex = HexFormat.of();
    assertEquals(
        difference, hex.formatHex(OverrunDifference.of(hex.parseHex(left), hex.parseHex(right))));
  }
}
