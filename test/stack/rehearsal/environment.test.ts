import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "@jest/globals";
import { backendUrl, rehearsalEnvironment } from "../../../stack/rehearsal/environment";

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "environment-"));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function build(base: NodeJS.ProcessEnv, platform: NodeJS.Platform = "linux") {
  const caFile = path.join(folder, "ca.pem");
  writeFileSync(caFile, "REHEARSAL\n");
  const cloud = {
    endpoint: "https://localhost:4711",
    caFile,
    tenantId: "tenant",
    clientId: "client",
    clientSecret: "secret",
    subscriptionId: "subscription",
  };
  const places = {
    backend: path.join(folder, "backend"),
    pulumiHome: path.join(folder, "home"),
    passphrase: path.join(folder, "passphrase"),
    trust: path.join(folder, "trust"),
  };
  return rehearsalEnvironment(cloud, "/cli/bin", base, places, platform);
}

it("the user's own cloud, backend and stack don't leak into the rehearsal", () => {
  const theirs = {
    ARM_CLIENT_CERTIFICATE_PATH: "theirs",
    ARM_USE_OIDC: "true",
    ARM_SUBSCRIPTION_ID: "theirs",
    AZURE_CLIENT_SECRET: "theirs",
    AZURE_CONFIG_DIR: "theirs",
    AZURE_OPENAI_API_KEY: "theirs",
    OPENAI_BASE_URL: "theirs",
    PULUMI_ACCESS_TOKEN: "theirs",
    PULUMI_CONFIG_PASSPHRASE: "theirs",
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: "theirs",
    MSI_ENDPOINT: "theirs",
    IDENTITY_HEADER: "theirs",
  };
  const env = build({ ...theirs, HOME: "/home/me", LANG: "C.UTF-8" });
  expect(Object.values(env)).not.toContain("theirs");
  expect(env).toMatchObject({ HOME: "/home/me", LANG: "C.UTF-8", ARM_SUBSCRIPTION_ID: "subscription" });
  expect(env).not.toHaveProperty("ARM_USE_OIDC");
});

it("the rehearsal's authority is added to what the user trusts, never put in its place", () => {
  const own = path.join(folder, "company.pem");
  writeFileSync(own, "COMPANY\n");
  const env = build({ NODE_EXTRA_CA_CERTS: own, SSL_CERT_DIR: "/company/certs", SSL_CERT_FILE: "/company/bundle.pem" });
  expect(readFileSync(env.NODE_EXTRA_CA_CERTS!, "utf8")).toBe("COMPANY\nREHEARSAL\n");
  expect(env.SSL_CERT_DIR).toBe(`${path.join(folder, "trust")}:/company/certs`);
  expect(env.SSL_CERT_FILE).toBe("/company/bundle.pem");
  expect(existsSync(own)).toBe(true);
});

it("a company proxy is not asked for the service on this machine", () => {
  expect(build({ HTTPS_PROXY: "http://proxy:3128", NO_PROXY: "intranet" }).NO_PROXY).toBe(
    "intranet,localhost,127.0.0.1",
  );
});

it("Windows' Path and PATH are one: the CLI comes first, and plugins still find node", () => {
  const env = build({ Path: "C:\\nodejs;C:\\Windows" }, "win32");
  expect(env.PATH).toBe("/cli/bin;C:\\nodejs;C:\\Windows");
  expect(Object.keys(env).filter((name) => name.toUpperCase() === "PATH")).toEqual(["PATH"]);
});

it.each<NodeJS.Platform>(["win32", "darwin"])(
  "on %s, where Go asks the system, its certificate folders stay",
  (platform) => {
    const env = build({ SSL_CERT_DIR: "C:\\certs" }, platform);
    expect(env.SSL_CERT_DIR).toBe("C:\\certs");
    expect(readFileSync(env.NODE_EXTRA_CA_CERTS!, "utf8")).toBe("REHEARSAL\n");
  },
);

it.each([
  ["/home/me/project/.local/state", "file:///home/me/project/.local/state"],
  ["C:\\Users\\me\\project\\.local\\state", "file://C:\\Users\\me\\project\\.local\\state"],
  ["/home/me/100% C#/why?/state", "file:///home/me/100%25 C%23/why%3F/state"],
])("the state folder %s as an address", (folder, address) => {
  expect(backendUrl(folder)).toBe(address);
});
