import { closest } from "fastest-levenshtein";
import type { GraderDemands } from "./demands";
import { isObject } from "./json";
import { pathOf } from "./path";

/** What a template may read of the model's answer (OpenAI's graders guide; choices, output_tools and output_audio in Python too). */
const sampleKeys = ["output_text", "output_json", "output_tools", "output_audio", "choices"];
/** Values that are no templates: Python's source has braces of its own. */
const plainKeys = ["source", "type", "operation", "evaluation_metric", "image_tag", "calculate_output"];

/**
 * Reads the templates of a grader: all its texts, also those of the graders in a multi grader and of a model grader's messages
 * (`{{item.x.y}}` and `{{sample.output_text}}`, spaces optional).
 *
 * @param grader - as the service takes it.
 * @param responseFormat - the job's response format, if there is one.
 * @param at - where the grader is, for sentences. Default `grader`.
 */
export function readDemands(
  grader: Readonly<Record<string, unknown>>,
  responseFormat?: unknown,
  at = "grader",
): GraderDemands {
  const demands: GraderDemands = { paths: [], readsItem: false, problems: [], wantsResponseFormat: false };
  const known = new Set<string>();
  let readsJson = false;
  for (const [place, text] of textsOf(grader, at)) {
    if (place.endsWith(".source")) {
      if (/\bitem\b/.test(text)) demands.readsItem = true;
      if (/\boutput_json\b/.test(text)) readsJson = true;
      continue;
    }
    const { templates, fault } = templatesIn(text);
    if (fault) demands.problems.push(`${place} ${fault}`);
    for (const template of templates) {
      const path = pathOf(template);
      const problem = problemOf(template, path);
      if (problem) {
        demands.problems.push(`${place} contains ${problem}`);
      } else if (path![0] === "item") {
        demands.readsItem = true;
        const keys = path!.slice(1);
        const name = JSON.stringify(keys);
        if (keys.length > 0 && !known.has(name)) demands.paths.push(keys);
        known.add(name);
      } else if (path![1] === "output_json") {
        readsJson = true;
      }
    }
  }
  demands.wantsResponseFormat = readsJson && (responseFormat === undefined || responseFormat === null);
  return demands;
}

function* textsOf(value: unknown, place: string): Generator<[place: string, text: string]> {
  if (typeof value === "string") {
    yield [place, value];
  } else if (Array.isArray(value)) {
    for (const [index, item] of (value as unknown[]).entries()) yield* textsOf(item, `${place}[${index}]`);
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value))
      if (key === "source" || !plainKeys.includes(key)) yield* textsOf(item, `${place}.${key}`);
  }
}

/** The insides of `{{...}}`, and what is wrong with the braces. Single braces, as of JSON in a prompt, are allowed around them. */
function templatesIn(text: string): { templates: string[]; fault?: string } {
  const templates: string[] = [];
  let single = 0;
  for (let at = 0; at < text.length; at++) {
    if (text.startsWith("{{", at)) {
      const end = text.indexOf("}}", at + 2);
      const next = text.indexOf("{{", at + 2);
      const inside = text.slice(at + 2, end < 0 ? undefined : end);
      if (end < 0 || (next >= 0 && next < end)) {
        // JSON that starts with two braces is none; a template names something.
        return { templates, fault: `opens {{ without closing it with }}${shownAt(inside)}. Braces come in pairs.` };
      }
      templates.push(inside.trim());
      at = end + 1;
    } else if (text[at] === "{") {
      const wrong = /^\{\s*(?:item|sample)\.[\w.]+\s*\}{1,2}/.exec(text.slice(at, at + 120));
      if (wrong)
        return { templates, fault: `has a single brace in ${wrong[0]}. Write {{${wrong[0].replace(/[{}\s]/g, "")}}}.` };
      single++;
    } else if (text[at] === "}") {
      if (single > 0) single--;
      else if (text[at + 1] === "}")
        return { templates, fault: "closes }} without a {{ before it. Braces come in pairs." };
    }
  }
  return { templates };
}

function shownAt(inside: string): string {
  const name = /^\s*([\w.]{1,60})/.exec(inside)?.[1];
  return name ? ` (at ${name})` : "";
}

function problemOf(template: string, path: string[] | undefined): string | undefined {
  const shown = `{{${template.length > 60 ? `${template.slice(0, 57)}...` : template}}}`;
  if (!path) return `${shown}, which is not a path. Write {{item.<key of the row>}} or {{sample.output_text}}.`;
  const [namespace, key] = path as [string, string | undefined];
  if (namespace !== "item" && namespace !== "sample") {
    const nearest = closest(namespace.toLowerCase(), ["item", "sample"]);
    return `${shown}: there is no '${namespace}', only item (the row) and sample (the answer). Did you mean {{${[nearest, ...path.slice(1)].join(".")}}}?`;
  }
  if (namespace === "sample" && (key === undefined || !sampleKeys.includes(key))) {
    const nearest = closest((key ?? "").toLowerCase(), sampleKeys);
    return `${shown}: sample has ${sampleKeys.join(", ")}. Did you mean {{sample.${nearest}}}?`;
  }
  return undefined;
}
