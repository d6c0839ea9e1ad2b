import { describe, expect, it } from "@jest/globals";
import fc from "fast-check";
import { addressProblem, blobUrl, parseBlobAddress } from "../../../datasets/sources";

const base = "https://contosodata.blob.core.windows.net";
const key = "c2VjcmV0LWtleS1vZi1hbi1hY2NvdW50";

describe("an address is read", () => {
  it.each([
    [`${base}/sets/tutor.jsonl`, { container: "sets", name: "tutor.jsonl" }],
    [`${base}/sets/a/b%20c.jsonl`, { container: "sets", name: "a/b c.jsonl" }],
    [`${base}/sets/tutor/`, { container: "sets", name: "tutor/" }],
    [`${base}/sets/`, { container: "sets", name: "" }],
    [`${base}/$web/a.jsonl`, { container: "$web", name: "a.jsonl" }],
    [
      `${base}/sets/a.jsonl?versionid=2026-11-01T10:00:00.1234567Z`,
      { container: "sets", name: "a.jsonl", version: "2026-11-01T10:00:00.1234567Z" },
    ],
    ["https://contosodata.z12.blob.storage.azure.net/sets/a", { domain: "blob.storage.azure.net", name: "a" }],
  ])("%s", (address, expected) => {
    expect(parseBlobAddress(address)).toMatchObject({ account: "contosodata", ...expected });
    expect(addressProblem(address)).toBeUndefined();
  });

  it("and written again as it was", () => {
    const name = fc
      .string({ unit: "grapheme", minLength: 1 })
      .filter((text) => !/^[/.]|\/\/|[\\/.]$|\/\.|\./.test(text));
    fc.assert(
      fc.property(name, (text) => {
        const blob = { account: "contosodata", domain: "blob.core.windows.net", container: "sets", name: text };
        expect(parseBlobAddress(blobUrl(blob))).toEqual(blob);
      }),
    );
  });
});

describe("what is refused", () => {
  it.each([
    [`${base}/sets/a.jsonl?sv=2026-01-01&sig=${key}`, "contains a shared access signature (SAS)"],
    [`${base}/sets/a.jsonl?versionid=2026-11-01T10:00:00Z&SIG=${key}`, "contains a shared access signature (SAS)"],
    [`https://contosodata:${key}@contosodata.blob.core.windows.net/sets/a`, "contains a user name or password"],
    [`${base}/sets/a.jsonl?AccountKey=${key}`, "contains an account key"],
    [
      `https://DefaultEndpointsProtocol=https;AccountName=contosodata;AccountKey=${key};EndpointSuffix=core.windows.net`,
      "",
    ],
    [`http://contosodata.blob.core.windows.net/sets/a`, "is not supported; expected https://<account>"],
    [`s3://bucket/a.jsonl?x=${key}`, "is not supported; expected https://<account>"],
    [
      "https://contosodata.dfs.core.windows.net/sets/a",
      "expected its blob address, https://contosodata.blob.core.windows.net/",
    ],
    ["https://example.com/sets/a.jsonl", "is not a Blob Storage address"],
    ["https://contosodata.blob.core.windows.net:444/sets/a.jsonl", "is not a Blob Storage address"],
    [`${base}/`, "has no container"],
    [`${base}/Sets/a.jsonl`, "has no container"],
    [`${base}/sets`, "a slash at the end for all its JSONL files"],
    [`${base}/sets/100%.jsonl`, "expected %25"],
    [`${base}/sets/a.jsonl?snapshot=${key}`, "has more than versionid after the path"],
    [`${base}/sets/a.jsonl#${key}`, "has more than versionid after the path"],
    [`${base}/sets/a/?versionid=2026-11-01T10:00:00Z`, "is a prefix, which has no version"],
    [`${base}/sets/a.jsonl?versionid=${key}`, "versionid is not a version"],
  ])("%s", (address, sentence) => {
    const problem = parseBlobAddress(address);
    expect(problem).toEqual(expect.stringContaining(sentence));
    expect(problem).not.toContain(key);
    expect(addressProblem(`data/a.jsonl + ${address}`)).toBe(problem);
  });

  it("no secret of a signature is repeated, whatever the address is like otherwise", () => {
    const secret = fc.stringMatching(/^[A-Za-z0-9]{24,40}$/);
    const prefix = fc.constantFrom(
      `${base}/sets/a`,
      `${base}/`,
      "https://[",
      "http://x/",
      "https://a.dfs.core.windows.net/b/c",
    );
    fc.assert(
      fc.property(prefix, secret, fc.constantFrom("?sig=", "?se=1&sig=", "?a#sig="), (start, value, query) => {
        expect(JSON.stringify(parseBlobAddress(`${start}${query}${value}`))).not.toContain(value);
      }),
    );
  });
});
