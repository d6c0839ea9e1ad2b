// Plain Node without dependencies: what a process needs that is about to start.
"use strict";
const { findBundle } = require("./bundle");

/**
 * Sees to it that an entry has a bundle of today's sources. Without one (no room, a cache of somebody else) it runs through tsx, only slower.
 *
 * @param {string[]} entries - as `findBundle` takes them
 */
async function provideBundles(...entries) {
  const missing = entries.filter((entry) => !findBundle(entry));
  if (missing.length > 0) await Promise.allSettled(missing.map(require("./build").buildBundle));
}

module.exports = { provideBundles };
