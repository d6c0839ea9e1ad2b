import { describe, expect, it } from "@jest/globals";
import { findDisclosures } from "../../../datasets/privacy/findings";
import { holdsSecret } from "../../../datasets/privacy/holds-secret";
import { passesLuhn } from "../../../datasets/privacy/luhn";
import { Kernel } from "../../../datasets/kernel/kernel";
import { kindsOfSecrets } from "../../../datasets/privacy/kinds";
import { secretForms } from "../../../datasets/privacy/secret-forms";
import { withoutSecrets } from "../../../commands/preview-summary/secrets";
import { chat, examine, validRows } from "../examine";

const kernel = new Kernel();
const found = (text: string) => findDisclosures(text, kindsOfSecrets(kernel, text)).map(({ name }) => name);
const letters = (count: number) => "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xYz".repeat(6).slice(0, count);
const hexadecimal = (count: number) => "9f86d081884c7d659a2feaa0c55ad015".repeat(3).slice(0, count);

/** Every form, in the places where people leave it. None is whole in this file, so that no scanner takes it for a leak. */
const secrets: [name: string, text: string][] = [
  ["a private key", `-----BEGIN RSA ${"PRIVATE"} KEY-----\nMIIE`],
  ["a private key", `-----BEGIN OPENSSH ${"PRIVATE"} KEY-----`],
  ["a private key", `-----BEGIN ${"PRIVATE"} KEY-----`],
  ["a private key", `-----BEGIN PGP ${"PRIVATE"} KEY BLOCK-----`],
  ["an age secret key", `AGE-SECRET-KEY-1${"QPZRY9X8GF2TVDW0S3JN".repeat(3).slice(0, 58)}`],
  ["a Microsoft Entra client secret", `client secret xY18Q~${letters(34)}.`],
  ["a Microsoft Entra client secret", `AZURE_CLIENT_SECRET=abc7Q~${letters(34)}`],
  ["an Azure AI key", `the key is ${letters(84)}.`],
  ["an Azure AI key", `api-key: ${letters(52)}JQQJ99${letters(26)}`],
  ["an Azure storage key", `key ${letters(40)}+/${letters(44)}== of the account`],
  ["an Azure storage or service key", `AccountName=x;AccountKey=${letters(60)}==;`],
  ["an Azure storage or service key", `Endpoint=sb://x/;SharedAccessKeyName=n;SharedAccessKey=${letters(43)}=`],
  ["a shared access signature", `https://x/y?sv=1&sig=${letters(43)}%3D`],
  ["a shared access signature", `https://x/y?sig=${letters(43)}%3D&sv=1`],
  ["an Anthropic key", `sk-${"ant"}-api03-${letters(90)}`],
  ["an OpenAI key", `use sk-${"proj"}-${letters(40)} here`],
  ["an OpenAI key", `OPENAI_API_KEY=sk-${letters(48)}`],
  ["an OpenAI key", `sk-svcacct-${letters(20)}_${letters(30)}`],
  ["a GitHub token", `ghp_${letters(36)}`],
  ["a GitHub token", `"gho_${letters(36)}"`],
  ["a GitHub token", `https://ghs_${letters(36)}`],
  ["a GitHub token", `github_pat_${letters(50)}`],
  ["a GitLab token", `glpat-${letters(20)}`],
  ["a GitLab token", `gldt-${letters(20)}`],
  ["an AWS access key id", "id AKIAIOSFODNN7EXAMPLF."],
  ["an AWS access key id", "the key is AKIAIOSFODNN7EXAMPLE, write"],
  ["an AWS access key id", "ASIAIOSFODNN7EXAMPLF"],
  ["a secret value", "aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCY12345KEY"],
  ["a Google API key", `AIza${letters(35)}`],
  ["a Google OAuth secret", `GOCSPX-${letters(28)}`],
  ["a Google OAuth secret", `ya29.${letters(60)}`],
  ["a Slack token", "xoxb-1234567890-abcdef"],
  ["a Slack token", `xapp-1-${letters(40)}`],
  ["a Slack webhook", `https://hooks.slack.com/services/T0${"ABCDEF1"}/B0ABCDEF1/${letters(24)}`],
  ["a Stripe key", `sk_${"live"}_${letters(24)}`],
  ["a Stripe key", `rk_${"test"}_${letters(24)}`],
  ["a Stripe key", `whsec_${letters(32)}`],
  ["a Hugging Face token", `hf_${letters(34)}`],
  ["an npm token", `//packages.example/:_authToken=npm_${letters(36)}`],
  ["a PyPI token", `pypi-AgEI${letters(60)}`],
  ["a Pulumi token", `pul-${hexadecimal(40)}`],
  ["a SendGrid key", `SG.${letters(22)}.${letters(43)}`],
  ["a Twilio key", `SK${hexadecimal(32)}`],
  ["a Mailgun key", `key-${hexadecimal(32)}`],
  ["a DigitalOcean token", `dop_v1_${hexadecimal(64)}`],
  ["a Shopify token", `shpat_${hexadecimal(32)} and more`],
  ["a Shopify token", `shpss_${hexadecimal(32)}`],
  ["a Telegram bot token", `bot 123456789:AA${letters(33)}`],
  ["a Groq key", `gsk_${letters(52)}`],
  ["a Replicate token", `r8_${letters(37)}`],
  ["an NVIDIA key", `nvapi-${letters(64)}`],
  ["an xAI key", `xai-${letters(80)}`],
  ["a Perplexity key", `pplx-${letters(48)}`],
  ["a Linear key", `lin_api_${letters(40)}`],
  ["an Atlassian token", `ATATT3xFfGF0${letters(60)}`],
  ["a Discord webhook", `https://discord.com/api/webhooks/123456789012345678/${letters(68)}`],
  ["a JSON Web Token", `eyJhbGciOiJI.eyJzdWIiOiIx.${letters(20)}`],
  ["a JSON Web Token", `Authorization: Bearer eyJhbGciOiJI.eyJzdWIiOiIx.${letters(20)}`],
  ["a bearer token", `Authorization: Bearer ${letters(40)}`],
  ["a bearer token", `authorization: bearer ${letters(40)}`],
  ["a basic authorization", `Authorization: Basic ${Buffer.from("admin:Xk29-vbT4").toString("base64")}`],
  ["an address with a password", "postgres://app:S3cret-Pw9@db.contoso.com:5432/app"],
  ["an address with a password", "mongodb+srv://root:k3Yw0rd!@cluster0.abc12.mongodb.net/x"],
  ["an address with a password", "redis://:p4ssw0rd@10.0.0.4:6379"],
  [
    "a connection string with a password",
    "Server=tcp:x.database.windows.net,1433;Database=d;User ID=u;Password=Xk29!vbT;",
  ],
  ["a secret value", `"api_key": "${letters(32)}"`],
  ["a secret value", `{\\"api_key\\": \\"${letters(32)}\\"}`],
  ["a secret value", `Ocp-Apim-Subscription-Key: ${hexadecimal(32)}`],
  ["a secret value", `AZURE_OPENAI_KEY=${hexadecimal(32)}`],
  ["a secret value", `password = ${letters(24)}`],
];

/** What looks like a secret and is none: hashes, names, placeholders. */
const harmless = [
  "my_token = token_list[0]; key: value; password: ********",
  "sha256 9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c0f15a0",
  `md5 ${hexadecimal(32)}, sha512 ${hexadecimal(96)}${hexadecimal(32)}`,
  `commit ${hexadecimal(40)}`,
  `"integrity": "sha512-${letters(86)}=="`,
  "request-id: 550e8400-e29b-41d4-a716-446655440000, token: 550e8400-e29b-41d4-a716-446655440000",
  "sk-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "sk-proj-XXXXXXXXXXXXXXXXXXXXXXXXXXXXXXX",
  "OPENAI_API_KEY=sk-your-api-key-goes-here-1234",
  "ghp_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "hf_xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
  "AKIAXXXXXXXXXXXXXXXX",
  "api_key = your_api_key_of_32_characters_here",
  "api_key: <YOUR_KEY>, token: ${{ secrets.GITHUB_TOKEN }}",
  `AccountKey=${"0".repeat(86)}==`,
  "postgres://user:password@localhost:5432/db and https://user:<password>@host",
  "mysql://root:${DB_PASSWORD}@db/x",
  "Server=x;User ID=u;Password={your_password};",
  "the bearer of bad news; Basic understanding of algebra",
  "Bearer authentication-is-described-here",
  "secret: my-database-password-2024-production",
  "token = tokenizer_for_gpt_4o_mini_2024",
  "const secret = getSecretFromKeyVault2Async()",
  "sk-learn-contrib-imbalanced-2024 and scikit-learn",
  "next_page_token: CAUQAAabcdefghij12345",
  "https://contoso.com:8080/users/@me and git@github.com:org/repo",
  "A".repeat(84),
  "ACGT".repeat(21),
];

describe("findDisclosures", () => {
  it.each(secrets)("%s: %s", (name, text) => expect(found(text)).toEqual([name]));

  it.each(secrets.filter(([, text]) => !/["\\\n]/.test(text)))("%s in any place of a longer text", (name, text) => {
    for (let before = 0; before < 20; before++) {
      expect(
        found(`${"é ".repeat(before)}${".".repeat(before % 7)} ${text} and so on, ${"word ".repeat(40)}`),
      ).toContain(name);
    }
  });

  it("has a row here for every form of the table", () => {
    expect(new Set(secrets.map(([name]) => name))).toEqual(new Set(secretForms.map(({ name }) => name)));
  });

  it.each([
    ["an e-mail address", "Write to jane.doe+x@mail.contoso.co.jp today."],
    ["a card number", "Card 4111 1111 1111 1111, valid"],
    ["a card number", "5500-0000-0000-0004"],
    ["a telephone number", "Call +49 30 901820 now"],
    ["a telephone number", "(415) 867-5309"],
    ["a telephone number", "電話は03-1234-5678です"],
  ])("%s: %s", (what, text) => expect(found(text)).toEqual([what]));

  it.each([
    ...harmless,
    "In 2024 there were 1,234,567,890 of them, 3.14159265358979 each.",
    "user@example.com and admin@sub.example.org",
    "See @types/node@20.19.43 and the ski-lift; task-list, risk-averse",
    "4111 1111 1111 1112 has a wrong check digit",
    "ISO date 2024-05-17T10:20:30 and version 10.0.19041.1",
    "1111 1111 1111 1111 1111",
  ])("nothing in %s", (text) => expect(found(text)).toEqual([]));

  it("finds several secrets of one text, also a general one beside one with a format of its own", () => {
    expect(found(`AKIAIOSFODNN7EXAMPLF, password = ${letters(24)}, ghp_${letters(36)}`)).toEqual([
      "a GitHub token",
      "an AWS access key id",
      "a secret value",
    ]);
  });

  it("is the table of the policy and the summary too", () => {
    for (const [, text] of secrets) {
      expect([text, holdsSecret(text)]).toEqual([text, true]);
      expect([text, withoutSecrets(text)]).toEqual([text, expect.stringContaining("[hidden]")]);
    }
    for (const text of harmless) expect([text, holdsSecret(text)]).toEqual([text, false]);
  });

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
