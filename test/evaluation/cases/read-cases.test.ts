import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { readCases } from "../../../evaluation/cases/read-cases";
import { temporaryFolder } from "../../support/temporary-folder";

const folder = temporaryFolder("cases");
const canary = "CANARY-7f3a";

function file(name: string, ...rows: (object | string)[]): string {
  const written = path.join(folder, name);
  writeFileSync(written, rows.map((row) => `${typeof row === "string" ? row : JSON.stringify(row)}\n`).join(""));
  return written;
}

const turn = (role: string, content: unknown) => ({ role, content });
const row = (question: string, answer: string, more: object = {}) => ({
  messages: [turn("system", "Teach."), turn("user", question), turn("assistant", answer)],
  ...more,
});

describe("a row is a case", () => {
  it("asks the turns before the last answer, which is the reference", async () => {
    const messages = [
      turn("user", "a"),
      { ...turn("assistant", "b"), weight: 0 },
      turn("user", "c"),
      turn("assistant", "d"),
    ];
    const { cases } = await readCases({ path: file("turns.jsonl", { messages, topic: "x" }), paths: [["reference"]] });
    expect(cases).toEqual([
      expect.objectContaining({
        ...{ line: 1, reference: "d", messages: [turn("user", "a"), turn("assistant", "b"), turn("user", "c")] },
        item: expect.objectContaining({ reference: "d", topic: "x" }),
      }),
    ]);
  });

  it("may end with the question, and bring its own reference", async () => {
    const asked = { messages: [turn("user", "a")], reference: { city: "Paris" } };
    const { cases } = await readCases({ path: file("asked.jsonl", "", asked), paths: [["reference", "city"]] });
    expect(cases[0]).toMatchObject({ line: 2, messages: asked.messages, item: { reference: { city: "Paris" } } });
    expect(cases[0]!.reference).toBeUndefined();
  });

  it("has the hash of what is asked, not of the reference", async () => {
    const path = file("hash.jsonl", row("a", "b"), row("a", "c"), row("d", "b"));
    const { cases } = await readCases({ path, paths: [] });
    expect(cases[0]!.hash).toBe(cases[1]!.hash);
    expect(cases[0]!.hash).not.toBe(cases[2]!.hash);
  });
});

describe("is refused, with line and way out, without text of the file", () => {
  const refusals: [string, () => { path: string; trainingFile?: string }, RegExp, string[][]?][] = [
    ["missing", () => ({ path: path.join(folder, "none.jsonl") }), /There is no file '.*none\.jsonl'/],
    ["empty", () => ({ path: file("empty.jsonl") }), /empty|no example/i],
    ["broken JSON", () => ({ path: file("broken.jsonl", row("a", "b"), `{"messages": "${canary}`) }), /line 2: .*JSON/],
    ["no object", () => ({ path: file("list.jsonl", row("a", "b"), `["${canary}"]`) }), /line 2: .*not an object/],
    ["another format", () => ({ path: file("alpaca.jsonl", { instruction: canary, output: canary }) }), /Alpaca/i],
    [
      "no reference",
      () => ({ path: file("open.jsonl", row("a", "b"), { messages: [turn("user", canary)] }) }),
      /line 2: .*no reference\. End the row/,
    ],
    [
      "no question",
      () => ({ path: file("mute.jsonl", { messages: [turn("assistant", canary)] }) }),
      /line 1: .*no user turn/,
    ],
    [
      "a key that the grader reads",
      () => ({ path: file("key.jsonl", row("a", canary, { topc: "x" })) }),
      /line 1: .*no field 'topic', .*\{\{item\.topic\}\}; the nearest key is 'topc'/,
      [["topic"]],
    ],
    [
      "a training file that is missing",
      () => ({ path: file("ok.jsonl", row("a", "b")), trainingFile: path.join(folder, "gone.jsonl") }),
      /training file: .*There is no file/,
    ],
  ];
  it.each(refusals)("%s", async (_, given, message, paths = [["reference"]]) => {
    const refusal = await readCases({ ...given(), paths }).catch((error: Error) => error);
    expect(refusal).toMatchObject({ name: "EvaluationRefusal", message: expect.stringMatching(message) });
    expect((refusal as Error).message).not.toContain(canary);
  });

  const long = (topic: string) =>
    `Please explain in a few plain words what ${topic} is and why a beginner should know about it ${canary}`;
  const training = () =>
    file(
      "training.jsonl",
      ...Array.from({ length: 10 }, (_, at) =>
        row(long(`term number ${at} of ${at * at}`), `Answer ${at} about the number ${at * 7}.`),
      ),
    );

  it.each<[string, object]>([
    ["a case of the training data", row(long("term number 3 of 9"), "Answer 3 about the number 21.")],
    ["the same with keys of its own", row(long("term number 3 of 9"), "Answer 3 about the number 21.", { topic: "x" })],
  ])("%s", async (_, leaking) => {
    const path = file("leak.jsonl", row("Something new?", "Yes."), leaking);
    const refusal = await readCases({ path, trainingFile: training(), paths: [] }).catch((error: Error) => error);
    expect((refusal as Error).message).toMatch(/line 2: The case is .*line 4/);
    expect((refusal as Error).message).not.toContain(canary);
  });

  it("takes cases that are not in the training data", async () => {
    const path = file("new.jsonl", row("Something new?", "Yes."));
    await expect(readCases({ path, trainingFile: training(), paths: [] })).resolves.toMatchObject({
      cases: [{ line: 1 }],
    });
  });
});
