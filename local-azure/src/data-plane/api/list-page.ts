import { invalidPayload } from "./errors";
import type { Request } from "../../http/request";

export interface Page<T> {
  data: T[];
  hasMore: boolean;
}

/**
 * One page of a list. Query: `limit` (1..`limits.max`, default `limits.default`) and `after` (id of the last item of the
 * page before; an unknown id gives an empty page [guess]).
 */
export function pageOf<T extends { id: string }>(
  items: T[],
  request: Request,
  limits: { default: number; max: number },
): Page<T> {
  const limit = Number(request.query.limit ?? limits.default);
  if (!Number.isInteger(limit) || limit < 1 || limit > limits.max) {
    throw invalidPayload(
      `limit is '${request.query.limit}'; it must be a whole number from 1 to ${limits.max}.`,
      "limit",
    );
  }
  const { after } = request.query;
  const last = after ? items.findIndex(({ id }) => id === after) : -1;
  const rest = after && last < 0 ? [] : items.slice(last + 1);
  return { data: rest.slice(0, limit), hasMore: rest.length > limit };
}
