import { z } from "zod";
import { expectShape, UnexpectedAnswer } from "./unexpected-answer";

/** An account holds at most some thousands of anything; a list that is longer never ends. */
const MOST_PAGES = 1_000;

/** Query of one page. */
export interface PageQuery {
  limit: number;
  /** Id of the last object of the page before. */
  after?: string;
}

/**
 * Every object of a list that comes in pages, each once. An empty page ends the list, whatever it says of more. A page that comes again,
 * and says that there is more, comes from a proxy that drops the query: it gives the first page for ever.
 *
 * @param page - asks for one page; its answer is not believed before it is looked at
 * @param item - shape of an object
 * @param wanted - for the error sentence, e.g. `a list of files`
 * @param limit - objects per page; Infinity where the service gives all at once, whatever is asked for
 * @throws UnexpectedAnswer when an answer is no page, or when a page comes again that says there is more: what follows is unknown then
 */
export async function listAll<T extends { id: string }>(
  page: (query: PageQuery) => Promise<unknown>,
  item: z.ZodType<T>,
  wanted: string,
  limit: number,
): Promise<T[]> {
  const shape = z.looseObject({ data: z.array(item), has_more: z.boolean().nullish().catch(undefined) });
  const found = new Map<string, T>();
  let after: string | undefined;
  for (let pages = 0; pages < MOST_PAGES; pages++) {
    const { data, has_more } = expectShape(shape, await page({ limit, ...(after ? { after } : {}) }), wanted);
    const known = found.size;
    for (const one of data) if (!found.has(one.id)) found.set(one.id, one);
    const isNew = found.size > known;
    // What is left out may be the very object that is looked for, and would be paid for again. A proxy that drops the query drops
    // the limit, too: the page that comes again then has the service's own length.
    if (!isNew && has_more && data.length > 0 && Number.isFinite(limit))
      throw new UnexpectedAnswer(wanted, "the same page again");
    after = data.at(-1)?.id;
    if (!has_more || !isNew) return [...found.values()];
  }
  throw new UnexpectedAnswer(wanted, `more than ${MOST_PAGES} pages`);
}
