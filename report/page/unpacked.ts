/** What stands compressed in the page, as `htmlDocument` packed it; undefined where the page has none. */
export async function unpacked<T>(): Promise<T | undefined> {
  const text = document.getElementById("packed")?.textContent;
  if (!text) return undefined;
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return (await new Response(stream).json()) as T;
}
