import * as pulumi from "@pulumi/pulumi";
import { tellsOnce } from "../dynamic-providers/runtime/output-variable";

/** Tells something that a person should know about this run; once, also where it is read in a log. */
export function note(text: string, resource?: pulumi.Resource): Promise<void> {
  return pulumi.log.info(text, resource, undefined, tellsOnce());
}
