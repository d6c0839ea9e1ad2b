import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../../commands/screenshots/chromium";
import type { Evaluation } from "../../evaluation/result";
import { withoutTexts } from "../../report/evaluation/shown-cases";
import { evaluationDocument } from "../../report/report-document";
import { madeUp, madeUpCases } from "../evaluation/results/made-up";
import { servePlayground } from "../playground/serve-playground";
import { seriousViolations } from "./accessibility";
import { until } from "./chart";
import { openPage, type OpenPage } from "./page";

const canary = "CANARY-51e8";
const evaluatedAt = "2026-11-27T17:00:00.000Z";

/** Scores from 0 to 1 in a fixed order that looks like none; every other model is a little worse. */
function evaluated(cases: number, models: number): Evaluation {
  return madeUp({
    scores: scoresOf(cases, models),
    rule: { minScore: 0.4, ...(models > 1 && { minGain: 0.2 }) },
    mark: canary,
  });
}

function scoresOf(cases: number, models: number): Record<string, number[]> {
  const score = (row: number, place: number) => (((row * 37 + place * 11) % 100) / 100) * (1 - place / 20);
  const names = ["candidate", "serving", "base", "large", "small", "other"].slice(0, models);
  return Object.fromEntries(
    names.map((name, place) => [name, Array.from({ length: cases }, (_, row) => score(row, place))]),
  );
}

let browser: Browser;
let folder: string;
let opened: OpenPage;
let page: Page;
beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "evaluation-page-"));
  browser = await launchChromium();
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});
afterEach(async () => {
  await opened.context.close();
  if (opened.complaints.length > 0) throw new Error(opened.complaints.join("\n"));
});

async function open({ summary, cases }: Evaluation, options: BrowserContextOptions = {}, texts = true) {
  const file = path.join(folder, "evaluation.html");
  const { html } = await evaluationDocument({ evaluatedAt, summary }, texts ? cases : withoutTexts(cases));
  writeFileSync(file, html);
  opened = await openPage(browser, pathToFileURL(file).href, options);
  page = opened.page;
  await region("All cases").waitFor();
  return html;
}

const region = (name: string) => page.getByRole("region", { name, exact: true });
const listed = (name = "All cases") => region(name).locator("details");

it("shows models, rules, differences, and a case with all its texts and grades, and asks nobody for anything", async () => {
  const evaluation = evaluated(45, 3);
  const { models, comparisons } = evaluation.summary;
  await open(evaluation);
  const rows = await page.getByRole("row").allTextContents();
  expect(rows).toHaveLength(4);
  for (const [place, { score }] of models.entries()) expect(rows[place + 1]).toContain(score.mean.toFixed(3));
  expect(rows[2]).toContain(`${comparisons[0]!.wins}${comparisons[0]!.ties}${comparisons[0]!.losses}`);
  const rules = await page.getByRole("list", { name: "Rules" }).getByRole("listitem").allTextContents();
  expect(rules[0]).toMatch(/^met ?minScore/);
  expect(rules[1]).toMatch(/^not met ?minGain against serving/);
  const drawn = await page.evaluate<number[][]>(`document.querySelector(".differences").chart.data.slice(1)`);
  const sum = (bars: (number | null)[]) => bars.reduce<number>((total, bar) => total + (bar ?? 0), 0);
  expect(drawn.map(sum).reduce((total, one) => total + one)).toBe(45);
  expect(await page.getByRole("img").getAttribute("aria-label")).toContain(
    `${comparisons[0]!.wins} better, ${comparisons[0]!.ties} the same, ${comparisons[0]!.losses} worse`,
  );
  const [loss] = await listed("Largest losses").all();
  await loss!.locator("summary").focus();
  await page.keyboard.press("Enter");
  const text = await loss!.innerText();
  const line = Number(/line (\d+)/.exec(text)![1]);
  const { answers } = evaluation.cases[line - 1]!;
  for (const part of [`Question ${line}:`, `Reference ${line}:`, "You teach."]) expect(text).toContain(part);
  for (const [place, { name }] of models.entries()) {
    expect(text).toContain(`Answer ${line} of ${name}:`);
    expect(text).toContain(answers[place]!.score.toFixed(3));
  }
  expect([...opened.origins]).toEqual(["null"]);
});

it("puts the ten largest losses and gains side by side, of whichever model is chosen", async () => {
  const evaluation = evaluated(200, 3);
  await open(evaluation);
  for (const place of [1, 2]) {
    const differences = evaluation.cases.map(({ answers }) => answers[0]!.score - answers[place]!.score);
    const sorted = [...differences].sort((a, b) => a - b);
    const first = async (name: string) => listed(name).locator(".case-figure").allTextContents();
    expect((await first("Largest losses")).map(Number)).toEqual(
      sorted.slice(0, 10).map((one) => Number(one.toFixed(3))),
    );
    expect((await first("Largest gains")).map(Number)).toEqual(
      sorted
        .slice(-10)
        .reverse()
        .map((one) => Number(one.toFixed(3))),
    );
    if (place === 1) await page.getByLabel("Compare candidate with").selectOption("base");
  }
  const [losses, gains] = [await region("Largest losses").boundingBox(), await region("Largest gains").boundingBox()];
  expect(losses!.y).toBe(gains!.y);
  expect(losses!.x + losses!.width).toBeLessThanOrEqual(gains!.x);
});

describe("all cases", () => {
  const status = () => page.getByRole("search", { name: "Cases" }).getByRole("status").textContent();

  it("are filtered, searched, sorted and paged, by the keyboard alone", async () => {
    const evaluation = evaluated(200, 2);
    const { losses } = evaluation.summary.comparisons[0]!;
    await open(evaluation);
    expect(await listed().count()).toBe(20);
    await page.getByRole("button", { name: "Next" }).focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await page.getByText("Page 3 of 10").waitFor();
    expect(await listed().first().innerText()).toContain("line 41");
    await page.getByLabel("Show").focus();
    await page.keyboard.type("losses");
    await until(async () => (await status()) === `${losses} of 200 cases`);
    expect(await page.getByText("Page 1 of").count()).toBe(1);
    await page.getByLabel("Show").selectOption("all");
    await page.getByRole("searchbox", { name: "Search" }).focus();
    await page.keyboard.type("question 117:");
    await until(async () => (await status()) === "1 of 200 cases");
    expect(await listed().innerText()).toContain("Question 117");
    await page.keyboard.press("Control+A");
    await page.keyboard.type("nowhere");
    await page.getByText("No case matches").waitFor();
    await page.keyboard.press("Control+A");
    await page.keyboard.press("Backspace");
    await page.getByLabel("Sort by").selectOption("highest");
    expect(await listed().first().innerText()).toContain("line 28");
  });

  it("of 2,000 with six models: few are drawn, the page is quick and small but for the texts", async () => {
    const { summary } = evaluated(40, 6);
    const cases = madeUpCases(scoresOf(2_000, 6), canary);
    const evaluation = { summary: { ...summary, cases: { ...summary.cases, count: cases.length } }, cases };
    const html = await open(evaluation);
    const packed = /id="packed">([^<]*)</.exec(html)![1]!;
    expect(html.length - packed.length).toBeLessThan(500_000);
    expect(packed.length).toBeLessThan(JSON.stringify(evaluation.cases).length / 4);
    expect(await page.locator("details").count()).toBe(40);
    const took = await page.evaluate<number>(`new Promise((resolve) => {
      const field = document.querySelector("input[type=search]");
      const begin = performance.now();
      field.value = "question 1999:";
      field.dispatchEvent(new Event("input", { bubbles: true }));
      const look = () => document.querySelector(".controls [role=status]").textContent.startsWith("1 of")
        ? resolve(performance.now() - begin)
        : setTimeout(look, 5);
      look();
    })`);
    expect(took).toBeLessThan(1_000);
  });

  it("without texts have their grades alone, and nothing of them is in the file", async () => {
    const evaluation = evaluated(45, 2);
    const html = await open(evaluation, {}, false);
    const packed = await page.evaluate<string>(`new Response(new Blob([Uint8Array.from(
      atob(document.getElementById("packed").textContent), (one) => one.charCodeAt(0))]).stream()
      .pipeThrough(new DecompressionStream("gzip"))).text()`);
    expect(packed).toContain('"line":45');
    for (const text of [html, packed]) expect(text).not.toContain(canary);
    await listed().first().locator("summary").click();
    expect(await listed().first().innerText()).not.toContain("Prompt");
  });
});

it.each<[number, number, string, BrowserContextOptions]>([
  [5, 2, "in light colours", { colorScheme: "light" }],
  [45, 6, "in dark colours", { colorScheme: "dark" }],
  [45, 1, "of a model alone", {}],
  [45, 3, "on a small phone", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }],
  [45, 3, "at 200%", { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2, colorScheme: "dark" }],
])("%d cases and %d models have nothing serious for axe, and fit the page: %s", async (cases, models, _, options) => {
  await open(evaluated(cases, models), options);
  for (const one of await page.locator("details").all()) await one.evaluate("(element) => (element.open = true)");
  for (const one of (await page.locator("summary").all()).slice(0, 3)) await one.click();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const sizes = await page.evaluate<string[]>(`[...new Set([...document.querySelectorAll("body *")]
    .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
    .filter((one) => one.getClientRects().length > 0)
    .map((one) => getComputedStyle(one).fontSize))]`);
  for (const size of sizes) expect(["13px", "15px", "17px", "20px"]).toContain(size);
});

it("is in the playground's report of the model, with the cases, and in its lineage without texts", async () => {
  const evaluation = evaluated(30, 2);
  const found = { evaluation, file: "results.json", writtenAt: Date.parse(evaluatedAt) };
  const models: (string | undefined)[] = [];
  const playground = await servePlayground({}, (model) => {
    models.push(model);
    return Promise.resolve(model === undefined ? undefined : found);
  });
  try {
    await playground.stack.finish();
    opened = await openPage(browser, `${playground.address}#report`);
    page = opened.page;
    await region("All cases").waitFor();
    expect(await listed().count()).toBe(20);
    expect(await listed().first().innerText()).toContain(canary);
    const { lineage } = await playground.stack.view.report();
    expect(lineage.evaluation).toEqual({ evaluatedAt, summary: evaluation.summary });
    expect(JSON.stringify(lineage)).not.toContain(canary);
    expect(await region("Lineage").innerText()).toContain("0.4");
    expect(models.at(-1)).toBe(lineage.model!.name);
    expect(await seriousViolations(page)).toEqual([]);
  } finally {
    await playground.close();
  }
});
