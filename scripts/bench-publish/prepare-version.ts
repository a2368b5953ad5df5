import type { Application } from "../../src/app.ts";
import type { DocumentId, VersionId } from "../../src/shared/index.ts";
import { ADMIN } from "../bench-ingest/open-bench.ts";

/** A new version of a published document, with one sentence of which no other document speaks, and a question after it. */
export interface PreparedVersion {
  documentId: DocumentId;
  versionId: VersionId;
  question: string;
}

const ANIMALS = "虹鳟|鲟鱼|柞蚕|梅花鹿|蓝孔雀|黑山羊|林蛙|海参|牡蛎|河蚌".split("|");
const WORKS = "养殖|标本|绘本|皮影|剪纸|刺绣|木雕|石刻|灯彩|风筝".split("|");

/** 100 that are unlike. */
function subjectOf(index: number): string {
  const animal = ANIMALS[index % ANIMALS.length] ?? "";
  return `${animal}${WORKS[Math.floor(index / ANIMALS.length) % WORKS.length] ?? ""}`;
}

/** Another seed is another text, also over a folder that was used before. Sent in as a file and recognised as a version of the document; it waits for review. */
export async function prepareVersion(
  { knowledge, publishing }: Application,
  documentId: DocumentId,
  index: number,
  seed: number,
): Promise<PreparedVersion> {
  const subject = subjectOf(index);
  const addressed = "各有关单位：\n";
  const added = `支持企业开展${subject}示范，经认定后给予一次性补助，最高不超过${seed * 100 + index}万元。\n`;
  const text = (await knowledge.documentText(documentId)).replace(addressed, `${addressed}${added}`);
  const bytes = new TextEncoder().encode(text);
  const { review } = await publishing.review.receiveFile(
    { bytes, fileName: `新版${seed}-${index}.txt`, source: "upload" },
    ADMIN,
  );
  if (review?.documentId !== documentId) throw new Error(`not taken as a version of ${documentId}`);
  return { documentId, versionId: review.versionId, question: `企业开展${subject}示范最高补助多少万元？` };
}
