// Uses the page as a visitor does: node page.mjs <url> <chromium> <folder for screenshots>.
// Prints what it saw, a line each; problems on the page's console are printed too.
import puppeteer from "puppeteer-core";

const [url, executablePath, folder] = process.argv.slice(2);
const browser = await puppeteer.launch({ executablePath, args: ["--no-sandbox"] });
try {
  const page = await browser.newPage();
  page.on("console", (message) => {
    if (message.type() === "error") console.log("console: " + message.text());
  });
  page.on("pageerror", (error) => console.log("error: " + error.message));
  await page.setViewport({ width: 1200, height: 900 });
  await page.goto(url);
  await page.waitForSelector("#proofs button");
  await page.waitForSelector("#proof:not([hidden])");

  const verdict = async (button) => {
    await page.click(button);
    await page.waitForFunction(
      () => ["good", "bad"].includes(document.getElementById("verdict").className), { timeout: 60000 });
    return page.$eval("#verdict", (node) => node.className + " " + node.textContent);
  };
  const shot = (name) => page.screenshot({ path: folder + "/" + name + ".png", fullPage: true });
  const overflow = () => page.evaluate(
    () => document.documentElement.scrollWidth > document.documentElement.clientWidth);

  console.log("here: " + (await verdict("#verify-here")));
  console.log("there: " + (await verdict("#verify-there")));
  await shot("desk");
  console.log("tampered: " + (await verdict("#tamper")));
  console.log("tampered there: " + (await verdict("#verify-there")));
  const colour = await page.$eval("#verdict", (node) => getComputedStyle(node).color);
  console.log("tampered colour: " + colour);
  await page.click("summary");
  await shot("tampered");
  console.log("restored: " + (await verdict("#restore")));

  const checks = await page.$$("#ledger button");
  for (const check of checks) await check.click();
  await page.waitForFunction(() => document.querySelectorAll("#ledger button").length === 0);
  for (const text of await page.$$eval("#ledger tr td:last-child", (cells) => cells.map((cell) => cell.textContent))) {
    console.log("ledger: " + text);
  }
  console.log("wider than a desk: " + (await overflow()));
  await page.setViewport({ width: 360, height: 740, isMobile: true, hasTouch: true });
  await page.reload();
  await page.waitForSelector("#proof:not([hidden])");
  console.log("wider than a phone: " + (await overflow()));
  const small = await page.$$eval("button", (buttons) =>
    buttons.filter((b) => b.offsetParent && b.getBoundingClientRect().height < 40).length);
  console.log("small buttons: " + small);
  const unnamed = await page.evaluate(() =>
    [...document.querySelectorAll("button, summary, section, table")].filter((node) =>
      !(node.textContent.trim() || node.getAttribute("aria-label"))).length);
  console.log("unnamed: " + unnamed);
  await shot("phone");
  console.log("end");
} finally {
  await browser.close();
}
