import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { countTokens } from "gpt-tokenizer/encoding/o200k_harmony";
import { findModel, shippedCatalog, tokenCountCaveat, tokensName } from "../../catalog";
import { encodingTable } from "../../datasets/tokenizer/encoding-table";
import { Tokenizer } from "../../datasets/tokenizer/tokenizer";

it.each([
  ["gpt-4o-mini", "tokens"],
  ["gpt-oss-20b-11", "tokens (estimated)"],
  ["gpt-oss-20b-11.ft-70ee3e37776e4428b20685fcd0728abb-tutor", "tokens (estimated)"],
  ["Qwen3-32B", "tokens (estimated)"],
  ["Llama-3.3-70B-Instruct", "tokens (estimated)"],
  ["Ministral-3B", "tokens (estimated)"],
  ["nobody-knows-it", "tokens"],
  [undefined, "tokens"],
])("counts of %s are called %s", (model, name) => {
  expect(tokensName(model)).toBe(name);
});

it("every model of another format has the reason why its counts are estimates, and no other", () => {
  for (const model of shippedCatalog.models)
    expect([model.id, tokenCountCaveat(model.id) !== undefined]).toEqual([model.id, model.format !== undefined]);
});

it("the texts of gpt-oss are counted as its own tokenizer counts them", async () => {
  const { encoding } = findModel("gpt-oss-20b")!;
  const tokenizer = new Tokenizer(await encodingTable(encoding));
  fc.assert(
    fc.property(fc.string({ unit: "grapheme", maxLength: 200 }), (text) => {
      expect(tokenizer.countText(text)).toBe(countTokens(text, { disallowedSpecial: new Set() }));
    }),
  );
});
