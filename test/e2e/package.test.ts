import { execFile } from "node:child_process";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { projectFolder } from "../../stack/project";
import { OwnProgram } from "./own-program";

const run = promisify(execFile);

let program: OwnProgram;
beforeAll(async () => {
  program = await OwnProgram.open();
});
afterAll(() => program.close());

const pulumi = (...args: string[]) => program.pulumi(...args);

it("the template's program has the types that the package gives it", async () => {
  const { folder } = program;
  const compiler = path.join(folder, "node_modules", "typescript", "lib", "tsc.js");
  await expect(run(process.execPath, [compiler, "--project", folder], { cwd: folder })).resolves.toMatchObject({
    stdout: "",
  });
});

it("trains and serves two models on one account, in one program", async () => {
  program.addSecondModel();
  await program.createStack();
  expect(await pulumi("preview")).toMatch(/critic-cost[^]*tutor-cost|tutor-cost[^]*critic-cost/);
  await pulumi("up", "--yes", "--skip-preview");
  expect(await program.checkout.counters()).toMatchObject({ jobsEverCreated: 2 });
  const outputs = JSON.parse(await pulumi("stack", "output", "--json")) as { critic: string; deployment: string };
  expect(outputs.critic).toMatch(/^critic-[0-9a-f]{6}$/);
  expect(outputs.deployment).toMatch(/^tutor-[0-9a-f]{6}$/);
});

describe("the checkout's commands on a stack of another project (--cwd)", () => {
  const command = (name: string, ...args: string[]) =>
    program.checkout.run(`commands/${name}`, "--cwd", program.folder, "--stack", "dev", ...args);

  beforeAll(() => {
    program.checkout.env = program.env;
  });

  it("report asks which of two models is meant, and reports on that one", async () => {
    expect((await command("report")).output).toMatch(
      /stack dev has 2 models: critic \(deployment critic-[0-9a-f]{6}\), tutor \(deployment tutor-[0-9a-f]{6}\)\. Choose one with --model/,
    );
    const report = await command("report", "--model", "critic", "--json");
    expect(report).toSucceed();
    expect(JSON.parse(report.stdout)).toMatchObject({ model: { name: expect.stringContaining("gpt-4.1-mini") } });
  });

  it("chat asks the one that is named", async () => {
    const chat = await command("chat", "--model", "critic", "What is a token?");
    expect(chat).toSucceed({ output: expect.stringContaining("gpt-4.1-mini") });
  });

  it("evaluate takes a case file from where it was called, and the training file from the project", async () => {
    const row = {
      messages: [
        { role: "user", content: "What is a case that nobody was trained on?" },
        { role: "assistant", content: "One of the test." },
      ],
    };
    program.checkout.write("cases.jsonl", `${JSON.stringify(row)}\n`);
    const evaluate = await command("evaluate", ...["--model", "tutor", "--cases", "cases.jsonl", "--json"]);
    expect(evaluate).toSucceed();
    const { stdout, output } = evaluate;
    expect(output).not.toContain("There is no training file to compare with");
    expect(JSON.parse(stdout)).toMatchObject({ verdict: { passed: true } });
  });

  it("recover finds nothing to repair", async () => {
    expect(await command("recover")).toSucceed({
      output: expect.stringContaining("Stack dev: no interrupted operations found."),
    });
  });

  it("rollback and submit say what to change in the program, whose settings they don't know", async () => {
    expect(await command("submit")).toExitWith(1, {
      output: expect.stringContaining(
        "In the program, set the model's `training.wait` to false, then run pulumi up --cwd",
      ),
    });
    // It has two models.
    expect(await command("rollback", "--yes")).toExitWith(1, {
      output: expect.stringContaining("In your program, set the `version` of one of them"),
    });
  });

  it("a stack must be selected there, or named", async () => {
    await pulumi("stack", "unselect");
    const report = await program.checkout.run("commands/report", "--cwd", program.folder);
    await pulumi("stack", "select", "dev");
    expect(report).toExitWith(1, { output: expect.stringContaining("no stack is selected in") });
  });
});

it("a change of one model leaves the other as it is", async () => {
  program.change("seed: 1", "seed: 2");
  const { steps } = JSON.parse(await pulumi("preview", "--json")) as { steps: { op: string; urn: string }[] };
  const changed = steps.filter(({ op }) => op !== "same").map(({ urn }) => urn.split("::").at(-1)!);
  expect(changed.length).toBeGreaterThan(0);
  expect(changed.filter((name) => !name.startsWith("critic") && name !== "tutors-dev")).toEqual([]);
  await pulumi("up", "--yes", "--skip-preview");
  expect(await program.checkout.counters()).toMatchObject({ jobsEverCreated: 3 });
});

it("refresh finds nothing changed, and destroy leaves nothing", async () => {
  await pulumi("refresh", "--yes", "--skip-preview", "--expect-no-changes");
  await pulumi("destroy", "--yes", "--skip-preview");
  expect(await pulumi("stack", "--show-ids")).toMatch(/Current stack resources \(0\)/);
});

it("no file of the checkout is named in the state", async () => {
  const state = await pulumi("stack", "export");
  expect(state.split("\n").filter((line) => line.includes(projectFolder) || line.includes("tsx/cjs"))).toEqual([]);
});
