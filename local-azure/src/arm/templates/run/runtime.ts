import { asObject } from "../../../http/request";
import type { PlannedResource, TemplateDeploymentRecord } from "../../../world/state";
import { AzureError } from "../../../http/azure-error";
import type { Surroundings } from "../expressions/scope";
import { asText } from "../functions/text";
import type { Answer, Send } from "./send";

/** An expression needs an answer first: it is evaluated again with it. */
class NeedsAnswer extends Error {
  constructor(
    readonly method: "GET" | "POST",
    readonly path: string,
  ) {
    super(`${method} ${path}`);
  }
}

/** An expression names a resource of the template that is not there yet. */
export class NotYet extends Error {}

type Runtime = NonNullable<Surroundings["runtime"]>;

/**
 * Evaluates what may call `reference()` and `list...()`: each request that it needs is made, then it is evaluated again.
 * @throws NotYet, AzureError
 */
export async function withAnswers<T>(
  deployment: TemplateDeploymentRecord,
  send: Send,
  evaluated: (runtime: Runtime) => T,
): Promise<T> {
  const answers = new Map<string, Answer>();
  for (;;) {
    try {
      return evaluated(runtimeOver(deployment, answers));
    } catch (error) {
      if (!(error instanceof NeedsAnswer)) throw error;
      const { method, path } = error;
      answers.set(`${method} ${path}`, await send(deployment.by, method, path, method === "POST" ? {} : undefined));
    }
  }
}

function runtimeOver(deployment: TemplateDeploymentRecord, answers: Map<string, Answer>): Runtime {
  const ask = (method: "GET" | "POST", path: string): unknown => {
    const answer = answers.get(`${method} ${path}`);
    if (!answer) throw new NeedsAnswer(method, path);
    if (answer.status < 300) return answer.body;
    const { code, message } = asObject(asObject(answer.body)?.error) ?? {};
    throw new AzureError(answer.status, asText(code ?? answer.status), asText(message ?? `${method} ${path} failed.`));
  };
  return {
    reference: ([of, version, full]) => {
      const { id, apiVersion } = located(deployment, String(of));
      const body = ask("GET", `${id}?api-version=${typeof version === "string" ? version : apiVersion}`);
      return full === "Full" ? body : (asObject(body)?.properties ?? {});
    },
    list: (name, [of, version]) => {
      const { id, apiVersion } = located(deployment, String(of));
      return ask("POST", `${id}/${name}?api-version=${typeof version === "string" ? version : apiVersion}`);
    },
  };
}

/** A resource of the template by symbol, name or id, else any by its id. */
function located({ resources }: TemplateDeploymentRecord, of: string): { id: string; apiVersion: string } {
  const same = (text: string | undefined) => text?.toLowerCase() === of.toLowerCase();
  const found = resources.find((one) => same(one.id) || same(one.symbol) || same(one.name) || same(symbolOf(one)));
  if (!found) return { id: of, apiVersion: "" };
  if (found.state === "waiting" || found.state === "running") throw new NotYet(found.id);
  return found;
}

/** `deployments[1]`: a turn of a loop. */
function symbolOf({ symbol, loop }: PlannedResource): string | undefined {
  return symbol !== undefined && loop ? `${symbol}[${loop.index}]` : undefined;
}
