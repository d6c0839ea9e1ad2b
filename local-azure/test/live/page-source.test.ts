import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "@jest/globals";
import { LIVE_PATH } from "../../src/admin/live-link";
import { PAGE_FILE, shippedPage } from "../../src/live/page-source";
import { startForTest } from "../../src/testing";
import { call } from "../https-call";

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(path.join(tmpdir(), "page-source-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it("is the page beside the compiled program, where there is one", async () => {
  expect(shippedPage(folder)).toBeUndefined();
  const page = { html: "<p>The page.</p>", policy: "default-src 'none'" };
  writeFileSync(path.join(folder, PAGE_FILE), JSON.stringify(page));
  expect(await shippedPage(folder)!()).toEqual(page);
});

it("is made when it is first asked for, once, and again where that failed", async () => {
  let made = 0;
  const service = await startForTest({
    page: () => {
      made += 1;
      return made === 1
        ? Promise.reject(new Error("no room"))
        : Promise.resolve({ html: `<p>${made}</p>`, policy: "default-src 'none'" });
    },
  });
  expect(made).toBe(0);
  expect((await call(service, LIVE_PATH)).status).toBe(500);
  for (let visits = 2; visits > 0; visits--) expect((await call(service, LIVE_PATH)).body).toBe("<p>2</p>");
  await service.close();
});

it("a service without a page says so", async () => {
  const service = await startForTest();
  expect(await call(service, LIVE_PATH)).toMatchObject({
    status: 404,
    body: { message: "This service was started without its live page." },
  });
  await service.close();
});
