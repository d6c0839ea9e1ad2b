import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { connectionOf, requestPipelinesToken } from "../../../commands/ci/azure-pipelines-token";

const env = {
  SYSTEM_OIDCREQUESTURI: "https://vstoken.test/oidctoken",
  SYSTEM_ACCESSTOKEN: "of-the-job",
  AZURESUBSCRIPTION_SERVICE_CONNECTION_ID: "connection",
  AZURESUBSCRIPTION_CLIENT_ID: "client",
  AZURESUBSCRIPTION_TENANT_ID: "tenant",
};

describe("the connection of a job", () => {
  it("is the one of its task", () => {
    expect(connectionOf(env)).toEqual({
      ...{ id: "connection", clientId: "client", tenantId: "tenant" },
      ...{ requestUri: "https://vstoken.test/oidctoken", accessToken: "of-the-job" },
    });
  });

  it("is another one that is named", () => {
    expect(connectionOf({ ...env, ARM_ADO_PIPELINE_SERVICE_CONNECTION_ID: "other" })).toMatchObject({ id: "other" });
  });

  it.each(["SYSTEM_OIDCREQUESTURI", "AZURESUBSCRIPTION_SERVICE_CONNECTION_ID"])("is none without %s", (name) => {
    expect(connectionOf({ ...env, [name]: "" })).toBeUndefined();
  });

  it("names the access token that its step lacks", () => {
    expect(() => connectionOf({ ...env, SYSTEM_ACCESSTOKEN: undefined })).toThrow(
      /^SYSTEM_ACCESSTOKEN is not set.*SYSTEM_ACCESSTOKEN: \$\(System\.AccessToken\)/,
    );
  });
});

describe("a request", () => {
  let server: Server;
  let answer: { status: number; body: string; location?: string };
  let requestUri: string;
  beforeEach(async () => {
    server = createServer((_, response) => {
      const location = answer.location ? { location: answer.location } : {};
      response.writeHead(answer.status, { "content-type": "application/json", ...location }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    requestUri = `http://127.0.0.1:${(server.address() as AddressInfo).port}/oidctoken`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  it.each([
    ["refuses with a reason", { status: 401, body: '{"message":"TF400813: not authorized"}' }, /401.*\(TF400813: not/],
    // @azure/identity's own client puts the whole request into the error here, with the access token.
    [
      "answers with nothing",
      { status: 401, body: "" },
      /returned 401 for the request for a token for the service conn/,
    ],
    [
      "answers with something else",
      { status: 200, body: '{"oidcToken":7}' },
      /returned 200 .* Check that the connection uses/,
    ],
    ["answers with null", { status: 200, body: "null" }, /returned 200/],
    ["shows a page", { status: 203, body: "<html>Sign in</html>" }, /returned 203/],
    [
      "sends to a page",
      { status: 302, body: "", location: "https://login.test/" },
      /redirected to https:\/\/login\.test/,
    ],
  ])("that %s ends with a sentence, without the access token", async (_, given, sentence) => {
    answer = given;
    const asked = requestPipelinesToken({ id: "connection", requestUri, accessToken: "hush-hush" });
    const failure = await asked.then(
      () => undefined,
      (error: Error) => error,
    );
    expect(failure?.message).toMatch(sentence);
    expect(failure?.message.split("\n")).toHaveLength(1);
    expect(JSON.stringify([failure?.message, failure?.stack])).not.toContain("hush-hush");
  });

  it("to a host that is not there names it", async () => {
    const asked = requestPipelinesToken({ id: "c", requestUri: "http://127.0.0.1:59998/x", accessToken: "hush-hush" });
    await expect(asked).rejects.toThrow(/http:\/\/127\.0\.0\.1:59998 can't be reached/);
  });
});
