import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import { Checkout } from "./checkout";
import { expectSentence } from "./expect-sentence";

let checkout: Checkout;
let settings: string;
beforeAll(async () => {
  checkout = await Checkout.open();
  settings = checkout.read("Pulumi.local.yaml");
});
afterEach(() => checkout.write("Pulumi.local.yaml", settings));
afterAll(() => checkout.close());

const row = (messages: object[]) => `${JSON.stringify({ messages })}\n`;
const good = row([
  { role: "user", content: "What is a model?" },
  { role: "assistant", content: "A function that was fitted to data." },
]);

describe("a dataset that can't be used stops the preview with file, line and reason", () => {
  it.each<[string, string | Buffer | undefined, RegExp]>([
    ["missing", undefined, /There is no file .data\/bad\.jsonl./],
    ["empty", "", /data\/bad\.jsonl has 1 error:\s+The file contains no examples/],
    ["not UTF-8", Buffer.concat([Buffer.from(good.repeat(10)), Buffer.from([0xff, 0xfe, 0x0a])]), /line 11.*UTF-8/],
    ["bad JSON on a line", good.repeat(2) + "{oh\n" + good.repeat(10), /line 3.*JSON/],
    [
      "a row without an assistant message",
      good.repeat(11) + row([{ role: "user", content: "?" }]),
      /line 12.*assistant/,
    ],
  ])("%s", async (_case, content, sentence) => {
    if (content !== undefined) checkout.write("data/bad.jsonl", content);
    checkout.configure({ "dataset.training": "data/bad.jsonl", "dataset.validation": "data/validation_set.jsonl" });
    const { code, output } = await checkout.pulumi("preview");
    expect({ code, output }).toFail();
    expectSentence(output, sentence);
  });
});
