/** What the type tables say about one property, for both directions: what a program may set and what ARM answers. */
export type Shape = TextShape | PlainShape | ListShape | MapShape | IdentitiesShape | ObjectShape;

interface Traits {
  /** Only in answers, never an input. */
  readOnly?: boolean;
  /** Only an input, never kept as an output. */
  writeOnly?: boolean;
  required?: boolean;
  /** Another value needs another resource. */
  replaces?: boolean;
}

export interface TextShape extends Traits {
  kind: "text";
  minLength?: number;
  maxLength?: number;
  pattern?: RegExp;
}

export interface PlainShape extends Traits {
  kind: "integer" | "number" | "boolean";
}

export interface ListShape extends Traits {
  kind: "list";
  items: Shape;
}

/** Any names, all of one shape. */
export interface MapShape extends Traits {
  kind: "map";
  values: Shape;
}

/** User-assigned identities: a list of resource ids in the program, an object with those ids as names in ARM. */
export interface IdentitiesShape extends Traits {
  kind: "identities";
  values: Shape;
}

export interface ObjectShape extends Traits {
  kind: "object";
  members: Record<string, Shape>;
  /** The program sees the members one level up (`RoleAssignment.principalId` is ARM's `properties.principalId`). */
  flattened?: boolean;
}

export const text = (traits: Omit<TextShape, "kind"> = {}): TextShape => ({ kind: "text", ...traits });
export const integer = (traits: Traits = {}): PlainShape => ({ kind: "integer", ...traits });
export const number = (traits: Traits = {}): PlainShape => ({ kind: "number", ...traits });
export const boolean = (traits: Traits = {}): PlainShape => ({ kind: "boolean", ...traits });
export const list = (items: Shape, traits: Traits = {}): ListShape => ({ kind: "list", items, ...traits });
export const map = (values: Shape, traits: Traits = {}): MapShape => ({ kind: "map", values, ...traits });
export const object = (members: Record<string, Shape>, traits: Traits & { flattened?: boolean } = {}): ObjectShape => ({
  kind: "object",
  members,
  ...traits,
});

/** The members as the program sees them: flattened objects dissolved into their parent. */
export function programMembers(shape: ObjectShape): Record<string, Shape> {
  const entries = Object.entries(shape.members).flatMap(([name, member]): [string, Shape][] =>
    member.kind === "object" && member.flattened ? Object.entries(programMembers(member)) : [[name, member]],
  );
  return Object.fromEntries(entries);
}
