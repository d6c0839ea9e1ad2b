import { faults } from "../../dynamic-providers/model-versions/which-serves";
import { wrap } from "../../stack/terminal/wrap";
import type { Register } from "./registers";

/**
 * Why versions were rejected, a line each, with the figures and limits of the time.
 *
 * @param columns - width of the terminal; undefined where there is none
 */
export function whyRejected(registers: Pick<Register, "name" | "versions">[], columns?: number): string[] {
  return registers.flatMap(({ name, versions }) =>
    versions
      .filter(({ status }) => status === "rejected")
      .map((version) => {
        const why = faults(version, true).join(" and ");
        const of = registers.length > 1 ? ` of ${name}` : "";
        return wrap(`Version ${version.version}${of} was rejected${why === "" ? "" : ` because ${why}`}.`, columns);
      }),
  );
}
