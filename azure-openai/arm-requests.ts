import type { AccountsGetOptionalParams } from "@azure/arm-cognitiveservices";
import { z } from "zod";
import { sameName } from "../format/same-name";
import { withDeadline } from "./deadline";
import { ANSWER_MS } from "./requests";
import type { ServiceTime } from "./service-time";
import { expectShape, UnexpectedAnswer } from "./unexpected-answer";

/*
 * The least that an answer of Resource Manager must have to be believed. Its client takes a page without a list for an empty one, and
 * any other answer of status 200 for an object whose members are all left out.
 */

const named = (name: string) => z.string().refine((found) => sameName(found, name), { error: "with a different name" });

export const accountShape = (name: string) =>
  z.looseObject({ id: z.string().min(1), name: named(name), properties: z.looseObject({}) });

export const accountsShape = z.looseObject({ id: z.string().min(1), name: z.string().min(1) });

export const deletedAccountShape = (name: string) =>
  z.looseObject({ name: named(name), properties: z.looseObject({ deletionDate: z.string().optional() }) });

export const keysShape = z.looseObject({ key1: z.string().min(1), key2: z.string().min(1) });

export const deploymentsShape = z.looseObject({
  name: z.string().min(1),
  properties: z.looseObject({ model: z.looseObject({ name: z.string() }).nullish() }),
});

export const projectsShape = z.looseObject({ name: z.string().min(1) });

export const deploymentShape = (name: string) =>
  z.looseObject({ id: z.string().min(1), name: named(name), properties: z.looseObject({}) });

export const usagesShape = z.looseObject({
  name: z.looseObject({ value: z.string().min(1) }),
  currentValue: z.number(),
  limit: z.number(),
});

export const modelsShape = z.looseObject({
  kind: z.string().nullish(),
  model: z.looseObject({ name: z.string().min(1), skus: z.array(z.looseObject({})).nullish() }),
});

type OperationOptions = Pick<AccountsGetOptionalParams, "abortSignal" | "onResponse">;

/** No account, and no region, has so many of anything. */
const MOST_PAGES = 1_000;

/** Requests of Resource Manager's client whose answers are looked at before they are believed. */
export class ArmRequests {
  /** @param time - learns from every answer what time it is for the service */
  constructor(private readonly time: ServiceTime) {}

  /** @throws UnexpectedAnswer when the answer has another shape; what `request` throws */
  one<T>(shape: z.ZodType, wanted: string, request: (options: OperationOptions) => Promise<T>): Promise<T> {
    return withDeadline(ANSWER_MS, (abortSignal) => request({ abortSignal, onResponse: this.checking(shape, wanted) }));
  }

  /**
   * Every object of a list, each once. Pages without objects may stand between others.
   *
   * @param item - shape of an object of the list
   * @param idOf - what tells the objects apart
   * @throws UnexpectedAnswer when an answer is no page, or a page comes again and is followed by more: what is left out may be what
   * decides; what `request` throws
   */
  all<T>(
    item: z.ZodType,
    wanted: string,
    request: (options: OperationOptions) => { byPage(): AsyncIterable<T[]> },
    idOf: (object: T) => string | undefined,
  ): Promise<T[]> {
    const page = z.looseObject({ value: z.array(item), nextLink: z.string().nullish() });
    return withDeadline(ANSWER_MS, async (abortSignal) => {
      const found = new Map<string | undefined, T>();
      let pages = 0;
      let again = false;
      for await (const objects of request({ abortSignal, onResponse: this.checking(page, wanted) }).byPage()) {
        if (again) throw new UnexpectedAnswer(wanted, "the same page again");
        const known = found.size;
        for (const one of objects) if (!found.has(idOf(one))) found.set(idOf(one), one);
        again = found.size === known && objects.length > 0;
        if (++pages > MOST_PAGES) throw new UnexpectedAnswer(wanted, `more than ${MOST_PAGES} pages`);
      }
      return [...found.values()];
    });
  }

  private checking(shape: z.ZodType, wanted: string): NonNullable<OperationOptions["onResponse"]> {
    return ({ headers, bodyAsText }, _answer, error) => {
      this.time.note(headers.get("date"));
      if (error === undefined) expectShape(shape, parsed(bodyAsText ?? ""), wanted);
    };
  }
}

/** As the service sent it: the client's own view has lost the difference between an empty list and none. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
