/** Long after the browser has begun to read it. */
const keptMs = 60_000;

/** Hands a file to the reader, by a link to memory: the page's policy lets nothing be loaded, and needs no exception for this. */
export function saveFile(name: string, content: Blob): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(content);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), keptMs);
}
