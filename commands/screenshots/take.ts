import { mkdir } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { playgroundDocument } from "../../playground/page-document";
import { createPlayground } from "../../playground/server/app";
import { listen } from "../../playground/server/listen";
import { viewStack } from "../../report/connect";
import type { StackView } from "../../report/stack-view";
import { launchChromium } from "./chromium";
import { note, runCommand } from "../../stack/command";
import { projectFolder } from "../../stack/project";
import { rehearsalPlace, rehearsalStack } from "../../stack/rehearsal/folder";
import { runScript } from "../../stack/target";
import type { EvaluationPlan } from "../evaluate/plan";
import { baseDeployment, withBaseDeployment } from "./base-deployment";

const devices: Record<string, BrowserContextOptions> = {
  desktop: { viewport: { width: 1280, height: 860 } },
  phone: { viewport: { width: 390, height: 844 }, deviceScaleFactor: 1.5, isMobile: true, hasTouch: true },
};
const colours = ["light", "dark"] as const;
const token = "screenshots";
/** A picture of the whole report is cut here, in CSS pixels. */
const tallest = 2_600;
/** And one of a part of it. */
const tallestCard = 1_700;

/** Runs in its own process, which trusts the rehearsal's certificate authority. Argument: folder for the pictures. */
runCommand(async ([folder]) => {
  await mkdir(folder!, { recursive: true });
  const view = await viewStack(rehearsalPlace);
  const page = await playgroundDocument(rehearsalStack);
  const app = createPlayground({ token, page, view, examples: { folder: tmpdir(), model: "", inUse: [] } });
  const browser = await launchChromium();
  try {
    await withBaseDeployment(await view.facts(), async () => {
      await evaluateBoth(view);
      const address = `${await listen(app, 0)}/?token=${token}`;
      for (const [device, options] of Object.entries(devices)) {
        for (const colorScheme of colours) {
          await takeBoth(browser, address, path.join(folder!, `-${device}-${colorScheme}.png`), {
            ...options,
            colorScheme,
          });
        }
      }
    });
  } finally {
    await browser.close();
    await app.close();
  }
  return 0;
});

/** Pictures of both pages; `file` is the name's end. */
async function takeBoth(
  browser: Browser,
  address: string,
  file: string,
  options: BrowserContextOptions,
): Promise<void> {
  const context = await browser.newContext({ locale: "en-US", reducedMotion: "reduce", ...options });
  const page = await context.newPage();
  await page.goto(address);
  await converse(page);
  await picture(page, "playground", file, false);
  await page.goto(`${address}#report`);
  await page.reload();
  await page.locator(".plot canvas").first().waitFor();
  await picture(page, "report", file, true);
  await evaluationPicture(page, file);
  await context.close();
}

/** Evaluates the tuned model beside the base model, so that the report has something to show. */
async function evaluateBoth(view: StackView): Promise<void> {
  const { accountId } = await view.facts();
  const names = (await view.deployments()).flatMap(({ name }) => name ?? []);
  const [base, ...tuned] = names.sort((a, b) => Number(b === baseDeployment) - Number(a === baseDeployment));
  const plan: EvaluationPlan = {
    ...{ provider: {}, accountId, judges: {}, json: false, cases: "data/evaluation_set.jsonl" },
    deployments: [...tuned, base!].map((deployment) => ({ kind: "name", deployment })),
    rule: { minScore: 0.6, minGain: 0.05, maxRegressions: 0.1 },
  };
  const script = path.join(projectFolder, "commands", "evaluate", "run.ts");
  // Exit code 1 says that the model does not pass, which is something to show too.
  await runScript(script, [JSON.stringify(plan)], process.env);
}

/** The part about the evaluation, with the largest loss opened. */
async function evaluationPicture(page: Page, file: string): Promise<void> {
  const card = page.getByRole("region", { name: "Evaluation", exact: true });
  await card.locator(".extremes summary").first().click();
  const place = pictureFile("evaluation", file);
  const box = (await card.boundingBox())!;
  const scrolled = await page.evaluate<number>("scrollY");
  const clip = { ...box, y: box.y + scrolled, height: Math.min(box.height, tallestCard) };
  await page.screenshot({ path: place, fullPage: true, clip });
  note(`Took ${path.relative(process.cwd(), place)}`);
}

function pictureFile(name: string, file: string): string {
  return path.join(path.dirname(file), `${name}${path.basename(file)}`);
}

/** Two deployments side by side on the lab's question. */
async function converse(page: Page): Promise<void> {
  const setup = page.locator(".setup > details");
  await setup.waitFor();
  // The page folds it below 900 pixels, in an effect: its attribute may not be there yet.
  const folded = page.viewportSize()!.width < 900;
  if (folded) await setup.locator("summary").click();
  await page.getByLabel("Side by side with").selectOption({ index: 1 });
  if (folded) await setup.locator("summary").click();
  await page.getByLabel("User message").fill("What is artificial intelligence?");
  await page.keyboard.press("Enter");
  await page.locator(".answer[aria-busy=false]").nth(1).waitFor();
}

async function picture(page: Page, name: string, file: string, fullPage: boolean): Promise<void> {
  const place = pictureFile(name, file);
  const { width } = page.viewportSize()!;
  const height = await page.evaluate<number>("document.documentElement.scrollHeight");
  const clip = { x: 0, y: 0, width, height: Math.min(height, tallest) };
  await page.screenshot(fullPage ? { path: place, fullPage, clip } : { path: place });
  note(`Took ${path.relative(process.cwd(), place)}`);
}
