import type { Clock } from "./clock";
import type { Settings } from "./settings";
import type { State } from "./state";

/** What every part of the service works on. */
export interface World {
  clock: Clock;
  /** Moves the clock forward. */
  advance(ms: number): void;
  settings: Settings;
  /** `https://localhost:<port>`, or with the name that it was given, no slash at the end. */
  origin: string;
  /** Where the live page is, no slash at the end: `http://127.0.0.1:<port>`, or `origin` where the service has no listener for it. */
  liveOrigin: string;
  /** Certificate authority that clients have to trust (PEM file). */
  caFile: string;
  state: State;
  /** Writes the state to disk, atomically and before it returns: call it before answering a write. */
  save(): void;
  /** Folder of the uploaded bytes; one file per id. */
  blobFolder: string;
  /** File whose lists stand in place of the service's own, where there is one: given-lists.ts. */
  listsFile: string;
}
