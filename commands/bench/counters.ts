import { countTokens } from "gpt-tokenizer/encoding/o200k_base";
import { Tiktoken } from "js-tiktoken/lite";
import o200kBase from "js-tiktoken/ranks/o200k_base";
import { get_encoding } from "tiktoken";

/** Other packages that count tokens of a text, special-token text taken as ordinary. */
export const counters = {
  "js-tiktoken": () => {
    const encoding = new Tiktoken(o200kBase);
    return (text: string) => encoding.encode(text, [], []).length;
  },
  "tiktoken (wasm)": () => {
    const encoding = get_encoding("o200k_base");
    return (text: string) => encoding.encode(text, [], []).length;
  },
  "gpt-tokenizer": () => {
    const options = { disallowedSpecial: new Set<string>() };
    return (text: string) => countTokens(text, options);
  },
};
