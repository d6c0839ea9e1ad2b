import { afterEach, expect, it } from "@jest/globals";
import { openTokenEndpoint, type TokenEndpoint } from "../../../commands/ci/token-endpoint";
import { requestGithubToken } from "../../../azure-openai/github-oidc";

let endpoint: TokenEndpoint;
afterEach(() => endpoint.close());

it("gives a new token each time that one is asked for as of GitHub, on this machine alone", async () => {
  let count = 0;
  endpoint = await openTokenEndpoint(() => Promise.resolve(`token-${++count}`));
  expect(new URL(endpoint.url).hostname).toBe("127.0.0.1");
  const ask = () => requestGithubToken(endpoint.url, endpoint.token, "api://AzureADTokenExchange");
  expect([await ask(), await ask()]).toEqual(["token-1", "token-2"]);
});

it.each([
  ["none", undefined],
  ["another", "Bearer other"],
  ["an empty one", "Bearer "],
  ["no bearer", "Basic eA=="],
])("refuses a request with %s", async (_, authorization) => {
  endpoint = await openTokenEndpoint(() => Promise.resolve("token"));
  const response = await fetch(endpoint.url, { headers: authorization ? { authorization } : {} });
  expect([response.status, await response.text()]).toEqual([401, expect.not.stringContaining('"token"')]);
});

it("has a request token of its own for each run", async () => {
  endpoint = await openTokenEndpoint(() => Promise.resolve("token"));
  const other = await openTokenEndpoint(() => Promise.resolve("token"));
  other.close();
  expect(other.token).not.toBe(endpoint.token);
  expect(endpoint.token).toMatch(/^[0-9a-f]{64}$/);
});

it("hands on why there is no token", async () => {
  endpoint = await openTokenEndpoint(() => Promise.reject(new Error("the connection is not there.")));
  await expect(requestGithubToken(endpoint.url, endpoint.token, "a")).rejects.toThrow(
    /responded to the request for a federated token with status 502: the connection is not there\./,
  );
});
