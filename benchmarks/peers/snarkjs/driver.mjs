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
  if (line === "prove") {
    const begin = performance.now();
    last = await snarkjs.groth16.prove(zkey, wtns);
    console.log((performance.now() - begin).toFixed(3));
  } else if (line === "verify") {
    console.log((await snarkjs.groth16.verify(key, last.publicSignals, last.proof)) ? "ok" : "invalid");
  } else {
    throw new Error("unknown command " + line);
  }
}
process.exit(0); // snarkjs keeps workers alive
