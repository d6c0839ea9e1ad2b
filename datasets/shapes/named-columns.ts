import { isObject } from "../rules/row-rules";
import type { RowShape } from "./row-shape";

/** Columns of a table, or keys of JSON rows, that a person named because their names say nothing to us. */
export interface NamedColumns {
  prompt: string;
  answer: string;
  system?: string;
}

/** The shape of rows with these columns. Case doesn't count, as for the shapes that are recognized. */
export function namedShape({ prompt, answer, system }: NamedColumns): RowShape {
  const [question, reply, instructions] = [prompt, answer, system].map((name) => name?.toLowerCase());
  return {
    id: "named-columns",
    title: "the columns that you specified",
    mapping: "the specified columns -> user, assistant, system",
    matches: isObject,
    read: (fields) => {
      const content = fields.text(question!);
      const said = fields.text(reply!);
      const first = instructions === undefined ? undefined : fields.optionalText(instructions);
      const turns = [
        { role: "user", content },
        { role: "assistant", content: said },
      ];
      return { messages: first === undefined ? turns : [{ role: "system", content: first }, ...turns] };
    },
  };
}
