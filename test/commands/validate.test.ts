import { readFileSync, renameSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { CommanderError } from "commander";
import { validateCommand } from "../../commands/validate/command";
import { ReadingProgress } from "../../commands/validate/reading-progress";
import type { ValidationReport } from "../../commands/validate/report";
import { chat, datasetFile, validRows } from "../datasets/examine";
import { temporaryFolder } from "../support/temporary-folder";

const training = "test/fixtures/data/training_set.jsonl";
const validation = "test/fixtures/data/validation_set.jsonl";

async function run(args: string[], terminal = false) {
  const written = { out: "", err: "" };
  const out = { isTTY: terminal, write: (text: string) => (written.out += text) };
  const err = { write: (text: string) => (written.err += text) };
  try {
    const code = await validateCommand(["--no-cache", ...args], out, err, new Date("2026-11-22"));
    return { code, ...written };
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error;
    return { code: "usage", ...written };
  }
}
const json = async (...args: string[]) => JSON.parse((await run(["--json", ...args])).out) as ValidationReport;

describe("validate", () => {
  it("prints the documented JSON", async () => {
    const report = await json(training, "--validation", validation, "--epochs", "2");
    const statistics = { sum: 0, min: 0, max: 0, mean: 0, median: 0, p5: 0, p10: 0, p90: 0, p95: 0 };
    expect(Object.keys(report)).toEqual(["model", "method", "files", "overlap", "estimate"]);
    expect(report).toMatchObject({
      model: "gpt-4o-mini-2024-07-18",
      method: "supervised",
      overlap: { exact: 0, near: 0 },
    });
    for (const file of report.files) {
      expect(Object.keys(file)).toEqual([
        "path",
        "role",
        "sha256",
        "bytes",
        "bom",
        "examples",
        "tokens",
        "errors",
        "errorCount",
        "warnings",
        "warningCount",
      ]);
      expect(Object.keys(file.tokens.total)).toEqual(Object.keys(statistics));
      expect(Object.keys(file.tokens.assistant)).toEqual(Object.keys(statistics));
    }
    expect(report.files.map(({ role, examples }) => [role, examples])).toEqual([
      ["training", 68],
      ["validation", 17],
    ]);
    expect(report.estimate).toEqual({
      epochs: { low: 2, high: 2 },
      trainingTokens: 6071,
      trainingUsd: { low: 0.04, high: 0.04 },
      hostingUsdPerMonth: 1241,
      priceDate: "2026-08-11",
      location: "northcentralus",
      assumptions: [],
    });
  });

  const graded = datasetFile(
    validRows(10)
      .map((row) => {
        const { messages } = JSON.parse(row) as { messages: object[] };
        return JSON.stringify({ messages: messages.slice(0, -1), answer: "yes" });
      })
      .join("\n"),
  );
  const reinforcement = ["--model", "o4-mini", "--method", "reinforcement"];
  it.each<[string, string[], object | null]>([
    ["the first region that trains it", [], { location: "eastus2", trainingUsd: { low: 110, high: 5000 } }],
    [
      "the region asked for",
      ["--location", "Sweden Central"],
      { location: "swedencentral", trainingUsd: { low: 121, high: 5000 }, trainingHours: { low: 1, high: 41.3 } },
    ],
    ["no region that doesn't train it", ["--location", "northcentralus"], null],
    ["any region of a type without a list", ["--training-type", "GlobalStandard"], { location: "northcentralus" }],
  ])("prices reinforcement in %s", async (_, args, estimate) => {
    const found = await json(graded, ...reinforcement, ...args);
    expect({ estimate: found.estimate }).toMatchObject({ estimate });
  });

  it("shows the hours of a reinforcement job and what its graders cost", async () => {
    const grader = datasetFile(
      JSON.stringify({
        type: "multi",
        graders: {
          a: { type: "score_model", model: "gpt-4.1", input: [{ role: "user", content: "{{item.answer}}" }] },
        },
        calculate_output: "a",
      }),
    );
    const { out } = await run([graded, ...reinforcement, "--grader", grader]);
    expect(out).toContain("Training  $110.00 to $5,000.00: 1 to 45.5 hours");
    expect(out).toContain("gpt-4.1 at $2.2 per million input tokens");
  });

  it("has no price for a method that the model isn't trained with", async () => {
    expect((await json(graded, "--method", "reinforcement")).estimate).toBeNull();
  });

  it.each<[string, string[], number | string]>([
    ["good files", [training, "--validation", validation], 0],
    ["warnings alone", [datasetFile(`${validRows(10).join("\n")}\n\n`)], 0],
    ["errors", [datasetFile("{")], 1],
    ["a missing file", ["nowhere.jsonl"], 1],
    ["too few rows for training", [validation, "--role", "validation"], 0],
    ["no file", [], "usage"],
    ["unknown option", [training, "--modle", "x"], "usage"],
    ["unknown model", [training, "--model", "gpt-9"], "usage"],
    ["unknown rule", [training, "--rule", "near-dup=off"], "usage"],
    ["unknown method", [training, "--method", "magic"], "usage"],
    ["no number", [training, "--epochs", "many"], "usage"],
    ["more epochs than a job takes", [training, "--epochs", "51"], "usage"],
    ["unknown training type", [training, "--training-type", "constructor"], "usage"],
    ["a page that can't be written", [training, "--html", "/nowhere/page.html"], "usage"],
    ["a broken catalog", [training, "--catalog", "nowhere.json"], "usage"],
    ["two roles at once", [validation, "--role", "validation", "--validation", validation], "usage"],
  ])("exit code for %s", async (_, args, code) => expect((await run(args)).code).toBe(code));

  it("shows table, histograms, first example, cost and verdict", async () => {
    const { out } = await run([training]);
    for (const text of [
      "test/fixtures/data/training_set.jsonl",
      "6,071",
      "median",
      "▁",
      "First example",
      "What is artificial intelligence?",
      "$1,241.00 a month",
      "Usable: no errors",
    ])
      expect(out).toContain(text);
  });

  it("says what a preview of the run would refuse, where it was asked for", async () => {
    expect((await run([training, "--model", "gpt-4o"])).out).not.toContain("preview");
    const { out, code } = await run([training, "--model", "gpt-4o", "--location", "Japan West"]);
    expect(out).toContain("A preview of this run would fail: gpt-4o-2024-08-06 can't be trained in 'Japan West'");
    expect(code).toBe(0);
  });

  it("has no estimate for a file without examples", async () => {
    expect((await json("nowhere.jsonl")).estimate).toBeNull();
    expect((await run(["nowhere.jsonl"])).out).not.toContain("Training ");
  });

  it("shows fewer columns on a narrow terminal", async () => {
    let out = "";
    const terminal = { isTTY: true, columns: 80, write: (text: string) => (out += text) };
    await validateCommand(["--no-cache", training, "--no-example"], terminal, { write: () => true });
    const lines = out.replace(/\u001b\[\d+m/g, "").split("\n");
    expect(Math.max(...lines.map((line) => line.length))).toBeLessThanOrEqual(80);
  });

  it("leaves the example out when asked to, and any text of the dataset with it", async () => {
    const { out } = await run([training, "--no-example"]);
    expect(out).not.toContain("First example");
    expect(out).not.toContain("AI teacher");
  });

  it("groups findings by rule and counts what it does not list", async () => {
    const { out } = await run([datasetFile([...validRows(10), ...Array.from({ length: 30 }, () => "{")].join("\n"))]);
    expect(out).toContain("30 errors in");
    expect(out).toContain("bad-json (30)");
    expect(out).toContain("line 11: ");
    expect(out).toContain("and 22 more");
    expect(out).toContain("Not usable: 30 errors");
  });

  it("never calls a file with a secret usable without naming it, shows none, and counts it as an error if asked to", async () => {
    const leaking = chat(["user", "The key is AKIAIOSFODNN7EXAMPLF."], ["assistant", "Revoke it."]);
    const file = datasetFile([leaking, ...validRows(11)].join("\n"));
    const { code, out } = await run([file]);
    expect(code).toBe(0);
    expect(out).toMatch(
      /\n1 secret found: remove and revoke it before you upload the file\. Otherwise usable: 0 errors, 1 warning\.\n$/,
    );
    expect(out).toContain("First example\n  user: The key is [hidden].");
    expect(out).not.toContain("AKIAIOSFODNN7EXAMPLF");
    expect(await run([file, "--strict"])).toExitWith(1);
    expect(await run([file, "--rule", "secret=error"])).toExitWith(1);
    expect(await run([datasetFile(validRows(12).join("\n")), "--strict"])).toSucceed();
  });

  it("shows secrets before everything else that it found", async () => {
    const leaking = chat(["user", "The key is AKIAIOSFODNN7EXAMPLF."], ["assistant", "Revoke it."]);
    const same = chat(["user", "Where is it?"], ["assistant", "There."]);
    const file = datasetFile([...Array.from({ length: 1300 }, () => same), "{", leaking].join("\n"));
    const { out } = await run([file, "--no-example"]);
    expect(out.trimEnd()).toMatch(
      /\n1 secret found: remove and revoke it before you upload the file\. Not usable: 1 error, 1,300 warnings\.$/,
    );
    const order = ["Secrets or personal data in", "secret (1)", "line 1302: ", "1 error in", "exact-duplicate (1,299)"];
    const places = order.map((text) => out.indexOf(text));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(places[0]).toBeGreaterThan(0);
    const { warnings, warningCount } = (await json(file)).files[0]!;
    expect([warnings[0]!.code, warnings[0]!.line, warningCount]).toEqual(["secret", 1302, 1300]);
    const page = path.join(temporaryFolder("validate-secret"), "page.html");
    await run([file, "--html", page]);
    const html = readFileSync(page, "utf8");
    expect(html.indexOf("AWS access key id")).toBeLessThan(html.indexOf("bad-json"));
  });

  it("takes severities", async () => {
    const blank = datasetFile(`${validRows(10).join("\n")}\n\n`);
    expect(await run([blank, "--rule", "blank-line=error"])).toExitWith(1);
    expect((await json(blank, "--rule", "blank-line=off")).files[0]!.warningCount).toBe(0);
  });

  it("has colours on a terminal alone, and lets no example steer it", async () => {
    const file = datasetFile([chat(["user", "\u001b[2Jgone"], ["assistant", "a"]), ...validRows(10)].join("\n"));

    const escapes = /\u001b\[[0-9;]*[A-Za-z]/g;
    expect((await run([file])).out).not.toMatch(escapes);
    const colored = (await run([file], true)).out;
    expect(colored.match(escapes)!.length).toBeGreaterThan(5);
    expect(colored).not.toContain("\u001b[2J");
  });

  it("writes a page that needs nothing else and escapes what it shows", async () => {
    const page = path.join(temporaryFolder("validate-test"), "report.html");
    const file = datasetFile('{"<script>": 1}');
    const { code, err } = await run([file, "--html", page]);
    const html = readFileSync(page, "utf8");
    expect([code, err]).toEqual([1, `Wrote ${page}\n`]);
    expect(html).toContain("<svg");
    expect(html).toContain("unknown-key");
    expect(html).not.toMatch(/<script|src=|href=|url\(/);
  });
});

describe("ReadingProgress", () => {
  const show = (bytes: number) => {
    let written = "";
    let now = 0;
    const progress = new ReadingProgress({ isTTY: true, write: (text: string) => (written += text) }, () => now);
    for (let done = 1; done <= 4; done++) {
      progress.show({ path: "rows.jsonl", bytesDone: (bytes * done) / 4, bytes });
      now += 1000;
    }
    return written;
  };
  it("counts the time from the start of a file, not from its first part", () => {
    let written = "";
    let now = 0;
    const progress = new ReadingProgress({ write: (text: string) => (written += text) }, () => now);
    now = 500;
    progress.show({ path: "rows.jsonl", bytesDone: 20_000_000, bytes: 400_000_000 });
    expect(written).toContain("5% of 400 MB, 40 MB/s");
  });
  it("tells rate and time left of a large file, and nothing of a small one", () => {
    expect(show(400_000_000)).toContain("Checking rows.jsonl: 75% of 400 MB, 150 MB/s (2 s, about 1 s left)");
    expect(show(20_000_000 - 4)).toBe("");
  });
});

describe("text of a file that would steer the terminal", () => {
  const said = "Hi\u001b]52;c;eA==\u0007\u202e\n::error::x";
  const shown = "Hi\\u001b]52;c;eA==\\u0007\\u202e";

  it("is shown as escapes in the example and in messages, and stays itself in JSON", async () => {
    const name = "a\u001b[2J\u202e.jsonl";
    const usual = datasetFile([chat(["user", "Q"], ["assistant", said]), ...validRows(12)].join("\n"));
    const file = path.join(path.dirname(usual), name);
    renameSync(usual, file);
    const { out } = await run([file]);
    expect(out).toContain(shown);
    expect(out).toContain("a\\u001b[2J\\u202e.jsonl");
    expect(out).not.toMatch(/[\u001b\u0007\u202e]|^\s*::/m);

    const { out: asJson } = await run([file, "--json"]);
    expect(asJson).not.toMatch(/[\u001b\u202e]/);
    expect((JSON.parse(asJson) as ValidationReport).files[0]!.path).toBe(file);
  });
});
