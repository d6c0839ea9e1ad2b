import { expect, it } from "@jest/globals";
import { outcomeOf, wanted, type StatusChoice } from "../../../live-page/page/request-filter";

it.each([
  [{ status: 0 }, "open"],
  [{ status: 200 }, "success"],
  [{ status: 302 }, "success"],
  [{ status: 404 }, "refused"],
  [{ status: 503 }, "failed"],
  [{ status: 0, left: true as const }, "failed"],
  [{ status: 200, left: true as const }, "failed"],
])("%j belongs to %s", (request, outcome) => {
  expect(outcomeOf(request)).toBe(outcome);
});

const request = {
  ...{ number: 1, method: "POST", path: "/openai/v1/chat/completions", status: 429, at: 0 },
  ...{ id: "4adf5d1c-3940", agent: "OpenAI/JS 6.49.0" },
};

it.each<[string, StatusChoice, boolean]>([
  ["", "all", true],
  ["  ", "all", true],
  ["chat", "all", true],
  ["post CHAT", "all", true],
  ["openai/js 429", "refused", true],
  ["4adf", "all", true],
  ["GET chat", "all", false],
  ["chat", "success", false],
  ["embeddings", "refused", false],
])("%j and %s: %s", (text, choice, is) => {
  expect(wanted(request, text, choice)).toBe(is);
});
