import { describe, expect, it } from "@jest/globals";
import { codes, examine } from "../examine";

const user = { role: "user", content: "Question?" };
const answer = (content: string) => ({ role: "assistant", content });
const topics = [
  "tides",
  "basalt",
  "violins",
  "magnets",
  "yeast",
  "glaciers",
  "sonnets",
  "turbines",
  "lichen",
  "comets",
];

function preference(over: object = {}, index = 0): string {
  const input = { messages: [{ role: "user", content: `Tell me about ${topics[index]}.` }] };
  const row = {
    input,
    preferred_output: [answer(`Short: ${topics[index]}.`)],
    non_preferred_output: [answer(`No ${topics[index]}!`)],
  };
  return JSON.stringify({ ...row, ...over });
}

async function findings(
  method: "dpo" | "reinforcement",
  line: string,
  valid: (index: number) => string,
): Promise<string[]> {
  const others = topics.map((_, index) => valid(index));
  return codes(await examine([...others, line].join("\n"), { method }))
    .filter((code) => code.startsWith("11 "))
    .map((code) => code.slice(3));
}

const call = { id: "call_1", type: "function", function: { name: "f", arguments: "{}" } };
const tool = { type: "function", function: { name: "f" } };

describe("preference rows", () => {
  it.each<[string, string, string[]]>([
    ["good", preference({ input: { messages: [user] } }), []],
    [
      "no input",
      JSON.stringify({ preferred_output: [answer("a")], non_preferred_output: [answer("b")] }),
      ["missing-key"],
    ],
    ["chat row", JSON.stringify({ messages: [user, answer("a")] }), ["missing-key"]],
    ["input no object", preference({ input: "q" }), ["wrong-type"]],
    ["no preferred output", preference({ preferred_output: undefined }), ["missing-key"]],
    ["output no list", preference({ preferred_output: answer("a") }), ["wrong-type"]],
    ["output of the user", preference({ preferred_output: [user] }), ["unknown-role", "no-assistant"]],
    [
      "same outputs",
      preference({ preferred_output: [answer("a")], non_preferred_output: [answer("a")] }),
      ["same-outputs"],
    ],
    ["extra key", preference({ score: 1 }), ["unknown-key"]],
    [
      "tool message without its call in an output",
      preference({ preferred_output: [{ role: "tool", tool_call_id: "call_1", content: "r" }, answer("a")] }),
      ["tool-without-call"],
    ],
    [
      "output answers a call of the input",
      preference({
        input: { messages: [user, { role: "assistant", tool_calls: [call] }], tools: [tool] },
        preferred_output: [{ role: "tool", tool_call_id: "call_1", content: "r" }, answer("a")],
      }),
      ["tokens-estimated"],
    ],
    [
      "output calls what the input does not declare",
      preference({
        input: { messages: [user], tools: [tool] },
        preferred_output: [{ role: "assistant", tool_calls: [{ ...call, function: { name: "g", arguments: "{}" } }] }],
      }),
      ["tokens-estimated", "undeclared-tool"],
    ],
    ["input ends with the assistant", preference({ input: { messages: [user, answer("a")] } }), ["last-not-user"]],
  ])("%s", async (_, line, expected) => {
    const found = await findings("dpo", line, (index) => preference({}, index));
    expect(found.filter((code) => !code.includes("duplicate")).sort()).toEqual([...expected].sort());
  });

  it("holds the input with the longer output against the limit, since the model sees no more at once", async () => {
    const long = (word: string, count: number) => [answer(Array<string>(count).fill(word).join(" "))];
    const input = { messages: [user] };
    const both = preference({ input, preferred_output: long("yes", 40_000), non_preferred_output: long("no", 40_000) });
    const one = preference({ input, preferred_output: long("yes", 70_000) });
    expect(await findings("dpo", both, (index) => preference({}, index))).toEqual([]);
    expect(await findings("dpo", one, (index) => preference({}, index))).toEqual(["over-token-limit"]);
  });

  it("counts the input with each output, as the service bills them", async () => {
    const { report } = await examine(preference({ input: { messages: [user] } }), {
      method: "dpo",
      role: "validation",
    });
    const chatTokens = { user: 3 + 1 + 2, preferred: 3 + 1 + 4, other: 3 + 1 + 3 };
    expect(report.tokens.total.sum).toBe(2 * (3 + chatTokens.user) + chatTokens.preferred + chatTokens.other);
  });
});

describe("reinforcement rows", () => {
  const row = (index: number, over: object = {}) =>
    JSON.stringify({ messages: [{ role: "user", content: `Count ${topics[index]}.` }], answer: index, ...over });
  it.each<[string, string, string[]]>([
    ["further keys are the grader's", row(0, { messages: [user], reference: { nested: [1] } }), []],
    ["ends with the assistant", row(0, { messages: [user, answer("a")] }), ["last-not-user"]],
    ["no messages", JSON.stringify({ prompt: "q" }), ["missing-key"]],
  ])("%s", async (_, line, expected) => {
    expect(await findings("reinforcement", line, row)).toEqual(expected);
  });
});
