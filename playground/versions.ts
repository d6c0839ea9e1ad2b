import { sameName } from "../format/same-name";
import type { ModelVersion } from "../dynamic-providers/model-versions/schema";
import type { DeploymentChoice, VersionChoice } from "./api";

/** The register's line of a model. */
export function versionOf(versions: readonly ModelVersion[], model: string): ModelVersion | undefined {
  return versions.find(({ fineTunedModel }) => sameName(fineTunedModel, model));
}

/** The register with the deployments of each version. */
export function versionChoices(
  versions: readonly ModelVersion[],
  deployments: readonly DeploymentChoice[],
): VersionChoice[] {
  return versions.map(({ version, status, trainedAt, fineTunedModel, evaluation }) => {
    const verdict = evaluation && `${evaluation.passed ? "passed" : "not passed"}: ${evaluation.summary}`;
    return {
      ...{ version, status, trainedAt, model: fineTunedModel },
      ...(verdict === undefined ? {} : { evaluation: verdict }),
      deployments: deployments.flatMap((one) => (one.version === version ? [one.name] : [])),
    };
  });
}
