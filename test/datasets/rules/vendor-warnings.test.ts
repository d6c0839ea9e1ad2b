import { describe, expect, it } from "@jest/globals";
import { chat, codes, examine, validRows } from "../examine";

const question = { role: "user", content: "Which bus goes to the harbour?" };
const answer = { role: "assistant", content: "Number nine." };
const row = (messages: object[], more: object = {}) => JSON.stringify({ messages, ...more });
const tool = (name: string, over: object = {}) => ({ type: "function", function: { name, ...over } });
const tools = (count: number) => Array.from({ length: count }, (_, index) => tool(`f${index}`));

async function findings(line: string): Promise<string[]> {
  const found = codes(await examine([...validRows(12), line].join("\n")));
  return found.filter((code) => !/tokens-estimated|differing-system/.test(code));
}

describe("warnings that two vendors' checkers have", () => {
  it.each<[string, string, string[]]>([
    ["no user turn", chat(["system", "Be brief."], ["assistant", "Nine."]), ["13 no-user"]],
    ["an assistant alone", chat(["assistant", "Nine."]), ["13 no-user"]],
    ["an empty question", chat(["user", ""], ["assistant", "Nine."]), ["13 empty-user"]],
    ["a blank question", chat(["user", " \t\n"], ["assistant", "Nine."]), ["13 empty-user"]],
    [
      "an empty later question",
      chat(["user", "q"], ["assistant", "a"], ["user", "\u00a0"], ["assistant", "b"]),
      ["13 empty-user"],
    ],
    [
      "a question of empty parts",
      row([{ role: "user", content: [{ type: "text", text: "" }] }, answer]),
      ["13 empty-user"],
    ],
    ["128 tools", row([question, answer], { tools: tools(128) }), []],
    ["129 tools", row([question, answer], { tools: tools(129) }), ["13 too-many-tools"]],
    ["a description of 1,024", row([question, answer], { tools: [tool("f", { description: "x".repeat(1024) })] }), []],
    [
      "a longer description",
      row([question, answer], { tools: [tool("f", { description: "x".repeat(1025) })] }),
      ["13 long-tool-description"],
    ],
    [
      "parameters that are null",
      row([question, answer], { tools: [tool("f", { parameters: null })] }),
      ["13 null-parameters"],
    ],
  ])("%s", async (_, line, expected) => expect(await findings(line)).toEqual(expected));

  it("holds for the input of preference rows", async () => {
    const dpo = (content: string, index: number) =>
      JSON.stringify({
        input: { messages: [{ role: "user", content }] },
        preferred_output: [{ role: "assistant", content: `a${index}` }],
        non_preferred_output: [{ role: "assistant", content: `b${index}` }],
      });
    const lines = validRows(10).map((_, index) =>
      dpo(index === 4 ? " " : `Question about topic ${index * 31}?`, index),
    );
    const found = codes(await examine(lines.join("\n"), { method: "dpo" }));
    expect(found.filter((code) => /user/.test(code))).toEqual(["5 empty-user"]);
  });
});
