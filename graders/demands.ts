/** What a grader asks of the rows; plain data that a worker thread can be handed. */
export interface GraderDemands {
  /** Keys of a row that its templates read, e.g. `["reference", "answer"]` of `{{item.reference.answer}}`; each once. */
  paths: string[][];
  /** Whether it reads the row at all, in a template or in Python. */
  readsItem: boolean;
  /** What is wrong with its templates, a sentence each. */
  problems: string[];
  /** Whether it reads `sample.output_json`, and no response format makes the answers JSON. */
  wantsResponseFormat: boolean;
}
