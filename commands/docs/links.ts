/** A target of a Markdown link or picture that is neither an address nor empty: `docs/azure.md#roles`. */
export interface Link {
  /** The file, relative to that of the link; empty for an anchor of the same page. */
  file: string;
  /** What follows `#`; undefined without. */
  anchor: string | undefined;
}

/** Code of any kind, which holds no links, or a link: `[text](target)`, `![text](target)`. */
const codeOrLink =
  /(^(`{3,}|~{3,})[^\n]*\n[\s\S]*?^\2[^\n]*$|(`+)(?!`)[\s\S]*?[^`]\3(?!`))|(!?)\[((?:[^[\]`]|`[^`]*`)*)\]\(([^()\s]+)\)/gm;

/** The text with what `replace` makes of each link between files; undefined leaves a link as it is. */
export function replaceLinks(
  markdown: string,
  replace: (link: Link, text: string, mark: "" | "!") => string | undefined,
): string {
  return markdown.replace(
    codeOrLink,
    (all: string, code: unknown, _fence, _ticks, mark: string, text: string, target: string) => {
      if (code !== undefined || /^[a-z][a-z\d+.-]*:/i.test(target)) return all;
      const [file, anchor] = target.split("#", 2);
      return replace({ file: decodeURI(file!), anchor }, text, mark === "!" ? "!" : "") ?? all;
    },
  );
}

/** Every link of a page to a file or an anchor. */
export function linksOf(markdown: string): Link[] {
  const links: Link[] = [];
  replaceLinks(markdown, (link) => {
    links.push(link);
    return undefined;
  });
  return links;
}
