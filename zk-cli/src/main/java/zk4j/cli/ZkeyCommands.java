package zk4j.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import zk4j.bn254.Fr;
import zk4j.bn254.PointValidation;
import zk4j.circomcompat.MpcTranscript.Contribution;
import zk4j.circomcompat.PlonkProofJson;
import zk4j.circomcompat.PlonkZkeyFile;
import zk4j.circomcompat.ProofJson;
import zk4j.circomcompat.PublicJson;
import zk4j.circomcompat.VerificationKeyJson;
import zk4j.circomcompat.ZkeyFile;
import zk4j.circomcompat.ZkeyProtocol;
import zk4j.evm.Calldata;
import zk4j.evm.SolidityVerifier;
import zk4j.groth16.UnsafeKeyException;
import zk4j.groth16.VerifyingKey;

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
    Optional<PlonkScheme> scheme = scheme(zkeyFile);
    if (scheme.isPresent()) {
      return plonkInfo(scheme.get(), zkeyFile);
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

  private static Optional<PlonkScheme> scheme(Path zkeyFile) throws IOException {
    return switch (ZkeyProtocol.of(zkeyFile)) {
      case GROTH16 -> Optional.empty();
      case PLONK -> Optional.of(PlonkScheme.PLONK);
      case FFLONK -> Optional.of(PlonkScheme.FFLONK);
    };
  }

  private int plonkInfo(PlonkScheme scheme, Path zkeyFile) throws IOException {
    PlonkScheme.Key key = scheme.open(zkeyFile);
    main.output()
        .result(
            List.of(
                "protocol:       " + scheme.text,
                "curve:          BN254 (bn128)",
                "wires:          " + key.wires() + ", the constant one among them",
                "public signals: " + key.publicSignals(),
                "domain:         " + key.domainSize(),
                "gates:          " + key.gates() + ", of which " + key.additions() + " add",
                "ceremony:       that of the powers of tau alone"),
            Output.fields(
                "protocol", scheme.id,
                "curve", "bn128",
                "wires", key.wires(),
                "publicSignals", key.publicSignals(),
                "domainSize", key.domainSize(),
                "gates", key.gates(),
                "additions", key.additions()));
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
      Optional<PlonkScheme> scheme = scheme(zkeyFile);
      if (scheme.isPresent()) {
        OutputFiles.write(json, scheme.get().open(zkeyFile).verificationKey());
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

    @Command(
        name = "solidityverifier",
        description = {
          "Write a contract in Solidity that verifies proofs of a key, Groth16 or PLONK.",
          "It has the function that snarkjs's contract has."
        },
        footer = {"", "Example:", "  zk zkey export solidityverifier circuit.zkey verifier.sol"})
    int solidityVerifier(
        @Parameters(paramLabel = "<circuit.zkey>", description = "The proving key.") Path zkeyFile,
        @Parameters(paramLabel = "<verifier.sol>", description = "Written.") Path contract,
        @Mixin KeyOptions keys)
        throws Exception {
      OutputFiles.requireFolders(contract);
      String source;
      switch (ZkeyProtocol.of(zkeyFile)) {
        case GROTH16 -> {
          try (ZkeyFile zkey = keys.open(zkeyFile, PointValidation.FULL, main.output())) {
            source = SolidityVerifier.groth16(zkey.verifyingKey(), "Groth16Verifier");
          }
        }
        case PLONK -> {
          try (PlonkZkeyFile zkey = PlonkZkeyFile.open(zkeyFile)) {
            source = SolidityVerifier.plonk(zkey.verifyingKey(), "PlonkVerifier");
          }
        }
        default -> throw noContract(zkeyFile);
      }
      OutputFiles.write(contract, file -> Files.writeString(file, source));
      main.output().done("wrote " + contract, Output.fields("contract", contract));
      return ExitCodes.OK;
    }

    private static CommandException noContract(Path file) {
      return new CommandException(
          ExitCodes.ERROR, file + ": there are contracts for Groth16 and PLONK, not for fflonk");
    }

    @Command(
        name = "soliditycalldata",
        description = "Print the arguments of a call of such a contract, as snarkjs does.",
        footer = {"", "Example:", "  zk zkey export soliditycalldata public.json proof.json"})
    int solidityCalldata(
        @Parameters(paramLabel = "<public.json>", description = "The public signals.")
            Path publicJson,
        @Parameters(paramLabel = "<proof.json>", description = "The proof.") Path proofJson)
        throws Exception {
      List<Fr> signals = PublicJson.read(publicJson);
      Calldata call =
          switch (ZkeyProtocol.ofJson(proofJson)) {
            case GROTH16 -> Calldata.groth16(ProofJson.read(proofJson), signals);
            case PLONK -> Calldata.plonk(PlonkProofJson.read(proofJson), signals);
            case FFLONK -> throw noContract(proofJson);
          };
      String data = "0x" + HexFormat.of().formatHex(call.bytes());
      main.output()
          .result(List.of(call.text()), Output.fields("arguments", call.text(), "calldata", data));
      return ExitCodes.OK;
    }
  }
}
