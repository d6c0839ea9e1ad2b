import { describe, expect, it } from "@jest/globals";
import { APIConnectionError, APIConnectionTimeoutError, APIError, OpenAIError } from "openai";
import { connectionFailure } from "../../azure-openai/connection-error";
import { AzureFailure } from "../../azure-openai/failure";
import { toFailure } from "../../azure-openai/to-failure";

const target = "https://account.example";
const api = (status: number, body: object | undefined, headers: Record<string, string> = {}) =>
  APIError.generate(status, body, undefined, new Headers(headers));

describe("toFailure", () => {
  it("keeps the service's words, code and status", () => {
    const body = {
      error: { code: "invalidPayload", message: "The specified base model does not support fine-tuning." },
    };
    const failure = toFailure(api(400, body), "Submitting the fine-tuning job", target);
    expect(failure.message).toBe(
      "Submitting the fine-tuning job failed: The specified base model does not support fine-tuning (400 invalidPayload). Whether a model can be fine-tuned depends on the combination of model, location, trainingType and method. Check these settings.",
    );
    expect(failure.detail).toBe("The specified base model does not support fine-tuning.");
    expect(failure).toMatchObject({ status: 400, code: "invalidPayload", ambiguous: false, transient: false });
  });

  it("says nothing twice where the code is the status", () => {
    const failure = toFailure(api(400, { error: { code: "400", message: "Bad request" } }), "Reading", target);
    expect(failure.message).toBe("Reading failed: Bad request (400)");
  });

  it("lives with answers that are not JSON", () => {
    expect(toFailure(api(502, undefined), "Reading", target).message).toBe("Reading failed: no reason given (502)");
  });

  it.each([
    [{ "retry-after-ms": "250" }, 250],
    [{ "x-ms-retry-after-ms": "20" }, 20],
    [{ "retry-after": "7" }, 7_000],
    [{ "retry-after": "x" }, undefined],
    [{ "retry-after": "1e12" }, undefined],
    [{ "retry-after": "-5" }, undefined],
    [{ "retry-after-ms": "9e15" }, undefined],
    [{ "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT", date: "Thu, 01 Jan 2026 00:00:00 GMT" }, 30_000],
    [{}, undefined],
  ])("reads how long to wait: %j", (headers, milliseconds) => {
    expect(toFailure(api(429, { error: {} }, headers as Record<string, string>), "Reading", target).retryAfterMs).toBe(
      milliseconds,
    );
  });

  it("reads a date to wait for", () => {
    const date = new Date(Date.now() + 60_000).toUTCString();
    const wait = toFailure(api(429, { error: {} }, { "retry-after": date }), "Reading", target).retryAfterMs!;
    expect(wait).toBeGreaterThan(57_000);
    expect(wait).toBeLessThanOrEqual(60_000);
  });

  it("tells a failed sign-in as what it is, also where the openai client has wrapped it", () => {
    const refused = new AzureFailure("Sign-in to Azure failed: the client secret is wrong.", { neverSent: true });
    const wrapped = new OpenAIError("Failed to get token from 'apiKey' function", { cause: refused });
    expect(toFailure(wrapped, "Submitting the fine-tuning job", target)).toBe(refused);
  });

  it("reads Resource Manager's errors", () => {
    const rest = Object.assign(new Error("long text"), {
      name: "RestError",
      statusCode: 409,
      code: "Conflict",
      details: { error: { code: "RequestConflict", message: "Another operation is being performed." } },
      response: { headers: new Headers({ "retry-after": "3" }) },
    });
    const failure = toFailure(rest, "Purging", target);
    expect(failure.said).toBe("Purging failed: Another operation is being performed (409 RequestConflict)");
    expect(failure.retryAfterMs).toBe(3_000);
  });

  it.each([
    [new APIConnectionTimeoutError(), /did not respond in time/],
    [
      new APIConnectionError({ cause: Object.assign(new Error(), { code: "ECONNRESET" }) }),
      /the connection was interrupted/,
    ],
    [new SyntaxError("Unexpected end of JSON input"), /sent an incomplete response \(SyntaxError\)/],
    [
      new TypeError("terminated", { cause: Object.assign(new Error(), { code: "UND_ERR_SOCKET" }) }),
      /connection was interrupted/,
    ],
  ])("takes %s for a write that may have been handled", (error, sentence) => {
    const failure = toFailure(error, "Submitting", target);
    expect(failure.message).toMatch(sentence);
    expect(failure).toMatchObject({ ambiguous: true, transient: true });
  });
});

describe("connectionFailure", () => {
  const withCode = (code: string) => new TypeError("fetch failed", { cause: Object.assign(new Error(), { code }) });

  it.each([
    "ECONNREFUSED",
    "ENOTFOUND",
    "EAI_AGAIN",
    "UND_ERR_CONNECT_TIMEOUT",
    "DEPTH_ZERO_SELF_SIGNED_CERT",
    "CERT_HAS_EXPIRED",
  ])("knows that %s never reached the service", (code) => {
    expect(connectionFailure(withCode(code), target)).toMatchObject({ code, neverSent: true, ambiguous: false });
  });

  it("names NODE_EXTRA_CA_CERTS for a certificate that is not trusted", () => {
    expect(connectionFailure(withCode("SELF_SIGNED_CERT_IN_CHAIN"), target)?.message).toBe(
      "https://account.example can't be reached (SELF_SIGNED_CERT_IN_CHAIN): its certificate is not trusted: point NODE_EXTRA_CA_CERTS at the certificate authority's PEM file before starting pulumi.",
    );
  });

  it("looks into what several attempts ended with", () => {
    const error = Object.assign(new Error(), { errors: [Object.assign(new Error(), { code: "ECONNREFUSED" })] });
    expect(connectionFailure(error, target)?.code).toBe("ECONNREFUSED");
  });

  it.each([
    new Error("no"),
    undefined,
    null,
    "text",
    Object.assign(new Error(), { code: "ERR_ASSERTION" }),
    withCode("invalid"),
  ])("takes %s for something else", (error) => {
    expect(connectionFailure(error, target)).toBeUndefined();
  });
});
