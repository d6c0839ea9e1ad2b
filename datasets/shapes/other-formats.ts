import type { Sample } from "./sample";

const files: readonly [signature: string, what: string, advice: string][] = [
  ["PK\u0003\u0004", "a ZIP archive or an Excel workbook", "Unpack it, or save the sheet as CSV and convert that."],
  [
    "PAR1",
    "a Parquet file",
    'Write it as JSON Lines, with pandas: read_parquet("FILE").to_json("NEW.jsonl", orient="records", lines=True, force_ascii=False).',
  ],
  [
    "ARROW1",
    "an Arrow file",
    'Write it as JSON Lines, with Hugging Face datasets: Dataset.from_file("FILE").to_json("NEW.jsonl", force_ascii=False).',
  ],
  ["\u001f\u008b", "compressed with gzip", "Unpack it: `gunzip -c FILE > NEW.jsonl`."],
  ["(\u00b5/\u00fd", "compressed with Zstandard", "Unpack it: `zstd -dc FILE > NEW.jsonl`."],
  ["version https://git-lfs.github.com/spec/", "a Git LFS pointer, not the data", "Fetch the data: `git lfs pull`."],
];

/** A file that is not rows of text at all, recognized by how it begins. */
export function otherFormat({ bytes, text }: Sample): { what: string; advice: string } | undefined {
  const start = bytes.toString("latin1", 0, 64);
  const known = files.find(([signature]) => start.startsWith(signature));
  if (known) return { what: known[1], advice: `${known[2]} Then check the result.` };
  if (/^\s*<(!doctype|html|\?xml|\w+[\s>])/i.test(text.slice(0, 200))) {
    return {
      what: "HTML or XML, not JSON Lines",
      advice: "If it was downloaded, open it: it may be an error page. Write one JSON object per line.",
    };
  }
  return undefined;
}
