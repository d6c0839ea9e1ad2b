import { runLocalAzure } from "local-azure/command";
import { livePage } from "../live-page/page-document";

/** `npm run local-azure`: the rehearsal service alone, for any client, with its live page as the checkout has it. */
runLocalAzure(livePage);
