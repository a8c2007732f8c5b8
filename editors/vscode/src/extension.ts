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

const INSTALL = "https://crates.io/crates/copydesk";

let client: LanguageClient | undefined;
let program: string | undefined;

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  const output = vscode.window.createOutputChannel("copydesk", { log: true });
  const marks = vscode.languages.createDiagnosticCollection("copydesk-workspace");
  const status = vscode.window.createStatusBarItem("copydesk.status", vscode.StatusBarAlignment.Right, 90);
  status.name = "copydesk";
  status.command = "workbench.actions.view.problems";
  const command = (name: string, run: () => unknown) => vscode.commands.registerCommand(`copydesk.${name}`, run);
  context.subscriptions.push(
    output,
    marks,
    status,
    command("restart", () => start(context, output)),
    command("showOutput", () => output.show()),
    command("fixAll", fixAll),
    command("checkWorkspace", () => checkWorkspace(marks)),
    command("explainRule", explainRule),
    command("openSample", () => openSample(context)),
    vscode.workspace.onDidOpenTextDocument((document) => marks.delete(document.uri)),
    vscode.languages.onDidChangeDiagnostics(() => showCount(status)),
    vscode.window.onDidChangeActiveTextEditor(() => showCount(status)),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("copydesk.path")) {
        await start(context, output);
      }
    }),
  );
  await start(context, output);
}

export async function deactivate(): Promise<void> {
  await client?.stop();
}

async function start(context: vscode.ExtensionContext, output: vscode.LogOutputChannel): Promise<void> {
  await client?.stop().catch(() => undefined);
  client = undefined;
  const found = findProgram({
    setting: vscode.workspace.getConfiguration("copydesk").get("path", ""),
    workspaceFolder: vscode.workspace.workspaceFolders?.[0]?.uri.fsPath,
    searchPath: process.env["PATH"] ?? "",
    extension: context.extensionPath,
    windows: process.platform === "win32",
  });
  if (found.program === undefined) {
    void sayWhatToDo(found.tried);
    return;
  }
  program = found.program;
  output.info(`starts ${found.program} (${found.from})`);
  const server: ServerOptions = { command: found.program, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { language: "markdown" },
      { language: "plaintext" },
      { language: "html" },
      { pattern: "**/styleguide.toml" },
    ],
    outputChannel: output,
  };
  client = new LanguageClient("copydesk", "copydesk", server, options);
  try {
    await client.start();
  } catch (error) {
    output.error(String(error));
    void vscode.window.showErrorMessage(`copydesk: ${found.program} does not start. The output says why.`);
  }
}

async function sayWhatToDo(tried: string[]): Promise<void> {
  const install = "How to install it";
  const settings = "Say where it is";
  const message = `copydesk: the program was not found. Looked for it at: ${tried.join("; ")}`;
  const choice = await vscode.window.showErrorMessage(message, install, settings);
  if (choice === install) {
    await vscode.env.openExternal(vscode.Uri.parse(INSTALL));
  } else if (choice === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "copydesk.path");
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
    const { stdout } = await promisify(execFile)(program, ["explain", rule]);
    const document = await vscode.workspace.openTextDocument({ language: "markdown", content: stdout });
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

function showCount(status: vscode.StatusBarItem): void {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined || client === undefined) {
    status.hide();
    return;
  }
  const count = ours(editor.document.uri).length;
  status.text = count === 0 ? "$(check) copydesk" : `$(pencil) copydesk ${count}`;
  status.tooltip = count === 0 ? "Nothing is marked in this draft" : `${count} marked in this draft`;
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
