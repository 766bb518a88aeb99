// Proves with snarkjs on the lines that `compare` sends: driver.mjs groth16|plonk <circuit.zkey> <witness.wtns>.
//
// Key and witness are in memory; snarkjs parses the key's bytes in every run.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import * as snarkjs from "snarkjs";

const scheme = snarkjs[process.argv[2]];
const [zkey, wtns] = process.argv.slice(3, 5).map((file) => ({ type: "mem", data: new Uint8Array(readFileSync(file)) }));
const key = await snarkjs.zKey.exportVerificationKey(zkey);
let last;
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  let valid = true;
  if (line === "run") {
    last = await scheme.prove(zkey, wtns);
  } else {
    valid = await scheme.verify(key, last.publicSignals, last.proof);
  }
  console.log(valid ? (performance.now() - begin).toFixed(4) : "wrong");
}
process.exit(0); // snarkjs keeps workers alive
