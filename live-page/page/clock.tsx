import { duration } from "../../report/page/format";
import { now, section } from "./state";

/** The service's time, and whose clock it is. */
export function ClockText() {
  const clock = section("clock");
  if (now.value === undefined || !clock) return null;
  const kinds = {
    machine: "this machine's clock",
    ahead: `${duration(clock.aheadMs)} ahead of this machine`,
    manual: "moved by a program",
  };
  return (
    <span class="clock small">
      <time
        dateTime={new Date(now.value).toISOString()}
      >{`${new Date(now.value).toISOString().slice(0, 19).replace("T", " ")} UTC`}</time>{" "}
      <span class={clock.kind === "machine" ? "muted" : "badge busy"}>{kinds[clock.kind]}</span>
    </span>
  );
}
