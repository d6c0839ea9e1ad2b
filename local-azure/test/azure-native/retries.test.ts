import { expect, it } from "@jest/globals";
import { createHttpHeaders, createPipelineRequest } from "@azure/core-rest-pipeline";
import { ArmAnswer } from "../../src/azure-native/arm-answer";
import { withRetries } from "../../src/azure-native/retries";
import { NoAnswer } from "../../src/azure-native/transport";

const answer = (status: number, code = "", headers: Record<string, string> = {}) =>
  new ArmAnswer({
    status,
    bodyAsText: code && JSON.stringify({ error: { code, message: "m" } }),
    headers: createHttpHeaders(headers),
    request: createPipelineRequest({ url: "https://localhost/" }),
  });

async function run(...steps: (ArmAnswer | Error)[]) {
  const [waits, warnings] = [[], []] as [number[], string[]];
  let sent = 0;
  const result = await withRetries(
    () => {
      const step = steps[Math.min(sent++, steps.length - 1)]!;
      return step instanceof Error ? Promise.reject(step) : Promise.resolve(step);
    },
    {
      signal: new AbortController().signal,
      wait: (ms) => Promise.resolve(void waits.push(ms)),
      warn: (message) => warnings.push(message),
    },
  ).catch((error: Error) => error);
  return { result, waits, warnings, sent };
}

it.each([408, 429, 500, 502, 503, 504])("tries %i four times, 20, 60 and 120 s apart", async (status) => {
  const { result, waits, warnings } = await run(answer(status));
  expect(result).toMatchObject({ status });
  expect(waits).toEqual([20_000, 60_000, 120_000]);
  expect(warnings).toEqual([`Resource Manager returned ${status}. Retrying in 20 s, at most three times.`]);
});

it("waits as long as the service asks", async () => {
  const { result, waits } = await run(
    answer(429, "", { "retry-after": "2" }),
    answer(503, "", { "retry-after-ms": "5" }),
    answer(200),
  );
  expect(result).toMatchObject({ status: 200 });
  expect(waits).toEqual([2000, 5]);
});

it.each(["AnotherOperationInProgress", "TransientError", "ConflictingConcurrentWriteNotAllowed"])(
  "retries 409 %s",
  async (code) => {
    expect((await run(answer(409, code), answer(201))).result).toMatchObject({ status: 201 });
  },
);

it.each<[number, string]>([
  [409, "RequestConflict"],
  [409, "RoleAssignmentExists"],
  [400, "BadRequest"],
  [401, "InvalidAuthenticationToken"],
  [403, "AuthorizationFailed"],
  [404, "ResourceNotFound"],
])("does not retry %i %s", async (status, code) => {
  expect(await run(answer(status, code))).toMatchObject({ result: { status }, waits: [], sent: 1 });
});

it("gives up on a dead endpoint within seconds, with a warning at once", async () => {
  const { result, waits, warnings } = await run(new NoAnswer("https://localhost:1 can't be reached.", false));
  expect(result).toMatchObject({ message: "https://localhost:1 can't be reached." });
  expect(waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThanOrEqual(5000);
  expect(warnings).toEqual(["https://localhost:1 can't be reached. Retrying in 1 s, at most three times."]);
});

it.each([new NoAnswer("not trusted", true), new Error("anything else")])(
  "does not try again after: %s",
  async (error) => {
    expect(await run(error)).toMatchObject({ result: error, sent: 1 });
  },
);
