import { mkdtempSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, Page } from "playwright-core";
import { reportDocument } from "../../report/report-document";
import { launchChromium } from "../../commands/screenshots/chromium";
import { servePlayground, type ServedPlayground } from "../playground/serve-playground";
import { answerOf, type Phase } from "../report/phase-states";
import { twoTrainings, type TwoOnRehearsal } from "../report/two-trainings";
import { submitJob, upload } from "../support/rehearsal";
import { lessons } from "../playground/stack-on-rehearsal";
import { seriousViolations } from "./accessibility";
import { drawnChart, until } from "./chart";
import { openPage } from "./page";

let browser: Browser;
let playground: ServedPlayground;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "report-"));
  [browser, playground] = await Promise.all([launchChromium(), servePlayground()]);
}, 60_000);
afterAll(async () => {
  await browser?.close();
  await playground?.close();
  rmSync(folder, { recursive: true, force: true });
});

describe("while the job trains", () => {
  it("the page moves by itself: status, progress, curves", async () => {
    // Long enough for the second event with figures, which comes ten steps after the first.
    playground.rehearsal.service.advance(180_000);
    const { page, context, complaints } = await openPage(browser, `${playground.address}#report`);
    const bar = page.getByRole("progressbar", { name: "Progress of the training" });
    await bar.waitFor();
    const percent = async () => Number(await bar.getAttribute("value"));
    const before = await percent();
    expect(before).toBeGreaterThan(0);
    const stepsBefore = (await drawnChart(page, "Loss")).rows["step"]!.length;
    playground.rehearsal.service.advance(120_000);
    await until(async () => (await percent()) > before);
    expect((await drawnChart(page, "Loss")).rows["step"]!.length).toBeGreaterThan(stepsBefore);
    expect(await page.getByRole("status").first().textContent()).toMatch(/step \d+ of about 120 · \d+% · loss .+ left/);
    await playground.stack.finish();
    await page.getByText("succeeded", { exact: true }).waitFor();
    await page.getByText("deployed", { exact: true }).waitFor();
    expect(complaints).toEqual([]);
    await context.close();
  }, 30_000);
});

/** Milliseconds from the opening of a page to its first content; waits for the browser to note it. */
function firstPaint(page: Page): Promise<number> {
  return page.evaluate<number>(`new Promise((resolve) =>
    new PerformanceObserver((list) => {
      const [entry] = list.getEntriesByName("first-contentful-paint");
      if (entry) resolve(entry.startTime);
    }).observe({ type: "paint", buffered: true }))`);
}

describe("the report in one file", () => {
  let file: string;
  beforeAll(async () => {
    const { rehearsal, stack } = playground;
    const training = upload(rehearsal, "other.jsonl", lessons(20));
    await submitJob(rehearsal, training.fileId);
    rehearsal.service.advance(3_600_000);
    const { html } = await reportDocument(await stack.view.report());
    file = path.join(folder, "report.html");
    writeFileSync(file, html);
  });

  it("is smaller than 500 kB", () => {
    expect(statSync(file).size).toBeLessThan(500_000);
  });

  it("asks for nothing from anywhere", async () => {
    const { page, context, origins, complaints } = await openPage(browser, pathToFileURL(file).href);
    await page.locator(".plot canvas").first().waitFor();
    expect([...origins]).toEqual(["null"]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("looks like the playground's page of it: what is styled there changes nothing here", async () => {
    const looks = async (address: string) => {
      const { page, context } = await openPage(browser, address);
      await page.locator(".plot canvas").first().waitFor();
      const found = await page.evaluate<string[]>(`[...document.querySelectorAll(".report *")].map((element) => {
        const style = getComputedStyle(element);
        const look = ["fontSize", "fontWeight", "color", "backgroundColor", "padding", "borderRadius", "borderWidth", "minHeight", "gap"];
        return [element.tagName, element.className, ...look.map((property) => style[property])].join(" ");
      })`);
      await context.close();
      return found;
    };
    // Compared jobs and events differ in number: each look counts once.
    const [alone, played] = [
      new Set(await looks(pathToFileURL(file).href)),
      new Set(await looks(`${playground.address}#report`)),
    ];
    expect([...alone].filter((look) => !played.has(look))).toEqual([]);
    expect(alone.size).toBeGreaterThan(30);
  });

  it("paints within a second, and axe finds nothing serious", async () => {
    const { page, context } = await openPage(browser, pathToFileURL(file).href);
    await page.locator(".plot canvas").first().waitFor();
    let paint = await firstPaint(page);
    // A machine that does other work now and then delays one opening, but not the quickest of three.
    for (let again = 0; again < 2 && paint >= 1000; again++) {
      await page.reload();
      paint = Math.min(paint, await firstPaint(page));
    }
    expect(paint).toBeLessThan(1000);
    expect(await seriousViolations(page)).toEqual([]);
    await context.close();
  });
});

describe("a report while a new job runs", () => {
  let two: TwoOnRehearsal;
  beforeAll(async () => {
    two = await twoTrainings("running");
  });
  afterAll(() => two?.close());

  async function reportPage(phase: Phase, rehearsal = true) {
    const file = path.join(folder, "phase.html");
    const { rehearsal: _, ...report } = await two.view(phase).report();
    writeFileSync(file, (await reportDocument(rehearsal ? { ...report, rehearsal: true } : report)).html);
    return openPage(browser, pathToFileURL(file).href);
  }

  it("shows the old model, its bill and its proof as serving now, and nowhere else", async () => {
    const { page, context, complaints } = await reportPage("new job running, up ended");
    const card = (name: string) => page.getByRole("region", { name, exact: true });
    const serving = await card("Serving now: the model of an earlier job").textContent();
    for (const mark of [two.old.model, two.old.jobId, answerOf.old, "tokens, $"]) expect(serving).toContain(mark);
    const lineage = page.getByRole("region", { name: "Lineage of the earlier model" });
    expect(await lineage.textContent()).toContain(two.old.model);
    for (const name of ["Job", "Cost", "Test: the deployed model responds", "Events"]) {
      const text = await card(name).textContent();
      for (const mark of [two.old.model, two.old.jobId, answerOf.old]) expect(text).not.toContain(mark);
    }
    expect(await card("Test: the deployed model responds").textContent()).toContain("No question has been sent");
    expect(await seriousViolations(page)).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it("has no such card during the first training", async () => {
    const { page, context } = await reportPage("first training");
    await page.getByRole("region", { name: "Job", exact: true }).waitFor();
    expect(await page.getByText("Serving now").count()).toBe(0);
    await context.close();
  });

  it.each([true, false])("says that it is a rehearsal: %s", async (rehearsal) => {
    const { page, context } = await reportPage("first training", rehearsal);
    await page.getByRole("region", { name: "Job", exact: true }).waitFor();
    expect(await page.getByRole("note").filter({ hasText: "Rehearsal" }).count()).toBe(rehearsal ? 1 : 0);
    await context.close();
  });
});
