/**
 * uPlot formats numbers for `navigator.language` as soon as it is loaded, and some browsers give one there that Intl refuses with an error
 * (`en-US@posix` of Chromium under LANG=C), which would leave the page empty. The pages are in English in any case.
 */
Object.defineProperty(navigator, "language", { value: "en", configurable: true });
