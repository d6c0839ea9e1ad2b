import { afterAll, afterEach, beforeAll, expect, it } from "@jest/globals";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { launchChromium } from "../../commands/screenshots/chromium";
import type { ModelVersion } from "../../dynamic-providers/model-versions/schema";
import { servePlayground, type ServedPlayground } from "../playground/serve-playground";
import { baseDeployment, baseModel, tunedDeployment } from "../playground/stack-on-rehearsal";
import { deploy, submitJob, upload } from "../support/rehearsal";
import { lessons } from "../playground/stack-on-rehearsal";
import { seriousViolations } from "./accessibility";
import { answer, ask } from "./chat";
import { type OpenPage, openPage } from "./page";

const temporary = "evaluation-0123456789-abcdef";

let browser: Browser;
let playground: ServedPlayground;
let opened: OpenPage;
beforeAll(async () => {
  browser = await launchChromium();
}, 60_000);
afterAll(() => browser?.close());
afterEach(async () => {
  await opened.context.close();
  await playground.close();
});

/** A stack with two versions: one serves, the other is kept, with a temporary deployment or none. */
async function open(withTemporary: boolean, options?: BrowserContextOptions): Promise<Page> {
  playground = await servePlayground();
  const { rehearsal, stack } = playground;
  const older = await submitJob(rehearsal, upload(rehearsal, "older.jsonl", lessons(20)).fileId);
  rehearsal.service.advance(1_200_000);
  const { jobs } = await (await rehearsal.newProcess().azure()).dataPlane(rehearsal.accountId);
  const { fine_tuned_model: kept } = await jobs.get(older);
  if (withTemporary) deploy(rehearsal, temporary, kept!);
  await stack.finish((model) => [
    line(2, "serving", model, stack.jobId, { passed: true, summary: "0.740 on 48 cases; against serving +0.130" }),
    line(1, "kept", kept!, older),
  ]);
  opened = await openPage(browser, playground.address, options);
  await opened.page.getByLabel("User message").waitFor();
  return opened.page;
}

function line(version: number, status: string, fineTunedModel: string, jobId: string, evaluation?: object) {
  return {
    ...{ version, status, fineTunedModel, jobId, checkpoint: "last", base: baseModel, adopted: false, evaluation },
    ...{ trainedAt: 1_795_800_000, trainingKey: "a".repeat(64), trainingSha256: "b".repeat(64) },
  } as ModelVersion;
}

it("lists versions with what they scored, and asks the serving one, the base model and a temporary one side by side", async () => {
  const page = await open(true);
  const versions = page.getByRole("group", { name: "Versions" });
  const [newer, older] = await versions.getByRole("listitem").allTextContents();
  expect(newer).toMatch(/Version 2 ?serving.*deployed as tuned.*passed: 0\.740 on 48 cases/);
  expect(older).toMatch(new RegExp(`Version 1 ?kept.*deployed as ${temporary}.*not evaluated`));
  expect(await versions.textContent()).not.toContain("deploy.version");
  const options = await page
    .getByRole("combobox", { name: /^Deployment/ })
    .getByRole("option")
    .allTextContents();
  expect(options).toEqual([
    `${tunedDeployment} (version 2)`,
    `${baseDeployment} (base model)`,
    `${temporary} (version 1, temporary, for an evaluation)`,
  ]);
  await versions.getByRole("button", { name: "Compare side by side" }).click();
  await ask(page, "What are tokens number 3?");
  for (const name of [tunedDeployment, baseDeployment, temporary]) await answer(page, name).locator(".facts").waitFor();
  const boxes = await Promise.all(
    [tunedDeployment, baseDeployment, temporary].map((name) => answer(page, name).boundingBox()),
  );
  expect(new Set(boxes.map((box) => box!.y)).size).toBe(1);
  expect(await seriousViolations(page)).toEqual([]);
  expect(opened.complaints).toEqual([]);
});

it("says what deploy.version would do where one version alone is deployed, and fits a phone", async () => {
  const page = await open(false, { viewport: { width: 390, height: 844 }, isMobile: true, colorScheme: "dark" });
  await page.locator(".setup summary").first().click();
  const versions = page.getByRole("group", { name: "Versions" });
  const text = await versions.innerText();
  expect(text).toContain("deploy.version: 1 deploys version 1 instead, without training");
  expect(text).toContain("npm run rollback -- --to 1 shows the preview and asks");
  expect(await seriousViolations(page)).toEqual([]);
  expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
  const { lineage } = await playground.stack.view.report();
  expect(lineage.register).toMatchObject({ version: 2, status: "serving" });
});
