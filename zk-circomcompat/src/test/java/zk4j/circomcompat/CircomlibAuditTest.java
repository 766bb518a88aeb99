package zk4j.circomcompat;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import zk4j.babyjubjub.Point;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.audit.Audit;
import zk4j.r1cs.audit.AuditReport;
import zk4j.r1cs.audit.AuditReport.Verdict;

/**
 * What the audit says of all of circomlib's templates that can be a main component, with linear
 * constraints ({@code --O1}) and without ({@code --O2}, which can make inputs no wires). Prints the
 * table of docs/audit.md. Needs Node.js.
 */
@Tag("peers")
class CircomlibAuditTest {
  private static final String BASE8 = "[" + Point.BASE8.x() + ", " + Point.BASE8.y() + "]";

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
          gates | AND() | SAFE | SAFE
          gates | OR() | SAFE | SAFE
          gates | NOT() | SAFE | UNKNOWN
          gates | NAND() | SAFE | SAFE
          gates | NOR() | SAFE | SAFE
          gates | MultiAND(8) | SAFE | SAFE
          comparators | IsZero() | SAFE | SAFE
          comparators | IsEqual() | SAFE | SAFE
          comparators | ForceEqualIfEnabled() | SAFE | SAFE
          comparators | LessThan(32) | SAFE | SAFE
          comparators | LessEqThan(32) | SAFE | SAFE
          comparators | GreaterThan(32) | SAFE | SAFE
          comparators | GreaterEqThan(32) | SAFE | SAFE
          bitify | Num2Bits(32) | SAFE | UNKNOWN
          bitify | Num2Bits(254) | COUNTEREXAMPLE | UNKNOWN
          bitify | Num2Bits_strict() | SAFE | UNKNOWN
          bitify | Bits2Num(32) | SAFE | UNKNOWN
          bitify | Bits2Num_strict() | SAFE | UNKNOWN
          bitify | Num2BitsNeg(32) | SAFE | UNKNOWN
          aliascheck | AliasCheck() | SAFE | SAFE
          compconstant | CompConstant(1000) | SAFE | SAFE
          sign | Sign() | SAFE | SAFE
          binsum | BinSum(32, 2) | SAFE | UNKNOWN
          binsub | BinSub(32) | SAFE | SAFE
          multiplexer | EscalarProduct(8) | SAFE | SAFE
          multiplexer | Decoder(8) | COUNTEREXAMPLE | COUNTEREXAMPLE
          multiplexer | Multiplexer(2, 8) | SAFE | SAFE
          mux1 | MultiMux1(4) | SAFE | SAFE
          mux1 | Mux1() | SAFE | SAFE
          mux2 | MultiMux2(4) | SAFE | SAFE
          mux2 | Mux2() | SAFE | SAFE
          mux3 | MultiMux3(4) | SAFE | SAFE
          mux3 | Mux3() | SAFE | SAFE
          mux4 | MultiMux4(4) | SAFE | SAFE
          mux4 | Mux4() | SAFE | SAFE
          switcher | Switcher() | SAFE | UNKNOWN
          poseidon | Sigma() | SAFE | SAFE
          poseidon | Ark(3, POSEIDON_C(3), 0) | SAFE | UNKNOWN
          poseidon | Mix(3, POSEIDON_M(3)) | SAFE | UNKNOWN
          poseidon | MixLast(3, POSEIDON_M(3), 0) | SAFE | UNKNOWN
          poseidon | MixS(3, POSEIDON_S(3), 0) | SAFE | UNKNOWN
          poseidon | PoseidonEx(2, 3) | SAFE | UNKNOWN
          poseidon | Poseidon(2) | SAFE | SAFE
          poseidon | Poseidon(16) | SAFE | UNKNOWN
          poseidon_old | Sigma() | SAFE | SAFE
          poseidon_old | Ark(3, POSEIDON_C(3), 0) | SAFE | UNKNOWN
          poseidon_old | Mix(3, POSEIDON_M(3)) | SAFE | UNKNOWN
          poseidon_old | Poseidon(2) | SAFE | UNKNOWN
          mimc | MiMC7(91) | SAFE | SAFE
          mimc | MultiMiMC7(2, 91) | SAFE | SAFE
          mimcsponge | MiMCFeistel(220) | SAFE | SAFE
          mimcsponge | MiMCSponge(2, 220, 1) | SAFE | SAFE
          sha256/xor3 | Xor3(32) | SAFE | SAFE
          sha256/shift | ShR(32, 3) | UNKNOWN | UNKNOWN
          sha256/rotate | RotR(32, 7) | UNKNOWN | UNKNOWN
          sha256/ch | Ch_t(32) | SAFE | SAFE
          sha256/maj | Maj_t(32) | SAFE | SAFE
          sha256/sigma | SmallSigma(7, 18, 3) | SAFE | SAFE
          sha256/sigma | BigSigma(2, 13, 22) | SAFE | SAFE
          sha256/sigmaplus | SigmaPlus() | SAFE | SAFE
          sha256/constants | H(0) | SAFE | SAFE
          sha256/constants | K(0) | SAFE | SAFE
          sha256/t1 | T1() | SAFE | SAFE
          sha256/t2 | T2() | SAFE | SAFE
          sha256/sha256compression | Sha256compression() | SAFE | UNKNOWN
          sha256/sha256_2 | Sha256_2() | SAFE | SAFE
          sha256/sha256 | Sha256(512) | SAFE | UNKNOWN
          babyjub | BabyAdd() | SAFE | SAFE
          babyjub | BabyDbl() | SAFE | SAFE
          babyjub | BabyCheck() | SAFE | SAFE
          babyjub | BabyPbk() | UNKNOWN | UNKNOWN
          montgomery | Edwards2Montgomery() | COUNTEREXAMPLE | COUNTEREXAMPLE
          montgomery | Montgomery2Edwards() | COUNTEREXAMPLE | COUNTEREXAMPLE
          montgomery | MontgomeryAdd() | COUNTEREXAMPLE | COUNTEREXAMPLE
          montgomery | MontgomeryDouble() | UNKNOWN | UNKNOWN
          escalarmul | EscalarMulWindow(BASE8, 0) | SAFE | SAFE
          escalarmul | EscalarMul(8, BASE8) | SAFE | SAFE
          escalarmulfix | WindowMulFix() | UNKNOWN | UNKNOWN
          escalarmulfix | SegmentMulFix(3) | UNKNOWN | UNKNOWN
          escalarmulfix | EscalarMulFix(253, BASE8) | UNKNOWN | UNKNOWN
          escalarmulany | Multiplexor2() | SAFE | SAFE
          escalarmulany | BitElementMulAny() | UNKNOWN | UNKNOWN
          escalarmulany | SegmentMulAny(8) | UNKNOWN | UNKNOWN
          escalarmulany | EscalarMulAny(254) | UNKNOWN | UNKNOWN
          pedersen | Window4() | UNKNOWN | UNKNOWN
          pedersen | Segment(2) | UNKNOWN | UNKNOWN
          pedersen | Pedersen(8) | UNKNOWN | UNKNOWN
          pedersen_old | Pedersen(8) | UNKNOWN | SAFE
          pointbits | Bits2Point() | UNKNOWN | UNKNOWN
          pointbits | Bits2Point_Strict() | UNKNOWN | UNKNOWN
          pointbits | Point2Bits() | UNKNOWN | UNKNOWN
          pointbits | Point2Bits_Strict() | SAFE | UNKNOWN
          eddsa | EdDSAVerifier(80) | SAFE | SAFE
          eddsamimc | EdDSAMiMCVerifier() | SAFE | SAFE
          eddsamimcsponge | EdDSAMiMCSpongeVerifier() | SAFE | SAFE
          eddsaposeidon | EdDSAPoseidonVerifier() | SAFE | SAFE
          smt/smthash_mimc | SMTHash1() | SAFE | SAFE
          smt/smthash_mimc | SMTHash2() | SAFE | SAFE
          smt/smthash_poseidon | SMTHash1() | SAFE | SAFE
          smt/smthash_poseidon | SMTHash2() | SAFE | SAFE
          smt/smtverifier | SMTLevIns(10) | SAFE | SAFE
          smt/smtverifier | SMTVerifierLevel() | SAFE | SAFE
          smt/smtverifiersm | SMTVerifierSM() | SAFE | UNKNOWN
          smt/smtverifier | SMTVerifier(10) | SAFE | SAFE
          smt/smtprocessor | SMTProcessorLevel() | SAFE | UNKNOWN
          smt/smtprocessorsm | SMTProcessorSM() | SAFE | UNKNOWN
          smt/smtprocessor | SMTProcessor(10) | SAFE | UNKNOWN
          """)
  void verdicts(
      String include, String template, Verdict linear, Verdict optimised, @TempDir Path folder)
      throws Exception {
    StringBuilder row = new StringBuilder("| " + include + " | `" + template + "` |");
    Verdict[] found = new Verdict[2];
    for (int i = 0; i < found.length; i++) {
      String main = "component main = " + template.replace("BASE8", BASE8) + ";";
      R1cs r1cs = Circomlib.compile(folder, include, main, i == 0 ? "--O1" : "--O2");
      AuditReport report = Audit.of(r1cs);
      found[i] = report.verdict();
      String verdict = found[i].toString().toLowerCase(Locale.ROOT);
      if (r1cs.publicOutputs() == 0) {
        verdict += ": no outputs";
      } else if (report.missingInputs() > 0 && found[i] == Verdict.UNKNOWN) {
        verdict += ": inputs are no wires";
      }
      double seconds = report.time().toMillis() / 1000.0;
      row.append(" %d | %s | %.1f |".formatted(r1cs.constraints(), verdict, seconds));
    }
    System.out.println(row);
    assertEquals(linear, found[0]);
    assertEquals(optimised, found[1]);
  }
}
