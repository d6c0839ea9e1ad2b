import { Azure } from "../../azure-openai/azure";
import { systemClock } from "../../azure-openai/clock";
import { readSettings } from "../../azure-openai/settings";

/** Signs in with what the environment has, and prints the ids of an account's files: `list-files.ts <account id>`. */
async function main(): Promise<void> {
  const settings = readSettings({ get: () => undefined }, process.env);
  const azure = await Azure.connect(settings, { clock: systemClock, destroying: () => false });
  const files = await (await azure.dataPlane(process.argv[2] ?? "")).files.list("fine-tune");
  process.stdout.write(JSON.stringify(files.map((file) => file.id)));
}

void main();
