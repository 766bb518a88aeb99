package zk4j.bn254;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Agreement with EthereumJS's precompiles of EIP-196 and EIP-197 (fixtures/vectors). */
class EvmVectorsTest {
  @ParameterizedTest
  @CsvSource({"ADDITION, evm_add.csv", "MULTIPLICATION, evm_mul.csv", "PAIRING, evm_pairing.csv"})
  void agrees(Precompiles precompile, String file) throws Exception {
    precompile.check(CsvFile.resource(file));
  }
}
