import { createHash, randomUUID } from "node:crypto";
import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { EvaluationRefusal } from "../refusal";

/** More often than this in a row, somebody else is faster. */
const ATTEMPTS = 5;

/** Another process that runs has the lock. */
export class LockTaken extends EvaluationRefusal {}

/**
 * Makes sure that one process at a time asks a model: two would pay for the same answers. The lock is made with its owner in it in one step, so that
 * nobody finds it without one. Who takes over the lock of a process that died holds a second lock meanwhile, which is named after exactly
 * that one: of several that find it, one takes it over, and none removes what another has just made. (`proper-lockfile`, last released in 2021,
 * takes an owner for dead by the time alone: a killed run would block the next one, and a machine that slept could pay twice.)
 *
 * @param whose - for the sentence
 * @returns releases it
 * @throws LockTaken while another process that runs has it
 */
export function takeLock(file: string, whose: string): () => void {
  const mine = `${process.pid} ${randomUUID()}`;
  const release = () => {
    if (contentOf(file) === mine) rmSync(file, { force: true });
  };
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    if (written(file, mine, linkSync)) return release;
    const found = contentOf(file);
    if (found === undefined) continue;
    const owner = ownerOf(found);
    if (owner !== undefined && isRunning(owner)) throw refusal(whose, file, owner);
    const settled = takeLock(`${file}.${nameOf(found)}`, whose);
    try {
      if (contentOf(file) === found && written(file, mine, renameSync)) return release;
    } finally {
      settled();
    }
  }
  throw refusal(whose, file);
}

/** Writes aside, then puts it in place in one step. @returns false where `place` makes a new file and there is one */
function written(file: string, content: string, place: (from: string, to: string) => void): boolean {
  const aside = `${file}.${randomUUID()}`;
  writeFileSync(aside, content, { mode: 0o600 });
  try {
    place(aside, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    return false;
  } finally {
    rmSync(aside, { force: true });
  }
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
    return undefined;
  }
}

/** No two locks have the same content, but for those of earlier versions, which had the process alone. */
function nameOf(content: string): string {
  return createHash("sha256").update(content).digest("hex").slice(0, 16);
}

function ownerOf(content: string): number | undefined {
  const owner = Number(content.split(" ")[0]);
  return Number.isInteger(owner) && owner > 0 ? owner : undefined;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

function refusal(whose: string, file: string, owner?: number): LockTaken {
  const other = owner === undefined ? "" : ` (process ${owner})`;
  const way = owner === undefined ? "" : ` If process ${owner} is not an evaluation, delete ${file}.`;
  return new LockTaken(
    `Another evaluation is using ${whose}${other}. Wait until it finishes, so that you are not billed twice for the same answers.${way}`,
  );
}
