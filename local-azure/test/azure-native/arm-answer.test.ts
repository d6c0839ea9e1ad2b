import { expect, it } from "@jest/globals";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { ArmAnswer, ArmError } from "../../src/azure-native/arm-answer";

const answer = (status: number, text: string, headers: Record<string, string> = {}) =>
  new ArmAnswer({
    status,
    bodyAsText: text,
    headers: createHttpHeaders(headers),
    request: createPipelineRequest({ url: "https://localhost/" }),
  });

it.each([
  ["milliseconds first", { "retry-after-ms": "20", "retry-after": "7" }, 20],
  ["Azure's own milliseconds", { "x-ms-retry-after-ms": "30" }, 30],
  ["seconds", { "retry-after": "7" }, 7000],
  ["at once", { "retry-after": "0" }, 0],
  ["a date", { "retry-after": "Thu, 01 Jan 1970 00:01:00 GMT" }, 50_000],
  ["a date that is over", { "retry-after": "Thu, 01 Jan 1970 00:00:01 GMT" }, 0],
  ["nothing", {}, undefined],
  ["nonsense", { "retry-after": "soon" }, undefined],
  ["longer than anybody waits", { "retry-after": "1e12" }, undefined],
  ["an hour, with looks in between", { "retry-after": "3600" }, 300_000],
  [
    "a date by the service's own clock",
    { "retry-after": "Thu, 01 Jan 2026 00:00:30 GMT", date: "Thu, 01 Jan 2026 00:00:00 GMT" },
    30_000,
  ],
])("waits: %s", (_, headers, expected) => {
  expect(answer(200, "", headers).retryAfterMs(10_000)).toBe(expected);
});

it.each([
  ["error object", '{"error":{"code":"C","message":"M"}}', {}, 'Status=409 Code="C" Message="M"'],
  ["flat error", '{"code":"C","message":"M"}', {}, 'Status=409 Code="C" Message="M"'],
  [
    "code in the header",
    '{"error":{"code":"C","message":"M"}}',
    { "x-ms-error-code": "H" },
    'Status=409 Code="H" Message="M"',
  ],
  ["plain text", "upstream gone", {}, 'Status=409 Message="upstream gone"'],
  ["nothing", "", {}, 'Status=409 Message="the answer has no body"'],
])("error with %s", (_, text, headers, expected) => {
  expect(ArmError.of(answer(409, text, headers)).message).toBe(expected);
});
