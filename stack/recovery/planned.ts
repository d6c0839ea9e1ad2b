import type { StackExport, StackResource } from "../stack-state";

/** What Resource Manager is asked about: the state, and resources that the program would create. */
export interface Planned {
  state: StackExport;
  planned: StackResource[];
}
