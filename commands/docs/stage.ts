import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { projectFolder } from "../../stack/project-folder";
import { readPages } from "./pages";
import { replaceLinks } from "./links";
import type { Page } from "./pages";

/**
 * One page as the site has it: links between pages become the site's own, a picture is taken along, and any other file of the repository is
 * linked where it can be read.
 * @param repository - address of the files, as https://github.com/owner/name/blob/main; undefined: such a link becomes plain text
 * @returns the page's Markdown and its pictures, as paths from the checkout's root
 */
export function stagePage(
  page: Page,
  markdown: string,
  pages: readonly Page[],
  repository: string | undefined,
): { markdown: string; pictures: string[] } {
  const pictures: string[] = [];
  const staged = replaceLinks(markdown, ({ file, anchor }, text, mark) => {
    if (file === "") return undefined;
    const target = path.posix.normalize(path.posix.join(path.posix.dirname(page.file), file));
    if (mark === "!") {
      pictures.push(target);
      return `![${text}](./pictures/${path.posix.basename(target)})`;
    }
    const other = pages.find((each) => each.file === target);
    if (other) return `[${text}](./${other.route}.md${anchor === undefined ? "" : `#${anchor}`})`;
    return repository === undefined ? text : `[${text}](${repository}/${target})`;
  });
  return { markdown: staged, pictures };
}

/** Writes every page and picture to `folder`, which is emptied first. */
export function stagePages(folder: string, repository: string | undefined): void {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(path.join(folder, "pictures"), { recursive: true });
  const pages = readPages();
  for (const page of pages) {
    const source = readFileSync(path.join(projectFolder, page.file), "utf8");
    const { markdown, pictures } = stagePage(page, source, pages, repository);
    writeFileSync(path.join(folder, `${page.route}.md`), markdown);
    for (const picture of pictures)
      copyFileSync(path.join(projectFolder, picture), path.join(folder, "pictures", path.basename(picture)));
  }
}
