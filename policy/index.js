// Pulumi runs a policy pack as JavaScript; the pack itself is TypeScript, transpiled on the fly as the program is. Registered for the
// whole process, since tsx's scoped `require` would load Pulumi's protocol twice, as different classes.
"use strict";
require("tsx/cjs");
require("./pack.ts");
