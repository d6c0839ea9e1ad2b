import type { ModelInfo } from "../../models/find-model";
import type { World } from "../../world/world";
import type { Message } from "../rows/training-row";
import { ExampleIndex, type Near } from "./example-index";
import { examplesOf } from "./examples";
import { exchangesOf, questionAt, type Answer, type Question } from "./exchanges";
import { guessedCall, offeredCalls, type Functions } from "./functions";
import { drawn, weightOf, type Candidate, type Sampling } from "./sampling";

/** What is asked of a model. */
export interface Asked extends Sampling {
  messages: Message[];
  functions: Functions;
  /** Whether an answer has the form that is asked for; those that have it come first. */
  fits: (answer: Answer) => boolean;
}

/** Answers that are weighed against each other at least. */
const LEAST_CANDIDATES = 8;
/** An example in the wanted form passes a nearer one in another form, unless it is half the scale less near. */
const LEAST_WEIGHT = weightOf(-0.5);

/**
 * The `n` answers of a model, and all that were considered. A fine-tuned model gives the assistant turns of the nearest examples it was
 * tuned on, texts and calls of functions, and of examples in the conversation itself; a base model has only the latter. Without any that is
 * near, a sentence says so.
 */
export async function answersOf(
  world: World,
  model: ModelInfo,
  asked: Asked,
): Promise<{ answers: Answer[]; candidates: Candidate[] }> {
  const candidates = fittingFirst(await candidatesOf(world, model, asked), asked.fits);
  return { answers: drawn(candidates, asked, asked.messages.at(-1)?.text ?? ""), candidates };
}

/** Those in the wanted form; the others follow without weight, for a request that wants more answers. */
function fittingFirst(candidates: Candidate[], fits: Asked["fits"]): Candidate[] {
  const fitting = candidates.filter(({ answer, weight }) => weight >= LEAST_WEIGHT && fits(answer));
  if (fitting.length === 0 || fitting.length === candidates.length) return candidates;
  const others = candidates.filter((one) => !fitting.includes(one));
  return [...fitting, ...others.map(({ answer }) => ({ answer, weight: 0 }))];
}

async function candidatesOf(world: World, model: ModelInfo, asked: Asked): Promise<Candidate[]> {
  const { messages, functions, n } = asked;
  const question = questionAt(messages) ?? { question: "", images: [], context: "", results: undefined };
  const shown = exchangesOf(
    messages.slice(
      0,
      Math.max(
        0,
        messages.findLastIndex(({ role }) => role === "user"),
      ),
    ),
  );
  const learned = model.job ? await examplesOf(world, model.job, model.step) : new ExampleIndex([]);
  const count = Math.max(n, LEAST_CANDIDATES);
  const nearest = [
    ...learned.nearest(question, count),
    ...(shown.length > 0 ? new ExampleIndex(shown, learned).nearest(question, count) : []),
  ].sort((a, b) => b.score - a.score);
  const { choice, offered } = functions;
  if (choice === "required" || typeof choice === "object") {
    const calls = considered(nearest, functions).filter(({ answer }) => answer.calls.length > 0);
    return calls.length > 0 ? calls : guessed(functions, question);
  }
  // A model that has learned no calls makes one where a function is spoken of, until it has the results.
  const canGuess = choice === "auto" && offered.length > 0 && question.results === undefined;
  const guesses = canGuess && (nearest.length === 0 || !learned.hasCalls) ? guessed(functions, question) : [];
  const answers = guesses.length > 0 ? guesses : considered(nearest, functions);
  return answers.length > 0 ? answers : [{ answer: { text: nothingFits(model, nearest[0]), calls: [] }, weight: 1 }];
}

function guessed(functions: Functions, { question }: Question): Candidate[] {
  const call = guessedCall(functions, question);
  return call ? [{ answer: { text: "", calls: [call] }, weight: 1 }] : [];
}

/** Examples that can be given as they are: texts, and calls of functions that the request offers. */
function considered(nearest: Near[], functions: Functions): Candidate[] {
  const best = nearest[0]?.score ?? 0;
  return nearest.flatMap((near) => {
    const { text, calls: taught } = near.exchange.answer;
    const calls = offeredCalls(near, functions);
    if (calls.length === 0 && (text === "" || (taught.length > 0 && functions.choice !== "none"))) return [];
    return [{ answer: { text, calls }, weight: weightOf(near.score - best) }];
  });
}

function nothingFits({ kind, base }: ModelInfo, nearest: Near | undefined): string {
  if (nearest) {
    const called = nearest.exchange.answer.calls.map(({ name }) => name).join(", ");
    return `This is a rehearsal of a model fine-tuned from ${base.id}: in the nearest example it calls ${called}, which the request does not let it call.`;
  }
  return kind === "base"
    ? `This is a rehearsal of the base model ${base.id}: it has no knowledge of its own. ` +
        "Fine-tune it or give examples in the conversation, and it answers with the nearest of them."
    : `This is a rehearsal of a model fine-tuned from ${base.id}: none of its training examples shares a word with the question.`;
}
