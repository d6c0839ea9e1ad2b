export type { JsonObject } from "../rules/row-rules";
export { type Container, containerOf } from "./container";
export { RowRefusal } from "./fields";
export { type NamedColumns, namedShape } from "./named-columns";
export { type ReadRow, readRows } from "./read-rows";
export { type ForeignFile, recognizeFile } from "./recognize";
export { rowFaults } from "./row-faults";
export { convertRow, type RowShape, shapeOf } from "./row-shapes";
export { readSample, type Sample } from "./sample";
