import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { RestError } from "@azure/core-rest-pipeline";
import { asNoAnswer, defaultTransport, jsonRequest } from "../../src/azure-native/transport";
import { startArmStub, type ArmStub } from "./arm-stub";

let stub: ArmStub;
let otherFolder: string;
let otherCa: string;
beforeAll(async () => {
  stub = await startArmStub();
  otherFolder = mkdtempSync(path.join(tmpdir(), "other-ca-"));
  otherCa = path.join(otherFolder, "ca.pem");
  writeFileSync(otherCa, "");
});
afterAll(async () => {
  rmSync(otherFolder, { recursive: true });
  await stub.close();
});

async function get(environment: Record<string, string | undefined>, url = `${stub.origin}/metadata/endpoints`) {
  const request = jsonRequest("GET", url, undefined, new AbortController().signal);
  try {
    return (await defaultTransport(environment).sendRequest(request)).status;
  } catch (error) {
    return asNoAnswer(error, url);
  }
}

it("trusts the CA of SSL_CERT_FILE, or of NODE_EXTRA_CA_CERTS beside it", async () => {
  expect(await get({ SSL_CERT_FILE: stub.caFile })).toBe(200);
  expect(await get({ SSL_CERT_FILE: otherCa, NODE_EXTRA_CA_CERTS: stub.caFile })).toBe(200);
});

it.each([{}, { SSL_CERT_FILE: "/no/such/file" }])(
  "names the variables when nobody vouches for the certificate: %j",
  async (environment) => {
    expect(await get(environment)).toMatchObject({
      permanent: true,
      message: expect.stringMatching(
        /^The certificate of https:.* is refused .* SSL_CERT_FILE or NODE_EXTRA_CA_CERTS\.$/,
      ),
    });
  },
);

it("calls a closed port unreachable", async () => {
  expect(await get({}, "https://localhost:1/x")).toMatchObject({
    permanent: false,
    message: expect.stringMatching(/^https:\/\/localhost:1 can't be reached \(ECONNREFUSED: .*metadataHost/),
  });
});

it("ends a request that nobody answers", async () => {
  const silent = createServer().listen(0, "127.0.0.1");
  await once(silent, "listening");
  const url = `https://localhost:${(silent.address() as AddressInfo).port}/x`;
  const request = jsonRequest("GET", url, undefined, new AbortController().signal);
  request.timeout = 50;
  const error = await defaultTransport({})
    .sendRequest(request)
    .catch((thrown: unknown) => asNoAnswer(thrown, url));
  expect(error).toMatchObject({ permanent: false, message: expect.stringContaining("(no answer in time)") });
  silent.close();
});

it("takes an answer that broke off for none: the request is worth repeating", () => {
  const cut = new RestError("Error reading response as text: aborted", { code: RestError.PARSE_ERROR });
  expect(asNoAnswer(cut, "https://localhost:1/x")).toMatchObject({
    permanent: false,
    message: "The answer of https://localhost:1 was interrupted (Error reading response as text: aborted).",
  });
});

it("leaves other errors alone", () => {
  const error = new TypeError("a bug");
  expect(asNoAnswer(error, "https://localhost/")).toBe(error);
});
