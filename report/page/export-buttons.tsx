import { chartCsv } from "./chart-csv";
import { chartPicture } from "./chart-picture";
import type { CurveData } from "./curve-data";
import { saveFile } from "./save-file";
import type { Measure } from "./measures";

export interface ExportButtonsProps {
  measure: Measure;
  data: CurveData;
  /** Start of the file's name. */
  fileName: string;
  /** What the chart is drawn on. */
  canvas: () => HTMLCanvasElement | undefined;
}

/** Saves a chart as it is drawn, or its figures. Made by the page alone, so it works in a saved report too. */
export function ExportButtons({ measure, data, fileName, canvas }: ExportButtonsProps) {
  const name = (ending: string) => `${fileName}-${measure.title.toLowerCase().replaceAll(" ", "-")}.${ending}`;
  const about = measure.title.toLowerCase();
  const savePicture = async () => {
    const drawn = canvas();
    if (drawn) saveFile(name("png"), await chartPicture(drawn, measure.title, data.curves));
  };
  const saveCsv = () => saveFile(name("csv"), new Blob([chartCsv(data)], { type: "text/csv" }));
  return (
    <span class="export">
      <button type="button" class="slim" aria-label={`PNG of ${about}`} onClick={() => void savePicture()}>
        PNG
      </button>
      <button type="button" class="slim" aria-label={`CSV of ${about}`} onClick={saveCsv}>
        CSV
      </button>
    </span>
  );
}
