import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { systemClock } from "../../azure-openai/clock";
import { AzureFailure } from "../../azure-openai/failure";
import { shippedCatalog } from "../../catalog";
import { note, print, runCommand, UserError } from "../../stack/command";
import { projectFolder } from "../../stack/project";
import { type Change, inWords } from "./change";
import { listChanges } from "./list-changes";
import type { CatalogPlan } from "./plan";
import { priceChanges, products } from "./price-changes";
import { readPriceFeed } from "./price-feed";
import { readLists } from "./read-lists";
import { unknownLines, type UnknownModel, unknownModels } from "./unknown-models";
import { type CatalogFile, type Origin, withChanges } from "./write-changes";

/** What one of Azure's sources says; `changes` are absent where it could not be read. */
interface Comparison {
  source: string;
  changes?: Change[];
  /** Models that the source has and the catalog lacks; they are never written. */
  unknown?: UnknownModel[];
}

/** Compares in a process of its own: Node reads the certificates to trust only at startup. */
runCommand(async ([given]) => {
  const plan = JSON.parse(given!) as CatalogPlan;
  const comparisons = [await ofLists(plan), await ofPrices(plan)];
  const unread = comparisons.some(({ changes }) => changes === undefined);
  const found = comparisons.flatMap(({ changes = [] }) => changes);
  const unknown = comparisons.flatMap(({ unknown = [] }) => unknown);
  for (const change of found) print(inWords(change));
  for (const line of unknown.flatMap((one) => unknownLines(one))) print(line);
  if (found.length + unknown.length === 0) print(unread ? "Nothing else differs." : "The catalog agrees with Azure.");
  if (!plan.write) return found.length + unknown.length > 0 || unread ? 1 : 0;
  const day = new Date().toISOString().slice(0, 10);
  for (const { source, changes = [] } of comparisons) write(changes, { day, source });
  if (found.length > 0) {
    print(
      `Written: ${[...new Set(found.map(({ file }) => `catalog/${file}`))].join(", ")}. Review the changes before you commit them.`,
    );
  }
  return unread ? 1 : 0;
});

async function ofLists(plan: CatalogPlan): Promise<Comparison> {
  return reading("Resource Manager's lists of models", async () => {
    const lists = await readLists(plan);
    const source = `Resource Manager's lists of models for ${lists.map(({ location }) => location).join(", ")}`;
    return { source, changes: listChanges(shippedCatalog, lists), unknown: unknownModels(shippedCatalog, lists) };
  });
}

async function ofPrices({ feed }: CatalogPlan): Promise<Comparison> {
  const source = "Azure Retail Prices API";
  return reading(source, async () => {
    const rows = await readPriceFeed(feed, products, systemClock);
    return { source, changes: priceChanges(shippedCatalog, rows, new Date()) };
  });
}

/** One source that can't be read keeps nothing from being compared with the other. */
async function reading(source: string, read: () => Promise<Comparison>): Promise<Comparison> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof AzureFailure || error instanceof UserError)) throw error;
    note(`${source} could not be read, so it was not compared with the catalog: ${error.message}`);
    return { source };
  }
}

function write(changes: Change[], origin: Origin): void {
  for (const name of new Set(changes.map(({ file }) => file))) {
    const file = path.join(projectFolder, "catalog", name);
    const content = JSON.parse(readFileSync(file, "utf8")) as CatalogFile;
    const own = changes.filter((change) => change.file === name);
    writeFileSync(file, `${JSON.stringify(withChanges(content, own, origin), undefined, 2)}\n`);
    // The formatter of the checkout, so that the difference shows what changed alone.
    execFileSync(process.execPath, [require.resolve("prettier/bin/prettier.cjs"), "--write", file], {
      stdio: "ignore",
    });
  }
}
