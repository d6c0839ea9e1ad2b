export interface ReleaseGateArgs {
  /** Why the candidate does not serve and what to do, as the register of versions has it (ModelVersions); empty: it passed, or `deploy.version` decides. */
  rejected: string;
}

export interface ReleaseGateState extends ReleaseGateArgs {
  stateVersion: 1;
}
