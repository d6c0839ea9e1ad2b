import { describe, expect, it } from "@jest/globals";
import { chat, codes, datasetFile, examine, validRows } from "./examine";

const rows = validRows(12);
const file = (...lines: string[]) => lines.join("\n");
const story =
  "The lighthouse keeper wrote every evening about wind, sails on the horizon, the price of oil and the visits of his sister from town.";
const told = (change: (text: string) => string = (text) => text) =>
  chat(["user", "Tell the story of the keeper."], ["assistant", change(story)]);

describe("duplicates within a file", () => {
  it.each<[string, string, string[]]>([
    ["word for word", told(), ["14 exact-duplicate"]],
    ["written with other spaces and escapes", told().replace(",", " , ").replace("e", "\\u0065"), []],
    [
      "the same content, other JSON",
      told().replace('"messages":', '"messages" : ').replace("keeper wrote", "k\\u0065eper wrote"),
      ["14 exact-duplicate"],
    ],
    ["one word changed", told((text) => text.replace("evening", "morning")), ["14 near-duplicate"]],
    [
      "another system message",
      told().replace("[", '[{"role":"system","content":"Be brief."},'),
      ["14 differing-system-prompts", "14 near-duplicate"],
    ],
    [
      "half of it changed",
      told((text) =>
        text.replace(/horizon.*/, "harbour, and of nothing else that anybody in the village would have cared to read"),
      ),
      [],
    ],
    [
      "another story",
      chat(["user", "Tell the story of the baker."], ["assistant", "At three in the morning the ovens glow."]),
      [],
    ],
  ])("%s", async (name, line, expected) => {
    if (name === "written with other spaces and escapes") line = told().replace('","content"', '" , "cont\\u0065nt"');
    const found = codes(await examine(file(...rows, told(), line)));
    expect(found).toEqual(name === "written with other spaces and escapes" ? ["14 exact-duplicate"] : expected);
  });

  it("names both lines", async () => {
    const { report } = await examine(file(told(), ...rows, told(), told()));
    expect(report.warnings.map(({ line, message }) => [line, /line (\d+)/.exec(message)?.[1]])).toEqual([
      [14, "1"],
      [15, "1"],
    ]);
  });

  it("is quick and right on thousands of rows of one pattern", async () => {
    const pattern = Array.from({ length: 3000 }, (_, index) =>
      told((text) => text.replace("evening", `evening of day ${index}`)),
    );
    const { report } = await examine(file(...pattern));
    // The sketches are probabilistic: with similarity 0.9 one pair in five thousand is missed.
    expect(report.warningCount).toBeGreaterThan(2980);
  });
});

describe("overlap of validation and training", () => {
  const training = datasetFile(file(...rows, told()));
  it("is an error word for word, and a warning nearly", async () => {
    const lines = [
      rows[3]!,
      told((text) => text.replace("evening", "morning")),
      chat(["user", "New?"], ["assistant", "Entirely new."]),
    ];
    const result = await examine(file(...lines), { role: "validation", compareWith: training });
    expect(codes(result)).toEqual(["1 in-training-too", "2 nearly-in-training-too"]);
    expect(result.overlap).toEqual({ exact: 1, near: 1 });
    expect(result.report.errors[0]!.message).toContain("in line 4");
  });

  it("is left aside when the training file can't be read, which is that file's own error", async () => {
    const result = await examine(rows[0]!, { role: "validation", compareWith: "missing.jsonl" });
    expect([result.report.errorCount, result.overlap]).toEqual([0, undefined]);
  });
});
