package zk4j.evm;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.bouncycastle.crypto.digests.KeccakDigest;
import zk4j.bn254.Fr;
import zk4j.bn254.G1;
import zk4j.groth16.Proof;
import zk4j.plonk.PlonkProof;

/**
 * A call of {@code verifyProof} of a contract that {@link SolidityVerifier} or snarkjs made.
 * Immutable.
 */
public final class Calldata {
  private static final int WORD = 32;

  private final String text;
  private final byte[] bytes;

  private Calldata(String text, byte[] bytes) {
    this.text = text;
    this.bytes = bytes;
  }

  /**
   * The call for a Groth16 proof.
   *
   * @param publicSignals outputs first, then public inputs
   */
  public static Calldata groth16(Proof proof, List<Fr> publicSignals) {
    List<BigInteger> a = Words.of(proof.a());
    List<BigInteger> b = Words.of(proof.b());
    List<BigInteger> c = Words.of(proof.c());
    List<BigInteger> signals = publicSignals.stream().map(Fr::toBigInteger).toList();
    String text =
        array(a, ", ")
            + ",["
            + array(b.subList(0, 2), ", ")
            + ","
            + array(b.subList(2, 4), ", ")
            + "],"
            + array(c, ", ");
    String types = "uint256[2],uint256[2][2],uint256[2]";
    if (!signals.isEmpty()) {
      text += "," + array(signals, ",");
      types += ",uint256[" + signals.size() + "]";
    }
    return new Calldata(text, encoded(types, List.of(a, b, c, signals)));
  }

  /**
   * The call for a PLONK proof. snarkjs prints the same text without the comma between the arrays.
   *
   * @param publicSignals outputs first, then public inputs
   */
  public static Calldata plonk(PlonkProof proof, List<Fr> publicSignals) {
    List<BigInteger> words = new ArrayList<>();
    for (G1 point :
        List.of(
            proof.a(),
            proof.b(),
            proof.c(),
            proof.z(),
            proof.t1(),
            proof.t2(),
            proof.t3(),
            proof.wXi(),
            proof.wXiw())) {
      words.addAll(Words.of(point));
    }
    for (Fr value :
        List.of(
            proof.evalA(),
            proof.evalB(),
            proof.evalC(),
            proof.evalS1(),
            proof.evalS2(),
            proof.evalZw())) {
      words.add(value.toBigInteger());
    }
    List<BigInteger> signals = publicSignals.stream().map(Fr::toBigInteger).toList();
    return new Calldata(
        array(words, ",") + "," + array(signals, ","),
        encoded("uint256[24],uint256[" + signals.size() + "]", List.of(words, signals)));
  }

  private static String array(List<BigInteger> words, String comma) {
    return words.stream()
        .map("\"0x%064x\""::formatted)
        .collect(Collectors.joining(comma, "[", "]"));
  }

  private static byte[] encoded(String types, List<List<BigInteger>> arrays) {
    KeccakDigest keccak = new KeccakDigest(256);
    byte[] name = ("verifyProof(" + types + ")").getBytes(US_ASCII);
    keccak.update(name, 0, name.length);
    byte[] hash = new byte[WORD];
    keccak.doFinal(hash, 0);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(hash, 0, 4);
    for (List<BigInteger> words : arrays) {
      for (BigInteger word : words) {
        byte[] magnitude = word.toByteArray();
        int from = Math.max(0, magnitude.length - WORD);
        out.write(new byte[WORD], 0, WORD - (magnitude.length - from));
        out.write(magnitude, from, magnitude.length - from);
      }
    }
    return out.toByteArray();
  }

  /** The arguments as text, with commas between: what {@code snarkjs generatecall} prints. */
  public String text() {
    return text;
  }

  /** The function's selector and the arguments, as the contract takes them. A copy. */
  public byte[] bytes() {
    return bytes.clone();
  }
}
