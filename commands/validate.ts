import { runCommand } from "../stack/command";
import { validateCommand } from "./validate/command";

runCommand((args) => validateCommand(args, process.stdout, process.stderr));
