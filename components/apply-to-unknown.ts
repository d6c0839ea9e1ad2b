import type * as pulumi from "@pulumi/pulumi";

/** `apply` as it is; Pulumi's types leave out that it can be called with what is unknown, too. */
interface WithUnknowns {
  apply(of: (value: unknown) => unknown, runWithUnknowns: true): pulumi.Output<never>;
}

/** `apply` that is called at previews, too, where the value or parts of it are unknown; what the function returns may be unknown in its turn. */
export function applyToUnknown<Value, Result>(
  output: pulumi.Output<Value>,
  of: (value: Value) => Result,
): pulumi.Output<Result> {
  return (output as unknown as WithUnknowns).apply(of as (value: unknown) => unknown, true);
}
