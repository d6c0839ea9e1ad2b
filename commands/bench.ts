import { Command } from "commander";
import { runBenchmarks } from "./bench/benchmarks";
import { note, runCommand } from "../stack/command";

interface BenchOptions {
  mb: string;
  memoryMb: string;
  only?: string;
}

runCommand(async (args) => {
  const program = new Command("bench")
    .exitOverride()
    .description("Benchmarks the dataset check against other token counters; prints one JSON line per benchmark.")
    .option("--mb <n>", "size of the corpora in MB", "128")
    .option("--memory-mb <n>", "size in MB of the file used to measure memory and a repeated check", "512")
    .option("--only <text>", "benchmarks whose name contains this text")
    .parse(args, { from: "user" });
  const { mb, memoryMb, only = "" } = program.opts<BenchOptions>();
  const sizes = { corpus: Number(mb) * 1e6, large: Number(memoryMb) * 1e6 };
  await runBenchmarks(sizes, only, (result) => process.stdout.write(`${JSON.stringify(result)}\n`), note);
  return 0;
});
