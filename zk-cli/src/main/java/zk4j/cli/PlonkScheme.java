package zk4j.cli;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import zk4j.bn254.Fr;
import zk4j.bn254.PowersOfTau;
import zk4j.circomcompat.FflonkProofJson;
import zk4j.circomcompat.FflonkVerificationKeyJson;
import zk4j.circomcompat.FflonkZkeyFile;
import zk4j.circomcompat.PlonkProofJson;
import zk4j.circomcompat.PlonkVerificationKeyJson;
import zk4j.circomcompat.PlonkZkeyFile;
import zk4j.core.Execution;
import zk4j.core.MalformedDataException;
import zk4j.core.VerificationResult;
import zk4j.plonk.FflonkProof;
import zk4j.plonk.FflonkProver;
import zk4j.plonk.FflonkProvingKey;
import zk4j.plonk.FflonkSetup;
import zk4j.plonk.FflonkVerifier;
import zk4j.plonk.FflonkVerifyingKey;
import zk4j.plonk.PlonkCircuit;
import zk4j.plonk.PlonkProof;
import zk4j.plonk.PlonkProver;
import zk4j.plonk.PlonkProvingKey;
import zk4j.plonk.PlonkSetup;
import zk4j.plonk.PlonkVerifier;
import zk4j.plonk.PlonkVerifyingKey;
import zk4j.r1cs.ProvingException;
import zk4j.r1cs.R1cs;
import zk4j.r1cs.Witness;

/** What PLONK and fflonk do, each its own way, for the commands that both have. */
enum PlonkScheme {
  PLONK("plonk", "PLONK") {
    @Override
    int requiredPower(R1cs circuit) {
      return PlonkSetup.requiredPower(circuit);
    }

    @Override
    NewKey setup(R1cs circuit, PowersOfTau powers, Execution execution)
        throws MalformedDataException {
      PlonkProvingKey key = PlonkSetup.provingKey(circuit, powers, execution);
      return new NewKey(key.circuit(), file -> PlonkZkeyFile.write(key, file, execution));
    }

    @Override
    Key open(Path file) throws IOException {
      PlonkZkeyFile zkey = PlonkZkeyFile.open(file);
      PlonkVerifyingKey key = zkey.verifyingKey();
      return new Key(
          zkey.circuitWires(),
          zkey.gates(),
          zkey.additions(),
          key.publicSignals(),
          key.domainSize(),
          json -> PlonkVerificationKeyJson.write(key, json),
          execution -> {
            PlonkProver prover = PlonkProver.of(zkey.provingKey(execution));
            return witness -> {
              PlonkProof proof = prover.prove(witness, execution);
              return json -> PlonkProofJson.write(proof, json);
            };
          });
    }

    @Override
    Verifier verifier(Path keyFile) throws IOException {
      PlonkVerifier verifier = PlonkVerifier.of(PlonkVerificationKeyJson.read(keyFile));
      return (signals, proof) -> verifier.check(PlonkProofJson.read(proof), signals);
    }
  },

  FFLONK("fflonk", "fflonk") {
    @Override
    int requiredPower(R1cs circuit) {
      return FflonkSetup.requiredPower(circuit);
    }

    @Override
    NewKey setup(R1cs circuit, PowersOfTau powers, Execution execution)
        throws MalformedDataException {
      FflonkProvingKey key = FflonkSetup.provingKey(circuit, powers, execution);
      return new NewKey(key.circuit(), file -> FflonkZkeyFile.write(key, file, execution));
    }

    @Override
    Key open(Path file) throws IOException {
      FflonkZkeyFile zkey = FflonkZkeyFile.open(file);
      FflonkVerifyingKey key = zkey.verifyingKey();
      return new Key(
          zkey.circuitWires(),
          zkey.gates(),
          zkey.additions(),
          key.publicSignals(),
          key.domainSize(),
          json -> FflonkVerificationKeyJson.write(key, json),
          execution -> {
            FflonkProver prover = FflonkProver.of(zkey.provingKey(execution));
            return witness -> {
              FflonkProof proof = prover.prove(witness, execution);
              return json -> FflonkProofJson.write(proof, json);
            };
          });
    }

    @Override
    Verifier verifier(Path keyFile) throws IOException {
      FflonkVerifier verifier = FflonkVerifier.of(FflonkVerificationKeyJson.read(keyFile));
      return (signals, proof) -> verifier.check(FflonkProofJson.read(proof), signals);
    }
  };

  /** In commands and files. */
  final String id;

  /** For people. */
  final String text;

  PlonkScheme(String id, String text) {
    this.id = id;
    this.text = text;
  }

  /** A key that was made, and what writes it. */
  record NewKey(PlonkCircuit circuit, OutputFiles.Content zkey) {}

  /** An open .zkey. */
  record Key(
      int wires,
      int gates,
      int additions,
      int publicSignals,
      int domainSize,
      OutputFiles.Content verificationKey,
      ProverSource proverSource) {}

  /** Reads the points of a key. */
  @FunctionalInterface
  interface ProverSource {
    Prover prover(Execution execution) throws IOException;
  }

  /** Makes a proof, and gives what writes it. */
  @FunctionalInterface
  interface Prover {
    OutputFiles.Content prove(Witness witness) throws ProvingException;
  }

  /** Verifies the proof in a file. */
  @FunctionalInterface
  interface Verifier {
    VerificationResult check(List<Fr> signals, Path proof) throws IOException;
  }

  abstract int requiredPower(R1cs circuit);

  abstract NewKey setup(R1cs circuit, PowersOfTau powers, Execution execution)
      throws MalformedDataException;

  abstract Key open(Path zkeyFile) throws IOException;

  abstract Verifier verifier(Path keyFile) throws IOException;
}
