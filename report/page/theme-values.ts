/*
 * What a canvas needs of the page's style: a canvas knows no custom properties, whose own text may be a `light-dark()` of two or in rem.
 */

/** The colour of a custom property, as the theme has it now. */
export function colour(name: string): string {
  return computed("color", name).color;
}

/** Font of axes and pictures: the page's small size. @param scale pixels per CSS pixel @param weight as in CSS */
export function canvasFont(scale = 1, weight = 400): string {
  const size = Number.parseFloat(computed("font-size", "--size-small").fontSize);
  return `${weight} ${size * scale}px system-ui, sans-serif`;
}

function computed(property: string, name: string): { color: string; fontSize: string } {
  const probe = document.body.appendChild(document.createElement("i"));
  probe.style.setProperty(property, `var(${name})`);
  const { color, fontSize } = getComputedStyle(probe);
  probe.remove();
  return { color, fontSize };
}
