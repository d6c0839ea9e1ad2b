import { describe, expect, it } from "@jest/globals";
import { readSettings } from "../../azure-openai/settings";
import { signInFailure } from "../../azure-openai/sign-in-error";

const configured = readSettings(
  { get: (key) => ({ "azure-native:clientSecret": "s", "azure-native:clientId": "c" })[key] },
  {},
);
const ambient = readSettings({ get: () => undefined }, { ARM_CLIENT_SECRET: "s", ARM_CLIENT_ID: "c" });

describe("signInFailure", () => {
  it("tells on destroy that a configured secret is the one of the last up", () => {
    const { message } = signInFailure("AADSTS7000222: expired", configured, true);
    expect(message).toBe(
      "Sign-in to Azure failed: the client secret of client c has expired (AADSTS7000222). The secret comes from the stack's configuration; destroy uses the secret that was configured at the last `up`, so prefer ARM_CLIENT_SECRET in the environment (and remove azure-native:clientSecret).",
    );
  });

  it("names both places for a secret of the environment", () => {
    expect(signInFailure("AADSTS7000215: wrong", ambient).message).toMatch(
      /is wrong \(AADSTS7000215\)\. Set a valid one in azure-native:clientSecret or ARM_CLIENT_SECRET\.$/,
    );
  });

  it.each([
    ["AADSTS700016: Application not found", /client c does not exist in tenant \(none\)/],
    ["AADSTS90002: Tenant not found", /tenant \(none\) does not exist/],
    ["AADSTS700027: bad signature", /certificate is not registered/],
    ["AADSTS700213: no match", /no federated credential of client c matches/],
    [
      "Please run 'az login' from a command prompt to authenticate before using this credential.",
      /Please run 'az login' .+ Check azure-native/,
    ],
    ["Something new Trace ID: 123 Correlation ID: 456\nTimestamp", /failed: Something new\. Check azure-native/],
  ])("%s", (given, sentence) => {
    const failure = signInFailure(given, ambient);
    expect(failure.message).toMatch(sentence);
    expect(failure.neverSent).toBe(true);
    expect(failure.message).not.toContain("\n");
    // A wait of hours ends for what only a person can mend, and for nothing else.
    expect(failure.transient).toBe(!given.startsWith("AADSTS"));
  });
});
