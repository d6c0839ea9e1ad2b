import { runCommand } from "../stack/command";
import { runOnStack } from "./plan/on-stack";

/** `npm run preview`, `up` and `destroy`, with pulumi's arguments after `--`. */
runCommand((args) => runOnStack(args));
