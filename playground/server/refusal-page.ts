import { createHash } from "node:crypto";
import type { HtmlDocument } from "../../report/html-document";

/** The page's colours and type, without its parts. */
const style = `:root { color-scheme: light dark; }
body { margin: 0; min-height: 100dvh; display: grid; place-items: center; font: 15px/1.5 system-ui, sans-serif;
  color: light-dark(#1b222d, #e6e9ee); background: light-dark(#f6f7f9, #12151b); }
main { max-width: 46ch; margin: 16px; padding: 20px 24px; border-radius: 10px; border: 1px solid light-dark(#dce1e8, #323b49);
  background: light-dark(#ffffff, #1a1f28); }
h1 { margin: 0 0 8px; font-size: 17px; }
p { margin: 0; }`;

const policy = `default-src 'none'; style-src 'sha256-${createHash("sha256").update(style).digest("base64")}'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'`;

/**
 * A refusal for a person who opened an address in the browser; the page's own calls get it as JSON.
 * @param message - of our own making: nothing in it needs to be escaped
 */
export function refusalPage(message: string): HtmlDocument {
  const html = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Playground</title>
<style>${style}</style>
<main>
<h1>Playground</h1>
<p>${message}</p>
</main>
</html>
`;
  return { html, policy };
}
