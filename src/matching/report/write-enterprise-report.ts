import { composeReport } from "./compose-report.ts";
import type { ReportFile, ReportRequest } from "./report-types.ts";

const DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

/** 一企一策: the same report as docx and as PDF. The writers are loaded when the first one is asked for. */
export async function writeEnterpriseReport(request: ReportRequest): Promise<ReportFile[]> {
  const model = composeReport(request);
  const [{ writeReportDocx }, { writeReportPdf }] = await Promise.all([
    import("./write-report-docx.ts"),
    import("./write-report-pdf.ts"),
  ]);
  const name = toFileName(model.title);
  return [
    { name: `${name}.docx`, mediaType: DOCX, bytes: await writeReportDocx(model) },
    { name: `${name}.pdf`, mediaType: "application/pdf", bytes: await writeReportPdf(model) },
  ];
}

function toFileName(title: string): string {
  return title.replace(/[\\/:*?"<>|\p{Cc}\p{Cf}]/gu, "").slice(0, 80);
}
