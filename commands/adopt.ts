import { runCommand } from "../stack/command";
import { adoptCommand } from "./adopt/command";

// Ends through `exit`, where a half-written file is removed.
for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => process.exit(130));

runCommand((args) => adoptCommand(args, process.stdout, process.stderr));
