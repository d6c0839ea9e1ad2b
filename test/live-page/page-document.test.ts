import { mkdtempSync, rmSync } from "node:fs";
import { get } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { connect } from "local-azure/rehearsal/connect";
import { livePage } from "../../live-page/page-document";
import { projectFolder, typescriptLoader } from "../../stack/project-folder";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "live-page-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is one file that needs nothing from anywhere, smaller than 80 kB", async () => {
  const { html, policy } = await livePage();
  expect(Buffer.byteLength(html)).toBeLessThan(80_000);
  expect(html.replace(/\/\*![\s\S]*?\*\//g, "")).not.toMatch(/(?:src|href)="(?!data:)|@import|url\(/);
  expect(policy).toContain("connect-src 'self'");
  expect(policy).toContain("frame-ancestors 'none'");
});

it("is served by the rehearsal service that a command starts, made by the checkout", async () => {
  const page = path.join(projectFolder, "live-page", "page-document.ts");
  const service = await connect({ folder, loader: typescriptLoader, livePage: page });
  try {
    expect(service.info.livePage).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/local-azure\/live#token=[\w-]{32}$/);
    const html = await new Promise<string>((resolve, reject) => {
      get(service.info.livePage, (response) => void text(response).then(resolve, reject)).on("error", reject);
    });
    expect(html).toContain("<title>local-azure, live</title>");
  } finally {
    await service.release();
  }
}, 60_000);
