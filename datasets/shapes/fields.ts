import { isObject, type JsonObject, keyName, kindOf } from "../rules/row-rules";
import { decodedOnce, isTurnList } from "./turn-list";

/** Why a row can't be converted without losing content or guessing. The message holds no text of the dataset. */
export class RowRefusal extends Error {
  override readonly name = "RowRefusal";
}

/** The keys of an object, each taken once, whatever its case; what is not taken has no place in the new row. */
export class Fields {
  private readonly keys = new Map<string, string>();

  constructor(
    private readonly object: JsonObject,
    private readonly where = "The row",
  ) {
    for (const key of Object.keys(object)) {
      if (this.keys.has(key.toLowerCase()))
        throw new RowRefusal(`${where} has the key ${keyName(key)} twice, differing only in case. Keep one.`);
      this.keys.set(key.toLowerCase(), key);
    }
  }

  has(name: string): boolean {
    return this.keys.has(name);
  }

  /** The value of the first of these keys that is there. */
  take(...names: string[]): unknown {
    const name = names.find((candidate) => this.has(candidate));
    if (name === undefined) return undefined;
    const value = this.object[this.keys.get(name)!];
    this.keys.delete(name);
    return value;
  }

  /** As `take`, for text that has to be there. */
  text(...names: string[]): string {
    const name = names.find((candidate) => this.has(candidate)) ?? names[0]!;
    const value = this.take(name);
    if (typeof value === "string") return value;
    throw new RowRefusal(`${this.where}: '${name}' is ${kindOf(value)}; expected text.`);
  }

  /** As `take`, for text that may be missing, null or empty. */
  optionalText(...names: string[]): string | undefined {
    const name = names.find((candidate) => this.has(candidate));
    if (name === undefined) return undefined;
    const value = this.take(name);
    if (value === null || value === undefined || value === "") return undefined;
    if (typeof value === "string") return value;
    throw new RowRefusal(`${this.where}: '${name}' is ${kindOf(value)}; expected text.`);
  }

  list(...names: string[]): unknown[] {
    const value = decodedOnce(this.take(...names));
    if (Array.isArray(value)) return value as unknown[];
    throw new RowRefusal(`${this.where}: '${names[0]}' is ${kindOf(value)}; expected a list.`);
  }

  /** Name of the key whose value is a list of turns, or one written as JSON in a string. */
  keyOfTurns(): string | undefined {
    return [...this.keys].find(([, key]) => isTurnList(decodedOnce(this.object[key])))?.[0];
  }

  /** Keys that were not taken and hold something. */
  rest(): JsonObject {
    const left = [...this.keys.values()].map((key) => [key, this.object[key]] as const);
    return Object.fromEntries(left.filter(([, value]) => !isNothing(value)));
  }
}

/** Null and empty values, which exports write for what is not there. */
function isNothing(value: unknown): boolean {
  if (value === null || value === undefined || value === "") return true;
  if (Array.isArray(value)) return value.length === 0;
  return isObject(value) && Object.keys(value).length === 0;
}

/** Refuses keys without a place, unless the person asked to leave them out. */
export function refuseRest(rest: JsonObject, where: string, dropped: ReadonlySet<string>): void {
  const keys = Object.keys(rest).filter((key) => !dropped.has(key));
  if (keys.length === 0) return;
  const names = keys.map(keyName).join(", ");
  const plural = keys.length > 1;
  throw new RowRefusal(
    `${where} has the key${plural ? "s" : ""} ${names}, which the new format doesn't support. Put what the model needs into a message, ` +
      `or drop ${plural ? "them" : "it"} with ${keys.map((key) => `--drop ${/^[\w.-]+$/.test(key) ? key : "KEY"}`).join(" ")} (${plural ? "their" : "its"} content is then lost).`,
  );
}
