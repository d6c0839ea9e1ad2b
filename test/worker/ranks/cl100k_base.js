"use strict";
module.exports = globalThis.packageOfWorker("js-tiktoken/ranks/cl100k_base");
