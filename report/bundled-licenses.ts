import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/**
 * The licences of the packages in a bundle, as one comment: a page that is mailed on holds their code, and their licences ask for their texts
 * beside it. Packages with the same text share it.
 *
 * @param inputs - files of the bundle, relative to `root`, as esbuild's metafile lists them.
 * @param root - folder with the node_modules.
 * @throws Error when a package comes without a licence file.
 */
export function bundledLicenses(inputs: string[], root: string): string {
  const packages = new Set(inputs.flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const holders = new Map<string, string[]>();
  for (const name of [...packages].sort()) {
    const { copyright, terms } = licenseOf(path.join(root, "node_modules", name));
    holders.set(terms, [...(holders.get(terms) ?? []), `${name}: ${copyright}`]);
  }
  const parts = [...holders].map(([terms, names]) => `${names.join("\n")}\n\n${terms}`);
  return parts.length === 0 ? "" : `/*! This page contains:\n\n${parts.join("\n\n").replaceAll("*/", "* /")}\n*/\n`;
}

function licenseOf(folder: string): { copyright: string; terms: string } {
  const file = readdirSync(folder).find((name) => /^licen[cs]e/i.test(name));
  if (!file) throw new Error(`${path.basename(folder)} has no licence file: it can't be part of a page.`);
  const lines = readFileSync(path.join(folder, file), "utf8").split("\n");
  const isHolder = (line: string) => /^\s*copyright\b/i.test(line) && !/copyright notice/i.test(line);
  const isTitle = (line: string) => /^\W*(?:the )?MIT license(?: \(MIT\))?\W*$/i.test(line);
  const terms = lines.filter((line) => !isHolder(line) && !isTitle(line)).join(" ");
  return {
    copyright: lines
      .filter(isHolder)
      .map((line) => line.trim())
      .join("; "),
    terms: terms.replace(/\s+/g, " ").trim(),
  };
}
