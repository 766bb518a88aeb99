// Works with snarkjs, or circomlibjs, on the lines that `compare` sends: driver.mjs groth16|plonk <circuit.zkey>
// <witness.wtns>, driver.mjs poseidon <n>.
import { randomBytes } from "node:crypto";
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";

/** Key and witness are in memory; snarkjs parses the key's bytes in every run. */
async function proofs(protocol, ...files) {
  const snarkjs = await import("snarkjs");
  const [zkey, wtns] = files.map((file) => ({ type: "mem", data: new Uint8Array(readFileSync(file)) }));
  const key = await snarkjs.zKey.exportVerificationKey(zkey);
  const scheme = snarkjs[protocol];
  let last;
  return {
    run: async () => (last = await scheme.prove(zkey, wtns)),
    check: () => scheme.verify(key, last.publicSignals, last.proof),
  };
}

/** Hashes of two elements, on one thread: circomlibjs has no other. */
async function hashes(n) {
  const { buildPoseidon, buildPoseidonReference } = await import("circomlibjs");
  const poseidon = await buildPoseidon();
  const reference = await buildPoseidonReference();
  const inputs = Array.from({ length: n }, () => [0, 1].map(() => poseidon.F.e(randomBytes(31))));
  let last;
  return {
    run: () => (last = inputs.map((pair) => poseidon(pair))),
    check: () => inputs.every((pair, i) => i % 997 !== 0 || poseidon.F.eq(last[i], reference(pair))),
  };
}

const [work, ...rest] = process.argv.slice(2);
const measured = work === "poseidon" ? await hashes(Number(rest[0])) : await proofs(work, ...rest);
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  let valid = true;
  if (line === "run") {
    await measured.run();
  } else {
    valid = await measured.check();
  }
  console.log(valid ? (performance.now() - begin).toFixed(4) : "wrong");
}
process.exit(0); // snarkjs keeps workers alive
