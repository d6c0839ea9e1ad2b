import { readdir, readFile } from "node:fs/promises";
import path from "node:path";

/** Longest part that is used: longer ones are whole files of one kind. */
const MAX_LENGTH = 600;

/**
 * Real text that every checkout has: the TypeScript compiler's messages in its thirteen translations, and the documentation and code
 * of the installed packages, each as one group of sentences or lines.
 */
export async function sentences(): Promise<string[][]> {
  const modules = path.dirname(path.dirname(require.resolve("typescript/package.json")));
  const translations = await Promise.all((await translationFiles(modules)).map(messagesOf));
  const documentation = await linesOf(modules, "README.md");
  const code = [...(await linesOf(modules, "index.d.ts")), ...(await linesOf(modules, "index.js"))];
  // English and code are in most datasets: they get the weight of several languages.
  return [...translations, documentation, documentation, documentation, code, code];
}

async function translationFiles(modules: string): Promise<string[]> {
  const library = path.join(modules, "typescript", "lib");
  const entries = await readdir(library, { withFileTypes: true });
  const folders = entries.filter((entry) => entry.isDirectory()).map(({ name }) => name);
  return folders.sort().map((name) => path.join(library, name, "diagnosticMessages.generated.json"));
}

async function messagesOf(file: string): Promise<string[]> {
  const messages = Object.values(JSON.parse(await readFile(file, "utf8")) as Record<string, string>);
  return messages.map((message) => message.replace(/\{\d\}/g, "value"));
}

async function linesOf(modules: string, name: string): Promise<string[]> {
  const packages = (await readdir(modules)).filter((entry) => !entry.startsWith(".")).sort();
  const lines: string[] = [];
  for (const entry of packages) {
    const text = await readFile(path.join(modules, entry, name), "utf8").catch(() => "");
    lines.push(...text.split(/\r?\n/).filter((line) => line.trim() !== "" && line.length <= MAX_LENGTH));
  }
  return lines;
}
