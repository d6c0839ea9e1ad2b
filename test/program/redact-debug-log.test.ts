import { afterEach, expect, it, jest } from "@jest/globals";
import * as pulumi from "@pulumi/pulumi";
import { redactDebugLog } from "../../program/redact-debug-log";

const { debug } = pulumi.log;
afterEach(() => void Object.assign(pulumi.log, { debug }));

class Keys extends pulumi.CustomResource {}

/** Registers a resource and calls a function whose answers hold a secret; gives what Pulumi's SDK writes about it. */
async function debugMessages(): Promise<string[]> {
  const messages: string[] = [];
  Object.assign(pulumi.log, { debug: jest.fn((message: string) => Promise.resolve(void messages.push(message))) });
  redactDebugLog();
  await pulumi.runtime.setMocks({
    newResource: ({ name }) => ({ id: `${name}-id`, state: { key1: "the-first-key\nline two" } }),
    call: () => ({ token: "the-token" }),
  });
  const resource = new Keys("test:index:Keys", "keys", {});
  await new Promise((resolve) => resource.urn.apply(resolve));
  await pulumi.runtime.invoke("test:index:getToken", {});
  return messages;
}

it("the SDK's messages lose the answers and keep the rest", async () => {
  const messages = (await debugMessages()).join("\n");
  expect(messages).toMatch(/RegisterResource RPC finished: .*keys.*; err: null, resp: withheld/);
  expect(messages).toMatch(/Invoke RPC finished: tok=test:index:getToken; err: null, resp: withheld/);
  expect(messages).not.toMatch(/the-first-key|line two|the-token/);
});

it.each(["Registering resource: t=a, name=b", "", "response: fine"])("%p stays as it is", async (message) => {
  const seen: unknown[][] = [];
  const log = { debug: (...all: unknown[]) => Promise.resolve(void seen.push(all)) };
  redactDebugLog(log);
  await log.debug(message, undefined, 7, true);
  expect(seen).toEqual([[message, undefined, 7, true]]);
});
