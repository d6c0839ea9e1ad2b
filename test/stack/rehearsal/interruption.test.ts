import { execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { readProjectFile } from "../../../stack/project";
import { findInterruption } from "../../../stack/rehearsal/interruption";

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

it("a stack that nobody has used is not interrupted", () => {
  expect(findInterruption(backend)).toEqual({ runningProcess: undefined, staleLock: false, pendingOperations: 0 });
});

/**
 * Starts a program of pulumi's name.
 *
 * @param wrap - how a shell starts it: `$0` is the program, `$1` the script.
 * @param script - what it runs; it writes its number first. A shell bears the name of its file; newer versions of Node don't.
 */
async function startPulumi(wrap: string, script: string): Promise<{ pid: number; stop: () => void }> {
  const pulumi = path.join(backend, "pulumi");
  symlinkSync("/bin/sh", pulumi);
  const shell = spawn("sh", ["-c", wrap, pulumi, script], { stdio: ["pipe", "pipe", "ignore"] });
  const [line] = (await once(shell.stdout, "data")) as [Buffer];
  return { pid: Number(line.toString()), stop: () => shell.kill("SIGKILL") };
}

it("a lock of a running pulumi is a running command", async () => {
  const { pid, stop } = await startPulumi('exec "$0" -c "$1"', "echo $$; read line");
  lock(pid);
  expect(findInterruption(backend)).toMatchObject({ runningProcess: pid, staleLock: false });
  stop();
});

it("a lock of a dead process was left behind", () => {
  lock(2 ** 22 + 1); // Beyond the largest process id of Linux.
  expect(findInterruption(backend)).toMatchObject({ runningProcess: undefined, staleLock: true });
});

it("a lock whose number another program has now was left behind", () => {
  lock(process.pid);
  expect(findInterruption(backend)).toMatchObject({ runningProcess: undefined, staleLock: true });
});

it("a lock of a killed pulumi that nobody has asked about was left behind", async () => {
  // `sleep` takes the shell's place and never asks how its child ended: a zombie, as in a container without an init.
  const { pid, stop } = await startPulumi('"$0" -c "$1" & exec sleep 60', "echo $$");
  lock(pid);
  while (!/^Z/.test(execFileSync("ps", ["-o", "stat=", "-p", String(pid)], { encoding: "utf8" }))) await sleep(10);
  expect(findInterruption(backend)).toMatchObject({ runningProcess: undefined, staleLock: true });
  stop();
});

it("interrupted operations are counted", () => {
  state({ resources: [], pending_operations: [{ type: "creating" }, { type: "deleting" }] });
  expect(findInterruption(backend)).toMatchObject({ staleLock: false, pendingOperations: 2 });
});

it.each(["", '{"version":3,"checkpo', "null", "[]"])("a state of %j is damaged, not a stack trace", (text) => {
  state({});
  writeFileSync(path.join(backend, ".pulumi", "stacks", project, "local.json"), text);
  expect(findInterruption(backend)).toMatchObject({ pendingOperations: 0, damagedState: true });
});

it.each(["", "null", "7", '{"pid":'])("a lock of %j was left behind", (text) => {
  lock(1);
  writeFileSync(path.join(backend, ".pulumi", "locks", "organization", project, "local", "a.json"), text);
  expect(findInterruption(backend)).toMatchObject({ runningProcess: undefined, staleLock: true });
});
