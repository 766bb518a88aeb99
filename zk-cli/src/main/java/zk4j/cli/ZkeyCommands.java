package zk4j.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.MpcTranscript.Contribution;
import zk4j.circomcompat.PlonkVerificationKeyJson;
import zk4j.circomcompat.PlonkZkeyFile;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.circomcompat.ZkeyFile;
import zk4j.circomcompat.ZkeyProtocol;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;
import zk4j.plonk.PlonkVerifyingKey;

/** {@code zk zkey}. */
@Command(name = "zkey", description = "Proving keys: inform, export the verification key.")
final class ZkeyCommands {
  /** Contributions that are listed as text; public ceremonies have hundreds. */
  private static final int MAX_LISTED = 10;

  private final Main main;

  ZkeyCommands(Main main) {
    this.main = main;
  }

  @Command(
      name = "info",
      description = {
        "Print the size of a key, and what it says about its ceremony.",
        "Contributions are the file's own claim. A key that nobody contributed to is",
        "recognised as unsafe; whether anyone's contribution was honest, no key shows."
      },
      footer = {"", "Example:", "  zk zkey info circuit.zkey"})
  int info(@Parameters(paramLabel = "<circuit.zkey>", description = "The key.") Path zkeyFile)
      throws Exception {
    if (ZkeyProtocol.of(zkeyFile) == ZkeyProtocol.PLONK) {
      return plonkInfo(zkeyFile);
    }
    String problem = "";
    ZkeyFile zkey;
    try {
      zkey = ZkeyFile.open(zkeyFile, PointValidation.FULL);
    } catch (UnsafeKeyException e) {
      problem = ExitCodes.message(e);
      zkey = ZkeyFile.openInsecureDevelopmentKey(zkeyFile, PointValidation.FULL);
    }
    // The domain is the lowest power of two that holds constraints, public signals and one more.
    int most = zkey.domainSize() - zkey.publicSignals() - 1;
    int least = Math.max(0, zkey.domainSize() / 2 - zkey.publicSignals());
    String circuitHash = HexFormat.of().formatHex(zkey.transcript().circuitHash());
    String fingerprint = HexFormat.of().formatHex(zkey.verifyingKey().fingerprint());

    Map<String, Object> fields = new LinkedHashMap<>();
    fields.put("protocol", "groth16");
    fields.put("curve", "bn128");
    fields.put("wires", zkey.wires());
    fields.put("publicSignals", zkey.publicSignals());
    fields.put("domainSize", zkey.domainSize());
    fields.put("constraintsAtLeast", least);
    fields.put("constraintsAtMost", most);
    fields.put("unsafe", !problem.isEmpty());
    if (!problem.isEmpty()) {
      fields.put("problem", problem);
    }
    fields.put("circuitHash", circuitHash);
    fields.put("verificationKeyFingerprint", fingerprint);

    List<String> lines = new ArrayList<>();
    lines.add("protocol:       Groth16");
    lines.add("curve:          BN254 (bn128)");
    lines.add("wires:          " + zkey.wires() + ", the constant one among them");
    lines.add("public signals: " + zkey.publicSignals());
    lines.add("domain:         " + zkey.domainSize());
    lines.add("constraints:    " + least + " to " + most + ", as follows from the domain");
    lines.add("circuit hash:   " + circuitHash);
    lines.add("fingerprint:    " + fingerprint + " (SHA-256 of the verification key)");
    List<Contribution> recorded = zkey.transcript().contributions();
    lines.add(
        "ceremony:       "
            + (!problem.isEmpty()
                ? "UNSAFE: " + problem
                : recorded.size() + " contributions on record, not verified here"));
    List<Map<String, Object>> contributions = new ArrayList<>();
    for (Contribution contribution : recorded) {
      Map<String, Object> entry = new LinkedHashMap<>();
      contribution.name().ifPresent(name -> entry.put("name", name));
      entry.put("beacon", contribution.beacon());
      contributions.add(entry);
      if (contributions.size() <= MAX_LISTED) {
        lines.add(
            "contribution:   "
                + contribution.name().orElse("(no name)")
                + (contribution.beacon() ? " (beacon)" : ""));
      }
    }
    if (recorded.size() > MAX_LISTED) {
      lines.add("                and " + (recorded.size() - MAX_LISTED) + " more; --json has all");
    }
    fields.put("contributions", contributions);
    main.output().result(lines, fields);
    return ExitCodes.OK;
  }

  private int plonkInfo(Path zkeyFile) throws Exception {
    try (PlonkZkeyFile zkey = PlonkZkeyFile.open(zkeyFile)) {
      PlonkVerifyingKey key = zkey.verifyingKey();
      main.output()
          .result(
              List.of(
                  "protocol:       PLONK",
                  "curve:          BN254 (bn128)",
                  "wires:          " + zkey.circuitWires() + ", the constant one among them",
                  "public signals: " + key.publicSignals(),
                  "domain:         " + key.domainSize(),
                  "gates:          " + zkey.gates() + ", of which " + zkey.additions() + " add",
                  "ceremony:       that of the powers of tau alone"),
              Output.fields(
                  "protocol", "plonk",
                  "curve", "bn128",
                  "wires", zkey.circuitWires(),
                  "publicSignals", key.publicSignals(),
                  "domainSize", key.domainSize(),
                  "gates", zkey.gates(),
                  "additions", zkey.additions()));
    }
    return ExitCodes.OK;
  }

  /** {@code zk zkey export}. */
  @Command(name = "export", description = "Export parts of a key.")
  static final class Export {
    private final Main main;

    Export(Main main) {
      this.main = main;
    }

    @Command(
        name = "verificationkey",
        description = "Write the verification key of a proving key, as snarkjs does.",
        footer = {
          "",
          "Example:",
          "  zk zkey export verificationkey circuit.zkey verification_key.json"
        })
    int verificationKey(
        @Parameters(paramLabel = "<circuit.zkey>", description = "The proving key.") Path zkeyFile,
        @Parameters(paramLabel = "<verification_key.json>", description = "Written.") Path json,
        @Mixin KeyOptions keys)
        throws Exception {
      OutputFiles.requireFolders(json);
      if (ZkeyProtocol.of(zkeyFile) == ZkeyProtocol.PLONK) {
        try (PlonkZkeyFile zkey = PlonkZkeyFile.open(zkeyFile)) {
          PlonkVerifyingKey key = zkey.verifyingKey();
          OutputFiles.write(json, file -> PlonkVerificationKeyJson.write(key, file));
        }
        main.output().done("wrote " + json, Output.fields("verificationKey", json));
        return ExitCodes.OK;
      }
      VerifyingKey key = keys.open(zkeyFile, PointValidation.FULL, main.output()).verifyingKey();
      OutputFiles.write(json, file -> VerificationKeyJson.write(key, file));
      String fingerprint = HexFormat.of().formatHex(key.fingerprint());
      main.output()
          .done(
              "wrote " + json + ", fingerprint " + fingerprint,
              Output.fields("verificationKey", json, "fingerprint", fingerprint));
      return ExitCodes.OK;
    }
  }
}
