import { renderMermaidSVG } from "beautiful-mermaid";

/** Draws each ```mermaid block when the site is built, in the page's own colours and fonts: no script, and nothing from another host. */
export function diagrams() {
  return (page) => draw(page);
}

function draw(node) {
  for (const [at, child] of (node.children ?? []).entries()) {
    if (child.type === "code" && child.lang === "mermaid")
      node.children[at] = { type: "html", value: svgOf(child.value) };
    else draw(child);
  }
}

function svgOf(source) {
  const svg = renderMermaidSVG(source, { bg: "var(--rp-c-bg)", fg: "var(--rp-c-text-1)", transparent: true });
  const ownFonts = svg.replace(/@import url\([^)]*\);/g, "");
  return ownFonts.replace('style="', 'style="max-width:100%;height:auto;');
}
