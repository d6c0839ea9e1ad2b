import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import { startArmStub, SUBSCRIPTION, type ArmStub, type StubAnswer } from "./arm-stub";
import { connectPlugin } from "./connected-plugin";
import { urnOf, type PluginClient } from "./plugin-client";

let stub: ArmStub;
let plugin: PluginClient;
connectPlugin((connected) => ({ stub, plugin } = connected));

const urn = urnOf("cognitiveservices:Deployment");
const path = `/subscriptions/${SUBSCRIPTION}/resourceGroups/rg/providers/Microsoft.CognitiveServices/accounts/acct/deployments/d`;
const resource = (state?: string): StubAnswer["body"] => ({
  id: path,
  name: "d",
  ...(state && { properties: { provisioningState: state } }),
});
const done = { status: 200, body: resource("Succeeded") };

/** Runs a create whose PUT is answered `put` and whose polls are answered one after the other. */
async function create(put: StubAnswer, pollPath: string, ...polls: StubAnswer[]) {
  const isResource = pollPath === "/deployments/d";
  stub.answerNext("GET", "/deployments/d", { status: 404 }, ...(isResource ? polls : []), done);
  if (!isResource) stub.answerNext("GET", pollPath, ...polls);
  stub.answerNext("PUT", "/deployments/d", put);
  const result = await plugin
    .create(urn, { accountName: "acct", resourceGroupName: "rg", deploymentName: "d" })
    .catch((error: Error) => error);
  const afterPut = stub.requests.slice(stub.requests.findIndex(({ method }) => method === "PUT") + 1);
  return { result, polled: afterPut.map(({ url }) => url.replace(path, "D")), waits: plugin.waits };
}

const url = (name: string) => `${stub.origin}/poll/${name}?api-version=own`;
const READ_BACK = "D?api-version=2025-06-01";

it("does not poll what has succeeded at once, whatever Location says", async () => {
  const { polled } = await create({ ...done, status: 201, headers: { location: url("l") } }, "/poll/l");
  expect(polled).toEqual([READ_BACK]);
});

it("follows Azure-AsyncOperation before Location, at once and then every 10 s", async () => {
  const put = {
    status: 201,
    body: resource("Creating"),
    headers: { "azure-asyncoperation": url("a"), location: url("l") },
  };
  const { polled, waits } = await create(
    put,
    "/poll/a",
    { status: 200, body: { status: "Running" } },
    { status: 200, body: { status: "Running" }, headers: { "retry-after-ms": "20" } },
    { status: 200, body: { status: "Succeeded" } },
  );
  expect(polled).toEqual([...Array<string>(3).fill("/poll/a?api-version=own"), READ_BACK]);
  expect(waits).toEqual([0, 10_000, 20]);
});

it("polls the operation even when the resource's first answer says Succeeded", async () => {
  const { polled } = await create({ ...done, headers: { "operation-location": url("o") } }, "/poll/o", {
    status: 200,
    body: { status: "succeeded" },
  });
  expect(polled).toEqual(["/poll/o?api-version=own", READ_BACK]);
});

it("waits before the first poll when asked to", async () => {
  const put = { status: 202, headers: { location: url("l"), "retry-after": "3" } };
  const { polled, waits } = await create(put, "/poll/l", { status: 202 }, done);
  expect(polled).toEqual([...Array<string>(2).fill("/poll/l?api-version=own"), READ_BACK]);
  expect(waits).toEqual([3000, 10_000]);
});

it("makes a relative Location absolute and gives it the api-version", async () => {
  const { polled } = await create({ status: 202, headers: { location: "/poll/l" } }, "/poll/l", done);
  expect(polled).toEqual(["/poll/l?api-version=2025-06-01", READ_BACK]);
});

it.each([
  ["a pending state", { status: 201, body: resource("Accepted") }],
  ["a 201 without a state", { status: 201, body: resource() }],
])("reads the resource until it is ready after %s", async (_, put) => {
  const { polled } = await create(put, "/deployments/d", { status: 200, body: resource("Creating") }, done);
  expect(polled).toEqual([READ_BACK, READ_BACK, READ_BACK]);
});

describe("an address of the progress outside Resource Manager", () => {
  let foreign: ArmStub;
  beforeAll(async () => {
    foreign = await startArmStub();
  });
  afterAll(() => foreign.close());

  it.each(["azure-asyncoperation", "operation-location", "location"])(
    "is not asked, nor gets the token: %s",
    async (name) => {
      const put = { status: 201, body: resource("Creating"), headers: { [name]: `${foreign.origin}/poll/a` } };
      const { result } = await create(put, "/poll/a");
      expect(JSON.stringify(result, Object.getOwnPropertyNames(result))).toContain("is not Resource Manager");
      expect(foreign.requests).toEqual([]);
    },
  );

  it.each(["//evil.example/poll", "ftp://evil.example/poll", "javascript:0"])(
    "whatever its form: %s",
    async (address) => {
      const put = { status: 201, body: resource("Creating"), headers: { location: address } };
      const { result } = await create(put, "/poll/a");
      expect(JSON.stringify(result, Object.getOwnPropertyNames(result))).toContain("is not Resource Manager");
    },
  );
});

it("takes a 200 without a state for finished", async () => {
  expect((await create({ status: 200, body: resource() }, "")).polled).toEqual([READ_BACK]);
});

it.each([
  [
    "operation",
    { "azure-asyncoperation": "a" },
    { status: 200, body: { status: "Failed", error: { code: "Boom", message: "exploded" } } },
    'Status=200 Code="Boom" Message="exploded"',
  ],
  ["operation without a status", { "azure-asyncoperation": "a" }, { status: 200, body: {} }, "status is missing"],
  [
    "Location",
    { location: "a" },
    { status: 409, body: { error: { code: "Boom", message: "exploded" } } },
    'Status=409 Code="Boom" Message="exploded"',
  ],
])("ends with the error of the %s", async (_, headers, poll, expected) => {
  const absolute = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, url(value)]));
  const { result } = await create({ status: 202, headers: absolute }, "/poll/a", poll);
  expect((result as Error).message).toContain(expected);
});

it.each(["Failed", "Canceled", "cancelled"])("ends with the whole body when the resource is %s", async (state) => {
  const { result } = await create({ status: 201, body: resource("Creating") }, "/deployments/d", {
    status: 200,
    body: resource(state),
  });
  expect((result as Error).message).toContain(`Status=200 Message="${JSON.stringify(resource(state))}"`);
});

describe("delete", () => {
  it("polls every 30 s until the operation has ended", async () => {
    stub.answerNext("DELETE", "/deployments/d", { status: 202, headers: { "azure-asyncoperation": url("x") } });
    stub.answerNext(
      "GET",
      "/poll/x",
      { status: 200, body: { status: "Deleting" } },
      { status: 200, body: { status: "Succeeded" } },
    );
    await plugin.delete(urn, path);
    expect(plugin.waits).toEqual([0, 30_000]);
  });

  it("takes a 404 of a poll for done", async () => {
    stub.answerNext("DELETE", "/deployments/d", { status: 202, headers: { location: url("y") } });
    const gone = { status: 404, body: { error: { code: "ResourceNotFound", message: "m" } } };
    stub.answerNext("GET", "/poll/y", { status: 202 }, gone);
    await expect(plugin.delete(urn, path)).resolves.toBeUndefined();
  });

  it.each([
    { status: 404, body: "<html>nginx</html>" },
    { status: 404 },
    { status: 200, body: "<html>sign in</html>" },
    { status: 200, body: {} },
  ])("does not take %j for done", async (answer) => {
    stub.answerNext("DELETE", "/deployments/d", { status: 202, headers: { location: url("y") } });
    stub.answerNext("GET", "/poll/y", { status: 202 }, answer);
    await expect(plugin.delete(urn, path)).rejects.toThrow(`Status=${answer.status}`);
  });

  it("needs somewhere to poll", async () => {
    stub.answerNext("DELETE", "/deployments/d", { status: 202 });
    await expect(plugin.delete(urn, path)).rejects.toThrow("response is missing polling URL");
  });
});
