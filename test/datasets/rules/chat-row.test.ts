import { describe, expect, it } from "@jest/globals";
import { chat, codes, examine, validRows } from "../examine";

const user = { role: "user", content: "Question?" };
const answer = { role: "assistant", content: "Answer." };
const row = (value: unknown) => JSON.stringify(value);
const messages = (...list: unknown[]) => row({ messages: list });
const call = { id: "call_1", type: "function", function: { name: "weather", arguments: '{"city":"Paris"}' } };
const tool = {
  type: "function",
  function: { name: "weather", parameters: { type: "object", properties: { city: { type: "string" } } } },
};
const toolRow = (over: object = {}, ...list: unknown[]) =>
  row({ messages: [user, { role: "assistant", tool_calls: [call] }, ...list], tools: [tool], ...over });
const result = { role: "tool", tool_call_id: "call_1", content: "21 degrees" };
const image = (over: object = {}) => ({
  type: "image_url",
  image_url: { url: "https://example.com/cat.png", ...over },
});
const calls = (over: object) =>
  toolRow({
    messages: [user, { role: "assistant", tool_calls: [{ ...call, function: { ...call.function, ...over } }] }],
  });
const look = (part: unknown, role = "user") =>
  messages({ role, content: [{ type: "text", text: "What is it?" }, part] }, answer);

/** The row stands in line 2 of a file of good rows. */
async function findings(line: string, options = {}): Promise<string[]> {
  const [first, ...others] = validRows(12);
  return codes(await examine([first, line, ...others].join("\n") + "\n", options)).map((code) => {
    expect(code).toMatch(/^2 /);
    return code.slice(2);
  });
}

describe("a good row has no findings", () => {
  it.each([
    ["plain", chat(["system", "s"], ["user", "q"], ["assistant", "a"])],
    ["several turns", chat(["user", "q"], ["assistant", "a"], ["user", "q2"], ["assistant", "a2"])],
    [
      "other order of keys and spaces",
      ' { "messages" : [ { "content" : "q" , "role" : "user" } , {"content":"a","role":"assistant"} ] } ',
    ],
    [
      "escapes",
      '{"messages":[{"role":"user","content":"a\\"b\\\\\\n\\u00e9 \\ud83d\\ude00"},{"role":"assistant","content":"\\u65e5\\u672c"}]}',
    ],
    ["Japanese", chat(["user", "こんにちは"], ["assistant", "はい、こんにちは。"])],
    ["special-token text", chat(["user", "What is <|endoftext|>?"], ["assistant", "<|endoftext|> ends a text."])],
    ["name", messages({ ...user, name: "Ann_1" }, answer)],
    ["weights", messages(user, { ...answer, weight: 0 }, user, { ...answer, weight: 1 })],
    ["call at the end", toolRow({ parallel_tool_calls: false })],
    ["call, result and answer", toolRow({}, result, answer)],
    [
      "content null beside a call",
      row({ messages: [user, { role: "assistant", content: null, tool_calls: [call] }], tools: [tool] }),
    ],
    ["image", look(image({ detail: "low" }))],
    ["image as data", look(image({ url: "data:image/png;base64,iVBORw0KGgo=" }))],
    ["refusal", messages(user, { role: "assistant", content: null, refusal: "No." })],
    [
      "call of two functions at once, answered in the other order",
      toolRow({
        messages: [
          user,
          { role: "assistant", tool_calls: [call, { ...call, id: "call_2" }] },
          { ...result, tool_call_id: "call_2" },
          result,
          answer,
        ],
      }),
    ],
    [
      "call with the id of an earlier turn",
      toolRow({}, result, answer, user, { role: "assistant", tool_calls: [call] }, result, answer),
    ],
  ])("%s", async (name, line) => {
    const estimated = ["call", "content null", "image"].some((start) => name.startsWith(start));
    expect((await findings(line)).filter((code) => code !== "differing-system-prompts")).toEqual(
      estimated ? ["tokens-estimated"] : [],
    );
  });
});

describe("a bad row gets a code that names its fault", () => {
  it.each<[string, string, string[]]>([
    ["bad-json", '{"messages": [', ["bad-json"]],
    [
      "trailing comma",
      '{"messages":[{"role":"user","content":"q"},{"role":"assistant","content":"a"},]}',
      ["bad-json"],
    ],
    ["single quotes", "{'messages': []}", ["bad-json"]],
    ["NaN", '{"messages":[{"role":"assistant","content":"a","weight":NaN}]}', ["bad-json"]],
    ["two objects", `${chat(["assistant", "a"])}${chat(["assistant", "b"])}`, ["bad-json"]],
    ["raw tab in a string", '{"messages":[{"role":"assistant","content":"a\tb"}]}', ["bad-json"]],
    ["bad escape", '{"messages":[{"role":"assistant","content":"a\\x"}]}', ["bad-json"]],
    ["array", "[1]", ["not-an-object"]],
    ["string", '"text"', ["not-an-object"]],
    ["null", "null", ["not-an-object"]],
    ["no messages key", row({ prompt: "p", completion: "c" }), ["unknown-key", "unknown-key", "missing-key"]],
    ["misspelt key", row({ message: [user, answer] }), ["unknown-key", "missing-key"]],
    [
      "preference row",
      row({ input: { messages: [user] }, preferred_output: [answer], non_preferred_output: [answer] }),
      ["missing-key"],
    ],
    ["messages no list", row({ messages: "q" }), ["wrong-type"]],
    ["empty messages", row({ messages: [] }), ["no-messages"]],
    ["message no object", messages(user, "answer"), ["wrong-type"]],
    ["no role", messages({ content: "q" }, answer), ["missing-key"]],
    ["role number", messages({ role: 1, content: "q" }, answer), ["wrong-type"]],
    ["unknown role", messages({ role: "human", content: "q" }, answer), ["unknown-role"]],
    ["upper-case role", messages(user, { role: "Assistant", content: "a" }), ["unknown-role", "no-assistant"]],
    ["no content", messages({ role: "user" }, answer), ["missing-content"]],
    ["content null", messages(user, { role: "assistant", content: null }), ["missing-content"]],
    ["content number", messages({ role: "user", content: 5 }, answer), ["wrong-type"]],
    ["extra key in a message", messages({ ...user, id: 3 }, answer), ["unknown-key"]],
    ["extra key in the row", row({ messages: [user, answer], id: 7 }), ["unknown-key"]],
    ["no assistant", messages(user), ["no-assistant"]],
    ["last is the user", messages(user, answer, user), ["last-not-assistant"]],
    ["empty answer", messages(user, { role: "assistant", content: "" }), ["empty-assistant"]],
    ["blank answer", messages(user, { role: "assistant", content: " \n\u3000" }), ["empty-assistant"]],
    ["weight 2", messages(user, { ...answer, weight: 2 }), ["invalid-weight"]],
    ["weight as text", messages(user, { ...answer, weight: "1" }), ["invalid-weight"]],
    ["weight true", messages(user, { ...answer, weight: true }), ["invalid-weight"]],
    ["weight of the user", messages({ ...user, weight: 1 }, answer), ["invalid-weight"]],
    ["all weights 0", messages(user, { ...answer, weight: 0 }, user, { ...answer, weight: 0 }), ["all-weights-zero"]],
    ["name with a line break", messages({ ...user, name: "a\nb" }, answer), ["control-character-in-name"]],
    ["name with DEL", messages({ ...user, name: "a\u007f" }, answer), ["control-character-in-name"]],
    ["name with a space", messages({ ...user, name: "Ann Lee" }, answer), ["unusual-name"]],
    ["name number", messages({ ...user, name: 4 }, answer), ["wrong-type"]],
    [
      "duplicate key",
      '{"messages":[{"role":"user","content":"q","content":"r"},{"role":"assistant","content":"a"}]}',
      ["duplicate-key"],
    ],
    [
      "duplicate key by escape",
      '{"messages":[{"role":"user","content":"q","c\\u006fntent":"r"},{"role":"assistant","content":"a"}]}',
      ["duplicate-key"],
    ],
    [
      "lone surrogate",
      '{"messages":[{"role":"user","content":"q\\ud83d"},{"role":"assistant","content":"a"}]}',
      ["lone-surrogate"],
    ],
    ["late system message", chat(["user", "q"], ["system", "s"], ["assistant", "a"]), ["system-not-first"]],
    ["tool message without id", messages(user, { role: "tool", content: "r" }, answer), ["tool-without-call"]],
    [
      "tool message without its call",
      toolRow({}, { ...result, tool_call_id: "call_9" }, answer),
      ["tool-without-call", "unanswered-tool-call", "tokens-estimated"],
    ],
    [
      "tool message before its call",
      row({ messages: [user, result, { role: "assistant", tool_calls: [call] }], tools: [tool] }),
      ["tool-without-call", "tokens-estimated"],
    ],
    ["tool message twice", toolRow({}, result, result, answer), ["tool-without-call", "tokens-estimated"]],
    [
      "tool message behind another turn",
      toolRow({}, user, result, answer),
      ["tool-without-call", "unanswered-tool-call", "tokens-estimated"],
    ],
    ["weight of a tool message", toolRow({}, { ...result, weight: 1 }, answer), ["invalid-weight", "tokens-estimated"]],
    ["refusal number", messages(user, { ...answer, refusal: 1 }), ["wrong-type"]],
    ["empty refusal", messages(user, { role: "assistant", content: null, refusal: "" }), ["missing-content"]],
    [
      "empty text part of the assistant",
      messages(user, { role: "assistant", content: [{ type: "text", text: " " }] }),
      ["empty-assistant", "tokens-estimated"],
    ],
    [
      "function called by a name with a line break",
      calls({ name: "wea\nther" }),
      ["control-character-in-name", "undeclared-tool", "tokens-estimated"],
    ],
    [
      "function called by no name",
      calls({ name: "the weather" }),
      ["invalid-tool-call", "undeclared-tool", "tokens-estimated"],
    ],
    ["key twice in arguments", calls({ arguments: '{"a":1,"\\u0061":2}' }), ["duplicate-key", "tokens-estimated"]],
    ["extra key of a call", calls({ result: 1 }), ["unknown-key", "tokens-estimated"]],
    [
      "extra key of a tool",
      row({ messages: [user, answer], tools: [{ ...tool, strict: true }] }),
      ["unknown-key", "tokens-estimated"],
    ],
    ["extra key of a part", look({ type: "text", text: "x", cache: 1 }), ["unknown-key", "tokens-estimated"]],
    ["extra key of an image", look(image({ size: 1 })), ["unknown-key", "tokens-estimated"]],
    [
      "image address with a space",
      look(image({ url: "https://exa mple.com/cat.png" })),
      ["invalid-image", "tokens-estimated"],
    ],
    [
      "function message without its call",
      row({ messages: [user, { role: "function", name: "f", content: "r" }, answer] }),
      ["tool-without-call", "deprecated-functions"],
    ],
    [
      "function message without name",
      row({
        messages: [
          user,
          { role: "assistant", function_call: { name: "f", arguments: "{}" } },
          { role: "function", content: "r" },
          answer,
        ],
      }),
      ["missing-key", "deprecated-functions", "deprecated-functions", "tokens-estimated"],
    ],
    ["unanswered call", toolRow({}, answer), ["unanswered-tool-call", "tokens-estimated"]],
    [
      "undeclared function",
      row({
        messages: [user, { role: "assistant", tool_calls: [{ ...call, function: { name: "time", arguments: "{}" } }] }],
        tools: [tool],
      }),
      ["undeclared-tool", "tokens-estimated"],
    ],
    [
      "arguments as an object",
      messages(user, {
        role: "assistant",
        tool_calls: [{ ...call, function: { name: "weather", arguments: { city: "Paris" } } }],
      }),
      ["invalid-tool-call", "undeclared-tool", "tokens-estimated"],
    ],
    [
      "arguments no JSON",
      messages(user, {
        role: "assistant",
        tool_calls: [{ ...call, function: { name: "weather", arguments: "{city}" } }],
      }),
      ["invalid-tool-call", "undeclared-tool", "tokens-estimated"],
    ],
    ["tools no list", row({ messages: [user, answer], tools: {} }), ["invalid-tool-schema", "tokens-estimated"]],
    [
      "tool without function",
      row({ messages: [user, answer], tools: [{ type: "function" }] }),
      ["invalid-tool-schema", "tokens-estimated"],
    ],
    [
      "function name",
      row({ messages: [user, answer], tools: [{ type: "function", function: { name: "get weather" } }] }),
      ["invalid-tool-schema", "tokens-estimated"],
    ],
    [
      "schema type",
      row({
        messages: [user, answer],
        tools: [
          {
            type: "function",
            function: { name: "f", parameters: { type: "object", properties: { a: { type: "text" } } } },
          },
        ],
      }),
      ["invalid-tool-schema", "tokens-estimated"],
    ],
    [
      "schema required",
      row({
        messages: [user, answer],
        tools: [{ type: "function", function: { name: "f", parameters: { type: "object", required: "a" } } }],
      }),
      ["invalid-tool-schema", "tokens-estimated"],
    ],
    [
      "schema of a string",
      row({
        messages: [user, answer],
        tools: [{ type: "function", function: { name: "f", parameters: { type: "string" } } }],
      }),
      ["invalid-tool-schema", "tokens-estimated"],
    ],
    ["parallel_tool_calls text", row({ messages: [user, answer], parallel_tool_calls: "yes" }), ["wrong-type"]],
    [
      "deprecated functions",
      row({ messages: [user, answer], functions: [{ name: "f" }] }),
      ["deprecated-functions", "tokens-estimated"],
    ],
    ["part without type", look({ text: "x" }), ["invalid-content-part", "tokens-estimated"]],
    [
      "image of the assistant",
      messages(user, { role: "assistant", content: [image()] }),
      ["image-in-assistant", "tokens-estimated"],
    ],
    ["image of the system", look(image(), "system"), ["invalid-content-part", "no-user", "tokens-estimated"]],
    ["image as GIF", look(image({ url: "data:image/gif;base64,R0lGOD==" })), ["invalid-image", "tokens-estimated"]],
    ["image by file", look(image({ url: "file:///cat.png" })), ["invalid-image", "tokens-estimated"]],
    ["image detail", look(image({ detail: "ultra" })), ["invalid-image", "tokens-estimated"]],
    ["image base64", look(image({ url: "data:image/png;base64,***" })), ["invalid-image", "tokens-estimated"]],
    [
      "65 images",
      messages({ role: "user", content: Array.from({ length: 65 }, () => image()) }, answer),
      ["too-many-images-in-example", "tokens-estimated"],
    ],
  ])("%s", async (_, line, expected) => {
    const found = (await findings(line)).filter((code) => code !== "differing-system-prompts");
    expect(found.sort()).toEqual([...expected].sort());
  });

  it("refuses images for a model that is not trained on them", async () => {
    expect(await findings(look(image()), { model: "gpt-4o-mini" })).toContain("image-not-supported");
  });

  it.each<[string, string, string]>([
    ["role", messages({ role: "asistant", content: "a" }, answer), "messages[0].role is 'asistant'; expected system"],
    [
      "role with text",
      messages({ role: "my card is 1234", content: "a" }, answer),
      "messages[0].role is a string; expected",
    ],
    ["weight", messages(user, { ...answer, weight: 2 }), "messages[1].weight is 2; expected the number 0 or 1."],
    [
      "what is missing",
      row({ messages: [user, answer], tools: [{ type: "function" }] }),
      "tools[0].function is missing; expected",
    ],
  ])("names what stands there: %s", async (_, line, sentence) => {
    const { report } = await examine([...validRows(10), line].join("\n"));
    expect(report.errors[0]!.message).toContain(sentence);
  });

  it("says where a row breaks off from JSON, without its text", async () => {
    const { report } = await examine([...validRows(10), '{"messages": "secret" "x"}'].join("\n"));
    expect(report.errors).toEqual([
      {
        code: "bad-json",
        line: 11,
        message: "Invalid JSON at column 23: a comma or a closing bracket is missing.",
      },
    ]);
  });
});
