import * as messages from "@pulumi/pulumi/proto/provider_pb";
import type { InputChange, InputChanges } from "./input-changes";

export function diffResponse({ changes, deleteBeforeReplace }: InputChanges): messages.DiffResponse {
  const response = new messages.DiffResponse();
  const { DIFF_NONE, DIFF_SOME } = messages.DiffResponse.DiffChanges;
  response.setChanges(changes.size > 0 ? DIFF_SOME : DIFF_NONE);
  response.setDiffsList([...new Set([...changes.keys()].map(topLevelName))]);
  response.setReplacesList([...changes].filter(([, change]) => change.replace).map(([path]) => path));
  response.setDeletebeforereplace(deleteBeforeReplace);
  response.setHasdetaileddiff(true);
  for (const [path, change] of changes) {
    const detail = new messages.PropertyDiff();
    detail.setKind(kindOf(change));
    detail.setInputdiff(true);
    response.getDetaileddiffMap().set(path, detail);
  }
  return response;
}

function kindOf({ operation, replace }: InputChange): messages.PropertyDiff.Kind {
  const { ADD, ADD_REPLACE, DELETE, DELETE_REPLACE, UPDATE, UPDATE_REPLACE } = messages.PropertyDiff.Kind;
  const kinds = {
    add: [ADD, ADD_REPLACE],
    delete: [DELETE, DELETE_REPLACE],
    update: [UPDATE, UPDATE_REPLACE],
  } as const;
  return kinds[operation][replace ? 1 : 0];
}

function topLevelName(path: string): string {
  return /^[^.[]*/.exec(path)![0];
}
