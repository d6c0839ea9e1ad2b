import { existsSync } from "node:fs";
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { cacheDirectory } from "../../datasets/cache/directory";
import type { FileReport } from "../../datasets";
import { run } from "./processes";

/** What the lab installs, at the versions that the figures are about. */
const requirements = ["tiktoken==0.14.0", "numpy==2.2.6"];

export interface LabResult {
  /** Of reading and counting alone: starting Python and building the encoding are not counted. */
  seconds: number;
  tokens: FileReport["tokens"];
}

/** The lab's Python loop in a virtual environment of its own, which is set up once in the user's cache directory. */
export class LabPython {
  private constructor(
    private readonly python: string,
    private readonly ranks: string,
  ) {}

  static async setUp(report: (line: string) => void): Promise<LabPython> {
    const folder = path.join(cacheDirectory(), "bench");
    const python = path.join(folder, "venv", process.platform === "win32" ? "Scripts/python.exe" : "bin/python");
    const done = path.join(folder, `venv-${requirements.join("-")}`);
    if (!existsSync(done)) {
      report(`Setting up Python with ${requirements.join(" and ")} in ${folder} ...`);
      await run("python3", ["-m", "venv", path.join(folder, "venv")]);
      await run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...requirements]);
      await writeFile(done, "");
    }
    const ranks = path.join(folder, "o200k_base.ranks");
    await mkdir(folder, { recursive: true });
    await writeFile(ranks, ranksOf());
    return new LabPython(python, ranks);
  }

  async count(file: string): Promise<LabResult> {
    const { stdout } = await run(this.python, [path.join(__dirname, "lab_loop.py"), this.ranks, file]);
    return JSON.parse(stdout) as LabResult;
  }
}

/** js-tiktoken's ranks in the form `<token in base64> <rank>`. */
function ranksOf(): string {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { bpe_ranks } = require("js-tiktoken/ranks/o200k_base") as { bpe_ranks: string };
  return bpe_ranks
    .split("\n")
    .flatMap((line) => {
      const [, offset, ...tokens] = line.split(" ");
      return tokens.map((token, index) => `${token} ${Number(offset) + index}`);
    })
    .join("\n");
}
