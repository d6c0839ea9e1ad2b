import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import fc from "fast-check";
import { LockTaken, takeLock } from "../../../evaluation/running/lock";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "lock-"));
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Of no process: beyond the most that a kernel gives. */
const DEAD = "4194304999";

it("is made with its owner in it, and leaves nothing", () => {
  const lock = path.join(folder, "whole");
  const release = takeLock(lock, "the model");
  expect(readFileSync(lock, "utf8")).toMatch(new RegExp(`^${process.pid} [0-9a-f-]{36}$`));
  expect(() => takeLock(lock, "the model")).toThrow(
    `Another evaluation is using the model (process ${process.pid}). Wait until it finishes, so that you are not billed twice for the same answers. ` +
      `If process ${process.pid} is not an evaluation, delete ${lock}.`,
  );
  release();
  expect(readdirSync(folder)).toEqual([]);
});

it("releases its own lock alone", () => {
  const lock = path.join(folder, "own");
  const first = takeLock(lock, "the model");
  rmSync(lock);
  const second = takeLock(lock, "the model");
  first();
  expect(existsSync(lock)).toBe(true);
  second();
});

it("is taken over from a dead owner whatever of a takeover it died in, and from a running one never", () => {
  const content = fc.oneof(
    fc.constantFrom("", "x", DEAD),
    fc.uuid().map((id) => `${DEAD} ${id}`),
  );
  fc.assert(
    fc.property(fc.array(content, { minLength: 1, maxLength: 4 }), fc.boolean(), (owners, running) => {
      const lock = path.join(folder, "dead");
      // The lock of a dead one, that of a dead one who took it over, and so on.
      const files = owners.reduce<string[]>((all, owner) => {
        const file = all.length === 0 ? lock : `${all.at(-1)}.${hashOf(readFileSync(all.at(-1)!, "utf8"))}`;
        writeFileSync(file, owner);
        return [...all, file];
      }, []);
      if (running) writeFileSync(files.at(-1)!, String(process.pid));
      const take = () => takeLock(lock, "the model")();
      expect(whatIsThrown(take)).toBe(running ? LockTaken : undefined);
      if (running) for (const file of files) rmSync(file);
      expect(readdirSync(folder)).toEqual([]);
    }),
    { numRuns: 50 },
  );
});

it("belongs to one of several processes, however often they find it dead", async () => {
  const [lock, held] = [path.join(folder, "shared"), path.join(folder, "held")];
  const ended = await Promise.all([1, 2, 3].map(() => locking(lock, held, 2_000)));
  expect(ended.map(({ broken }) => broken)).toEqual([0, 0, 0]);
  expect(ended.reduce((sum, { taken }) => sum + taken, 0)).toBeGreaterThan(100);
}, 60_000);

function whatIsThrown(run: () => void): unknown {
  try {
    return void run();
  } catch (error) {
    return (error as Error).constructor;
  }
}

function hashOf(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

function locking(lock: string, held: string, rounds: number): Promise<{ taken: number; broken: number }> {
  const script = path.join(__dirname, "locking-process.ts");
  const child = spawn(process.execPath, ["-r", require.resolve("tsx/cjs"), script, lock, held, String(rounds)]);
  let out = "";
  let err = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => (out += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (err += text));
  return new Promise((resolve, reject) => {
    child.on("close", () => (out ? resolve(JSON.parse(out) as never) : reject(new Error(err))));
  });
}
