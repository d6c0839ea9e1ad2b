import { type Catalog, type CatalogModel, shippedCatalog } from "./catalog";
import { isOfferedOn } from "./models";

const DAY = 24 * 60 * 60 * 1000;

/** What each date means for a stack, before it comes and after it has passed. */
const events: {
  key: keyof CatalogModel["retirement"];
  coming: (id: string) => string;
  past: (id: string) => string;
  means: (retirement: CatalogModel["retirement"], past: boolean) => string;
}[] = [
  {
    key: "base",
    coming: (id) => `${id} will be retired on`,
    past: (id) => `${id} was retired on`,
    means: ({ training }, past) => {
      if (training) return `Only customers who have already fine-tuned it can still do so, until ${training}.`;
      return past ? "It can no longer be fine-tuned." : "After that, it can no longer be fine-tuned.";
    },
  },
  {
    key: "training",
    coming: (id) => `${id} will be closed to fine-tuning on`,
    past: (id) => `${id} has been closed to fine-tuning since`,
    means: ({ deployments }, past) =>
      `${past ? "A" : "From then on, a"} change that requires training again ${past ? "is" : "will be"} refused; the deployed model keeps working${deployments ? ` until ${deployments}` : ""}.`,
  },
  {
    key: "deployments",
    coming: (id) => `Deployments of models tuned from ${id} will stop working on`,
    past: (id) => `Deployments of models tuned from ${id} stopped working on`,
    means: (_retirement, past) => (past ? "Clients' requests fail." : "Clients' requests will fail from then on."),
  },
];

/**
 * Sentences about dates of retirement that have passed or come within 90 days (`limits.closingWithinDays`), each with what it means.
 *
 * @param today - the day to compare with: injected, since nothing that depends on today may become an input.
 */
export function retirementWarnings(model: CatalogModel, today: Date, catalog: Catalog = shippedCatalog): string[] {
  return events.flatMap(({ key, coming, past, means }) => {
    const date = model.retirement[key];
    if (!date) return [];
    const days = daysUntil(date, today);
    if (days > catalog.limits.closingWithinDays) return [];
    const sentence =
      days > 0 ? `${coming(model.id)} ${date} (in ${days} day${days === 1 ? "" : "s"})` : `${past(model.id)} ${date}`;
    const meaning = means(model.retirement, days <= 0);
    return [
      `${sentence}. ${meaning} Plan the move to another model; ${source(catalog)} has the dates, which can change.`,
    ];
  });
}

/** What to do where Azure accepts it all the same. */
function correct({ listedIn }: Catalog): string {
  return listedIn === undefined
    ? "If Azure has moved the date, correct it in a `catalogFile`."
    : `The date comes from Resource Manager's list of models for ${listedIn}; a \`catalogFile\` overrides it.`;
}

function source({ listedIn }: Catalog): string {
  return listedIn === undefined ? "the catalog" : `Resource Manager's list of models for ${listedIn}`;
}

/**
 * Why no job can be submitted for the model any more; `undefined` while one can. Where the catalog has a date for the end of training, that
 * counts and not the one of the base model: existing customers train until then (concepts-model-retirement-schedule-content.md, 2026-10-05).
 */
export function trainingRetired(
  model: CatalogModel,
  today: Date,
  catalog: Catalog = shippedCatalog,
): string | undefined {
  const { base, training = base, deployments } = model.retirement;
  if (!training || daysUntil(training, today) > 0) return undefined;
  const others = catalog.models.filter(
    (other) => other.id !== model.id && isTunable(other, today) && isOfferedOn(other, "OpenAI"),
  );
  const until = deployments && daysUntil(deployments, today) > 0 ? ` until ${deployments}` : "";
  return (
    `${model.id} can no longer be fine-tuned (since ${training}); Azure would refuse the job. Deployed models tuned from it keep working${until}. ` +
    `Set model to one of: ${others.map(({ id }) => id).join(", ") || "none in the catalog"}. ${correct(catalog)}`
  );
}

/** Why a model tuned from this one can't be deployed any more; `undefined` while it can. */
export function deploymentRetired(
  { id, retirement }: CatalogModel,
  today: Date,
  catalog: Catalog = shippedCatalog,
  another = "Set model to another one",
): string | undefined {
  const { deployments } = retirement;
  if (!deployments || daysUntil(deployments, today) > 0) return undefined;
  return `Models tuned from ${id} can no longer be deployed (since ${deployments}). ${another}, or set deploy.enabled to false. ${correct(catalog)}`;
}

/** Whether a job for the model can be submitted on that day. */
export function isTunable({ withdrawn, retirement: { base, training = base } }: CatalogModel, today: Date): boolean {
  return !withdrawn && !(training && daysUntil(training, today) <= 0);
}

function daysUntil(date: string, today: Date): number {
  return Math.ceil((Date.parse(date) - today.getTime()) / DAY);
}
