// Proves with snarkjs on the lines that `compare` sends: driver.mjs <circuit.zkey> <witness.wtns>.
//
// Key and witness are in memory; snarkjs parses the key's bytes in every run.
import { readFileSync } from "node:fs";
import { performance } from "node:perf_hooks";
import { createInterface } from "node:readline";
import * as snarkjs from "snarkjs";

const [zkey, wtns] = process.argv.slice(2, 4).map((file) => ({ type: "mem", data: new Uint8Array(readFileSync(file)) }));
const key = await snarkjs.zKey.exportVerificationKey(zkey);
let last;
console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  const begin = performance.now();
  let valid = true;
  if (line === "run") {
    last = await snarkjs.groth16.prove(zkey, wtns);
  } else {
    valid = await snarkjs.groth16.verify(key, last.publicSignals, last.proof);
  }
  console.log(valid ? (performance.now() - begin).toFixed(4) : "wrong");
}
process.exit(0); // snarkjs keeps workers alive
