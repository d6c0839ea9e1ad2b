import { describe, expect, it } from "@jest/globals";
import schemas from "../../src/arm/request-bodies/schemas.json";
import { requestSchemas } from "./request-schemas";
import { haveSpecs } from "./swagger";

(haveSpecs ? describe : describe.skip)("types of request bodies", () => {
  it("are those of the published Swagger document", () => expect(schemas).toEqual(requestSchemas()));
});
