package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import zk4j.core.MalformedDataException;

/** Agreement with EthereumJS's precompiles of EIP-196 and EIP-197 (fixtures/vectors). */
class EvmVectorsTest {
  private interface Precompile {
    byte[] call(byte[] input) throws MalformedDataException;
  }

  @Test
  void addition() throws MalformedDataException {
    check("evm_add.csv", in -> g1(in, 0).plus(g1(in, 64)).encode(PointEncoding.EVM));
  }

  @Test
  void multiplication() throws MalformedDataException {
    check(
        "evm_mul.csv",
        in ->
            g1(in, 0)
                .times(Fr.reduce(new BigInteger(1, Arrays.copyOfRange(in, 64, 96))))
                .encode(PointEncoding.EVM));
  }

  @Test
  void pairing() throws MalformedDataException {
    check(
        "evm_pairing.csv",
        in -> {
          List<G1> p = new ArrayList<>();
          List<PreparedG2> q = new ArrayList<>();
          for (int at = 0; at < in.length; at += 192) {
            p.add(g1(in, at));
            byte[] bytes = Arrays.copyOfRange(in, at + 64, at + 192);
            q.add(PreparedG2.of(G2.decode(bytes, PointEncoding.EVM)));
          }
          byte[] result = new byte[32];
          result[31] = (byte) (Pairing.productIsOne(p, q) ? 1 : 0);
          return result;
        });
  }

  private static G1 g1(byte[] bytes, int at) throws MalformedDataException {
    return G1.decode(Arrays.copyOfRange(bytes, at, at + 64), PointEncoding.EVM);
  }

  /** Every row's result; none means that the input is refused, of which there must be some. */
  private static void check(String file, Precompile precompile) throws MalformedDataException {
    CsvFile csv = CsvFile.resource(file);
    int refused = 0;
    for (List<String> row : csv.rows()) {
      byte[] input = csv.bytes(row, "input");
      String notes = csv.text(row, "notes");
      if (csv.text(row, "result").isEmpty()) {
        assertThrows(MalformedDataException.class, () -> precompile.call(input), notes);
        refused++;
      } else {
        assertArrayEquals(csv.bytes(row, "result"), precompile.call(input), notes);
      }
    }
    assertTrue(refused > 0, "no row is refused");
  }
}
