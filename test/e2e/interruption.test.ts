import { execFileSync } from "node:child_process";
import { setTimeout as sleep } from "node:timers/promises";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import type { Counters } from "local-azure/admin/counters";
import { Checkout } from "./checkout";

// One stack is cut off again and again on its way to the chat answer; each test takes up where the one before ended.
let checkout: Checkout;
beforeAll(async () => {
  checkout = await Checkout.open();
});
afterAll(() => checkout.close());

async function until(reached: (counters: Counters) => boolean): Promise<void> {
  const deadline = Date.now() + 120_000;
  while (!reached(await checkout.counters())) {
    if (Date.now() > deadline) throw new Error(`not reached: ${reached.toString()}`);
    await sleep(20);
  }
}

/** A process and everything that it started, youngest generation last. */
function tree(pid: number): number[] {
  const processes = execFileSync("ps", ["-eo", "pid=,ppid="], { encoding: "utf8" }).trim().split("\n");
  const pairs = processes.map((line) => line.trim().split(/\s+/).map(Number) as [number, number]);
  const children = (parent: number): number[] => pairs.filter(([, ppid]) => ppid === parent).map(([child]) => child);
  return [pid, ...children(pid).flatMap(tree)];
}

function killTree(pid: number): void {
  for (const member of tree(pid)) {
    try {
      process.kill(member, "SIGKILL");
    } catch {
      // Gone already.
    }
  }
}

it("killed while the account was being made: recover finds it, and up goes on", async () => {
  await checkout.admin("PATCH", "/settings", { accountSeconds: 5 });
  const { child, end } = checkout.start("commands/local", "up", "--yes", "--skip-preview");
  await until(({ accounts }) => accounts === 1);
  killTree(child.pid!);
  await end;
  await checkout.admin("PATCH", "/settings", { accountSeconds: 0.3 });

  const recovered = await checkout.run("commands/recover", "--stack", "local");
  expect(recovered).toSucceed();
  expect(recovered.output).toMatch(/azure-native:cognitiveservices:Account openai-account: was already created/);
  const again = await checkout.run("commands/recover", "--stack", "local");
  expect(again.output).toContain("no interrupted operations found");
});

it("Ctrl-C while the job trains ends the run; the job goes on", async () => {
  await checkout.admin("PATCH", "/settings", { trainingSeconds: 6 });
  const { child, end } = checkout.start("commands/start");
  await until(({ jobsEverCreated }) => jobsEverCreated === 1);
  child.kill("SIGINT");
  const { code, output } = await end;
  expect({ code, output }).toFail();
  expect(output).toContain("Press Ctrl-C again to stop waiting now: the job continues, and you are not billed twice.");
  expect(output).toContain("npm start continues from there");
});

it("a second Ctrl-C ends it at once", async () => {
  await checkout.admin("PATCH", "/settings", { deploymentSeconds: 60 });
  const { child, end } = checkout.start("commands/start");
  await until(({ deployments }) => deployments === 1);
  child.kill("SIGINT");
  await sleep(400);
  const second = Date.now();
  child.kill("SIGINT");
  expect(await end).toFail();
  expect(Date.now() - second).toBeLessThan(20_000);
});

it("npm start then mends the stack by itself and goes on, with the one job", async () => {
  await checkout.admin("PATCH", "/settings", { deploymentSeconds: 0.5 });
  await checkout.admin("POST", "/clock", { advanceMs: 60_000 });
  const { code, output } = await checkout.run("commands/start");
  expect({ code, output }).toSucceed();
  expect(output).toContain("The last run was interrupted. Repairing the stack first");
  expect(output).toMatch(/A {2}Artificial intelligence/);
  await expect(checkout.counters()).resolves.toMatchObject({
    accounts: 1,
    deployments: 1,
    roleAssignments: 4,
    files: 3,
    jobs: 1,
    jobsEverCreated: 1,
  });
});

it("killed in the middle of destroy: recover, and destroy goes on to the end", async () => {
  const { child, end } = checkout.start("commands/local", "destroy", "--yes", "--skip-preview");
  await until(({ deployments }) => deployments === 0);
  killTree(child.pid!);
  await end;
  expect(await checkout.run("commands/recover", "--stack", "local")).toSucceed();
  const { code, output } = await checkout.pulumi("destroy", "--yes", "--skip-preview");
  expect({ code, output }).toSucceed();
  await expect(checkout.counters()).resolves.toMatchObject({
    accounts: 0,
    deletedAccounts: 0,
    roleAssignments: 0,
    jobs: 0,
  });
});
