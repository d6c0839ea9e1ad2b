import { examineDataset } from "../datasets";
import type { DatasetState } from "../dynamic-providers/dataset/schema";
import type { Histograms } from "./report-data";

/** The stack's state has the percentiles alone; the rest needs the file itself, as it was. Absent when it is another by now, or gone. */
export async function histogramsOf(data: DatasetState): Promise<Histograms | undefined> {
  const { path, role, model, method } = data;
  try {
    const { report, histograms } = await examineDataset({ path, role, model, method, threads: 0 });
    return report.sha256 === data.sha256 ? histograms : undefined;
  } catch {
    // A model that only the stack's own catalog knows, or a file that changes: the percentiles are shown all the same.
    return undefined;
  }
}
