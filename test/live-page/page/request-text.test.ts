import { expect, it } from "@jest/globals";
import { agentName, perSecond, shortDuration, shortPath } from "../../../live-page/page/request-text";

it.each([
  ["OpenAI/JS 6.49.0", "OpenAI/JS 6.49.0"],
  ["azsdk-js-arm-cognitiveservices/8.1.0 core-rest-pipeline/1.24.0 Node/20", "azsdk-js-arm-cognitiveservices/8.1.0"],
  ["curl/8.5.0", "curl/8.5.0"],
  ["python-requests/2.32.3", "python-requests/2.32.3"],
  ["Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36", "Mozilla/5.0"],
  ["(odd)", "(odd)"],
])("of the user agent %s shows %s", (agent, name) => {
  expect(agentName(agent)).toBe(name);
});

it("shortens each GUID of a path, and nothing else", () => {
  const id = "278e12a5-5a0e-477a-9b5c-ad8071c4677f";
  expect(shortPath(`/subscriptions/${id}/x/${id.toUpperCase()}?api-version=2025-06-01`)).toBe(
    "/subscriptions/278e12a5…/x/278E12A5…?api-version=2025-06-01",
  );
  expect(shortPath(`/files/file-${id.replaceAll("-", "")}`)).toBe(`/files/file-${id.replaceAll("-", "")}`);
});

it.each([
  [0, "0.0 ms"],
  [0.44, "0.4 ms"],
  [9.99, "10.0 ms"],
  [12.4, "12 ms"],
  [4_200, "4.2 s"],
])("%d ms is %s", (ms, text) => {
  expect(shortDuration(ms)).toBe(text);
});

it.each([
  [0, "0 a second"],
  [0.5, "0.5 a second"],
  [4980.4, "4,980 a second"],
])("%d is %s", (rate, text) => {
  expect(perSecond(rate)).toBe(text);
});
