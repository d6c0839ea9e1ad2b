import { X509Certificate } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "@jest/globals";
import { openCertificates } from "../../src/storage/certificates";

const DAY = 24 * 3600 * 1000;

describe("certificates of a folder", () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), "local-azure-certificates-"));
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it("are made at first use: an authority and a server certificate for localhost, keys for the owner alone", async () => {
    const { caFile, caPem, cert } = await openCertificates(folder);
    expect(readFileSync(caFile, "utf8")).toBe(caPem);
    const [authority, leaf] = [new X509Certificate(caPem), new X509Certificate(cert)];
    expect(leaf.verify(authority.publicKey)).toBe(true);
    expect([authority.ca, leaf.ca]).toEqual([true, false]);
    expect([leaf.checkHost("localhost"), leaf.checkIP("127.0.0.1"), leaf.checkHost("example.com")]).toEqual([
      "localhost",
      "127.0.0.1",
      undefined,
    ]);
    for (const key of ["ca-key.pem", "server-key.pem"])
      expect(statSync(path.join(folder, key)).mode & 0o777).toBe(0o600);
  });

  it("stay the same while they last", async () => {
    expect(await openCertificates(folder)).toEqual(await openCertificates(folder));
  });

  it("the server's is recreated when it is damaged; a damaged authority is named, for its clients trust it", async () => {
    const first = await openCertificates(folder);
    writeFileSync(path.join(folder, "server.pem"), "garbage");
    const mended = await openCertificates(folder);
    expect(mended.caPem).toBe(first.caPem);
    expect(new X509Certificate(mended.cert).verify(new X509Certificate(first.caPem).publicKey)).toBe(true);
    writeFileSync(path.join(folder, "server-key.pem"), "");
    expect((await openCertificates(folder)).key).toContain("PRIVATE KEY");
    for (const name of ["ca-key.pem", "ca.pem"]) {
      writeFileSync(path.join(folder, name), "garbage");
      await expect(openCertificates(folder)).rejects.toThrow(
        `${path.join(folder, "ca.pem")} or ${path.join(folder, "ca-key.pem")} is damaged. Delete both to create a new certificate ` +
          "authority; clients then have to trust the new one.",
      );
    }
  });

  it("the server's is recreated for a name that it lacks, under the same authority, and stays when a name is not asked for", async () => {
    const first = await openCertificates(folder);
    const named = await openCertificates(folder, Date.now(), ["azure.test", "192.0.2.7"]);
    expect(named.caPem).toBe(first.caPem);
    const leaf = new X509Certificate(named.cert);
    expect(["localhost", "azure.test", "example.com"].map((name) => leaf.checkHost(name))).toEqual([
      "localhost",
      "azure.test",
      undefined,
    ]);
    expect(["127.0.0.1", "192.0.2.7"].map((address) => leaf.checkIP(address))).toEqual(["127.0.0.1", "192.0.2.7"]);
    expect(await openCertificates(folder, Date.now(), ["azure.test"])).toEqual(named);
    expect(await openCertificates(folder)).toEqual(named);
  });

  it("the server's is renewed in time under the same authority; the authority itself before it ends", async () => {
    const now = Date.now();
    const first = await openCertificates(folder, now);
    const early = await openCertificates(folder, now + 334 * DAY);
    expect(early.cert).toBe(first.cert);
    const renewed = await openCertificates(folder, now + 336 * DAY);
    expect(renewed.caPem).toBe(first.caPem);
    expect(renewed.cert).not.toBe(first.cert);
    const late = await openCertificates(folder, now + 3650 * DAY);
    expect(late.caPem).not.toBe(first.caPem);
    expect(new X509Certificate(late.cert).verify(new X509Certificate(late.caPem).publicKey)).toBe(true);
  });
});
