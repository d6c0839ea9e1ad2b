import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** A page in one piece: it needs nothing from anywhere else. */
export interface HtmlDocument {
  html: string;
  /** Content security policy under which it works; it is in the page too. */
  policy: string;
}

export interface DocumentParts {
  title: string;
  script: string;
  style: string;
  /** JSON that the script reads from the element `data`. */
  data?: unknown;
  /** JSON that is large and not needed at once: compressed, in the element `packed`, for `unpacked` of the page. */
  packed?: unknown;
  /** Whether the page calls the server that it came from. */
  connects?: boolean;
}

/** Only this script and this style may run, by their hashes; nothing is loaded, framed or submitted. */
export function htmlDocument({ title, script, style, data, packed, connects = false }: DocumentParts): HtmlDocument {
  const code = script.replaceAll("</script", "<\\/script");
  const rules = [
    "default-src 'none'",
    `script-src ${hashOf(code)}`,
    `style-src ${hashOf(style)}`,
    "img-src data:",
    `connect-src ${connects ? "'self'" : "'none'"}`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
  ];
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta http-equiv="Content-Security-Policy" content="${rules.join("; ")}">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<div id="app"></div>
${data === undefined ? "" : `<script type="application/json" id="data">${jsonInHtml(data)}</script>`}
${packed === undefined ? "" : `<script type="application/gzip" id="packed">${packedJson(packed)}</script>`}
<script>${code}</script>
</body>
</html>
`;
  // A page can't forbid its own framing: that rule counts in the header alone.
  return { html, policy: [...rules, "frame-ancestors 'none'"].join("; ") };
}

function hashOf(text: string): string {
  return `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
}

function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function packedJson(data: unknown): string {
  return gzipSync(JSON.stringify(data), { level: 9 }).toString("base64");
}

/** JSON inside a script element: no text of a dataset or an answer can end that element. */
function jsonInHtml(data: unknown): string {
  return JSON.stringify(data).replaceAll("<", "\\u003c");
}
