/** A refusal for a person who opened an address in the browser; the page's own calls get it as JSON. */
export function refusalPage(message: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Playground</title>
<h1>Playground</h1>
<p>${message}</p>
</html>
`;
}
