// The server that the extension starts, spoken to by the library that the editor uses.
// JFLINT is the program, `jflint` if it is not set.

import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";
import {
  CodeActionRequest,
  createProtocolConnection,
  DidOpenTextDocumentNotification,
  DocumentDiagnosticRequest,
  ExitNotification,
  InitializedNotification,
  InitializeRequest,
  type InitializeParams,
  type ProtocolConnection,
  PublishDiagnosticsNotification,
  type PublishDiagnosticsParams,
  ShutdownRequest,
  StreamMessageReader,
  StreamMessageWriter,
} from "vscode-languageserver-protocol/node";

const PAGE = '---\ntitle: "Sourcer"\n---\n\n- 🦊 recieve applications\n';

interface Session {
  connection: ProtocolConnection;
  uri: string;
  capabilities: Record<string, unknown>;
}

/** Runs a session in a project with one page, and sees to it that the server ends as it should. */
async function session(params: Partial<InitializeParams>, work: (session: Session) => Promise<void>): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "jflint-"));
  mkdirSync(join(folder, ".git"));
  const server = spawn(process.env.JFLINT ?? "jflint", ["lsp"], { cwd: folder, stdio: ["pipe", "pipe", "inherit"] });
  const status = new Promise<number | null>((resolve) => server.on("exit", resolve));
  const connection = createProtocolConnection(new StreamMessageReader(server.stdout), new StreamMessageWriter(server.stdin));
  connection.listen();
  try {
    const initialized = await connection.sendRequest(InitializeRequest.type, {
      processId: process.pid,
      rootUri: pathToFileURL(folder).href,
      capabilities: {},
      workspaceFolders: null,
      ...params,
    });
    await connection.sendNotification(InitializedNotification.type, {});
    const uri = pathToFileURL(join(folder, "job-families", "a.md")).href;
    await work({ connection, uri, capabilities: initialized.capabilities as Record<string, unknown> });
    await connection.sendRequest(ShutdownRequest.type);
    await connection.sendNotification(ExitNotification.type);
    assert.equal(await status, 0);
  } finally {
    server.kill();
    connection.dispose();
    rmSync(folder, { recursive: true });
  }
}

function open({ connection, uri }: Session): Promise<void> {
  const textDocument = { uri, languageId: "markdown", version: 1, text: PAGE };
  return connection.sendNotification(DidOpenTextDocumentNotification.type, { textDocument });
}

test("a page is pulled, and its fixes are offered", async () => {
  await session({ capabilities: { textDocument: { diagnostic: {} } } }, async (session) => {
    const { connection, uri } = session;
    await open(session);
    const report = await connection.sendRequest(DocumentDiagnosticRequest.type, { textDocument: { uri } });
    assert.equal(report.kind, "full");
    const typo = report.kind === "full" ? report.items.find((item) => item.code === "typo") : undefined;
    assert.deepEqual(typo?.range, { start: { line: 4, character: 5 }, end: { line: 4, character: 12 } });
    const actions = await connection.sendRequest(CodeActionRequest.type, {
      textDocument: { uri },
      range: typo.range,
      context: { diagnostics: [typo], only: ["quickfix"] },
    });
    const preferred = actions?.find((action) => "isPreferred" in action && action.isPreferred);
    assert.ok(preferred !== undefined && "edit" in preferred);
    assert.equal(preferred.edit?.changes?.[uri]?.[0]?.newText, "receive");
  });
});

test("findings are sent to an editor that does not pull, or that checks on save", async () => {
  const initializationOptions = { run: "onSave", severity: "warning" };
  await session({ capabilities: { textDocument: { diagnostic: {} } }, initializationOptions }, async (session) => {
    assert.equal(session.capabilities.diagnosticProvider, undefined);
    const told = new Promise<PublishDiagnosticsParams>((resolve) => {
      session.connection.onNotification(PublishDiagnosticsNotification.type, resolve);
    });
    await open(session);
    const { uri, diagnostics } = await told;
    assert.equal(uri, session.uri);
    assert.ok(diagnostics.some((diagnostic) => diagnostic.code === "typo" && diagnostic.source === "jflint"));
  });
});

test("the server takes every value of every setting", async () => {
  const manifest = JSON.parse(readFileSync(join(__dirname, "..", "..", "package.json"), "utf8"));
  const properties: Record<string, { enum?: string[] }> = manifest.contributes.configuration.properties;
  for (const [name, { enum: values }] of Object.entries(properties)) {
    for (const value of values ?? []) {
      const initializationOptions = { [name.replace("jflint.", "")]: value };
      await session({ initializationOptions }, async ({ connection }) => {
        connection.onNotification("window/showMessage", (message: { message: string }) => assert.fail(message.message));
      });
    }
  }
});
