/** A published version, as the document interface gives it. */
export interface LoadedDocument {
  documentId: string;
  title: string;
  status: string;
  versionState: string;
  text: string;
  nodes: OutlineNode[];
  metadata: {
    issuers?: string[];
    documentNumber?: string;
    signedOn?: string;
    publishedOn?: string;
    effectiveFrom?: string;
    expiresOn?: string;
    period?: { from: number | string; to: number | string };
  };
}

/** Places are in UTF-16 units of the text. Level 0: what stands before the first heading. */
export interface OutlineNode {
  level: number;
  heading: string;
  section: string;
  start: number;
  end: number;
}

export interface CitedRange {
  start: number;
  end: number;
}

/** Throws Error with words for people. */
export async function loadDocument(documentId: string, version: string | null): Promise<LoadedDocument> {
  const query = version ? `?version=${encodeURIComponent(version)}` : "";
  const response = await fetch(`/api/v1/documents/${encodeURIComponent(documentId)}${query}`).catch(() => {
    throw new Error("网络连接失败");
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.error?.message ?? "服务暂时不可用");
}

/** `#120-164`: the cited characters. */
export function readCitedRange(hash: string, length: number): CitedRange | undefined {
  const match = /^#(\d+)-(\d+)$/.exec(hash);
  if (!match) return undefined;
  const [start, end] = [Number(match[1]), Number(match[2])];
  return start < end && end <= length ? { start, end } : undefined;
}
