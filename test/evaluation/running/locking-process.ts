import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { takeLock } from "../../../evaluation/running/lock";

/**
 * Takes a lock as often as it can, and holds a file of its own meanwhile, which nobody else may have: `{"taken": n, "broken": n}`. Arguments: the
 * lock, that file, the rounds. Each lock is left as a dead process's: its owner is exchanged for one that is not there.
 */
const [lock, held, rounds] = process.argv.slice(2) as [string, string, string];
let taken = 0;
let broken = 0;
const enter = () => writeFileSync(held, String(process.pid), { flag: "wx" });

for (let round = 0; round < Number(rounds); round++) {
  try {
    const release = takeLock(lock, "the model");
    taken++;
    try {
      enter();
      if (readFileSync(held, "utf8") !== String(process.pid)) broken++;
      rmSync(held);
    } catch {
      broken++;
    }
    // Every other one dies with its lock.
    if (round % 2 === 0) release();
    else writeFileSync(lock, readFileSync(lock, "utf8").replace(/^\d+/, "4194304999"));
  } catch (error) {
    if ((error as Error).constructor.name !== "LockTaken") throw error;
  }
}
console.log(JSON.stringify({ taken, broken }));
