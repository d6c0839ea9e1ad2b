import { Azure } from "../../azure-openai/azure";
import { systemClock, type Clock } from "../../azure-openai/clock";
import { printable } from "../../azure-openai/printable-text";
import { readSettings, type ConfigReader } from "../../azure-openai/settings";
import { BlobStore } from "../../blob-storage/store";
import type { RemoteStore } from "../../datasets/sources";
import { engineAlive } from "./engine-alive";
import { engineLog } from "./engine-log";
import { LiveIds } from "./live-ids";
import { tellsOnce } from "./output-variable";
import { Register } from "./register";
import { RunPlan } from "./run-plan";
import { Verdicts } from "./verdicts";

/** What handlers need of the process that they run in; tests hand in their own. */
export interface Context {
  clock: Clock;
  /**
   * Tells something that stays true: `pulumi up` shows it at once, and again at its end. Text of the service in it can't steer a terminal
   * or a CI log.
   */
  print(line: string): void;
  /** Tells where a step is now, until the next line comes; neutralised as above. */
  status(line: string): void;
  liveIds: LiveIds;
  /** What this run does about training. */
  plan: RunPlan;
  /** What is known of models that were evaluated before this run. */
  verdicts: Verdicts;
  /** Deployments of the stack that a destroy has met, which are not foreign to any resource of it: see foreign-deployments.ts. */
  ownDeployments: Set<string>;
  /** What this run keeps of trained models. */
  register: Register;
  /** Lines that the last resource of a destroy reports: what is left, and why. */
  leftBehind: string[];
  /** What a setting kept from being deleted, and which. */
  kept: string[];
  /** Ends this process when the engine that started it is gone. */
  stopIfOrphaned(): Promise<void>;
  /** Takes the stack's configuration; the first call after it signs in again. */
  configure(config: ConfigReader): void;
  /** The signed-in identity; asked again after a failure. */
  azure(): Promise<Azure>;
  /** Datasets in Blob Storage, which that identity reads. */
  blobs: RemoteStore;
}

/** The provider process itself, shared by all resources that it serves. */
class ProviderProcess implements Context {
  readonly clock = systemClock;
  readonly liveIds = new LiveIds();
  readonly plan = new RunPlan((line) => this.print(line));
  readonly verdicts = new Verdicts();
  readonly ownDeployments = new Set<string>();
  readonly register = new Register();
  readonly leftBehind: string[] = [];
  readonly kept: string[] = [];
  readonly blobs = new BlobStore(async () => (await this.azure()).storage());
  private config: ConfigReader = { get: () => undefined };
  private connected: Promise<Azure> | undefined;

  print(line: string): void {
    // In a log, what Pulumi repeats at the end would stand twice.
    if (tellsOnce()) return this.status(line);
    process.stdout.write(`${printable(line)}\n`);
  }

  status(line: string): void {
    // Pulumi shows the first line of a message alone.
    for (const one of printable(line).split("\n")) engineLog.status(one);
  }

  configure(config: ConfigReader): void {
    // Every kind of resource is configured by itself, with the same configuration: the first connection serves all.
    this.config = config;
  }

  azure(): Promise<Azure> {
    this.connected ??= Azure.connect(readSettings(this.config, process.env), {
      clock: this.clock,
      destroying: () => this.liveIds.destroying,
    });
    this.connected.catch(() => (this.connected = undefined));
    return this.connected;
  }

  async stopIfOrphaned(): Promise<void> {
    if (await engineAlive()) return;
    process.stderr.write(
      "The pulumi process has ended, so this provider process is exiting. Run the command again to continue.\n",
    );
    process.exit(1);
  }
}

/** The context of the running provider process. */
export const providerProcess: Context = new ProviderProcess();
