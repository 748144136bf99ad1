// What a person is told when the program is not there, or is another.

import assert from "node:assert/strict";
import { tmpdir } from "node:os";
import { test } from "node:test";
import { problemWith } from "../src/program";

test("the program that is there is no problem", async () => {
  assert.equal(await problemWith(process.env.JFLINT ?? "jflint"), undefined);
});

test("a program that is not there is told in a sentence", async () => {
  assert.match((await problemWith("no-such-jflint")) ?? "", /^jflint is not found: there is no program `no-such-jflint`/);
  assert.match((await problemWith(tmpdir())) ?? "", /^jflint cannot be run/);
  assert.match((await problemWith(process.execPath)) ?? "", /is no jflint that an editor can use/);
});
