package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import zk4j.bn254.PointValidation;
import zk4j.bn254.PowersOfTau.Factor;
import zk4j.core.BoundedReader;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.groth16.ProvingKey;
import zk4j.groth16.UnsafeKeyException;
import zk4j.plonk.FflonkProvingKey;
import zk4j.plonk.PlonkProvingKey;

/** Reads the binary formats from memory, and expects them to be refused. */
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
  },
  PLONK_ZKEY("circuit.zkey") {
    @Override
    byte[] fixture(String circuit) throws IOException {
      return Fixtures.bytes("plonk/arrays", "circuit.zkey");
    }

    @Override
    PlonkProvingKey read(byte[] bytes) throws IOException {
      BoundedReader in = BoundedReader.of(bytes, "x.zkey");
      try (PlonkZkeyFile file = PlonkZkeyFile.open(in, PointValidation.FULL)) {
        return file.provingKey(Execution.sequential());
      }
    }
  },
  FFLONK_ZKEY("circuit.zkey") {
    @Override
    byte[] fixture(String circuit) throws IOException {
      return Fixtures.bytes("fflonk/arrays", "circuit.zkey");
    }

    @Override
    FflonkProvingKey read(byte[] bytes) throws IOException {
      BoundedReader in = BoundedReader.of(bytes, "x.zkey");
      try (FflonkZkeyFile file = FflonkZkeyFile.open(in, PointValidation.FULL)) {
        return file.provingKey(Execution.sequential());
      }
    }
  },
  PTAU("powers.ptau") {
    @Override
    byte[] fixture(String circuit) throws IOException {
      return Fixtures.bytes("setup", "powers.ptau");
    }

    /** Reads all points. */
    @Override
    Object read(byte[] bytes) throws IOException {
      Execution execution = Execution.sequential();
      try (PtauFile file = PtauFile.open(BoundedReader.of(bytes, "x.ptau"), PointValidation.FULL)) {
        int n = 1 << file.power();
        for (Factor factor : Factor.values()) {
          int powers = factor == Factor.ONE ? 2 * n - 1 : n;
          file.powersG1(factor, 0, powers, execution);
          int most = factor == Factor.ONE ? file.power() + 1 : file.power();
          for (int log = 0; log <= most; log++) {
            file.lagrangeG1(factor, log, 0, 1 << log, execution);
          }
        }
        for (int log = 0; log <= file.power(); log++) {
          file.lagrangeG2(log, 0, 1 << log, execution);
        }
        return file.powersG2(0, n, execution);
      }
    }
  };

  private final String fixture;

  Readers(String fixture) {
    this.fixture = fixture;
  }

  /** The types of the sections that it needs. */
  int[] sections() {
    return switch (this) {
      case R1CS -> new int[] {1, 2, 3};
      case WTNS -> new int[] {1, 2};
      case ZKEY -> new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
      case PLONK_ZKEY -> new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14};
      case FFLONK_ZKEY -> new int[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17};
      case PTAU -> new int[] {1, 2, 3, 4, 5, 6, 12, 13, 14, 15};
    };
  }

  boolean isKey() {
    return this == ZKEY || this == PLONK_ZKEY || this == FFLONK_ZKEY;
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
