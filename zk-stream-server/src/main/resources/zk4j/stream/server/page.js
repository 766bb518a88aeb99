"use strict";

const $ = (id) => document.getElementById(id);

const MEANING = {
  holds: "the answer: 1 is yes, 0 is no",
  pseudonym: "what this verifier knows the person by; another verifier knows another",
  nullifier: "the same for every proof of this statement about this window, so that it counts once",
  challenge: "what the verifier asked this time, so that no old proof will do",
  audience: "for whom the proof is, and for nobody else",
  enrolment: "the devices that are trusted now",
  start: "when the window begins, in milliseconds since 1970",
  minimumPresent: "how many readings there have to be",
};

const STATE = {
  SEALED: "sealed", PROVING: "proving", PROVEN: "proven", FAILED: "failed", GAP: "no readings", LATE: "readings came late",
};

const TRUST = {
  DEVICE_PROVER: "The device proves. Readings stay where they were taken.",
  DELEGATED_PROVER: "A service proves, and sees the readings. Who verifies does not.",
};

let view = null;
let policies = new Map();
let shown = null; // the number of the proof in detail
let tampered = false;
let drawn = ""; // what is on the page, to leave it alone while nothing changes

function element(tag, text, className) {
  const node = document.createElement(tag);
  node.textContent = text;
  if (className) node.className = className;
  return node;
}

const clock = (time) => time.slice(0, 10) + " " + time.slice(11, 16);

async function fetched(path, options) {
  const response = await fetch(path, options);
  if (!response.ok) throw new Error(path + " answers " + response.status);
  return response.json();
}

async function policy(id) {
  if (!policies.has(id)) policies.set(id, await fetched("/api/policies/" + id));
  return policies.get(id);
}

async function refresh() {
  try {
    const next = await fetched("/api/console");
    const text = JSON.stringify(next);
    $("state").textContent = "";
    if (text === drawn) return;
    drawn = text;
    view = next;
    await draw();
  } catch (problem) {
    $("state").textContent = "The server does not answer: " + problem.message;
  }
}

async function draw() {
  // No proof tells who made it: only whoever has the windows knows.
  $("trust").textContent = view.windows.length > 0 ? TRUST[view.trust] : "No reading is known here, nor who proves.";
  $("no-windows").hidden = view.windows.length > 0;
  $("windows").replaceChildren(...view.windows.map((row) => {
    const item = element("li", "", row.state);
    item.append(
      element("b", clock(row.start)),
      row.channel + ", " + STATE[row.state] + ", " + row.present + " of " + row.slots);
    return item;
  }));
  $("no-proofs").hidden = view.proofs.length > 0;
  $("proofs").replaceChildren(...view.proofs.map((row) => {
    const item = element("li", "");
    const button = element("button", row.policy + ", " + clock(row.window) + ": " + (row.holds ? "yes" : "no"));
    button.type = "button";
    button.setAttribute("aria-pressed", String(row.number === shown));
    button.setAttribute("aria-label", row.question + " " + button.textContent);
    button.addEventListener("click", () => show(row.number));
    item.append(button);
    return item;
  }));
  if (shown === null && view.proofs.length > 0) await show(view.proofs[0].number);
  $("ledger").replaceChildren(...view.ledger.map((row) => {
    const line = element("tr", "");
    const check = element("button", "Check");
    check.type = "button";
    check.setAttribute("aria-label", "Check entry " + row.index);
    const last = element("td", "");
    last.append(check);
    check.addEventListener("click", async () => {
      const found = await included(row, view.ledger.length, view.root);
      last.textContent = found ? "✓ yes: " + row.path.length + " hashes lead to the root" : "✗ no";
    });
    line.append(element("td", String(row.index)), element("td", clock(row.time)), element("td", row.kind), last);
    return line;
  }));
  $("checkpoint").textContent = view.checkpoint;
  $("no-receipts").hidden = view.receipts.length > 0;
  $("receipts").replaceChildren(...view.receipts.map((text) => element("pre", text)));
}

const current = () => view.proofs.find((row) => row.number === shown);

/** The signals as they are shown: the answer is the other one when it is tampered with. */
function signals(row) {
  const copy = [...row.publicSignals];
  if (tampered) copy[0] = copy[0] === "1" ? "0" : "1";
  return copy;
}

async function show(number) {
  shown = number;
  tampered = false;
  await detail();
  verdict("Not verified yet.", "");
  for (const button of $("proofs").querySelectorAll("button")) {
    const row = view.proofs[[...$("proofs").children].indexOf(button.parentElement)];
    button.setAttribute("aria-pressed", String(row.number === shown));
  }
}

function meaning(name, known) {
  if (name in MEANING) return MEANING[name];
  if (name in known.fixed) return "a parameter of the question";
  return name in known.windows ? "when a window begins" : "a window, hidden: it has a proof of its own";
}

async function detail() {
  const row = current();
  const known = await policy(row.policy);
  const values = signals(row);
  $("proof").hidden = false;
  $("question").textContent = row.question;
  $("answer").textContent =
    (tampered ? "You have changed the answer to: " : "") + (values[0] === "1" ? "Yes." : "No, or there are too few readings.") +
    " About the window from " + clock(row.window) + ". Accepted as number " + row.number + ".";
  $("signals").replaceChildren(...known.signals.map((name, i) => {
    const line = element("tr", "");
    const changed = values[i] !== row.publicSignals[i];
    const head = element("th", name);
    head.scope = "row";
    line.append(
      head,
      element("td", values[i], changed ? "number tampered" : "number"),
      element("td", meaning(name, known)));
    return line;
  }));
  $("verify-here").disabled = !view.snarkjs;
  $("no-snarkjs").hidden = view.snarkjs;
  $("tamper").hidden = tampered;
  $("restore").hidden = !tampered;
}

function verdict(text, className) {
  $("verdict").textContent = text;
  $("verdict").className = className;
}

function conclude(valid, where) {
  verdict(
    valid ? "✓ Valid, says " + where + "." : "✗ Not valid, says " + where + ".", valid ? "good" : "bad");
}

async function verifyHere() {
  verdict("Verifying in this browser …", "");
  try {
    if (!window.snarkjs) await load("/snarkjs.min.js");
    const row = current();
    const known = await policy(row.policy);
    conclude(await holds(known, row), "this browser");
  } catch (problem) {
    verdict("This browser could not verify: " + problem.message, "bad");
  }
}

/** Whether the proof holds, and those of a day's windows for their signals. */
async function holds(known, row) {
  const verify = window.snarkjs.groth16.verify;
  const values = signals(row);
  const names = known.summaries ? known.summaries.signals : [];
  if (row.windows.length !== names.length) return false;
  if (!(await verify(known.verificationKey, values, row.proof))) return false;
  for (let i = 0; i < names.length; i++) {
    const summary = values[known.signals.indexOf(names[i])];
    if (!(await verify(known.summaries.verificationKey, [summary], row.windows[i]))) return false;
  }
  return true;
}

async function verifyThere() {
  verdict("Verifying on the server …", "");
  try {
    const row = current();
    const body = JSON.stringify({ proof: row.proof, publicSignals: signals(row), windows: row.windows });
    const answer = await fetched("/api/policies/" + row.policy + "/check", { method: "POST", body });
    conclude(answer.valid, "the server");
  } catch (problem) {
    verdict("The server could not verify: " + problem.message, "bad");
  }
}

async function setTampered(value) {
  tampered = value;
  await detail();
  if (view.snarkjs) await verifyHere();
  else await verifyThere();
}

function load(source) {
  return new Promise((resolve, reject) => {
    const script = document.createElement("script");
    script.src = source;
    script.onload = resolve;
    script.onerror = () => reject(new Error(source + " cannot be loaded"));
    document.head.append(script);
  });
}

const bytes = (hex) => Uint8Array.from(hex.match(/../g) || [], (pair) => parseInt(pair, 16));
const hex = (buffer) => [...new Uint8Array(buffer)].map((b) => b.toString(16).padStart(2, "0")).join("");

async function node(left, right) {
  return hex(await crypto.subtle.digest("SHA-256", new Uint8Array([1, ...bytes(left), ...bytes(right)])));
}

/** Whether the path leads from the entry to the root: RFC 9162, section 2.1.3.2. */
async function included(row, size, root) {
  let fn = row.index;
  let sn = size - 1;
  let hash = row.leaf;
  for (const sibling of row.path) {
    if (sn === 0) return false;
    if (fn % 2 === 1 || fn === sn) {
      hash = await node(sibling, hash);
      while (fn % 2 === 0 && fn !== 0) {
        fn = Math.floor(fn / 2);
        sn = Math.floor(sn / 2);
      }
    } else {
      hash = await node(hash, sibling);
    }
    fn = Math.floor(fn / 2);
    sn = Math.floor(sn / 2);
  }
  return sn === 0 && hash === root;
}

$("verify-here").addEventListener("click", verifyHere);
$("verify-there").addEventListener("click", verifyThere);
$("tamper").addEventListener("click", () => setTampered(true));
$("restore").addEventListener("click", () => setTampered(false));
refresh();
setInterval(refresh, 2000);
