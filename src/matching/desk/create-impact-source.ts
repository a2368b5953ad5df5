import type { Clause } from "../../knowledge/index.ts";
import type { DocumentId, VersionId } from "../../shared/index.ts";
import { type AssessedProgram, assessQuotes } from "../catalogue/assess-quotes.ts";
import type { Catalogue } from "../catalogue/create-catalogue.ts";
import { stands } from "../catalogue/index-quotes.ts";
import type { Program } from "../types.ts";

/** In the shape of publishing's ImpactSource, which this room does not know. */
export interface ProgramImpactSource {
  name: string;
  assess(change: {
    documentId: DocumentId;
    to: VersionId | null;
  }): Promise<{ subject: string; change: string; severity: "info" | "warning" }[]>;
}

export interface ImpactSourceParts {
  catalogue: Pick<Catalogue, "programsOf">;
  loadVersion(versionId: VersionId): Promise<{ text: string; clauses: readonly Clause[] } | undefined>;
  /** Enterprises that these programs are met or unknown for today. */
  countEnterprises?(programs: readonly Program[]): Promise<{ enterprises: number; complete: boolean }>;
}

/** What a publication would do to the programs that rest on the document, and to the enterprises matched with them. */
export function createProgramImpact(parts: ImpactSourceParts): ProgramImpactSource {
  return {
    name: "项目目录",
    async assess({ documentId, to }) {
      const programs = await parts.catalogue.programsOf(documentId);
      if (programs.length === 0) return [];
      const version = to === null ? undefined : await parts.loadVersion(to);
      const changed = version
        ? assessQuotes(programs, version.text, version.clauses).map(describe)
        : programs.map(({ id, name }) => ({
            subject: `${id} ${name}`,
            change: "所依据的文件将撤下，该项目将停止匹配",
            severity: "warning" as const,
          }));
      const stopped = new Set(
        changed.filter(({ severity }) => severity === "warning").map(({ subject }) => subject),
      );
      const affected = programs.filter(({ id, name }) => stopped.has(`${id} ${name}`));
      if (affected.length === 0 || !parts.countEnterprises) return changed;
      const { enterprises, complete } = await parts.countEnterprises(affected);
      if (enterprises === 0) return changed;
      const count = `${complete ? "" : "至少 "}${enterprises}`;
      return [
        ...changed,
        {
          subject: "已登记的企业",
          change: `${count} 家企业与上述项目的匹配结论会改变`,
          severity: "info" as const,
        },
      ];
    },
  };
}

function describe({ programId, name, quotes, usable }: AssessedProgram) {
  const subject = `${programId} ${name}`;
  if (usable) {
    const places = quotes.map(({ section, presentSection }) => `${section} → ${presentSection ?? "正文"}`);
    return { subject, change: `引文移动：${places.join("；")}，仍可匹配`, severity: "info" as const };
  }
  const lost = quotes.filter((quote) => !stands(quote));
  const named = lost.map(
    ({ section, quote }) => `${section}“${quote.slice(0, 30)}${quote.length > 30 ? "…" : ""}”`,
  );
  return {
    subject,
    change: `引文不再成立：${named.join("；")}；该项目将停止匹配，待修改`,
    severity: "warning" as const,
  };
}
