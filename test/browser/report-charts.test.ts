import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, beforeEach, afterEach, describe, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { smoothed } from "../../report/page/smoothing";
import type { ReportData } from "../../report/report-data";
import { reportDocument } from "../../report/report-document";
import { StackView } from "../../report/stack-view";
import { launchChromium } from "../../commands/screenshots/chromium";
import { exact, promptRows } from "../e2e/reinforced-data";
import { baseModel, lessons, stackOnRehearsal } from "../playground/stack-on-rehearsal";
import { rehearse, upload } from "../support/rehearsal";
import { seriousViolations } from "./accessibility";
import { columnsOf, drawnChart, plotArea, until } from "./chart";
import { openPage, type OpenPage } from "./page";

/** Milliseconds of the service's clock. */
const trainingMs = 600_000;
/** 40 examples, batches of 1, 3 epochs. */
const allSteps = 120;

let browser: Browser;
let folder: string;
let reports: Record<"pending" | "running" | "ended", ReportData> & { rewarded?: ReportData };
let csv: string;
let otherId: string;

beforeAll(async () => {
  folder = mkdtempSync(path.join(tmpdir(), "charts-"));
  browser = await launchChromium();
  const rehearsal = await rehearse({ settings: { trainingSeconds: trainingMs / 1000 } });
  try {
    const dataPlane = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
    const files = {
      training_file: upload(rehearsal, "a.jsonl", lessons(20)),
      validation_file: upload(rehearsal, "b.jsonl", lessons(10)),
    };
    const other = await dataPlane.jobs.create({
      ...{ model: baseModel, training_file: files.training_file.fileId, validation_file: files.validation_file.fileId },
      ...{ hyperparameters: { n_epochs: 4, batch_size: 2 }, trainingType: "standard" },
    });
    otherId = other.id;
    rehearsal.service.advance(2 * trainingMs);
    const stack = await stackOnRehearsal(rehearsal);
    const pending = await stack.view.report();
    // In the second epoch, between two events.
    rehearsal.service.advance(0.48 * trainingMs);
    const running = await stack.view.report();
    await stack.finish();
    rehearsal.service.advance(120_000);
    const ended = await stack.view.report();
    const job = await dataPlane.jobs.get(stack.jobId);
    csv = await dataPlane.files.text(job.result_files![0]!);
    reports = { pending, running, ended };
  } finally {
    await rehearsal.close();
  }
}, 60_000);
afterAll(async () => {
  await browser?.close();
  rmSync(folder, { recursive: true, force: true });
});

let opened: OpenPage;
let page: Page;
async function open(which: keyof typeof reports, options?: BrowserContextOptions): Promise<void> {
  const file = path.join(folder, `${which}.html`);
  writeFileSync(file, (await reportDocument(reports[which]!)).html);
  opened = await openPage(browser, pathToFileURL(file).href, options);
  page = opened.page;
  await page.getByRole("region", { name: "Lineage" }).waitFor();
}
afterEach(async () => {
  await opened.context.close();
  if (opened.complaints.length > 0) throw new Error(opened.complaints.join("\n"));
});

const loss = () => drawnChart(page, "Loss");
const accuracy = () => drawnChart(page, "Token accuracy");
const slider = (name: string) => page.getByRole("slider", { name });
const legend = (measure: string) => page.locator("figure", { hasText: measure }).getByRole("list");

const shortOther = () => otherId.replace("ftjob-", "").slice(0, 8);

it("before the first step, another job's curves can be drawn alone", async () => {
  await open("pending");
  expect(await page.locator(".plot").count()).toBe(0);
  await page.getByRole("row", { name: shortOther() }).getByRole("checkbox").check();
  const { rows } = await loss();
  expect(Object.keys(rows)).toEqual([
    "step",
    `${shortOther()}, training`,
    `${shortOther()}, training, smoothed`,
    `${shortOther()}, validation`,
  ]);
  expect(await page.getByText("No figures yet").count()).toBe(1);
});

describe("while the job trains", () => {
  beforeEach(() => open("running"));

  it("the charts end at the last expected step, and at the step that the header tells", async () => {
    const { rows, x } = await loss();
    expect(x).toEqual({ min: 1, max: allSteps });
    const step = rows["step"]!.at(-1)!;
    expect(step).toBeGreaterThan(allSteps / 3);
    expect(step % 10).not.toBe(0);
    const percent = Math.floor((100 * step) / allSteps);
    expect(await page.getByRole("status").textContent()).toContain(`step ${step} of about ${allSteps} · ${percent}%`);
  });
});

describe("of a job that has ended", () => {
  beforeEach(() => open("ended"));

  it("draw the figures of results.csv, the raw training curve faint behind its average", async () => {
    const { step, ...columns } = columnsOf(csv);
    const { rows } = await loss();
    expect(rows).toEqual({
      step,
      "Training, each batch": columns["train_loss"],
      "Training, each batch, smoothed": smoothed(columns["train_loss"]!, 0.6),
      "Validation, whole file": columns["full_valid_loss"],
    });
    expect((await accuracy()).rows).toMatchObject({
      "Training, each batch": columns["train_mean_token_accuracy"],
      "Validation, whole file": columns["full_valid_mean_token_accuracy"],
    });
    await slider("Smoothing").fill("0");
    await until(async () => !("Training, each batch, smoothed" in (await loss()).rows));
    expect((await loss()).rows["Training, each batch"]).toEqual(columns["train_loss"]);
  });

  it("hide single validation batches until they are asked for", async () => {
    expect(Object.keys((await loss()).rows)).not.toContain("Validation, one batch");
    await page.getByRole("checkbox", { name: "Validation of single batches" }).check();
    await until(async () => "Validation, one batch" in (await loss()).rows);
    expect((await loss()).rows["Validation, one batch"]).toEqual(columnsOf(csv)["valid_loss"]);
  });

  it("are linked: a pointer over one puts both cursors and legends at its step", async () => {
    const { x, y, width } = await plotArea(page, "Loss");
    await page.mouse.move(x + width / 2, y + 50);
    await until(async () => (await accuracy()).step !== null);
    const { step, rows } = await loss();
    expect(Math.abs(step! - allSteps / 2)).toBeLessThan(3);
    expect((await accuracy()).step).toBe(step);
    const { rows: shares } = await accuracy();
    const at = rows["step"]!.indexOf(step);
    expect(await legend("Loss").textContent()).toContain(
      String(Number(rows["Training, each batch"]![at]!.toPrecision(4))),
    );
    expect(await legend("Token accuracy").textContent()).toContain(
      `${(100 * shares["Training, each batch"]![at]!).toFixed(1)}%`,
    );
    // The last evaluation before the pointer.
    expect(await legend("Loss").textContent()).toContain("at step 40");
    await page.mouse.move(0, 0);
    await until(async () => (await accuracy()).step === null && (await loss()).step === null);
  });

  it("move by the keyboard along the steps", async () => {
    await slider("Values at").focus();
    await page.keyboard.press("ArrowLeft");
    await until(async () => (await loss()).step === allSteps - 1 && (await accuracy()).step === allSteps - 1);
    expect(await slider("Values at").getAttribute("aria-valuetext")).toMatch(
      /^step 119\. Loss: Training, each batch \d/,
    );
    await page.keyboard.press("End");
    await until(async () => (await loss()).step === null);
  });

  it.each(["Reset zoom", "a double click"])("zoom together by a drag, and back by %s", async (way) => {
    const { x, y, width } = await plotArea(page, "Token accuracy");
    await page.mouse.move(x + width * 0.25, y + 50);
    await page.mouse.down();
    await page.mouse.move(x + width * 0.5, y + 60, { steps: 4 });
    await page.mouse.up();
    await until(async () => (await loss()).x.max < allSteps);
    const { min, max } = (await loss()).x;
    expect(Math.abs(min - allSteps / 4)).toBeLessThan(3);
    expect(Math.abs(max - allSteps / 2)).toBeLessThan(3);
    expect((await accuracy()).x).toEqual({ min, max });
    expect(await page.getByLabel("First step shown").inputValue()).toBe(String(min));
    if (way === "Reset zoom") await page.getByRole("button", { name: way }).click();
    else await page.mouse.dblclick(x + width / 2, y + 50);
    await until(async () => (await loss()).x.max === allSteps && (await accuracy()).x.max === allSteps);
    expect(await page.getByLabel("Last step shown").inputValue()).toBe(String(allSteps));
  });

  it("zoom by the keyboard, within the steps that there are, and say how", async () => {
    await expect(page.getByText("Drag across a chart to zoom in").count()).resolves.toBe(1);
    await page.getByLabel("First step shown").fill("81");
    await page.keyboard.press("Tab");
    await until(async () => (await loss()).x.min === 81);
    await page.keyboard.type("999");
    await page.keyboard.press("Tab");
    expect(await page.getByLabel("Last step shown").inputValue()).toBe(String(allSteps));
    await page.keyboard.press("Enter");
    await until(async () => (await accuracy()).x.min === 1);
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Reset zoom");
  });

  it("stay at the slider's step through a zoom, and follow the slider afterwards", async () => {
    const to = async (step: number) => {
      await until(async () => (await loss()).step === step && (await accuracy()).step === step);
    };
    await slider("Values at").focus();
    await page.keyboard.press("ArrowLeft");
    await to(allSteps - 1);
    await page.getByLabel("First step shown").fill("81");
    await page.keyboard.press("Tab");
    await until(async () => (await accuracy()).x.min === 81);
    await to(allSteps - 1);
    await slider("Values at").focus();
    await page.keyboard.press("ArrowLeft");
    await to(allSteps - 2);
    await page.keyboard.press("Home");
    await to(81);
    expect(await slider("Values at").getAttribute("aria-valuetext")).toMatch(/^step 81\./);
  });

  it("have a logarithmic scale for the loss alone", async () => {
    await page.getByRole("checkbox", { name: "Logarithmic loss" }).check();
    await until(async () => (await loss()).distribution === 3);
    expect((await accuracy()).distribution).toBe(1);
  });

  it("name the gap between training and validation loss", async () => {
    const { gap } = reports.ended.losses!;
    expect(await page.getByText(gap!.wide ?? "Gap between training and validation loss").count()).toBe(1);
  });

  it("lay training and validation of another job over them, which a table compares", async () => {
    const row = page.getByRole("row", { name: shortOther() });
    const cells = await row.getByRole("cell").allTextContents();
    expect(cells.slice(2, 6)).toEqual(["4", "2", "2", "40"]);
    const { billed, steps } = reports.ended.otherJobs[0]!;
    expect(billed!.usd).toBeGreaterThan(0);
    expect(cells).toContain(billed!.tokens.toLocaleString("en-US"));
    expect(cells).toContain(String(Number(steps.at(-1)!.fullValidLoss!.toPrecision(4))));
    await row.getByRole("checkbox").check();
    const short = shortOther();
    await until(async () => `${short}, validation` in (await loss()).rows);
    const { rows } = await loss();
    expect(rows[`${short}, training`]!.filter((value) => value !== null)).toEqual(
      steps.map(({ trainLoss }) => trainLoss),
    );
    expect(rows[`${short}, validation`]!.filter((value) => value !== null)).toHaveLength(4);
  });

  it("are saved as PNG and CSV by the file alone", async () => {
    const save = async (button: string) => {
      const [download] = await Promise.all([
        page.waitForEvent("download"),
        page.getByRole("button", { name: button, exact: true }).click(),
      ]);
      const saved = path.join(folder, download.suggestedFilename());
      await download.saveAs(saved);
      return saved;
    };
    const table = await save("CSV of loss");
    expect(table).toMatch(/local-[0-9a-f]{8}-loss\.csv$/);
    const { step, train_loss, full_valid_loss } = columnsOf(csv);
    expect(columnsOf(readFileSync(table, "utf8"))).toMatchObject({ step, train_loss, full_valid_loss });
    const picture = readFileSync(await save("PNG of token accuracy"));
    expect(await distinctColours(picture.toString("base64"))).toBeGreaterThan(50);
    expect([...opened.origins].filter((origin) => origin !== "null")).toEqual([]);
  });

  /** How many colours a PNG has, as the browser decodes it: an empty picture has one. */
  function distinctColours(png: string): Promise<number> {
    return page.evaluate(`(async () => {
      const bytes = Uint8Array.from(atob("${png}"), (one) => one.charCodeAt(0));
      const image = await createImageBitmap(new Blob([bytes], { type: "image/png" }));
      const context = new OffscreenCanvas(image.width, image.height).getContext("2d");
      context.drawImage(image, 0, 0);
      return new Set(new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer)).size;
    })()`);
  }

  it("have histograms that reach from the first to the last token", async () => {
    const [training] = reports.ended.datasets;
    const scale = await page.evaluate<{ min: number; max: number }>(
      `(({ min, max }) => ({ min, max }))(document.querySelector(".histogram").chart.scales.x)`,
    );
    const { min, max } = training!.tokens.total;
    expect(scale.min).toBeLessThanOrEqual(min);
    expect(scale.min).toBeGreaterThan(min / 2);
    expect(scale.max).toBe(max + 1);
    expect(await page.getByRole("img", { name: /^Whole example: \d+ to \d+ tokens per example/ }).count()).toBe(2);
  });

  it("are in four sizes of type", async () => {
    const sizes = await page.evaluate<string[]>(`[...new Set([...document.querySelectorAll("body *")]
      .filter((one) => [...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim()))
      .filter((one) => one.getClientRects().length > 0)
      .map((one) => getComputedStyle(one).fontSize))].sort()`);
    expect(sizes).toEqual(["13px", "15px", "17px", "20px"]);
  });
});

it.each<[keyof typeof reports, string, BrowserContextOptions]>([
  ["running", "in light colours", { colorScheme: "light" }],
  ["ended", "in dark colours", { colorScheme: "dark" }],
  ["ended", "on a small phone", { viewport: { width: 320, height: 640 }, isMobile: true, hasTouch: true }],
  ["running", "at 200%", { viewport: { width: 640, height: 430 }, deviceScaleFactor: 2 }],
])("the report of a job that is %s has nothing serious for axe, and fits the page: %s", async (which, _, options) => {
  await open(which, options);
  for (const box of await page.getByRole("checkbox").all()) await box.check();
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
});

describe("of a job that trains by reward", () => {
  /** The names in results.csv, as Microsoft's samples read them and as `scores` of OpenAI's guide has them. */
  const spellings = [
    ["train_mean_reward", "full_valid_mean_reward"],
    ["train_reward_mean", "valid_reward_mean"],
  ] as const;
  let told: { report: ReportData; csv: string }[];

  beforeAll(async () => {
    const rehearsal = await rehearse({ settings: { trainingSeconds: trainingMs / 1000 } });
    try {
      const stack = await stackOnRehearsal(rehearsal);
      const azure = await rehearsal.newProcess().azure();
      const dataPlane = await azure.dataPlane(rehearsal.accountId);
      const hyperparameters = { n_epochs: 2, batch_size: 4, eval_interval: 2 };
      const { id } = await dataPlane.jobs.create({
        ...{ model: "o4-mini-2025-04-16", trainingType: "GlobalStandard" },
        training_file: upload(rehearsal, "prompts.jsonl", promptRows("training"), "prompt").fileId,
        validation_file: upload(rehearsal, "held_out.jsonl", promptRows("validation"), "prompt").fileId,
        method: { type: "reinforcement", reinforcement: { grader: exact, hyperparameters } },
      });
      stack.follow({ jobId: id, model: "o4-mini-2025-04-16", method: "reinforcement", trainingType: "GlobalStandard" });
      rehearsal.service.advance(4 * trainingMs);
      const { result_files } = await dataPlane.jobs.get(id);
      const original = await dataPlane.files.text(result_files![0]!);
      told = [];
      for (const [training, validation] of spellings) {
        const body = original.replace("train_mean_reward", training).replace("full_valid_mean_reward", validation);
        rehearsal.proxy.disturb("GET", /\/files\/[^/]+\/content/, { status: 200, body }, Infinity);
        // A view remembers what it has read.
        const view = new StackView(stack.source, azure, rehearsal.clock);
        told.push({ report: await view.report(), csv: body });
      }
    } finally {
      await rehearsal.close();
    }
  }, 60_000);

  it.each(spellings.map((names, at) => [...names, at] as const))(
    "the reward has curves of its own where results.csv has %s and %s",
    async (training, validation, at) => {
      reports.rewarded = told[at]!.report;
      await open("rewarded");
      const columns = columnsOf(told[at]!.csv);
      expect(columns[training]!.every((reward) => reward !== null)).toBe(true);
      expect(columns[validation]!.filter((reward) => reward !== null)).toHaveLength(3);
      const { rows, distribution } = await drawnChart(page, "Reward");
      expect(rows).toEqual({
        step: columns["step"],
        "Training, each batch": columns[training],
        "Training, each batch, smoothed": smoothed(columns[training]!, 0.6),
        "Validation, whole file": columns[validation],
      });
      expect(distribution).toBe(1);
      // There is neither loss nor accuracy to draw.
      expect(await page.locator("[data-measure]").count()).toBe(1);
      expect(await seriousViolations(page)).toEqual([]);
    },
  );
});
