import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, test } from "@jest/globals";
import { readProjectFile } from "../../../tools/project";
import { findInterruption } from "../../../tools/rehearsal/interruption";

const project = readProjectFile().name;
let backend: string;
beforeEach(() => {
  backend = mkdtempSync(path.join(tmpdir(), "backend-"));
});
afterEach(() => rmSync(backend, { recursive: true, force: true }));

/** A lock as pulumi's file backend writes it. */
function lock(pid: number): void {
  const folder = path.join(backend, ".pulumi", "locks", "organization", project, "local");
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "a.json"), JSON.stringify({ pid, username: "me", hostname: hostname() }));
}

function state(latest: object): void {
  const folder = path.join(backend, ".pulumi", "stacks", project);
  mkdirSync(folder, { recursive: true });
  writeFileSync(path.join(folder, "local.json"), JSON.stringify({ version: 3, checkpoint: { latest } }));
}

test("a stack that nobody has used is not interrupted", () => {
  expect(findInterruption(backend)).toEqual({ runningProcess: undefined, staleLock: false, pendingOperations: 0 });
});

test("a lock of a living process is a running command", () => {
  lock(process.pid);
  expect(findInterruption(backend)).toMatchObject({ runningProcess: process.pid, staleLock: false });
});

test("a lock of a dead process was left behind", () => {
  lock(2 ** 22 + 1); // Beyond the largest process id of Linux.
  expect(findInterruption(backend)).toMatchObject({ runningProcess: undefined, staleLock: true });
});

test("operations that were cut off are counted", () => {
  state({ resources: [], pending_operations: [{ type: "creating" }, { type: "deleting" }] });
  expect(findInterruption(backend)).toMatchObject({ staleLock: false, pendingOperations: 2 });
});
