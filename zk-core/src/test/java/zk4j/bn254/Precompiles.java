package zk4j.bn254;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import zk4j.core.MalformedDataException;

/** Ethereum's precompiled contracts on BN254, of EIP-196 and EIP-197, in terms of the library. */
enum Precompiles {
  /** Two points to their sum; short input is padded with zeros. */
  ADDITION {
    @Override
    byte[] call(byte[] input) throws MalformedDataException {
      byte[] padded = Arrays.copyOf(input, 128);
      return g1(padded, 0).plus(g1(padded, 64)).encode(PointEncoding.EVM);
    }
  },
  /** A point and a number of 256 bits to their product; short input is padded with zeros. */
  MULTIPLICATION {
    @Override
    byte[] call(byte[] input) throws MalformedDataException {
      byte[] padded = Arrays.copyOf(input, 96);
      BigInteger scalar = new BigInteger(1, Arrays.copyOfRange(padded, 64, 96));
      return g1(padded, 0).times(Fr.reduce(scalar)).encode(PointEncoding.EVM);
    }
  },
  /** Pairs of points to whether their pairings' product is 1. */
  PAIRING {
    @Override
    byte[] call(byte[] input) throws MalformedDataException {
      if (input.length % 192 != 0) {
        throw new MalformedDataException("pairing", null, -1, input.length + " bytes");
      }
      List<G1> p = new ArrayList<>();
      List<PreparedG2> q = new ArrayList<>();
      for (int at = 0; at < input.length; at += 192) {
        p.add(g1(input, at));
        byte[] bytes = Arrays.copyOfRange(input, at + 64, at + 192);
        q.add(PreparedG2.of(G2.decode(bytes, PointEncoding.EVM)));
      }
      byte[] result = new byte[32];
      result[31] = (byte) (Pairing.productIsOne(p, q) ? 1 : 0);
      return result;
    }
  };

  abstract byte[] call(byte[] input) throws MalformedDataException;

  /** Every row's result; none means that the input is refused, of which there must be some. */
  void check(CsvFile csv) throws MalformedDataException {
    int refused = 0;
    for (List<String> row : csv.rows()) {
      byte[] input = csv.bytes(row, "input");
      if (csv.text(row, "result").isEmpty() || csv.text(row, "notes").contains("invalid")) {
        assertThrows(MalformedDataException.class, () -> call(input), row::toString);
        refused++;
      } else {
        assertArrayEquals(csv.bytes(row, "result"), call(input), row::toString);
      }
    }
    assertTrue(refused > 0, "no row is refused");
  }

  private static G1 g1(byte[] bytes, int at) throws MalformedDataException {
    return G1.decode(Arrays.copyOfRange(bytes, at, at + 64), PointEncoding.EVM);
  }
}
