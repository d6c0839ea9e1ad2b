/** Artifact in which preview.yml leaves its summary. */
export const SUMMARY_ARTIFACT = "preview-summary";
