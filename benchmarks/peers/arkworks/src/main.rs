// Works with arkworks on the lines that `compare` sends: arkworks-peer groth16 <circuit.zkey> <witness.wtns>,
// arkworks-peer msm|ntt <n>.
use std::fs::{read, File};
use std::io::{stdin, stdout, BufRead, BufReader, Write};
use std::time::Instant;

use ark_bn254::{Bn254, Fr, G1Affine, G1Projective};
use ark_circom::{read_zkey, CircomReduction};
use ark_ec::scalar_mul::ScalarMul;
use ark_ec::{CurveGroup, PrimeGroup, VariableBaseMSM};
use ark_ff::{PrimeField, UniformRand};
use ark_groth16::{prepare_verifying_key, Groth16, PreparedVerifyingKey, Proof, ProvingKey};
use ark_poly::{EvaluationDomain, Radix2EvaluationDomain};
use ark_std::test_rng; // not secret: for measurements alone

type Prover = Groth16<Bn254, CircomReduction>;
type Matrix = Vec<Vec<(Fr, usize)>>;

// The values are the last section of a .wtns of snarkjs: 76 bytes precede them, then 32 bytes each.
const HEADER: usize = 76;

/// What is measured, and whether its last result is right.
trait Work {
    fn run(&mut self);
    fn check(&self) -> bool;
}

struct Proofs {
    key: ProvingKey<Bn254>,
    verifier: PreparedVerifyingKey<Bn254>,
    matrices: [Matrix; 3],
    inputs: usize,
    constraints: usize,
    witness: Vec<Fr>,
    last: Option<Proof<Bn254>>,
}

impl Proofs {
    fn new(zkey: &str, wtns: &str) -> Self {
        let zkey = File::open(zkey).expect("the key opens");
        let (key, matrices) = read_zkey(&mut BufReader::new(zkey)).expect("the key reads");
        let witness: Vec<Fr> = read(wtns).expect("the witness opens")[HEADER..]
            .chunks(32)
            .map(Fr::from_le_bytes_mod_order)
            .collect();
        assert_eq!(key.a_query.len(), witness.len(), "the witness has the key's wires");
        Proofs {
            verifier: prepare_verifying_key(&key.vk),
            key,
            inputs: matrices.num_instance_variables,
            constraints: matrices.num_constraints,
            matrices: [matrices.a, matrices.b, matrices.c],
            witness,
            last: None,
        }
    }
}

impl Work for Proofs {
    fn run(&mut self) {
        let mut random = test_rng();
        let (r, s) = (Fr::rand(&mut random), Fr::rand(&mut random));
        let proof = Prover::create_proof_with_reduction_and_matrices(
            &self.key,
            r,
            s,
            &self.matrices,
            self.inputs,
            self.constraints,
            &self.witness,
        );
        self.last = Some(proof.expect("it proves"));
    }

    fn check(&self) -> bool {
        let proof = self.last.as_ref().expect("a proof before it is verified");
        Prover::verify_proof(&self.verifier, proof, &self.witness[1..self.inputs]).expect("it verifies")
    }
}

fn random(n: usize) -> Vec<Fr> {
    let mut random = test_rng();
    (0..n).map(|_| Fr::rand(&mut random)).collect()
}

struct Sums {
    logarithms: Vec<Fr>,
    scalars: Vec<Fr>,
    points: Vec<G1Affine>,
    last: G1Projective,
}

impl Sums {
    fn new(n: usize) -> Self {
        let mut both = random(2 * n);
        let scalars = both.split_off(n);
        let points = G1Projective::generator().batch_mul(&both);
        Sums { logarithms: both, scalars, points, last: G1Projective::default() }
    }
}

impl Work for Sums {
    fn run(&mut self) {
        self.last = G1Projective::msm(&self.points, &self.scalars).expect("as many scalars as points");
    }

    fn check(&self) -> bool {
        let sum: Fr = self.scalars.iter().zip(&self.logarithms).map(|(s, l)| s * l).sum();
        self.last.into_affine() == (G1Projective::generator() * sum).into_affine()
    }
}

struct Transforms {
    domain: Radix2EvaluationDomain<Fr>,
    first: Vec<Fr>,
    values: Vec<Fr>,
}

impl Transforms {
    fn new(n: usize) -> Self {
        let domain = Radix2EvaluationDomain::new(n).expect("a power of two");
        Transforms { domain, first: random(n), values: Vec::new() }
    }
}

impl Work for Transforms {
    fn run(&mut self) {
        self.values = self.first.clone();
        self.domain.fft_in_place(&mut self.values);
    }

    fn check(&self) -> bool {
        self.domain.ifft(&self.values) == self.first
    }
}

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let size = || words[1].parse().expect("a number");
    let mut work: Box<dyn Work> = match words[0].as_str() {
        "groth16" => Box::new(Proofs::new(&words[1], &words[2])),
        "msm" => Box::new(Sums::new(size())),
        "ntt" => Box::new(Transforms::new(size())),
        other => panic!("unknown work {other}"),
    };
    say("ready");
    for line in stdin().lock().lines() {
        let begin = Instant::now();
        let valid = match line.expect("a line").as_str() {
            "run" => {
                work.run();
                true
            }
            _ => work.check(),
        };
        let milliseconds = begin.elapsed().as_secs_f64() * 1e3;
        say(&if valid { format!("{milliseconds:.4}") } else { "wrong".to_string() });
    }
}

fn say(line: &str) {
    println!("{line}");
    stdout().flush().expect("standard output takes it");
}
