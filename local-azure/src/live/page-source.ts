import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

/** A page in one piece. */
export interface HtmlDocument {
  html: string;
  /** Content security policy under which it works. */
  policy: string;
}

/** Makes the page when it is first asked for. */
export type PageSource = () => Promise<HtmlDocument>;

/** Name of the page beside the compiled program; `npm run build:local-azure` puts it there. */
export const PAGE_FILE = "live-page.json";

/** The page of the package; undefined where the sources run, whose starter brings it. */
export function shippedPage(folder = __dirname): PageSource | undefined {
  const file = path.join(folder, PAGE_FILE);
  if (!existsSync(file)) return undefined;
  return () => Promise.resolve(JSON.parse(readFileSync(file, "utf8")) as HtmlDocument);
}
