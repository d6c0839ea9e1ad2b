import { Command, Option } from "commander";
import { Checkout } from "../e2e/checkout";
import { writeCases } from "../e2e/evaluated-data";
import { disturbancesOf, type Selection } from "./disturbances";
import { faultActions, foreignAnswers } from "./fault-disturbance";
import { dealOut, type MatrixOptions, readReport, runMatrix } from "./matrix";
import { measure, pace } from "./reference";
import { lifeOf, type Disturbance, type DisturbedCommand, type Report } from "./run-case";

const list = (value: string) => value.split(",");
const faultNames = (value: string) =>
  list(value).flatMap((name) => (name === "foreign" ? Object.keys(foreignAnswers) : [name]));

/**
 * `npm run test:crash`: kills `up` and `destroy` right before and right after every single request, recovers, runs the command again
 * and compares with an undisturbed run. `npm run test:faults`: lets every fault happen at every single request instead. Requests that
 * change something come first. `--commands switch` does it to the `up` that goes from one model to another, `--commands prune` to the one
 * after that, in which the register of versions deletes the first model. Whole matrices take hours; the options choose a part.
 */
const program = new Command("npm run test:crash (or test:faults) --")
  .addOption(new Option("--matrix <kind>").choices(["crash", "faults"]).default("crash"))
  .option("--commands <list>", "which are disturbed: up, switch, prune, destroy (comma-separated)", list, [
    "up",
    "destroy",
  ])
  .addOption(
    new Option("--switch <mode>", "deploy.switch of the stack")
      .choices(["recreate", "blueGreen", "inPlace"])
      .default("recreate"),
  )
  .option("--victims <list>", "of a crash: tree, cli, machine (comma-separated)", list, ["tree", "cli"])
  .option(
    "--faults <list>",
    "names of faults, or `foreign`: well-formed answers that are not Azure's (comma-separated)",
    faultNames,
    Object.keys(faultActions),
  )
  .option("--evaluation", "the stack evaluates its models before it deploys them", false)
  .option("--match <regex>", "only the first request of a command whose `METHOD /path` matches")
  .option("--every <n>", "only every n-th request", Number, 1)
  .option("--offset <n>", "begin at this request", Number, 1)
  .option("--writes", "only requests that change something", false)
  .option("--workers <n>", "checkouts at work side by side", Number, 1)
  .option("--report <file>", "one JSON line per disturbance", "crash-matrix.jsonl")
  .option("--resume", "go on from a report: what went well there is not done again")
  .parse();
interface Options extends Selection, Pick<MatrixOptions, "workers" | "report"> {
  commands: DisturbedCommand[];
  switch: string;
  evaluation: boolean;
  resume?: boolean;
}
const options = program.opts<Options>();

async function main(): Promise<number> {
  const { workers, report, commands: disturbed } = options;
  const life = lifeOf(disturbed);
  const open = async () => {
    // In place, Azure would have to allow another model in a deployment.
    const checkout = await Checkout.open({ ...pace, allowModelChange: options.switch === "inPlace" });
    checkout.configure({ "deploy.switch": options.switch, "retain.versions": life.includes("prune") ? 2 : 1 });
    if (options.evaluation) {
      writeCases(checkout, "cases.jsonl");
      checkout.configure({ evaluation: { enabled: true, cases: "cases.jsonl", minScore: 0.01 } });
    }
    return checkout;
  };
  const checkout = await open();
  const { requests, expected } = await measure(checkout, life);
  console.log(`N = ${life.map((command) => `${requests[command]?.length} requests of ${command}`).join(", ")}`);
  const earlier = options.resume ? readReport(report).filter(({ problems }) => problems.length === 0) : [];
  const isNew = ({ name }: Disturbance) => !earlier.some((done) => done.name === name);
  const lists = life
    .filter((command) => disturbed.includes(command))
    .map((command) => disturbancesOf(command, requests[command] ?? [], options).filter(isNew));
  const cases = dealOut(lists);
  return summarize(await runMatrix({ cases, expected, workers, report, earlier, checkout, open }));
}

function summarize(reports: Report[]): number {
  const hit = reports.filter(({ at }) => at !== undefined);
  const failed = reports.filter(({ problems }) => problems.length > 0);
  const of = (command: DisturbedCommand) => hit.filter(({ name }) => name.startsWith(command)).length;
  const counts = { up: of("up"), switch: of("switch"), prune: of("prune"), destroy: of("destroy") };
  console.log(JSON.stringify({ disturbed: hit.length, ...counts, failed: failed.length }));
  return failed.length === 0 ? 0 : 1;
}

void main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
