import { describe, expect, it } from "@jest/globals";
import { findDisclosures } from "../../../datasets/privacy/findings";
import { passesLuhn } from "../../../datasets/privacy/luhn";
import { Kernel } from "../../../datasets/kernel/kernel";
import { kindsOfSecrets } from "../../../datasets/privacy/kinds";
import { chat, examine, validRows } from "../examine";

const kernel = new Kernel();
const found = (text: string) => {
  const bytes = Buffer.from(text);
  return findDisclosures(text, kindsOfSecrets(kernel, bytes, 0, bytes.length)).map(({ what }) =>
    what.replace(/ \(.*/, ""),
  );
};
const letters = (count: number) => "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYz".repeat(3).slice(0, count);

describe("findDisclosures", () => {
  it.each([
    ["a private key", "-----BEGIN RSA PRIVATE KEY-----\nMIIE"],
    ["an OpenAI key", `use sk-proj-${letters(40)} here`],
    ["a GitHub token", `ghp_${letters(36)}`],
    ["a GitHub token", `github_pat_${letters(50)}`],
    ["an AWS access key id", "id AKIAIOSFODNN7EXAMPLF."],
    ["a Google API key", `AIza${letters(35)}`],
    ["a Slack token", "xoxb-1234567890-abcdef"],
    ["a JSON Web Token", `eyJhbGciOiJI.eyJzdWIiOiIx.${letters(20)}`],
    ["an Azure storage or service key", `AccountName=x;AccountKey=${letters(86)}==;`],
    ["a shared access signature", `https://x/y?sv=1&sig=${letters(43)}%3D`],
    ["a secret value", `"api_key": "${letters(32)}"`],
    ["a secret value", `password = ${letters(24)}`],
    ["an e-mail address", "Write to jane.doe+x@mail.contoso.co.jp today."],
    ["a card number", "Card 4111 1111 1111 1111, valid"],
    ["a card number", "5500-0000-0000-0004"],
    ["a telephone number", "Call +49 30 901820 now"],
    ["a telephone number", "(415) 867-5309"],
    ["a telephone number", "電話は03-1234-5678です"],
  ])("%s: %s", (what, text) => expect(found(text)).toEqual([what]));

  it.each([
    "In 2024 there were 1,234,567,890 of them, 3.14159265358979 each.",
    "user@example.com and admin@sub.example.org",
    "See @types/node@20.19.43 and the ski-lift; task-list, risk-averse",
    "4111 1111 1111 1112 has a wrong check digit",
    "ISO date 2024-05-17T10:20:30 and version 10.0.19041.1",
    "my_token = token_list[0]; key: value; password: ********",
    "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c0f15a0",
    "1111 1111 1111 1111 1111",
  ])("nothing in %s", (text) => expect(found(text)).toEqual([]));

  it("masks what it found", async () => {
    const secret = `sk-${letters(40)}`;
    const row = chat(["user", `My key is ${secret}, mail jane.doe@contoso.com`], ["assistant", "Thanks."]);
    const { report } = await examine([...validRows(10), row].join("\n"));
    expect(report.warnings.map(({ code, line }) => [code, line])).toEqual([
      ["secret", 11],
      ["personal-data", 11],
    ]);
    const shown = JSON.stringify(report);
    expect(shown).toContain("messages[0].content");
    expect(shown).not.toContain(secret.slice(3, 9));
    expect(shown).not.toContain("jane");
    expect(shown).not.toContain("contoso");
  });
});

describe("passesLuhn", () => {
  it.each([
    ["4111111111111111", true],
    ["378282246310005", true],
    ["4111111111111112", false],
    ["42", false],
  ])("%s %s", (number, valid) => expect(passesLuhn(number)).toBe(valid));
});
