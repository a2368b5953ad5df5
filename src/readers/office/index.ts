export { readDoc } from "./doc/read-doc.ts";
export { readDocx } from "./docx/read-docx.ts";
export { readCsv } from "./sheet/read-csv.ts";
export { readXlsx } from "./sheet/read-xlsx.ts";
