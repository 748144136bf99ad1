// The program that the extension runs, and what can be wrong with it.

import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Why the program cannot be run, if it cannot. */
export async function problemWith(path: string): Promise<string | undefined> {
  try {
    await run(path, ["lsp", "--help"], { timeout: 10_000 });
    return undefined;
  } catch (error) {
    const code = (error as { code?: unknown }).code;
    if (code === "ENOENT") {
      return `jflint is not found: there is no program \`${path}\`. Install it, or say in the settings where it is.`;
    }
    if (code === "EACCES") {
      return `jflint cannot be run: \`${path}\` is no program that you may run.`;
    }
    return `\`${path}\` is no jflint that an editor can use (it needs the command \`lsp\`): ${words(error)}`;
  }
}

/** What an error says. */
export function words(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
