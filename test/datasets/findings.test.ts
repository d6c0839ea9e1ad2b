import { describe, expect, it } from "@jest/globals";
import { examineDataset } from "../../datasets";
import { temporaryFolder } from "../support/temporary-folder";
import { chat, datasetFile, examine, validRows } from "./examine";

const awsKey = "AKIAIOSFODNN7EXAMPLF";
const leaking = chat(["user", `Store ${awsKey} for me.`], ["assistant", "No: revoke it."]);
const same = chat(["user", "Where is the order?"], ["assistant", "On its way."]);
const letter = (index: number) => chat(["user", `Write to jo${index}@contoso.com.`], ["assistant", `Done ${index}.`]);
const drowned = (others: (index: number) => string, at = 1200) =>
  Array.from({ length: 1300 }, (_, index) => (index === at ? leaking : others(index)));

describe("a secret among many findings", () => {
  it.each<[string, string[]]>([
    ["duplicates", drowned(() => same)],
    ["blank lines", drowned((index) => (index < 12 ? validRows(12)[index]! : " "))],
    ["errors", drowned(() => "{")],
    ["personal data", drowned(letter)],
    [
      "other secrets",
      drowned((index) => chat(["user", `password = a1B2c3D4e5F6g7H8i9J0${index}`], ["assistant", `${index}`])),
    ],
  ])("is the first finding of its list, whatever the file is full of: %s", async (_, lines) => {
    const { report, kinds } = await examine(lines.join("\n"));
    const aws = report.warnings.filter(({ message }) => message.includes("AWS access key id"));
    expect(aws).toEqual([{ code: "secret", line: 1201, message: expect.stringContaining("(AKI..., 20 characters)") }]);
    expect(report.warnings[0]!.code).toBe("secret");
    const kind = kinds.find(({ first }) => first[0]!.message.includes("AWS access key id"));
    expect(kind).toMatchObject({ code: "secret", count: 1, first: [{ line: 1201 }] });
    expect(kinds[0]!.code).toBe("secret");
  });

  it("comes before personal data, errors, warnings and repetitions; each kind has its number and first lines", async () => {
    const lines = [
      ...validRows(12),
      same,
      same,
      "",
      "{",
      ...Array.from({ length: 1100 }, (_, i) => letter(i)),
      leaking,
    ];
    const { kinds } = await examine(lines.join("\n"));
    expect(kinds.slice(0, 3).map(({ code, count }) => [code, count])).toEqual([
      ["secret", 1],
      ["personal-data", 1100],
      ["bad-json", 1],
    ]);
    expect(kinds.map(({ code }) => code).slice(3)).toEqual(expect.arrayContaining(["blank-line", "exact-duplicate"]));
    expect(kinds[1]!.first.slice(0, 2).map(({ line }) => line)).toEqual([17, 18]);
  });

  it("leaves no kind out of a full list", async () => {
    const lines = [...Array.from({ length: 1500 }, () => "{"), "[]", ...validRows(12)];
    const { report } = await examine(lines.join("\n"));
    expect(report.errors).toHaveLength(1000);
    expect(report.errors.map(({ code }) => code)).toContain("not-an-object");
    expect(report.errorCount).toBe(1501);
  });

  it("is kept in the cache of results", async () => {
    const before = process.env.XDG_CACHE_HOME;
    process.env.XDG_CACHE_HOME = temporaryFolder("findings-cache");
    try {
      const path = datasetFile(drowned(() => same).join("\n"));
      const options = { path, role: "training", model: "gpt-4.1", method: "supervised", threads: 0 } as const;
      const first = await examineDataset(options);
      expect(await examineDataset(options)).toEqual(first);
      expect(first.kinds[0]).toMatchObject({ code: "secret", count: 1 });
    } finally {
      process.env.XDG_CACHE_HOME = before;
    }
  });
});

describe("texts that are searched", () => {
  const call = { id: "c", type: "function", function: { name: "f", arguments: `{"key":"${awsKey}"}` } };
  it.each<[string, "supervised" | "dpo" | "reinforcement", object]>([
    [
      "messages[1].tool_calls[0].function.arguments",
      "supervised",
      {
        messages: [
          { role: "user", content: "Go." },
          { role: "assistant", tool_calls: [call] },
        ],
      },
    ],
    [
      "tools[0].function.description",
      "supervised",
      {
        messages: [
          { role: "user", content: "Go." },
          { role: "assistant", content: "Yes." },
        ],
        tools: [{ type: "function", function: { name: "f", description: awsKey } }],
      },
    ],
    [
      "messages[0].content[0].text",
      "supervised",
      {
        messages: [
          { role: "user", content: [{ type: "text", text: awsKey }] },
          { role: "assistant", content: "Yes." },
        ],
      },
    ],
    [
      "non_preferred_output[0].content",
      "dpo",
      {
        input: { messages: [{ role: "user", content: "Go." }] },
        preferred_output: [{ role: "assistant", content: "a" }],
        non_preferred_output: [{ role: "assistant", content: awsKey }],
      },
    ],
    [
      "reference.answer",
      "reinforcement",
      { messages: [{ role: "user", content: "Go." }], reference: { answer: awsKey } },
    ],
    ["prompt", "supervised", { prompt: awsKey, completion: "Yes." }],
  ])("%s", async (place, method, row) => {
    const { report } = await examine(JSON.stringify(row), {
      method,
      model: method === "reinforcement" ? "o4-mini" : "gpt-4.1",
    });
    const secrets = report.warnings.filter(({ code }) => code === "secret");
    expect(secrets.map(({ message }) => message)).toEqual([
      expect.stringContaining(`${place} contains what looks like an AWS`),
    ]);
  });

  it("are found through escapes and quotes within quotes", async () => {
    const text = JSON.stringify({ config: { api_key: "a1B2c3D4e5F6g7H8i9J0k1L2" } });
    for (const content of [text, JSON.stringify(text), text.replaceAll("_", "\\u005f")]) {
      const row = {
        messages: [
          { role: "user", content, name: "x" },
          { role: "assistant", content: "Yes." },
        ],
      };
      const { kinds } = await examine(JSON.stringify(row).replaceAll("\\\\u005f", "\\u005f"));
      expect(kinds[0]).toMatchObject({ code: "secret", count: 1 });
    }
  });

  it("leave out images, of whose base64 some looks like anything", async () => {
    const url = `data:image/png;base64,${Buffer.from("x".repeat(300)).toString("base64").slice(0, 100)}+AKIAIOSFODNN7EXAMPLF+`;
    const content = [{ type: "image_url", image_url: { url } }];
    const row = {
      messages: [
        { role: "user", content },
        { role: "assistant", content: "A cat." },
      ],
    };
    expect((await examine(JSON.stringify(row))).kinds.map(({ code }) => code)).not.toContain("secret");
  });
});
