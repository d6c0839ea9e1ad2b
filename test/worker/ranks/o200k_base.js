"use strict";
module.exports = globalThis.packageOfWorker("js-tiktoken/ranks/o200k_base");
