import { describe, expect, it } from "@jest/globals";
import { APIError } from "openai";
import { toFailure } from "../../../azure-openai/to-failure";
import { problemOf } from "../../../playground/server/problem";

const refused = (status: number, code: string, message: string, more: object = {}) =>
  toFailure(
    APIError.generate(status, { error: { code, message, ...more } }, undefined, new Headers()),
    "Calling the deployment chat",
    "https://account.example",
  );

describe("Azure's refusal, for a person who chats", () => {
  it("of the conversation: what to change here, not in the probe", () => {
    const filtered = {
      innererror: { code: "ResponsibleAIPolicyViolation", content_filter_result: { jailbreak: { filtered: true } } },
    };
    const { message } = problemOf(refused(400, "content_filter", "The response was filtered.", filtered));
    expect(message).toBe(
      "Calling the deployment chat failed: The response was filtered (400 content_filter: jailbreak). The deployment's content filter blocked the conversation; the deployment itself works. Change the message or the system message, or set another content filter in deploy.raiPolicyName.",
    );
  });

  it.each<[number, string, string, RegExp]>([
    [
      400,
      "BadRequestForDependentService",
      "Bad request for dependent service.",
      /not ready yet.+Try again in a few minutes\.$/,
    ],
    [
      403,
      "AccessDenied",
      "Access denied due to Virtual Network/Firewall rules.",
      /this isn't a missing role.+inside the network/,
    ],
    [
      401,
      "PermissionDenied",
      "The principal `x` lacks the required data action `y`.",
      /Assign the Cognitive Services OpenAI User role/,
    ],
    [403, "AuthenticationTypeDisabled", "Key based authentication is disabled for this resource.", /localAuth/],
  ])("%s %s", (status, code, text, sentence) => {
    expect(problemOf(refused(status, code, text)).message).toMatch(sentence);
  });

  it("that is not known stays as it is", () => {
    expect(problemOf(refused(400, "SomethingNew", "No.")).message).toBe(
      "Calling the deployment chat failed: No (400 SomethingNew)",
    );
  });
});
