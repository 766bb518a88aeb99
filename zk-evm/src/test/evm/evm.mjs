// Compiles the contracts of a folder and runs them on anvil: evm.mjs <folder>. Each line of the input gets one of output:
//   deploy <contract> [arguments]   its address, and the gas
//   call <address> <data> [gas]     what it returns, or "reverted"
//   simulate <address> <data> [gas] as call, in the next block, and with the data of what was reverted
//   send <address> <data> [gas]     "ok" or "reverted", the gas used, and events: topics and data with commas between
//   sender                          the address that all of it is from
//   time <seconds>                  "ok": the next block has that timestamp
//   node                            where its JSON-RPC is
import { spawn } from "node:child_process";
import { readFileSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { join } from "node:path";
import { createInterface } from "node:readline";

const folder = process.argv[2];
const require = createRequire(join(process.cwd(), "package.json"));
const solc = require("solc");

const sources = {};
for (const file of readdirSync(folder).filter((name) => name.endsWith(".sol"))) {
  sources[file] = { content: readFileSync(join(folder, file), "utf8") };
}
const settings = {
  optimizer: { enabled: true, runs: 200 },
  outputSelection: { "*": { "*": ["evm.bytecode.object"] } },
};
const compiled = JSON.parse(solc.compile(JSON.stringify({ language: "Solidity", sources, settings })));
const complaints = (compiled.errors ?? []).map((error) => error.formattedMessage);
if (complaints.length > 0) {
  console.error(complaints.join("\n"));
  process.exit(1);
}
const code = Object.assign({}, ...Object.values(compiled.contracts));

const port = await new Promise((resolve) => {
  const server = createServer().listen(0, "127.0.0.1", () => {
    const { port } = server.address();
    server.close(() => resolve(port));
  });
});
// npm's anvil starts another process: a group of its own, which ends as a whole.
const anvil = spawn(join("node_modules", ".bin", "anvil"), ["--port", String(port), "--silent"], {
  detached: true,
  stdio: "ignore",
});
process.on("exit", () => process.kill(-anvil.pid));
process.on("SIGTERM", () => process.exit(1));

async function rpc(method, ...params) {
  const body = JSON.stringify({ jsonrpc: "2.0", id: 1, method, params });
  const response = await fetch(`http://127.0.0.1:${port}`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body,
  });
  const { result, error } = await response.json();
  if (error) {
    throw Object.assign(new Error(error.message), { data: error.data });
  }
  return result;
}

for (let tries = 0; ; tries++) {
  try {
    await rpc("eth_chainId");
    break;
  } catch (e) {
    if (tries === 200) {
      throw e;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
const [from] = await rpc("eth_accounts");
const LIMIT = "0xb71b00"; // 12 million

async function receipt(transaction) {
  const hash = await rpc("eth_sendTransaction", { from, ...transaction });
  for (;;) {
    const found = await rpc("eth_getTransactionReceipt", hash);
    if (found) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
}

async function answer([verb, target, data, gas]) {
  const limit = gas ? `0x${Number(gas).toString(16)}` : LIMIT;
  switch (verb) {
    case "deploy": {
      const { contractAddress, gasUsed } = await receipt({
        data: `0x${code[target].evm.bytecode.object}${data ?? ""}`,
        gas: LIMIT,
      });
      return `${contractAddress} ${Number(gasUsed)}`;
    }
    case "call":
      try {
        return await rpc("eth_call", { from, to: target, data, gas: limit }, "latest");
      } catch (e) {
        return "reverted";
      }
    case "simulate":
      try {
        return await rpc("eth_call", { from, to: target, data, gas: limit }, "pending");
      } catch (e) {
        return `reverted ${e.data}`;
      }
    case "node":
      return `http://127.0.0.1:${port}`;
    case "sender":
      return from;
    case "send": {
      const { status, gasUsed, logs } = await receipt({ to: target, data, gas: limit });
      const events = logs.map((log) => [...log.topics, log.data].join(","));
      return [status === "0x1" ? "ok" : "reverted", Number(gasUsed), ...events].join(" ");
    }
    case "time":
      await rpc("evm_setNextBlockTimestamp", Number(target));
      return "ok";
    default:
      throw new Error(`unknown command ${verb}`);
  }
}

console.log("ready");
for await (const line of createInterface({ input: process.stdin })) {
  console.log(await answer(line.split(" ")));
}
process.exit(0);
