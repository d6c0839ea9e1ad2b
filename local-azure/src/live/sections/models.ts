import { baseModels } from "../../models/base-models";
import type { ModelRow, Rows } from "../shapes";
import { first } from "./rows";

export function modelRows(): Rows<ModelRow> {
  return first(
    baseModels.map(({ name, version, format = "OpenAI", methods, standardRegions, retiresOn }) => ({
      ...{ name, version, format, methods, regions: standardRegions, retiresOn },
    })),
  );
}
