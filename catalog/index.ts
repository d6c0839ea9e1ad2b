/** Dated facts about models, limits, prices and roles, and the pure functions that read them. */
export * from "./base-deployment";
export * from "./catalog";
export * from "./chat-parameters";
export * from "./choices";
export * from "./content-filters";
export * from "./graders";
export * from "./hosting";
export * from "./in-region";
export * from "./inference";
export * from "./models";
export * from "./override";
export * from "./pricing";
export * from "./region-offer";
export * from "./retirement";
export * from "./roles";
export * from "./support";
export * from "./training-type";
