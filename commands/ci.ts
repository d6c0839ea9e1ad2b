import { runCommand } from "../stack/command";
import { withLastingSignIn } from "./ci/lasting-sign-in";
import { projectFolder } from "../stack/project";
import { findPulumiCli, pathWith } from "../stack/pulumi-cli/find";
import { runPulumi } from "../stack/pulumi-cli/run";

/** `npm run ci:...`: pulumi with these arguments and the stack of the environment, signed in for as long as it takes. */
runCommand(async (args) => {
  const cli = await findPulumiCli(projectFolder);
  const env = { ...process.env, PATH: pathWith(cli) };
  const { code } = await withLastingSignIn(env, (lasting) =>
    runPulumi(cli, args, { folder: projectFolder, env: lasting }),
  );
  return code;
});
