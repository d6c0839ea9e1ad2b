import { Command, Option } from "commander";
import type { LoggedRequest } from "../../local-azure/src/admin/request-log";
import { Checkout } from "../e2e/checkout";
import { crashDisturbance } from "./crash-disturbance";
import type { Victim } from "./crash-point";
import { faultActions, faultDisturbance } from "./fault-disturbance";
import { dealOut, readReport, runMatrix, spread } from "./matrix";
import { isWrite, measure, pace } from "./reference";
import { commandsOf, type Disturbance, type DisturbedCommand, type Report } from "./run-case";

/**
 * `npm run test:crash`: kills `up` and `destroy` right before and right after every single request, recovers, runs the command again
 * and compares with an undisturbed run. `npm run test:faults`: lets every fault happen at every single request instead. Requests that
 * change something come first. `--commands switch` does it to the `up` that goes from one model to another. Whole matrices take hours;
 * the options choose a part.
 */
const program = new Command("npm run test:crash (or test:faults) --")
  .addOption(new Option("--matrix <kind>").choices(["crash", "faults"]).default("crash"))
  .option("--commands <list>", "which are disturbed: up, switch, destroy (comma-separated)", "up,destroy")
  .addOption(
    new Option("--switch <mode>", "deploy.switch of the stack")
      .choices(["recreate", "blueGreen", "inPlace"])
      .default("recreate"),
  )
  .option("--victims <list>", "of a crash: tree, cli, machine (comma-separated)", "tree,cli")
  .option("--faults <list>", "names of faults (comma-separated)", Object.keys(faultActions).join(","))
  .option("--every <n>", "only every n-th request", Number, 1)
  .option("--offset <n>", "begin at this request", Number, 1)
  .option("--writes", "only requests that change something")
  .option("--workers <n>", "checkouts at work side by side", Number, 1)
  .option("--report <file>", "one JSON line per disturbance", "crash-matrix.jsonl")
  .option("--resume", "go on from a report: what went well there is not done again")
  .parse();
const options = program.opts<{
  matrix: "crash" | "faults";
  commands: string;
  switch: string;
  victims: string;
  faults: string;
  every: number;
  offset: number;
  writes?: boolean;
  workers: number;
  report: string;
  resume?: boolean;
}>();

async function main(): Promise<number> {
  const disturbed = options.commands.split(",");
  const open = async () => {
    // In place, Azure would have to allow another model in a deployment.
    const checkout = await Checkout.open({ ...pace, allowModelChange: options.switch === "inPlace" });
    checkout.configure({ "deploy.switch": options.switch });
    return checkout;
  };
  const checkout = await open();
  const { requests, expected } = await measure(checkout, disturbed.includes("switch"));
  const commands = commandsOf(requests);
  console.log(`N = ${commands.map((command) => `${requests[command]?.length} requests of ${command}`).join(", ")}`);
  const { workers, report } = options;
  const earlier = options.resume ? readReport(report).filter(({ problems }) => problems.length === 0) : [];
  const isNew = ({ name }: Disturbance) => !earlier.some((done) => done.name === name);
  const lists = commands
    .filter((command) => disturbed.includes(command))
    .map((command) => disturbances(command, requests[command] ?? []).filter(isNew));
  const cases = dealOut(lists);
  return summarize(await runMatrix({ cases, expected, workers, report, earlier, checkout, open }));
}

function disturbances(command: DisturbedCommand, requests: LoggedRequest[]): Disturbance[] {
  const at = (wanted: (request: LoggedRequest) => boolean) =>
    spread(
      requests.flatMap((request, index) => {
        const chosen = (index + 1 - options.offset) % options.every === 0 && wanted(request);
        return chosen ? atRequest(command, index + 1, request) : [];
      }),
    );
  return options.writes ? at(isWrite) : [...at(isWrite), ...at((request) => !isWrite(request))];
}

function atRequest(command: DisturbedCommand, request: number, { method, path }: LoggedRequest): Disturbance[] {
  if (options.matrix === "crash") {
    const victims = options.victims.split(",") as Victim[];
    return victims.flatMap((victim) =>
      (["before", "after"] as const).map((when) => crashDisturbance({ command, request, when, victim })),
    );
  }
  const isUpload = method === "POST" && path.endsWith("/files");
  const faults = options.faults.split(",").filter((fault) => fault !== "reset-upload" || isUpload);
  return faults.map((fault) => faultDisturbance({ command, fault, request }));
}

function summarize(reports: Report[]): number {
  const hit = reports.filter(({ at }) => at !== undefined);
  const failed = reports.filter(({ problems }) => problems.length > 0);
  const of = (command: DisturbedCommand) => hit.filter(({ name }) => name.startsWith(command)).length;
  const counts = { up: of("up"), switch: of("switch"), destroy: of("destroy") };
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
