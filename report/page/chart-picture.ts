import { curveColour, curveDash } from "./chart-lines";
import { canvasFont, colour } from "./theme-values";
import type { Curve } from "./curve-data";

/** In CSS pixels. */
const [margin, line, sample, gap] = [12, 22, 18, 16];

/** A chart as PNG in the page's colours: title, names of the curves, and what is drawn on the canvas. */
export function chartPicture(chart: HTMLCanvasElement, title: string, curves: Curve[]): Promise<Blob> {
  const scale = devicePixelRatio;
  const canvas = document.createElement("canvas");
  const context = canvas.getContext("2d")!;
  const names = placed(context, curves, chart.width / scale);
  const head = margin + line * (1 + names.lines);
  canvas.width = chart.width + 2 * margin * scale;
  canvas.height = chart.height + (head + margin) * scale;
  context.scale(scale, scale);
  context.fillStyle = colour("--surface");
  context.fillRect(0, 0, canvas.width, canvas.height);
  context.textBaseline = "middle";
  context.fillStyle = colour("--text");
  context.font = canvasFont(1, 600);
  context.fillText(title, margin, margin + line / 2);
  context.font = canvasFont();
  for (const { curve, x, y } of names.places) drawName(context, curve, x, y);
  context.drawImage(chart, margin, head, chart.width / scale, chart.height / scale);
  return new Promise((resolve, reject) =>
    canvas.toBlob((blob) =>
      blob ? resolve(blob) : reject(new Error("The browser could not make a PNG of the chart.")),
    ),
  );
}

/** Names of the curves one after the other, on as many lines as the width needs. */
function placed(context: CanvasRenderingContext2D, curves: Curve[], width: number) {
  context.font = canvasFont();
  let [x, lines] = [0, 1];
  const places = curves.map((curve) => {
    const across = sample + 6 + context.measureText(curve.label).width + gap;
    if (x > 0 && x + across > width) [x, lines] = [0, lines + 1];
    const place = { curve, x: margin + x, y: margin + line * (lines + 0.5) };
    x += across;
    return place;
  });
  return { places, lines };
}

function drawName(context: CanvasRenderingContext2D, curve: Curve, x: number, y: number): void {
  context.strokeStyle = context.fillStyle = curveColour(curve);
  context.lineWidth = 2;
  context.setLineDash(curveDash(curve) ?? []);
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo(x + sample, y);
  context.stroke();
  if (curve.kind === "validation") {
    context.beginPath();
    context.arc(x + sample / 2, y, 4, 0, 2 * Math.PI);
    context.fill();
  }
  context.fillStyle = colour("--text");
  context.fillText(curve.label, x + sample + 6, y);
}
