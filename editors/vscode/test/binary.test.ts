import assert from "node:assert/strict";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { test } from "node:test";
import { findProgram, type Places } from "../src/binary";

function world(programs: string[]): { root: string; places: Places } {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), "copydesk-"));
  for (const program of programs) {
    const file = path.join(root, program);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, "", { mode: 0o755 });
  }
  const searchPath = [path.join(root, "none"), path.join(root, "bin")].join(":");
  const workspaceFolder = path.join(root, "work");
  return {
    root,
    places: { setting: "", workspaceFolder, trusted: true, searchPath, extension: path.join(root, "ext"), windows: false },
  };
}

test("the setting wins over the PATH, and the PATH over the program that came along", () => {
  const { root, places } = world(["bin/copydesk", "ext/server/copydesk", "work/tools/copydesk"]);
  const setting = "${workspaceFolder}/tools/copydesk";
  assert.deepEqual(findProgram({ ...places, setting }), {
    program: path.join(root, "work/tools/copydesk"),
    from: "setting",
  });
  assert.deepEqual(findProgram(places), { program: path.join(root, "bin/copydesk"), from: "path" });
  assert.deepEqual(findProgram({ ...places, searchPath: "" }), {
    program: path.join(root, "ext/server/copydesk"),
    from: "bundled",
  });
});

test("the workspace's own program wins over the PATH, where the workspace is trusted", () => {
  const { root, places } = world(["bin/copydesk", "work/node_modules/.bin/copydesk"]);
  assert.deepEqual(findProgram(places), {
    program: path.join(root, "work/node_modules/.bin/copydesk"),
    from: "workspace",
  });
  assert.deepEqual(findProgram({ ...places, trusted: false }), { program: path.join(root, "bin/copydesk"), from: "path" });
});

test("a setting that names no program is said to be wrong, not passed over", () => {
  const { places } = world(["bin/copydesk"]);
  const found = findProgram({ ...places, setting: "/nowhere/copydesk" });
  assert.equal(found.program, undefined);
  assert.ok("tried" in found && found.tried[0]?.startsWith("/nowhere/copydesk"));
});

test("a folder or a file that cannot be started is no program", () => {
  const { root, places } = world(["bin/copydesk/inner"]);
  assert.equal(findProgram(places).program, undefined);
  fs.mkdirSync(path.join(root, "none"));
  fs.writeFileSync(path.join(root, "none/copydesk"), "", { mode: 0o644 });
  assert.equal(findProgram(places).program, undefined);
});
