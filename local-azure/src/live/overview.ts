import type { Faults } from "../faults/fault";
import type { World } from "../world/world";
import { Bill } from "./bill";
import { accountRows } from "./sections/accounts";
import { clockFacts } from "./sections/clock";
import { deploymentRows } from "./sections/deployments";
import { evalRows } from "./sections/evals";
import { faultRows } from "./sections/faults";
import { fileRows } from "./sections/files";
import { jobRows } from "./sections/jobs";
import { modelRows } from "./sections/models";
import { quotaRows } from "./sections/quota";
import { roleRows } from "./sections/roles";
import { totalsOf } from "./sections/totals";
import type { LiveLine, SectionName, Sections } from "./shapes";

/** What is there, as one line per section. A section is sent again when its line differs. */
export class Overview {
  /** By section. */
  readonly lines = new Map<SectionName, string>();
  private readonly bill: Bill;

  constructor(
    private readonly world: World,
    private readonly faults: Faults,
  ) {
    this.bill = new Bill(world);
  }

  /** Looks at everything. */
  look(): void {
    const { world, faults, bill } = this;
    const sections: { [Name in SectionName]: () => Sections[Name] } = {
      clock: () => clockFacts(world),
      // Before what follows from it: files and totals.
      jobs: () => jobRows(world, bill),
      totals: () => totalsOf(world, bill),
      accounts: () => accountRows(world),
      deployments: () => deploymentRows(world),
      files: () => fileRows(world),
      evals: () => evalRows(world),
      roles: () => roleRows(world),
      quota: () => quotaRows(world),
      faults: () => faultRows(world, faults),
      models: modelRows,
    };
    for (const [name, content] of Object.entries(sections) as [SectionName, () => Sections[SectionName]][])
      this.lines.set(name, JSON.stringify({ type: "section", section: name, content: content() } satisfies LiveLine));
  }
}
