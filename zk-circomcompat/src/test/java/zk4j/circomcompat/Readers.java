package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import zk4j.bn254.PointValidation;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.UnsafeKeyException;

/** Reads the three binary formats from memory, and expects them to be refused. */
enum Readers {
  R1CS("circuit.r1cs") {
    @Override
    Object read(byte[] bytes) throws IOException {
      return R1csFile.read(BoundedReader.of(bytes, "x.r1cs"));
    }
  },
  WTNS("witness.wtns") {
    @Override
    Object read(byte[] bytes) throws IOException {
      return WtnsFile.read(BoundedReader.of(bytes, "x.wtns"));
    }
  },
  ZKEY("circuit.zkey") {
    @Override
    ProvingKey read(byte[] bytes) throws IOException, UnsafeKeyException {
      try (ZkeyFile file = ZkeyFile.open(BoundedReader.of(bytes, "x.zkey"), PointValidation.FULL)) {
        return file.provingKey(Execution.sequential());
      }
    }
  };

  private final String fixture;

  Readers(String fixture) {
    this.fixture = fixture;
  }

  abstract Object read(byte[] bytes) throws IOException, UnsafeKeyException;

  byte[] fixture(String circuit) throws IOException {
    return Fixtures.bytes(circuit, fixture);
  }

  /** Refused as malformed, and the message names the file and contains some text. */
  void refuses(Container container, String message) {
    refuses(container.bytes(), message);
  }

  void refuses(byte[] bytes, String message) {
    var e = assertThrows(MalformedDataException.class, () -> read(bytes), message);
    assertTrue(e.toString().contains(message), () -> e + " has not " + message);
    assertTrue(e.source().startsWith("x."), e.toString());
  }
}
