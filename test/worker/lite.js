"use strict";
module.exports = globalThis.packageOfWorker("js-tiktoken/lite");
