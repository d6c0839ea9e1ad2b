import type { FaultAction, Faults } from "../../faults/fault";
import type { DeploymentFault, JobFault } from "../../world/state";
import type { World } from "../../world/world";
import type { FaultRow, Rows } from "../shapes";
import { first } from "./rows";

/** Faults that are set: of requests, and those that wait for the next job or deployment of an account. */
export function faultRows(world: World, faults: Faults): Rows<FaultRow> {
  const ofRequests = faults.all().map(({ id, match, nth, times, action, seen, fired }) => ({
    id: `request-${id}`,
    of: match === "" ? "every request" : match,
    which: times === 1 ? `match ${nth}` : `matches ${nth} to ${nth + times - 1}`,
    what: actionText(action),
    ...{ seen, fired },
  }));
  const waiting = world.state.accounts.flatMap(({ name, nextDeploymentFaults = [], dataPlane }) => [
    ...nextDeploymentFaults.map((fault, index) =>
      row(`${name}-deployment-${index}`, `next deployment in ${name}`, fault),
    ),
    ...(dataPlane.nextJobFaults ?? []).map((fault, index) => row(`${name}-job-${index}`, `next job in ${name}`, fault)),
  ]);
  return first([...ofRequests, ...waiting]);
}

function row(id: string, of: string, fault: JobFault | DeploymentFault): FaultRow {
  return { id, of, what: fault.outcome };
}

/** A reply's body and an answer's message are left out: they may hold anything. */
function actionText(action: FaultAction): string {
  switch (action.kind) {
    case "answer":
      return `answer ${action.status}`;
    case "reply":
      return `reply ${action.status} ${action.when} handling`;
    case "delay":
      return `delay of ${action.ms} ms ${action.when} handling`;
    case "drop":
    case "hold":
      return `${action.kind} ${action.when} handling`;
    case "reset-upload":
      return `reset-upload after ${action.afterBytes} bytes`;
    default:
      return action.kind;
  }
}
