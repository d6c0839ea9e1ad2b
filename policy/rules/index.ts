import type { Policies } from "@pulumi/policy";
import { accountKind } from "./account-kind";
import { allowedModels } from "./allowed-models";
import { keysDisabled } from "./keys-disabled";
import { modelRetirement } from "./model-retirement";
import { allowedRegions } from "./allowed-regions";
import { customerKey, diagnostics, privateEndpoint } from "./around-the-account";
import { contentFilter } from "./content-filter";
import { deploymentSize } from "./deployment-size";
import { extraRequestFields } from "./extra-request-fields";
import { hostingCost } from "./hosting-cost";
import { networkAcls } from "./network-acls";
import { plaintextSecrets } from "./plaintext-secrets";
import { productionDeployment } from "./production-deployment";
import { promotedOnly } from "./promoted-only";
import { protectedProduction } from "./protected-production";
import { publicNetworkAccess } from "./public-network-access";
import { requiredTags } from "./required-tags";
import { trainingCost } from "./training-cost";

/** Every rule of the pack; each can be made advisory, mandatory or disabled, and takes the settings of its `configSchema`. */
export const rules: Policies = [
  keysDisabled,
  publicNetworkAccess,
  networkAcls,
  allowedRegions,
  accountKind,
  allowedModels,
  privateEndpoint,
  diagnostics,
  customerKey,
  contentFilter,
  deploymentSize,
  requiredTags,
  trainingCost,
  hostingCost,
  modelRetirement,
  extraRequestFields,
  protectedProduction,
  productionDeployment,
  promotedOnly,
  plaintextSecrets,
];
