import { build } from "esbuild";
import path from "node:path";

export interface PageBundle {
  script: string;
  style: string;
}

/** Browsers of the last two years. */
const target = "es2022";

/**
 * Script and style of a page, from its TypeScript entry: about 0.1 s, so that each run serves what the checkout holds.
 * @param entry file relative to the checkout
 */
export async function bundlePage(entry: string): Promise<PageBundle> {
  const result = await build({
    entryPoints: [path.join(path.dirname(__dirname), entry)],
    bundle: true,
    minify: true,
    write: false,
    outdir: "page",
    format: "iife",
    target,
    charset: "utf8",
    jsx: "automatic",
    jsxImportSource: "preact",
    legalComments: "eof",
    logLevel: "silent",
  });
  const text = (ending: string) => result.outputFiles.find((file) => file.path.endsWith(ending))?.text ?? "";
  return { script: text(".js"), style: text(".css") };
}
