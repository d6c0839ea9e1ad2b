import type { CustomResourceOptions } from "@pulumi/pulumi";

/** A deployment before and after the change of its model. The names are equal where it keeps its name. */
interface Renaming {
  old: string;
  next: string;
}

/** How a deployment goes from one model to the next. */
interface Mode {
  /** What happens, for who chooses one. */
  means: string;
  /** Whether each model's deployment has a name of its own: the one that is set, a dash and 6 hex. */
  namePerModel: boolean;
  /** What replaces the deployment, and in which order. */
  options: Pick<CustomResourceOptions, "deleteBeforeReplace" | "replaceOnChanges" | "retainOnDelete">;
  /** What a preview says of a change of the model; undefined: nothing. */
  notice: (names: Renaming) => string | undefined;
  /** What is said at each run, since Azure may refuse it. */
  caution?: string;
}

const newFirst = ({ old, next }: Renaming) =>
  `the new deployment ${next} is created first; the old one ${old} is deleted last, after the new one has responded`;

/**
 * Every mode of `deploy.switch`. The setting and its description, the deployment's name and options, and what a preview says derive from
 * this table. azure-native on its own asks for delete-before-replace, and updates a changed model in place.
 */
export const switchModes = {
  blueGreen: {
    means: "a second deployment under a new name; the old one is deleted last",
    namePerModel: true,
    options: { deleteBeforeReplace: false },
    notice: (names) => (names.old === names.next ? undefined : newFirst(names)),
  },
  recreate: {
    means: "same name, unavailable in between",
    namePerModel: false,
    options: { deleteBeforeReplace: true, replaceOnChanges: ["properties.model"] },
    notice: ({ old, next }) =>
      old === next
        ? `the new model replaces the old one under the name ${old}, and requests fail in between`
        : `the deployment ${old} is deleted, then the new one ${next} is created, and requests fail in between`,
  },
  inPlace: {
    means: "same deployment with a different model; a new name creates a new deployment",
    namePerModel: false,
    options: { deleteBeforeReplace: false },
    notice: (names) =>
      names.old === names.next
        ? `the new model replaces the old one in the deployment ${names.old}, without downtime if Azure allows it`
        : `the name changes, so ${newFirst(names)}`,
    // Ends up among the diagnostics when Azure refuses: reported for deployments of base models, not verified for fine-tuned ones.
    caution:
      "deploy.switch is inPlace: if Azure refuses to change the model (CannotChangeDeploymentModel), set deploy.switch to blueGreen or " +
      "recreate and run `pulumi up` again; nothing will be retrained.",
  },
} as const satisfies Record<string, Mode>;

export type SwitchMode = keyof typeof switchModes;

export const switchModeNames = Object.keys(switchModes) as [SwitchMode, ...SwitchMode[]];

/** A mode by its name, with what only some modes have. */
export function switchMode(name: SwitchMode): Mode {
  return switchModes[name];
}
