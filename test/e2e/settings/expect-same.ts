import { expect } from "@jest/globals";
import type { Checkout } from "../checkout";
import { type Changes, compared, under } from "./changes";
import { type Done, previewOf, type Said, upOf } from "./preview-and-up";
import type { Row } from "./rows";

/** A preview and the `up` after it. */
export interface Run {
  said: Said;
  done: Done;
}

/**
 * Previews a change, runs `up`, and compares: the same operations on the same resources by the same inputs, the same `[plan]` lines, and a
 * verdict that holds in the cloud (`holds`).
 */
export async function previewThenUp(checkout: Checkout): Promise<Run> {
  const said = await previewOf(checkout);
  const done = await upOf(checkout);
  holds(said, done);
  // A preview continues where it finds an error, and `up` ends there.
  if (said.errors.length > 0) return { said, done };
  const { said: before, done: after } = compared(said.changes, done.changes);
  if (said.verdict === "blocked") {
    // `up` ends at the job: it does some of what is listed, and nothing else.
    expect({ changes: before, plan: said.plan }).toMatchObject({ changes: after, plan: done.plan });
    return { said, done };
  }
  expect({ changes: after, plan: done.plan, output: done.output }).toEqual({
    changes: before,
    plan: said.plan,
    output: done.output,
  });
  return { said, done };
}

/** What each verdict promises. */
function holds({ verdict, markdown, errors }: Said, { failed, jobs, deployments, writes, output }: Done): void {
  const promised = {
    none: { failed: false, jobs: 0, deployments: [], writes: [] },
    changes: { failed: false, jobs: 0 },
    rejected: { failed: true, jobs: 0, deployments: [], writes: [] },
    redeploys: { failed: false, jobs: 0 },
    waits: { failed: false, jobs: 0 },
    trains: { failed: false, jobs: 1 },
    retrains: { failed: false, jobs: 1 },
    blocked: { failed: true, jobs: 0, deployments: [] },
    destroys: {},
  }[verdict];
  expect({ verdict, failed, jobs, deployments, writes, output }).toMatchObject({ verdict, ...promised });
  // What stops the preview stops `up` before its first write, and for the same reason.
  if (errors.length > 0) expect(writes).toEqual([]);
  const gap = deployments.findIndex((write) => write.startsWith("DELETE")) === 0 && deployments.length > 1;
  expect(/clients will get 404 in between|deleted first, so calls will fail/.test(markdown)).toBe(gap);
  const deployed = deployments.some((write) => write.startsWith("PUT"));
  if (verdict === "redeploys") expect(deployed).toBe(true);
  // The price is of what runs: a range or a figure for one job, and none where nothing trains.
  expect(/ and costs \$/.test(markdown)).toBe(jobs === 1);
}

/** Sets rows to their other value, or back. */
export function set(checkout: Checkout, rows: Row[], back = false): void {
  checkout.configure(Object.fromEntries(rows.map((row) => [row.setting, back ? row.from : row.to])));
}

/**
 * That the rows account for every change, and every row for its own: each changed input belongs to exactly one row's claim, and each claim
 * has a changed input.
 */
export function expectClaimed(changes: Changes, rows: { row: Row; back: boolean }[]): void {
  const claimsOf = (which: "claims" | "recorded") =>
    rows.flatMap(({ row, back }) =>
      Object.entries(row[which] ?? {}).flatMap(([resource, paths]) =>
        paths.map((path) => ({ setting: row.setting, resource, path: back ? wayBack(path) : path })),
      ),
    );
  const [claims, recorded] = [claimsOf("claims"), claimsOf("recorded")];
  const claimants = (resource: string, path: string) =>
    [...claims, ...recorded]
      .filter((claim) => claim.resource === resource && under(path, claim.path))
      .map(({ setting }) => setting);
  const found = Object.entries(changes).flatMap(([resource, { operation, properties }]) =>
    (operation === "update" ? properties : [operation]).map((path) => ({ resource, path })),
  );
  const unclaimed = found.filter(({ resource, path }) => claimants(resource, path).length !== 1);
  expect(unclaimed.map((one) => ({ ...one, claimedBy: claimants(one.resource, one.path) }))).toEqual([]);
  const idle = claims.filter(
    (claim) => !found.some(({ resource, path }) => resource === claim.resource && under(path, claim.path)),
  );
  expect(idle).toEqual([]);
}

function wayBack(path: string): string {
  return { create: "delete", delete: "create" }[path] ?? path;
}
