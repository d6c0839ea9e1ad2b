import { logicalName, typeIn } from "../stack-state";
import { printableLine } from "../../azure-openai/printable-text";
import { finetuneType } from "../../dynamic-providers/runtime/resource-types";
import { elapsed } from "../../format/duration";
import type { EngineEvent } from "../up-events";
import { ticked } from "./ticking";

/** One resource that is being created, changed or deleted. */
interface Operation {
  /** `creating openai-account (Account)` */
  what: string;
  startedAt: number;
}

const DOING: Record<string, string> = {
  create: "creating",
  "create-replacement": "creating",
  update: "updating",
  delete: "deleting",
  "delete-replaced": "deleting",
  refresh: "reading",
  read: "reading",
};

/** How Pulumi writes colours into its messages. */
const COLORS = /<\{%[^%]*%\}>/g;

/** What pulumi says when it is interrupted, and when it is interrupted again (pkg/backend/cancellation_scope.go, 3.230). */
export const CANCELLING = /received; cancelling/;
const TERMINATING = /received; terminating/;

/** The progress of a pulumi run, from the engine's events. */
export class RunState {
  private readonly operations = new Map<string, Operation>();
  private status: { text: string; at: number; of: Set<string> } | undefined;
  private phase: "starting" | "running" | "over" = "starting";
  private stopping: "after the steps" | "at once" | undefined;
  /** Resources that were made, changed, deleted or found unchanged. */
  done = 0;

  /** @param now - milliseconds; the events themselves count in seconds */
  apply(event: EngineEvent, now: number): void {
    if (event.preludeEvent) this.begin();
    else if (event.resourcePreEvent) this.start(event.resourcePreEvent.metadata, now);
    else if (event.resOutputsEvent) this.end(event.resOutputsEvent.metadata.urn);
    else if (event.resOpFailedEvent) this.end(event.resOpFailedEvent.metadata.urn);
    else if (event.diagnosticEvent?.ephemeral) this.tell(event.diagnosticEvent.message, now);
    else if (event.stdoutEvent) this.interrupted(event.stdoutEvent.message);
    else if (event.summaryEvent || event.cancelEvent) this.phase = "over";
  }

  /** What moves, most important first; empty when the run is over, or waits for an answer. */
  parts(now: number): string[] {
    if (this.phase === "over") return [];
    if (this.stopping === "at once") return ["stopping at once"];
    return this.stopping ? [...this.whatCtrlCDoes(), ...this.progress(now)] : this.progress(now);
  }

  /** The first two fit into 80 columns. */
  private whatCtrlCDoes(): string[] {
    const trains = [...this.operations.keys()].some((urn) => typeIn(urn) === TRAINING);
    return trains
      ? [
          "stopping after training (may take hours)",
          "Ctrl-C again stops now",
          "the job continues, and you are not billed twice",
        ]
      : ["stopping after the steps in progress", "Ctrl-C again stops now"];
  }

  /** Pulumi, which reads Ctrl-C from the terminal itself, says so in two lines that a narrow terminal cuts off. */
  private interrupted(message: string): void {
    if (TERMINATING.test(message)) this.stopping = "at once";
    else if (CANCELLING.test(message)) this.stopping = "after the steps";
  }

  private progress(now: number): string[] {
    const { status } = this;
    if (status) return status.text.split(" · ").map((part) => ticked(part, now - status.at));
    const [longest, ...others] = [...this.operations.values()];
    if (!longest) return [this.phase === "starting" ? "starting the program" : "comparing the program with the stack"];
    const more = others.length > 0 ? [`${others.length} more in progress`] : [];
    return [`${longest.what} ${elapsed(now - longest.startedAt)}`, ...more];
  }

  private begin(): void {
    this.operations.clear();
    this.status = undefined;
    this.done = 0;
    this.phase = "running";
  }

  private start({ urn, op }: { urn: string; op: string }, now: number): void {
    const doing = DOING[op];
    // A component is its children, and the stack is all of them.
    if (!doing || isGroup(urn)) return;
    this.operations.set(urn, { what: `${doing} ${nameOf(urn)}`, startedAt: now });
  }

  private end(urn: string): void {
    if (!isGroup(urn)) this.done++;
    this.operations.delete(urn);
    if (!this.status?.of.delete(urn)) return;
    if (this.status.of.size === 0) this.status = undefined;
  }

  /** A status is valid until the resources in progress when it arrived are done. */
  private tell(message: string, now: number): void {
    const text = printableLine(message.replace(COLORS, "").trim());
    if (text !== "") this.status = { text, at: now, of: new Set(this.operations.keys()) };
  }
}

/** The resource whose creation waits for the job. */
const TRAINING = finetuneType("TrainedModel");

function nameOf(urn: string): string {
  return printableLine(`${logicalName(urn)} (${typeIn(urn).split(":").at(-1)})`);
}

function isGroup(urn: string): boolean {
  return /^(?:pulumi:|finetune:index:)/.test(typeIn(urn));
}
