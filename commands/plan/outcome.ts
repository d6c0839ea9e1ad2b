import pc from "picocolors";
import { printableValues } from "../../azure-openai/printable-text";
import { quoted } from "../../format/quoted";
import { stackChoices, withModel } from "../../stack/choose-model";
import { stackModels } from "../../stack/stack-models";
import type { StackExport } from "../../stack/stack-state";
import { hanging, wrap } from "../../stack/terminal/wrap";
import { accountRows, modelRows, type Row } from "./outcome-rows";

/**
 * What `npm start` prints at its end: what exists now, what training did, and the answer; of several models, one after the other.
 *
 * @param columns - width of the terminal, if it is one
 */
export function summary(exported: StackExport, changes: Record<string, number>, columns?: number): string {
  const state = printableValues(exported);
  const choices = stackChoices(state);
  const head = [pc.bold(wrap(headline(changes), columns)), ""];
  if (choices.length <= 1) {
    const rows = [...accountRows(state), ...modelRows(state)];
    return [...head, ...table(columns, rows), "", ...conversation(state, columns)].join("\n");
  }
  const models = choices.flatMap((choice) => {
    const own = withModel(state, choice);
    return ["", pc.bold(choice.name), ...table(columns, modelRows(own)), "", ...conversation(own, columns)];
  });
  return [...head, ...table(columns, accountRows(state)), ...models].join("\n");
}

/** What to try after `npm start`; commands are not broken. */
export function nextLines(state?: StackExport): string {
  const [first, second] = state ? stackChoices(state) : [];
  const which = first && second ? `--model ${quoted(first.deployment ?? first.name)} ` : "";
  return [
    pc.bold("Next"),
    ...table(undefined, [
      ["change a row of data/training_set.jsonl, then", pc.cyan("npm run local -- preview --diff")],
      ["ask the model something else", pc.cyan(`npm run chat -- ${which}"What is a neural network?"`)],
      ["delete everything but the resource group", pc.cyan("npm run local -- destroy --yes")],
    ]),
  ].join("\n");
}

function headline({ same = 0, ...others }: Record<string, number>): string {
  const done = changesInWords(others);
  if (done === "") return `Nothing changed: all ${same} resources match the program.`;
  return `Done: ${done}, ${same} unchanged.`;
}

/** `2 created, 1 updated`, of the counts that the engine gives at the end of a run. */
export function changesInWords(counts: Record<string, number>): string {
  const words: Record<string, string> = {
    create: "created",
    update: "updated",
    delete: "deleted",
    replace: "replaced",
  };
  return Object.entries(counts)
    .filter(([, count]) => count > 0)
    .map(([what, count]) => `${count} ${words[what] ?? what}`)
    .join(", ");
}

function conversation(state: StackExport, columns?: number): string[] {
  const { probe: own, earlier, deployment } = stackModels(state);
  const probe = own ?? earlier?.probe;
  if (!probe) {
    const there = earlier ?? deployment;
    return [there ? "No question has been sent to the model yet." : "No model is deployed (deploy.enabled is false)."];
  }
  return [
    ...(own ? [] : [`${earlier!.name} answered:`]),
    hanging(`${pc.bold("Q")}  `, probe.question, columns),
    ...probe.answer
      .split("\n")
      .map((line, index) => hanging(index === 0 ? `${pc.bold("A")}  ` : "   ", pc.green(line), columns)),
  ];
}

function table(columns: number | undefined, rows: Row[]): string[] {
  const width = Math.max(...rows.map(([label]) => label.length));
  return rows.map(([label, value]) => hanging(`  ${pc.dim(label.padEnd(width))}  `, value, columns));
}
