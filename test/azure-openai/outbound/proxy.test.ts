import { describe, expect, it } from "@jest/globals";
import { proxyFor, ProxySettingError } from "../../../azure-openai/outbound/proxy";

const AZURE = "https://acct.openai.azure.com/openai/v1/files";
const url = (address: string, environment: Record<string, string>) => proxyFor(new URL(address), environment)?.url;
const set = (noProxy: string) => ({ HTTPS_PROXY: "http://proxy:8080", NO_PROXY: noProxy });

describe("which proxy", () => {
  it.each<[string, Record<string, string>, string | undefined]>([
    [AZURE, {}, undefined],
    [AZURE, { HTTPS_PROXY: "http://proxy:8080" }, "http://proxy:8080/"],
    [AZURE, { https_proxy: "http://proxy:8080" }, "http://proxy:8080/"],
    [AZURE, { HTTPS_PROXY: "http://upper:1", https_proxy: "http://lower:1" }, "http://upper:1/"],
    [AZURE, { HTTPS_PROXY: "", https_proxy: "http://lower:1" }, "http://lower:1/"],
    [AZURE, { HTTPS_PROXY: "proxy:8080" }, "http://proxy:8080/"],
    [AZURE, { HTTPS_PROXY: "https://proxy" }, "https://proxy/"],
    [AZURE, { HTTPS_PROXY: "http://me:secret@proxy:8080" }, "http://me:secret@proxy:8080/"],
    [AZURE, { HTTP_PROXY: "http://plain:1", ALL_PROXY: "http://all:1" }, undefined],
    ["http://metadata.example/", { HTTP_PROXY: "http://plain:1", HTTPS_PROXY: "http://proxy:1" }, "http://plain:1/"],
  ])("%s with %j: %s", (address, environment, expected) => {
    expect(url(address, environment)).toBe(expected);
  });

  it.each([
    "https://localhost:4711/",
    "https://LOCALHOST./",
    "https://127.0.0.1:1/",
    "https://127.8.9.1/",
    "https://[::1]:1/",
    "http://169.254.169.254/metadata",
  ])("never for what lies on this host: %s", (address) => {
    expect(url(address, { HTTPS_PROXY: "http://proxy:1", HTTP_PROXY: "http://proxy:1" })).toBeUndefined();
  });

  it.each(["socks5://proxy:1080", "http://", "ftp://me:secret@proxy", "::"])(
    "refuses %s, and shows no credentials",
    (value) => {
      const failing = () => url(AZURE, { https_proxy: value });
      expect(failing).toThrow(ProxySettingError);
      expect(failing).toThrow(/^https_proxy is ".*"; expected the address of an HTTP proxy/);
      expect(failing).not.toThrow(/secret/);
    },
  );
});

/** The rules of golang.org/x/net/http/httpproxy. */
describe("NO_PROXY", () => {
  it.each<[string, string, boolean]>([
    ["*", AZURE, true],
    ["", AZURE, false],
    [" , ,", AZURE, false],
    ["azure.com", AZURE, true],
    ["AZURE.com", AZURE, true],
    ["example.com, azure.com", AZURE, true],
    [".azure.com", AZURE, true],
    ["*.azure.com", AZURE, true],
    [".acct.openai.azure.com", AZURE, false],
    ["acct.openai.azure.com", AZURE, true],
    ["acct.openai.azure.com:443", AZURE, true],
    ["acct.openai.azure.com:8443", AZURE, false],
    ["zure.com", AZURE, false],
    ["openai", AZURE, false],
    ["10.1.2.3", "https://10.1.2.3/", true],
    ["10.1.2.3:443", "https://10.1.2.3/", true],
    ["10.1.2.3:444", "https://10.1.2.3/", false],
    ["10.1.2.4", "https://10.1.2.3/", false],
    ["10.0.0.0/8", "https://10.1.2.3/", true],
    ["10.2.0.0/16", "https://10.1.2.3/", false],
    ["10.0.0.0/40", "https://10.1.2.3/", false],
    ["fd00::/8", "https://[fd12::1]/", true],
    ["fd12::1", "https://[fd12:0::1]/", true],
    ["[fd12::1]:443", "https://[fd12::1]/", true],
  ])("%j excepts %s: %s", (noProxy, address, excepted) => {
    expect(url(address, set(noProxy)) === undefined).toBe(excepted);
  });

  it("counts in lower case too", () => {
    expect(url(AZURE, { https_proxy: "http://proxy:1", no_proxy: "azure.com" })).toBeUndefined();
  });
});
