package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.audit.Audit;
import zk4j.r1cs.audit.AuditReport;
import zk4j.r1cs.audit.AuditReport.Verdict;

/**
 * What the audit says of circomlib's templates, with linear constraints ({@code --O1}) and without
 * ({@code --O2}, which can make inputs no wires). Prints the table of docs/audit.md. Needs Node.js.
 */
@Tag("peers")
class CircomlibAuditTest {
  @BeforeAll
  static void fetchCircomlib() throws Exception {
    Circomlib.fetch();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          gates | XOR() | SAFE | SAFE
          gates | MultiAND(8) | SAFE | SAFE
          comparators | IsZero() | SAFE | SAFE
          comparators | IsEqual() | SAFE | SAFE
          comparators | ForceEqualIfEnabled() | SAFE | SAFE
          comparators | LessThan(32) | SAFE | SAFE
          comparators | GreaterEqThan(32) | SAFE | SAFE
          bitify | Num2Bits(32) | SAFE | UNKNOWN
          bitify | Num2Bits(254) | COUNTEREXAMPLE | UNKNOWN
          bitify | Num2BitsNeg(32) | SAFE | UNKNOWN
          bitify | Num2Bits_strict() | UNKNOWN | UNKNOWN
          bitify | Bits2Num(32) | SAFE | UNKNOWN
          bitify | Bits2Num_strict() | SAFE | UNKNOWN
          aliascheck | AliasCheck() | SAFE | SAFE
          compconstant | CompConstant(1000) | SAFE | SAFE
          sign | Sign() | SAFE | SAFE
          binsum | BinSum(32, 2) | SAFE | UNKNOWN
          binsub | BinSub(32) | SAFE | SAFE
          multiplexer | Decoder(8) | COUNTEREXAMPLE | COUNTEREXAMPLE
          multiplexer | Multiplexer(2, 8) | SAFE | SAFE
          mux1 | Mux1() | SAFE | SAFE
          mux2 | Mux2() | SAFE | SAFE
          mux3 | Mux3() | SAFE | SAFE
          mux4 | Mux4() | SAFE | SAFE
          switcher | Switcher() | SAFE | UNKNOWN
          poseidon | Poseidon(2) | SAFE | SAFE
          poseidon | Poseidon(16) | SAFE | UNKNOWN
          mimc | MiMC7(91) | SAFE | SAFE
          mimcsponge | MiMCSponge(2, 220, 1) | SAFE | SAFE
          sha256/sha256 | Sha256(512) | SAFE | UNKNOWN
          babyjub | BabyAdd() | UNKNOWN | UNKNOWN
          babyjub | BabyDbl() | UNKNOWN | UNKNOWN
          babyjub | BabyCheck() | SAFE | SAFE
          babyjub | BabyPbk() | UNKNOWN | UNKNOWN
          montgomery | Edwards2Montgomery() | UNKNOWN | UNKNOWN
          montgomery | Montgomery2Edwards() | COUNTEREXAMPLE | COUNTEREXAMPLE
          montgomery | MontgomeryAdd() | UNKNOWN | UNKNOWN
          montgomery | MontgomeryDouble() | UNKNOWN | UNKNOWN
          escalarmulany | EscalarMulAny(254) | UNKNOWN | UNKNOWN
          pedersen | Pedersen(8) | UNKNOWN | UNKNOWN
          pointbits | Point2Bits_Strict() | UNKNOWN | UNKNOWN
          pointbits | Bits2Point_Strict() | UNKNOWN | UNKNOWN
          eddsaposeidon | EdDSAPoseidonVerifier() | SAFE | SAFE
          smt/smtverifier | SMTVerifier(10) | SAFE | SAFE
          smt/smtprocessor | SMTProcessor(10) | UNKNOWN | UNKNOWN
          """)
  void verdicts(
      String include, String template, Verdict linear, Verdict optimised, @TempDir Path folder)
      throws Exception {
    String row = "| `" + template + "` |";
    Verdict[] found = new Verdict[2];
    for (int i = 0; i < found.length; i++) {
      String main = "component main = " + template + ";";
      R1cs r1cs = Circomlib.compile(folder, include, main, i == 0 ? "--O1" : "--O2");
      AuditReport report = Audit.of(r1cs);
      found[i] = report.verdict();
      String verdict =
          report.missingInputs() > 0 && found[i] == Verdict.UNKNOWN
              ? "unknown: inputs are no wires"
              : found[i].toString().toLowerCase(Locale.ROOT);
      row +=
          " %d | %s | %.1f s |"
              .formatted(r1cs.constraints(), verdict, report.time().toMillis() / 1000.0);
    }
    System.out.println(row);
    assertEquals(linear, found[0]);
    assertEquals(optimised, found[1]);
  }
}
