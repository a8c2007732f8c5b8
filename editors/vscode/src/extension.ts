// The extension: starts the language server, and adds the few commands that the protocol has no word for.

import { execFile } from "node:child_process";
import { promisify } from "node:util";
import * as vscode from "vscode";
import {
  LanguageClient,
  type LanguageClientOptions,
  type ServerOptions,
  type WorkspaceDiagnosticReport,
} from "vscode-languageclient/node";
import { findProgram } from "./binary";

let client: LanguageClient | undefined;
let program: string | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("copydesk", { log: true });
  const marks = vscode.languages.createDiagnosticCollection("copydesk-workspace");
  const status = vscode.window.createStatusBarItem("copydesk.status", vscode.StatusBarAlignment.Right, 90);
  status.name = "copydesk";
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`copydesk.${name}`, run);
  const restart = () => start(context, output, status);
  context.subscriptions.push(
    output,
    marks,
    status,
    command("restart", restart),
    command("showOutput", () => output.show()),
    command("fixAll", fixAll),
    command("checkWorkspace", () => checkWorkspace(marks)),
    command("explainRule", explainRule),
    command("openSample", () => openSample(context)),
    command("openGuide", openGuide),
    vscode.workspace.onDidOpenTextDocument((document) => marks.delete(document.uri)),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.languages.onDidChangeDiagnostics(() => showCount(status)),
    vscode.window.onDidChangeActiveTextEditor(() => showCount(status)),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("copydesk.path")) {
        await restart();
      }
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(
  context: vscode.ExtensionContext,
  output: vscode.LogOutputChannel,
  status: vscode.StatusBarItem,
): Promise<void> {
  const before = client;
  client = undefined;
  program = undefined;
  await before?.stop().catch(() => undefined);
  const found = findProgram({
    setting: vscode.workspace.getConfiguration("copydesk").get("path", ""),
    workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    trusted: vscode.workspace.isTrusted,
    searchPath: process.env["PATH"] ?? "",
    extension: context.extensionPath,
    windows: process.platform === "win32",
  });
  if (found.program === undefined) {
    showCount(status);
    output.error(`the program was not found: ${found.tried.join("; ")}`);
    void sayWhatToDo(context, found.tried);
    return;
  }
  program = found.program;
  output.info(`starts ${found.program} (${found.from})`);
  const server: ServerOptions = { command: found.program, args: ["lsp"] };
  const drafts = ["file", "untitled"].flatMap((scheme) =>
    ["markdown", "plaintext", "html"].map((language) => ({ scheme, language })),
  );
  const options: LanguageClientOptions = {
    documentSelector: [...drafts, { scheme: "file", pattern: "**/styleguide.toml" }],
    outputChannel: output,
    initializationOptions: vscode.workspace.getConfiguration("copydesk"),
    synchronize: { configurationSection: "copydesk" },
  };
  const starting = new LanguageClient("copydesk", "copydesk", server, options);
  try {
    await starting.start();
    client = starting;
  } catch (error) {
    output.error(String(error));
    void sayThatItFails(output, found.program);
  }
  showCount(status);
}

async function sayWhatToDo(context: vscode.ExtensionContext, tried: string[]): Promise<void> {
  const install = "How to Install It";
  const settings = "Say Where It Is";
  const message =
    "copydesk: the program “copydesk” was not found, so nothing is marked. " +
    `Install it, or say in the settings where it is. Looked for it at: ${tried.join("; ")}`;
  const choice = await vscode.window.showErrorMessage(message, install, settings);
  if (choice === install) {
    await vscode.commands.executeCommand("markdown.showPreview", vscode.Uri.joinPath(context.extensionUri, "README.md"));
  } else if (choice === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "copydesk.path");
  }
}

async function sayThatItFails(output: vscode.LogOutputChannel, started: string): Promise<void> {
  const show = "Show Output";
  const choice = await vscode.window.showErrorMessage(`copydesk: ${started} does not start. The output says why.`, show);
  if (choice === show) {
    output.show();
  }
}

async function fixAll(): Promise<void> {
  await vscode.commands.executeCommand("editor.action.codeAction", {
    kind: "source.fixAll.copydesk",
    apply: "first",
  });
}

/** Shows the marks of all drafts in the Problems panel, those included that are not open. */
async function checkWorkspace(marks: vscode.DiagnosticCollection): Promise<void> {
  const running = client;
  if (running === undefined) {
    void vscode.window.showWarningMessage("copydesk: the server does not run. “copydesk: Restart” starts it.");
    return;
  }
  const title = "copydesk: checking the workspace";
  await vscode.window.withProgress({ location: vscode.ProgressLocation.Window, title }, async () => {
    const report: WorkspaceDiagnosticReport = await running.sendRequest("workspace/diagnostic", {
      previousResultIds: [],
    });
    const open = new Set(vscode.workspace.textDocuments.map((document) => document.uri.toString()));
    marks.clear();
    for (const file of report.items) {
      const uri = running.protocol2CodeConverter.asUri(file.uri);
      if (file.kind === "full" && !open.has(uri.toString())) {
        marks.set(uri, await running.protocol2CodeConverter.asDiagnostics(file.items));
      }
    }
  });
  await vscode.commands.executeCommand("workbench.actions.view.problems");
}

/** Explains the rule of the mark at the cursor, else one that is asked for. */
async function explainRule(): Promise<void> {
  const rule = ruleAtCursor() ?? (await vscode.window.showInputBox({ prompt: "Which rule?", placeHolder: "name-variant" }));
  if (rule === undefined || program === undefined) {
    return;
  }
  try {
    const { stdout } = await promisify(execFile)(program, ["--color", "never", "explain", rule]);
    const document = await vscode.workspace.openTextDocument({ content: stdout });
    await vscode.window.showTextDocument(document, { preview: true, viewColumn: vscode.ViewColumn.Beside });
  } catch (error) {
    void vscode.window.showErrorMessage(`copydesk: ${(error as { stderr?: string }).stderr ?? String(error)}`);
  }
}

function ruleAtCursor(): string | undefined {
  const editor = vscode.window.activeTextEditor;
  const cursor = editor?.selection.active;
  if (editor === undefined || cursor === undefined) {
    return undefined;
  }
  const mark = ours(editor.document.uri).find((diagnostic) => diagnostic.range.contains(cursor));
  return typeof mark?.code === "string" ? mark.code : undefined;
}

/** Says in the status bar how much is marked in the draft that is looked at. */
function showCount(status: vscode.StatusBarItem): void {
  const document = vscode.window.activeTextEditor?.document;
  if (document === undefined || !["markdown", "plaintext", "html"].includes(document.languageId)) {
    status.hide();
    return;
  }
  if (client === undefined) {
    status.text = "$(warning) copydesk";
    status.tooltip = "The server does not run: click to start it";
    status.command = "copydesk.restart";
    status.show();
    return;
  }
  const count = ours(document.uri).length;
  status.text = count === 0 ? "$(check) copydesk" : `$(pencil) copydesk ${count}`;
  status.tooltip = count === 0 ? "Nothing is marked in this draft" : `${count} marked in this draft: click to list them`;
  status.command = "workbench.actions.view.problems";
  status.show();
}

function ours(uri: vscode.Uri): vscode.Diagnostic[] {
  return vscode.languages.getDiagnostics(uri).filter((diagnostic) => diagnostic.source === "copydesk");
}

/** Opens a copy of the sample draft that nobody has to save. */
async function openSample(context: vscode.ExtensionContext): Promise<void> {
  const file = vscode.Uri.joinPath(context.extensionUri, "walkthrough", "sample.md");
  const content = new TextDecoder().decode(await vscode.workspace.fs.readFile(file));
  const document = await vscode.workspace.openTextDocument({ language: "markdown", content });
  await vscode.window.showTextDocument(document);
}

/** Opens the first folder's styleguide; where there is none, the program writes one that explains itself. */
async function openGuide(): Promise<void> {
  const folder = vscode.workspace.workspaceFolders?.[0];
  if (folder === undefined) {
    void vscode.window.showWarningMessage("copydesk: open the folder of the drafts first; the styleguide stands in it.");
    return;
  }
  const guide = vscode.Uri.joinPath(folder.uri, "styleguide.toml");
  try {
    await vscode.workspace.fs.stat(guide);
  } catch {
    if (program === undefined) {
      return;
    }
    await promisify(execFile)(program, ["init", folder.uri.fsPath]);
  }
  await vscode.window.showTextDocument(guide);
}
