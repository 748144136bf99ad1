// Starts `jflint lsp` and hands the pages to it. What is found, and what can be done about it, is the server's business.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";
import { problemWith, words } from "./program";

let client: LanguageClient | undefined;
/** Starts and stops follow each other, however fast the settings change. */
let last: Promise<void> = Promise.resolve();

export async function activate(context: vscode.ExtensionContext): Promise<void> {
  context.subscriptions.push(
    vscode.commands.registerCommand("jflint.restart", restart),
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
    vscode.workspace.onDidChangeConfiguration(async (change) => {
      if (change.affectsConfiguration("jflint")) {
        await restart();
      }
    }),
  );
  await restart();
}

export async function deactivate(): Promise<void> {
  await last;
  await stop();
}

function restart(): Promise<void> {
  last = last.then(stop).then(start);
  return last;
}

async function stop(): Promise<void> {
  const stopping = client;
  client = undefined;
  // One that never started cannot be stopped, and need not be.
  await stopping?.dispose().catch(() => undefined);
}

async function start(): Promise<void> {
  const settings = vscode.workspace.getConfiguration("jflint");
  const path = settings.get<string>("path", "jflint").trim() || "jflint";
  const problem = await problemWith(path);
  if (problem !== undefined) {
    // Nobody waits for the answer: the editor goes on without us.
    void tell(problem);
    return;
  }
  const server: ServerOptions = { command: path, args: ["lsp"] };
  const options: LanguageClientOptions = {
    documentSelector: [
      { scheme: "file", language: "markdown" },
      { scheme: "file", pattern: "**/*.md.erb" },
      { scheme: "file", pattern: "**/.jflint.yaml" },
    ],
    initializationOptions: { run: settings.get("run"), severity: settings.get("severity") },
  };
  client = new LanguageClient("jflint", "jflint", server, options);
  await client.start().catch((error: unknown) => void tell(`jflint does not start: ${words(error)}`));
}

async function tell(problem: string): Promise<void> {
  const settings = "Open the settings";
  const again = "Try again";
  const answer = await vscode.window.showErrorMessage(problem, settings, again);
  if (answer === settings) {
    await vscode.commands.executeCommand("workbench.action.openSettings", "jflint.path");
  } else if (answer === again) {
    await restart();
  }
}
