import { expect, it } from "@jest/globals";
import fc from "fast-check";
import { shownHeaders } from "../../src/live/shown-headers";

it.each([
  ["user-agent", "OpenAI/JS 6.49.0"],
  ["content-type", "application/json"],
  ["x-ms-client-request-id", "1f0e"],
  ["x-stainless-lang", "js"],
  ["x-ms-error-code", "DeploymentNotFound"],
  ["retry-after", "2"],
])("shows %s", (name, value) => {
  expect(shownHeaders({ [name]: value })).toEqual([{ name, value }]);
});

it.each([
  ["authorization", "Bearer canary-token", "Bearer, 19 characters"],
  ["authorization", "canary-token", "12 characters"],
  ["api-key", "canary", "6 characters"],
  ["x-ms-authorization-auxiliary", "Bearer canary", "13 characters"],
  ["x-identity-header", "canary", "6 characters"],
  ["cookie", "session=canary", "14 characters"],
  ["location", "https://x.blob.core.windows.net/a?sig=canary", "44 characters"],
  ["x-of-tomorrow", "canary", "6 characters"],
])("hides the value of %s", (name, given, value) => {
  expect(shownHeaders({ [name]: given })).toEqual([{ name, value, hidden: true }]);
});

it("of any header that it doesn't know", () => {
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z][a-z-]{0,20}$/), fc.stringMatching(/^canary[\dA-F]{8}$/), (name, secret) => {
      const [shown] = shownHeaders({ [`x-unknown-${name}`]: secret });
      expect(shown).toEqual({ name: `x-unknown-${name}`, value: "14 characters", hidden: true });
    }),
  );
});

it("shortens what is long, joins what is a list, and leaves out what is not there", () => {
  const [accept, ...others] = shownHeaders({ accept: "x".repeat(5_000), "if-match": undefined });
  expect(accept!.value).toHaveLength(300);
  expect(others).toEqual([]);
  expect(shownHeaders({ "set-cookie": ["a=1", "b=2"] })).toEqual([
    { name: "set-cookie", value: "8 characters", hidden: true },
  ]);
});
