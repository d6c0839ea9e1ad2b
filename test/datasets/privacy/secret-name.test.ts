import { expect, it } from "@jest/globals";
import { soundsSecret } from "../../../datasets/privacy/secret-name";

it.each(["clientSecret", "api_key", "apiKey", "accessToken", "token", "dbPassword", "connection_string", "privateKey"])(
  "%s sounds like a secret",
  (name) => {
    expect(soundsSecret(name)).toBe(true);
  },
);

it.each(["maxTokens", "minTokenAccuracy", "oidcTokenFilePath", "tokenizer", "tokenization", "key", "model"])(
  "%s does not",
  (name) => {
    expect(soundsSecret(name)).toBe(false);
  },
);
