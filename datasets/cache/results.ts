import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { cacheDirectory } from "./directory";
import { rulesVersion } from "./rules-version";
import { writeAtomically } from "./write-atomically";

/**
 * Results of earlier runs: one file per options, size and content, `<options>-<bytes>-<sha256>.json`. A result holds findings and
 * numbers, never text of a dataset. A damaged entry is ignored.
 */
export class ResultCache<Result> {
  private readonly prefix: string;

  /** @param options - everything that the result depends on besides the file's content. */
  constructor(
    options: unknown,
    bytes: number,
    private readonly directory = path.join(cacheDirectory(), "datasets"),
  ) {
    const key = createHash("sha256").update(JSON.stringify([rulesVersion(), options]));
    this.prefix = `${key.digest("hex").slice(0, 32)}-${bytes}-`;
  }

  /** Whether a file of this size has a result at all. If not, its content need not be hashed before the work begins. */
  async mayHave(): Promise<boolean> {
    const names = await readdir(this.directory).catch(() => []);
    return names.some((name) => name.startsWith(this.prefix));
  }

  async read(sha256: string): Promise<Result | undefined> {
    try {
      const { digest, result } = JSON.parse(await readFile(this.file(sha256), "utf8")) as Entry<Result>;
      return digest === digestOf(result) ? result : undefined;
    } catch {
      return undefined;
    }
  }

  async write(sha256: string, result: Result): Promise<void> {
    const entry: Entry<Result> = { digest: digestOf(result), result };
    await writeAtomically(this.file(sha256), JSON.stringify(entry));
  }

  private file(sha256: string): string {
    return path.join(this.directory, `${this.prefix}${sha256}.json`);
  }
}

interface Entry<Result> {
  digest: string;
  result: Result;
}

function digestOf(result: unknown): string {
  return createHash("sha256").update(JSON.stringify(result)).digest("hex");
}
