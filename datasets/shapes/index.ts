export { type ReadRow, readRows } from "./read-rows";
export { type ForeignFile, recognizeFile } from "./recognize";
export { convertRow, type RowShape, shapeOf } from "./row-shapes";
export { RowRefusal } from "./fields";
export { readSample, type Sample } from "./sample";
export { containerOf } from "./container";
