import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "@jest/globals";
import { CommanderError } from "commander";
import { convertCommand } from "../../../commands/convert/command";
import { examineDataset } from "../../../datasets";
import { datasetFile } from "../../datasets/examine";
import { chatRow, containers, convertible, foreignRows, jsonLines, table } from "../../datasets/shapes/foreign-rows";
import { temporaryFolder } from "../../support/temporary-folder";

async function convert(content: string, ...options: string[]) {
  const out = path.join(temporaryFolder("convert-test"), "new.jsonl");
  return { ...(await run(datasetFile(content), "--out", out, ...options)), out };
}

async function run(...args: string[]) {
  let output = "";
  const write = { write: (text: string) => (output += text) };
  try {
    return { code: await convertCommand(args, write, write), output };
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, output };
    return { code: 1, output: output + (error as Error).message };
  }
}

const rowsOf = (path: string) =>
  readFileSync(path, "utf8")
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
const method = "supervised" as const;
async function expectUsable(path: string, as: "supervised" | "dpo" | "reinforcement" = method): Promise<void> {
  const model = as === "reinforcement" ? "o4-mini" : "gpt-4.1";
  const { report } = await examineDataset({ path, role: "training", model, method: as, cache: false, threads: 0 });
  expect([report.errors, report.examples]).toEqual([[], 12]);
}

describe("what is converted passes the check and says what it said", () => {
  const expected = foreignRows(chatRow);
  it.each(Object.entries(convertible))("%s", async (_, make) => {
    const { code, out, output } = await convert(jsonLines(make));
    expect([code, rowsOf(out)]).toEqual([0, expected]);
    expect(output.match(/before: /g)).toHaveLength(3);
    await expectUsable(out);
  });
  it.each(Object.entries(containers))("%s", async (_, write) => {
    for (const make of [chatRow, convertible.Alpaca!]) {
      const { code, out } = await convert(write(foreignRows(make)));
      expect([code, rowsOf(out)]).toEqual([0, expected]);
    }
  });
  it.each([",", "\t", ";"])("columns parted by %j", async (delimiter) => {
    const { code, out } = await convert(table(["question", "answer"], delimiter));
    expect([code, rowsOf(out)]).toEqual([0, expected]);
  });
  it("chosen and rejected, also with the question repeated", async () => {
    const turns = (q: string, a: string) => [
      { role: "user", content: q },
      { role: "assistant", content: a },
    ];
    const plain = await convert(jsonLines((prompt, chosen) => ({ prompt, chosen, rejected: "No." })));
    const lists = await convert(
      jsonLines((prompt, chosen) => ({ prompt, chosen: turns(prompt, chosen), rejected: turns(prompt, "No.") })),
    );
    await expectUsable(plain.out, "dpo");
    expect(rowsOf(lists.out)).toEqual(rowsOf(plain.out));
  });
  it("rows for a grader keep their other keys", async () => {
    const { out } = await convert(
      jsonLines((question, answer, level) => ({ question, answer, level })),
      "--method",
      "reinforcement",
    );
    await expectUsable(out, "reinforcement");
    expect(rowsOf(out)[1]).toMatchObject({ level: 1, reference_answer: "Here is all of slate." });
  });
  it("tools in a string, calls and their results", async () => {
    const { out } = await convert(
      jsonLines((q, a) => ({
        conversations: [
          { from: "human", value: q },
          { from: "function_call", value: '{"name": "f", "arguments": {"x": 1}}' },
          { from: "observation", value: "7" },
          { from: "gpt", value: a },
        ],
        tools: JSON.stringify([{ name: "f", parameters: { type: "object", properties: {} } }]),
      })),
    );
    await expectUsable(out);
  });
});

describe("nothing is lost silently", () => {
  const withSource = jsonLines((question, answer, index) => ({
    question,
    answer,
    ...(index === 4 ? { source: "book" } : {}),
  }));
  it("refuses a key without a place by line, and leaves it out when asked to", async () => {
    const { code, out, output } = await convert(withSource);
    expect([code, rowsOf(out).length]).toEqual([1, 11]);
    expect(output).toMatch(/line 5: refused: .*'source'.*--drop source/);
    expect(await convert(withSource, "--drop", "source")).toSucceed();
  });
  it.each([
    ["a key twice", '{"question": "q", "question": "r", "answer": "a"}\n', /twice/],
    ["a line that is no JSON", "{oh\n", /Not JSON/],
    ["an answer that is no text", '{"question": "q", "answer": 7}\n', /'answer' is a number/],
    ["an unknown speaker", '{"conversations": [{"from": "moth", "value": "x"}]}\n', /'moth'/],
  ])("%s", async (_, line, reason) => {
    const { code, out, output } = await convert(jsonLines(convertible["question and answer"]!) + line);
    expect([code, rowsOf(out).length]).toEqual([1, 12]);
    expect(output).toMatch(/line 13: refused/);
    expect(output).toMatch(reason);
  });
});

describe("columns that a person names", () => {
  const rows = foreignRows(convertible["question and answer"]!) as { question: string; answer: string }[];
  const german = (delimiter: string) =>
    ["Anfrage", "Antwort"].join(delimiter) +
    rows
      .map(({ question, answer }) => `\n${[question, answer].map((text) => JSON.stringify(text)).join(delimiter)}`)
      .join("");
  const names = ["--prompt", "anfrage", "--answer", "Antwort"];

  it.each([",", ";", "\t"])(
    "two columns of other names, parted by %j: the columns and the options are named",
    async (delimiter) => {
      const { code, output } = await convert(german(delimiter));
      expect({ code, output }).toExitWith(1);
      expect(output).toMatch(
        /refused: The columns 'Anfrage', 'Antwort' don't match any known format .* --prompt COLUMN --answer COLUMN/,
      );
    },
  );
  it("become user and assistant, with instructions before them", async () => {
    const { code, out } = await convert(german(","), ...names);
    expect([code, rowsOf(out)]).toEqual([0, foreignRows(chatRow)]);
    const json = JSON.stringify({ q1: "Who?", a1: "Me.", rules: "Be short." });
    const keys = await convert(json, "--prompt", "q1", "--answer", "a1", "--system", "rules");
    expect(rowsOf(keys.out)[0]).toEqual({
      messages: [
        { role: "system", content: "Be short." },
        { role: "user", content: "Who?" },
        { role: "assistant", content: "Me." },
      ],
    });
  });
  it("are used before columns of a known name, whose content is not lost silently", async () => {
    const row = JSON.stringify({ question: "old", answer: "old", neu: "new?", gut: "new." });
    const both = ["--prompt", "neu", "--answer", "gut"];
    expect((await convert(row, ...both)).output).toMatch(
      /keys 'question', 'answer', which .*--drop question --drop answer/,
    );
    const { out } = await convert(row, ...both, "--drop", "question", "--drop", "answer");
    expect(JSON.stringify(rowsOf(out)[0])).toContain("new?");
  });
  it.each([
    [
      ["--prompt", "Frage", "--answer", "Antwort"],
      1,
      /has no column 'Frage' \(--prompt\); its columns are 'Anfrage', 'Antwort'\./,
    ],
    [["--prompt", "Anfrage"], 2, /--prompt and --answer .* must be used together/],
    [["--system", "Anfrage"], 2, /must be used together/],
  ])("%j: exit code %d", async (options, code, message) => {
    const result = await convert(german(","), ...options);
    expect(result).toExitWith(code);
    expect(result.output).toMatch(message);
    expect(existsSync(result.out)).toBe(false);
  });
  it("names the keys of JSON rows, too", async () => {
    expect((await convert('{"anfrage": "a", "antwort": "b"}')).output).toMatch(
      /The keys 'anfrage', 'antwort' don't match any known format/,
    );
  });
});

describe("where and how often", () => {
  const rows = foreignRows(convertible["question and answer"]!) as object[];
  const stray = rows.map((row, index) => ([2, 7].includes(index) ? { ...row, page: index } : row));
  it.each<[string, string, string]>([
    ["lines", stray.map((row) => JSON.stringify(row)).join("\n"), "lines 3 and 8: refused: "],
    ["items of an array on one line", JSON.stringify(stray), "items 3 (line 1) and 8 (line 1): refused: "],
    ["items of a pretty array", JSON.stringify(stray, undefined, 1), "items 3 (line 10) and 8 (line 31): refused: "],
    [
      "items that follow each other",
      stray.map((row) => JSON.stringify(row, undefined, 1)).join("\n"),
      "items 3 (line 9)",
    ],
    ["lines of a table", table(["question", "answer"], ",").replace(/\n/, "\n1,2,3\n"), "line 2: refused: "],
  ])("names %s", async (_, content, place) => {
    const { code, output } = await convert(content);
    expect({ code, output }).toExitWith(1);
    expect(output).toContain(`\n${place}`);
    expect(output.match(/refused: /g)).toHaveLength(1);
  });
  it("shows each of the first rows under the name of its place", async () => {
    expect((await convert(JSON.stringify(rows))).output).toContain("item 2 (line 1)\n  before: ");
  });
  it("says a reason once, with the number of rows", async () => {
    const labelled = `topic,sort,weight\n${"stones,soft,3\n".repeat(1200)}`;
    const { code, output } = await convert(labelled);
    expect({ code, output }).toExitWith(1);
    expect(output.match(/refused/g)).toHaveLength(1);
    expect(output).toContain(
      "lines 2, 3, 4 and 1,197 more: refused: The columns 'topic', 'sort', 'weight' don't match any known format",
    );
    expect(output).toContain(
      "Specify which ones hold the question and the answer: --prompt COLUMN --answer COLUMN, with --system",
    );
    expect(output).toContain("No row of the file could be converted.");
  });
  it("lists the first 20 reasons and counts the rest", async () => {
    const content = rows.slice(0, 2).concat(Array.from({ length: 25 }, (_, at) => ({ ...rows[0], [`key${at}`]: 1 })));
    const { output } = await convert(content.map((row) => JSON.stringify(row)).join("\n"));
    expect(output.match(/: refused: /g)).toHaveLength(20);
    expect(output).toContain("5 more rows refused for other reasons");
  });
});

describe("files", () => {
  const content = jsonLines(convertible.ShareGPT!);
  it("never overwrites", async () => {
    const taken = datasetFile("mine\n");
    expect(await run(datasetFile(content), "--out", taken)).toExitWith(2);
    expect(readFileSync(taken, "utf8")).toBe("mine\n");
  });
  it.each([
    ["nothing to convert", jsonLines(chatRow)],
    ["Python dicts", jsonLines(chatRow).replaceAll('"', "'")],
    ["an array without end", containers["a pretty-printed array"]!(foreignRows(chatRow)).slice(0, -3)],
    ["no row that converts", jsonLines((text) => ({ text }))],
  ])("leaves nothing behind: %s", async (_, text) => {
    const { code, out } = await convert(text);
    expect([code, existsSync(out), readdirSync(path.dirname(out))]).toEqual([1, false, []]);
  });
  it("knows wrong command lines and help", async () => {
    expect(await run(datasetFile(content))).toFail();
    expect(await run("--help")).toSucceed({ output: expect.stringContaining("--drop") });
    expect(await run(path.join(temporaryFolder("convert-test"), "none"), "--out", "new")).toExitWith(1);
  });
  it("lets no row steer the terminal", async () => {
    const { output } = await convert(jsonLines((q, answer) => ({ question: `${q}\u202e\u009b2J`, answer })));
    expect(output).not.toMatch(/[\u202e\u009b\u001b]/);
  });
});
