// Proves with arkworks on the lines that `compare` sends: arkworks-peer <circuit.zkey> <witness.wtns>.
use std::fs::{read, File};
use std::io::{stdin, stdout, BufRead, BufReader, Write};
use std::time::Instant;

use ark_bn254::{Bn254, Fr};
use ark_circom::{read_zkey, CircomReduction};
use ark_ff::PrimeField;
use ark_groth16::{prepare_verifying_key, Groth16};
use ark_std::{test_rng, UniformRand};

type Prover = Groth16<Bn254, CircomReduction>;

// The values are the last section of a .wtns of snarkjs: 76 bytes precede them, then 32 bytes each.
const HEADER: usize = 76;

fn main() {
    let files: Vec<String> = std::env::args().skip(1).collect();
    let zkey = File::open(&files[0]).expect("the key opens");
    let (key, matrices) = read_zkey(&mut BufReader::new(zkey)).expect("the key reads");
    let witness: Vec<Fr> = read(&files[1]).expect("the witness opens")[HEADER..]
        .chunks(32)
        .map(Fr::from_le_bytes_mod_order)
        .collect();
    let inputs = matrices.num_instance_variables;
    let constraints = matrices.num_constraints;
    assert_eq!(key.a_query.len(), witness.len(), "the witness has the key's wires");
    let matrices = [matrices.a, matrices.b, matrices.c];
    let verifier = prepare_verifying_key(&key.vk);

    let mut random = test_rng(); // not secret: for measurements alone
    let mut last = None;
    say("ready");
    for line in stdin().lock().lines() {
        match line.expect("a line").as_str() {
            "prove" => {
                let begin = Instant::now();
                let (r, s) = (Fr::rand(&mut random), Fr::rand(&mut random));
                let proof = Prover::create_proof_with_reduction_and_matrices(
                    &key, r, s, &matrices, inputs, constraints, &witness,
                )
                .expect("it proves");
                let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
                last = Some(proof);
                say(&format!("{milliseconds:.3}"));
            }
            "verify" => {
                let proof = last.as_ref().expect("a proof before it is verified");
                let valid = Prover::verify_proof(&verifier, proof, &witness[1..inputs]).expect("it verifies");
                say(if valid { "ok" } else { "invalid" });
            }
            other => panic!("unknown command {other}"),
        }
    }
}

fn say(line: &str) {
    println!("{line}");
    stdout().flush().expect("standard output takes it");
}
