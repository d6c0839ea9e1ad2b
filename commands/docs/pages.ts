import { readFileSync } from "node:fs";
import path from "node:path";
import { z } from "zod";
import { projectFolder } from "../../stack/project-folder";

/** The site's own package: generator, settings, and the table of pages. */
export const siteFolder = path.join(projectFolder, "docs", "site");

const groupsSchema = z.array(
  z.object({
    group: z.string(),
    pages: z.array(z.object({ file: z.string(), route: z.string(), title: z.string() })),
  }),
);

export interface Page {
  /** Markdown file, from the checkout's root: `docs/azure.md`. */
  file: string;
  /** Name in the site: `azure` is served as `/azure`, `index` as `/`. */
  route: string;
  /** Title in the sidebar. */
  title: string;
}

/** The pages of the site in the order of its sidebar (docs/site/pages.json). */
export function readPages(): Page[] {
  const groups = groupsSchema.parse(JSON.parse(readFileSync(path.join(siteFolder, "pages.json"), "utf8")));
  return groups.flatMap(({ pages }) => pages);
}
