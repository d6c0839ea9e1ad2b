import { fileStatus, liveFiles } from "../../data-plane/files/file-state";
import type { FileRecord } from "../../world/state";
import type { World } from "../../world/world";
import type { FileRow, Rows } from "../shapes";
import { newest } from "./rows";

export function fileRows(world: World): Rows<FileRow> {
  const now = world.clock.now();
  const all = world.state.accounts.flatMap(({ name, dataPlane }) =>
    liveFiles(dataPlane, now).map((file) => ({ name, file })),
  );
  return newest(
    all.sort((a, b) => a.file.createdAt - b.file.createdAt),
    ({ name, file }) => row(name, file, now),
  );
}

function row(account: string, file: FileRecord, now: number): FileRow {
  const { id, filename, purpose, bytes, rows, createdAt, importFrom, resultsOf, problem } = file;
  const status = fileStatus(file, now);
  return {
    ...{ account, id, filename, purpose, status, createdAt },
    // The text of a results file is made when it is read.
    ...(importFrom === undefined && resultsOf === undefined && { bytes }),
    ...(rows && { rows: rows.chat + rows.preference + rows.prompt }),
    // A failed import names the URL that it was to come from, which holds a signature; the check of rows quotes none.
    ...(status === "error" && { problem: problem?.startsWith("Validation of ") ? problem : "The import failed." }),
  };
}
