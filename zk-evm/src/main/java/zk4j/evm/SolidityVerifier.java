package zk4j.evm;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import zk4j.bn254.EvaluationDomain;
import zk4j.bn254.Fq;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.bn254.G2;
import zk4j.groth16.VerifyingKey;
import zk4j.plonk.PlonkVerifyingKey;

/**
 * Contracts that verify proofs of one circuit on Ethereum's virtual machine, by the precompiled
 * contracts of EIP-196 and EIP-197. They have the functions that snarkjs's contracts have, and
 * refuse what the verifiers in Java refuse.
 */
public final class SolidityVerifier {
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  private SolidityVerifier() {}

  /**
   * The source of a contract for a Groth16 key. {@code verifyProof(uint256[2] a, uint256[2][2] b,
   * uint256[2] c, uint256[n] signals)} costs some 190,000 gas and 7000 for each public signal; for
   * a key without any it has no fourth parameter.
   *
   * @param name of the contract: letters, digits and _, not a digit first
   * @throws IllegalArgumentException if the name is none
   */
  public static String groth16(VerifyingKey key, String name) {
    StringBuilder constants = new StringBuilder();
    point(constants, "ALPHA", key.alpha().negate());
    point(constants, "BETA", key.beta());
    point(constants, "GAMMA", key.gamma().negate());
    point(constants, "DELTA", key.delta().negate());
    List<G1> ic = key.ic();
    for (int i = 0; i < ic.size(); i++) {
      point(constants, "IC" + i, ic.get(i));
    }
    StringBuilder sum = new StringBuilder();
    for (int i = 1; i < ic.size(); i++) {
      sum.append(
              "            valid := and(valid, accumulate(pairs, IC%d_X, IC%d_Y, ".formatted(i, i))
          .append("calldataload(add(signals, 0x%x))))\n".formatted(32 * (i - 1)));
    }
    int signals = key.publicSignals();
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", requireName(name));
    values.put("fingerprint", HexFormat.of().formatHex(key.fingerprint()));
    values.put("r", Fr.MODULUS.toString());
    values.put("constants", constants.toString());
    values.put(
        "signalsDoc",
        signals == 0 ? "" : "    /// @param signals the public ones, outputs first\n");
    values.put(
        "signalsParameter",
        signals == 0 ? "" : ",\n        uint256[" + signals + "] calldata signals");
    values.put("sum", sum.toString());
    return filled("groth16.sol", values);
  }

  /**
   * The source of a contract for a PLONK key. {@code verifyProof(uint256[24] proof, uint256[n]
   * signals)} takes some PLONK_GAS gas as a transaction, and SIGNAL_GAS more for each public
   * signal.
   *
   * @param name of the contract: letters, digits and _, not a digit first
   * @throws IllegalArgumentException if the name is none, or the key has no public signals
   */
  public static String plonk(PlonkVerifyingKey key, String name) {
    int signals = key.publicSignals();
    if (signals == 0) {
      throw new IllegalArgumentException(
          "a key without public signals: Solidity has no empty arrays");
    }
    StringBuilder constants = new StringBuilder();
    StringBuilder absorbed = new StringBuilder();
    List<String> names = List.of("QM", "QL", "QR", "QO", "QC", "S1", "S2", "S3");
    for (int i = 0; i < names.size(); i++) {
      int selectors = key.selectors().size();
      G1 point = i < selectors ? key.selectors().get(i) : key.permutation().get(i - selectors);
      point(constants, names.get(i), point);
      absorbed.append("            mstore(add(m, 0x%x), %s_X)\n".formatted(64 * i, names.get(i)));
      absorbed.append(
          "            mstore(add(m, 0x%x), %s_Y)\n".formatted(64 * i + 32, names.get(i)));
    }
    point(constants, "TAU", key.tau2());
    constants.append("    /// Minus the generator of G2.\n");
    point(constants, "G2", G2.GENERATOR.negate());
    int wiresAt = 64 * names.size() + 32 * signals;
    Fr n = Fr.of(key.domainSize());
    Map<String, String> values = new LinkedHashMap<>();
    values.put("name", requireName(name));
    values.put("r", Fr.MODULUS.toString());
    values.put("q", Fq.MODULUS.toString());
    values.put("n", n.toString());
    values.put("nInverse", n.inverse().toString());
    values.put("w", EvaluationDomain.ofSize(key.domainSize()).generator().toString());
    values.put("k1", key.k1().toString());
    values.put("k2", key.k2().toString());
    values.put("constants", constants.toString());
    values.put("signals", "" + signals);
    values.put("absorbKey", absorbed.toString().stripTrailing());
    values.put("signalBytes", "0x%x".formatted(32 * signals));
    values.put("wiresAt", "0x%x".formatted(wiresAt));
    values.put("firstBytes", "0x%x".formatted(wiresAt + 6 * 32));
    return filled("plonk.sol", values);
  }

  /**
   * The source of {@code ProofRegistry}, a contract that takes proofs of zk-stream's statements for
   * policies that its owner adds, each once, and says so in an event.
   */
  public static String registry() {
    return resource("registry.sol");
  }

  private static String requireName(String name) {
    if (!name.matches("[A-Za-z_][A-Za-z0-9_]*")) {
      throw new IllegalArgumentException("\"" + name + "\" is no name of a contract");
    }
    return name;
  }

  private static void point(StringBuilder out, String name, G1 point) {
    constants(out, name, List.of("X", "Y"), Words.of(point));
  }

  private static void point(StringBuilder out, String name, G2 point) {
    constants(out, name, List.of("X1", "X0", "Y1", "Y0"), Words.of(point));
  }

  private static void constants(
      StringBuilder out, String name, List<String> parts, List<BigInteger> words) {
    for (int i = 0; i < parts.size(); i++) {
      out.append(
          "    uint256 private constant %s_%s = %s;\n".formatted(name, parts.get(i), words.get(i)));
    }
  }

  private static String filled(String template, Map<String, String> values) {
    Matcher matcher = PLACEHOLDER.matcher(resource(template));
    return matcher.replaceAll(
        match ->
            Matcher.quoteReplacement(
                Objects.requireNonNull(values.get(match.group(1)), match.group(1))));
  }

  private static String resource(String name) {
    try (InputStream in = SolidityVerifier.class.getResourceAsStream(name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
