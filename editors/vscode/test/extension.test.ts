// What the extension does when it starts, in an editor that is only as real as it needs to be.

import assert from "node:assert/strict";
import Module from "node:module";
import { test } from "node:test";

const shown: string[] = [];
const commands = new Map<string, () => Promise<void>>();
let path = "no-such-jflint";

const nothing = (): void => undefined;
const disposable = { dispose: nothing };

const editor: Record<string, unknown> = {
  commands: {
    registerCommand: (name: string, command: () => Promise<void>) => {
      commands.set(name, command);
      return disposable;
    },
  },
  workspace: {
    getConfiguration: () => ({ get: (name: string) => (name === "path" ? path : undefined) }),
    onDidChangeConfiguration: () => disposable,
    onDidGrantWorkspaceTrust: () => disposable,
  },
  window: {
    showErrorMessage: async (message: string) => {
      shown.push(message);
      return undefined;
    },
  },
  version: "1.100.0",
};

/** What the library of the client only derives from when it is loaded. */
const anything = new Proxy(editor, { get: (known, name) => known[String(name)] ?? class {} });

type Load = (name: string, ...rest: unknown[]) => unknown;
const loader = Module as unknown as { _load: Load };
const load = loader._load;
loader._load = function (this: unknown, name, ...rest) {
  return name === "vscode" ? anything : load.call(this, name, ...rest);
};

test("without the program there is one message, and trying again tells it again", async () => {
  const { activate, deactivate } = require("../src/extension") as typeof import("../src/extension");
  const subscriptions: unknown[] = [];
  await activate({ subscriptions } as never);
  assert.equal(subscriptions.length, 3);
  assert.equal(shown.length, 1);
  assert.match(shown[0] ?? "", /^jflint is not found: there is no program `no-such-jflint`/);
  path = "another-that-is-not-there";
  await commands.get("jflint.restart")?.();
  assert.match(shown[1] ?? "", /`another-that-is-not-there`/);
  await deactivate();
});
