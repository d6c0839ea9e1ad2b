import { describe, expect, it } from "@jest/globals";
import { inAccount, parseSettings } from "../../config";

/** Settings as Pulumi hands them to a program: text as it is, the rest as JSON. */
const parse = (given: Record<string, unknown>) =>
  parseSettings(
    Object.fromEntries(
      Object.entries(given).map(([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)]),
    ),
    "dev",
  );
const oss = { model: "gpt-oss-20b", trainingType: "GlobalStandard", deploy: { sku: "GlobalStandard", capacity: 100 } };
const placed = (given: Record<string, unknown>, kind: string) =>
  inAccount({ ...parse(given), project: "p", stack: "dev" }, { location: "northcentralus", kind });

describe("a model that Foundry accounts alone offer", () => {
  it("is accepted where the kind of the account is not set, and not known yet", () => {
    expect(parse(oss).account.kind).toBeUndefined();
  });

  it("is accepted on a Foundry account", () => {
    expect(parse({ ...oss, account: { kind: "AIServices" } }).account.kind).toBe("AIServices");
    expect(placed(oss, "AIServices").model).toBe("gpt-oss-20b");
  });

  it("is refused with what to do where the account turns out to be of kind OpenAI", () => {
    expect(() => placed(oss, "OpenAI")).toThrow(
      /model "gpt-oss-20b" can't be used: .+ only accounts of kind AIServices do.+ Set account\.kind to AIServices, or choose another model\./,
    );
  });

  it("is refused on an existing account of kind OpenAI, which the stack doesn't change", () => {
    const existing = { ...oss, account: { existing: true, name: "team" } };
    expect(() => placed(existing, "OpenAI")).toThrow(
      /Set account\.name to an account of kind AIServices, or another model\./,
    );
  });
});

it("another kind is refused with those that there are", () => {
  expect(() => parse({ account: { kind: "SpeechServices" } })).toThrow(
    /account\.kind is "SpeechServices"; expected OpenAI or AIServices/,
  );
});

it("a project is refused where the account is to be of kind OpenAI", () => {
  expect(() => parse({ account: { kind: "OpenAI", project: "tutor" } })).toThrow(
    /account\.project is "tutor", but account\.kind is OpenAI, .+ Set account\.kind to AIServices/,
  );
  expect(parse({ account: { project: "tutor" } }).account.project).toBe("tutor");
  expect(parse({ account: { kind: "AIServices", project: "tutor" } }).account.project).toBe("tutor");
});
