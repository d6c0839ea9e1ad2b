import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../../commands/screenshots/chromium";
import { livePage } from "../../live-page/page-document";
import { RehearsedCloud } from "../live-page/rehearsed-cloud";
import { seriousViolations } from "./accessibility";
import { type OpenPage, openPage } from "./page";

let browser: Browser;
let folder: string;
let cloud: RehearsedCloud;
let open: OpenPage | undefined;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "live-page-"));
  const page = await livePage();
  [browser, cloud] = await Promise.all([launchChromium(), RehearsedCloud.start(folder, () => Promise.resolve(page))]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await cloud?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await open?.context.close();
  open = undefined;
});

async function visit(options?: BrowserContextOptions, link = cloud.link): Promise<Page> {
  open = await openPage(browser, link, options);
  return open.page;
}

const badge = (page: Page, text: string) => page.getByRole("banner").getByText(text, { exact: true });
const list = (page: Page) => page.getByRole("list", { name: "Requests, newest first" });

it("watches a job from the queue to its model, with events and checkpoints, without a reload", async () => {
  const page = await visit();
  await badge(page, "Live").waitFor();
  const { id } = await cloud.submitJob();
  const job = page.getByRole("article", { name: id });
  await job.getByText("pending", { exact: true }).waitFor();
  cloud.advance(60_000);
  await job.getByText("running", { exact: true }).waitFor();
  const bar = job.getByRole("progressbar");
  const before = Number(await bar.getAttribute("value"));
  expect(before).toBeGreaterThan(0);
  await job.getByRole("button", { name: "Show events and checkpoints" }).click();
  await job
    .getByText(/^Step \d+: training loss=/)
    .first()
    .waitFor();
  expect(await job.textContent()).toMatch(/\d+% · step \d+ of 36 · 12 examples × 3 epochs · about .+ left/);
  cloud.advance(200_000);
  await job.getByText("succeeded", { exact: true }).waitFor();
  await job.getByText("Model Evaluation Passed.").waitFor();
  await job.getByText(/^step 36 · train_loss /).waitFor();
  await job.getByText(/tokens billed · \$[\d.]+ on Azure/).waitFor();
  expect(Number(await bar.getAttribute("value"))).toBe(100);
  const paid = page.locator(".tiles > div", { hasText: "Paid jobs" });
  expect(await paid.textContent()).toMatch(/^Paid jobs1/);
  expect(open!.complaints).toEqual([]);
  expect([...open!.origins]).toEqual([new URL(cloud.link).origin]);
}, 30_000);

describe("the requests", () => {
  it("come as they are asked, are filtered by text and status, and can be paused", async () => {
    const page = await visit();
    await cloud.ask("/subscriptions?api-version=2022-12-01");
    await cloud.ask("/no/such/thing");
    await list(page)
      .getByRole("button", { name: /404 \/no\/such\/thing/ })
      .waitFor();
    await page.getByLabel("Filter by text").fill("get SUCH");
    expect(await list(page).getByRole("button").count()).toBe(1);
    await page.getByLabel("Filter by text").fill("");
    await page.getByLabel("Filter by status").selectOption("success");
    expect(await list(page).getByText("/no/such/thing").count()).toBe(0);
    await page.getByLabel("Filter by status").selectOption("all");
    await page.getByRole("button", { name: "Pause" }).click();
    await cloud.ask("/while/paused");
    await page.getByText(/paused, 1 newer/).waitFor();
    expect(await list(page).getByText("/while/paused").count()).toBe(0);
    await page.getByRole("button", { name: "Continue" }).click();
    await list(page).getByText("/while/paused").waitFor();
  });

  it("show one with its headers, of which the secret ones are hidden", async () => {
    const page = await visit();
    await badge(page, "Live").waitFor();
    await cloud.ask("/with/headers", { authorization: "Bearer canary", "user-agent": "a-client/1.2 (canary-os)" });
    await list(page)
      .getByRole("button", { name: /\/with\/headers/ })
      .click();
    const details = list(page).locator(".details");
    await details.getByText("hidden (Bearer, 13 characters)").waitFor();
    expect(await details.getByText("a-client/1.2 (canary-os)").count()).toBe(2);
    expect(await details.textContent()).not.toContain("Bearer canary");
  });
});

it("reconnects when the service is started again, and keeps what it saw until then", async () => {
  const page = await visit();
  await badge(page, "Live").waitFor();
  const { id } = await cloud.submitJob();
  await page.getByRole("article", { name: id }).waitFor();
  await cloud.ask("/before/the/restart");
  await list(page).getByText("/before/the/restart").waitFor();
  await cloud.stop();
  await badge(page, "Reconnecting").waitFor();
  await page.getByText("The service has ended or is being restarted.").waitFor();
  expect(await page.getByRole("article", { name: id }).count()).toBe(1);
  expect(await seriousViolations(page)).toEqual([]);
  await cloud.restart();
  await badge(page, "Live").waitFor();
  await cloud.ask("/after/the/restart");
  await list(page).getByText("/after/the/restart").waitFor();
  // Their numbers begin again.
  expect(await list(page).getByText("/before/the/restart").count()).toBe(0);
  expect(await page.getByText("The service has ended or is being restarted.").count()).toBe(0);
}, 30_000);

it("says what is missing where the link has no token, and tells nothing", async () => {
  const page = await visit({}, cloud.link.replace(/#.*/, ""));
  await page.getByText("This link has no valid access token.").waitFor();
  expect(await page.getByRole("banner").textContent()).toContain("No access");
  expect(await page.content()).not.toContain("AzureOpenAI");
  expect(await seriousViolations(page)).toEqual([]);
});

it.each([
  ["light", 1280],
  ["dark", 1280],
  ["light", 320],
  ["dark", 320],
] as const)(
  "is accessible and fits: %s, %i px",
  async (colorScheme, width) => {
    const page = await visit({ colorScheme, viewport: { width, height: 720 } });
    await cloud.addFault();
    await page.getByText("Configured faults").waitFor();
    for (const name of ["Role assignments", "Base models", "How long things take"])
      await page.getByRole("heading", { name }).click();
    await page.getByRole("button", { name: "Show events and checkpoints" }).first().click();
    const check = async () => {
      expect(await seriousViolations(page)).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(width);
    };
    await page.getByRole("heading", { name: "Checkpoints" }).waitFor();
    await check();
    if (width < 1100) await page.getByRole("button", { name: /^Requests/ }).click();
    const path = `/opened/${colorScheme}/${width}`;
    await cloud.ask(path);
    await list(page).getByRole("button", { name: path }).click();
    await page.getByRole("heading", { name: "Response headers" }).waitFor();
    await check();
  },
  30_000,
);
