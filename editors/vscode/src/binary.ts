// Finds the program: what the setting names, else one in the workspace, else the one on the PATH, else the one that came
// with the extension. Knows nothing of the editor, so that it can be tested without one.

import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

export interface Places {
  /** The setting `copydesk.path`; may be empty. */
  setting: string;
  workspaceFolder: string | undefined;
  /** Whether the person trusts the workspace: else nothing in it is started. */
  trusted: boolean;
  /** The environment's PATH. */
  searchPath: string;
  /** The folder of the extension. */
  extension: string;
  windows: boolean;
}

export type Found =
  | { program: string; from: "setting" | "workspace" | "path" | "bundled" }
  /** Nothing was found; `tried` says where, for the message. */
  | { program: undefined; tried: string[] };

/** Where package managers put the programs of one folder. */
const IN_WORKSPACE = ["node_modules/.bin", ".venv/bin", ".venv/Scripts", "bin"];

export function findProgram(places: Places): Found {
  const name = places.windows ? "copydesk.exe" : "copydesk";
  if (places.setting !== "") {
    // A setting that is wrong is not passed over in silence.
    const program = expand(places.setting, places.workspaceFolder);
    return isProgram(program, places.windows)
      ? { program, from: "setting" }
      : { program: undefined, tried: [`${program} (the setting copydesk.path)`] };
  }
  const { workspaceFolder, trusted } = places;
  if (workspaceFolder !== undefined && trusted) {
    const program = firstProgram(IN_WORKSPACE.map((folder) => path.join(workspaceFolder, folder, name)), places);
    if (program !== undefined) {
      return { program, from: "workspace" };
    }
  }
  const folders = places.searchPath.split(places.windows ? ";" : ":").filter((folder) => folder !== "");
  const onPath = firstProgram(folders.map((folder) => path.join(folder, name)), places);
  if (onPath !== undefined) {
    return { program: onPath, from: "path" };
  }
  const bundled = path.join(places.extension, "server", name);
  if (isProgram(bundled, places.windows)) {
    return { program: bundled, from: "bundled" };
  }
  return { program: undefined, tried: ["the PATH", `${bundled} (it came without one for this platform)`] };
}

function firstProgram(files: string[], places: Places): string | undefined {
  return files.find((file) => isProgram(file, places.windows));
}

function expand(setting: string, workspaceFolder: string | undefined): string {
  const home = setting.replace(/^~(?=$|[\\/])/, os.homedir());
  const folder = home.replaceAll("${workspaceFolder}", workspaceFolder ?? "");
  return path.resolve(workspaceFolder ?? "", folder);
}

function isProgram(file: string, windows: boolean): boolean {
  try {
    fs.accessSync(file, windows ? fs.constants.F_OK : fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
