import { can, requireRight } from "../../access/index.ts";
import { AppError } from "../../shared/index.ts";
import type { FaqRecord } from "../../storage/index.ts";
import { findFaq } from "../find-records.ts";
import { propose } from "../proposals/propose.ts";
import type { PublishingParts } from "../publishing-parts.ts";
import type { FaqDesk, FaqProblem } from "../types.ts";
import { checkFaq } from "./check-faq.ts";
import { readFaqContent } from "./read-content.ts";

export function createFaqDesk(parts: PublishingParts): FaqDesk {
  const { storage, clock, ids } = parts;
  return {
    async save(content, by, faqId) {
      requireRight(by, "manage-faq");
      if (faqId !== undefined) await findFaq(parts, faqId);
      const read = readFaqContent(content);
      const record = await storage.faq.saveDraft(faqId ?? ids(), read, clock(), { actor: by.account });
      return { record, problems: await checkFaq(parts, read) };
    },
    async submit(faqId, by, options = {}) {
      requireRight(by, "manage-faq");
      const record = await findFaq(parts, faqId);
      const problems = await checkFaq(parts, readFaqContent(record.content));
      if (problems.length > 0) throw unsound(faqId, problems);
      if (!parts.settings.secondAdmin) requireRight(by, "publish-document");
      return propose(parts, subjectOf("faq-publish", record), by, options);
    },
    async withdraw(faqId, by, options = {}) {
      requireRight(by, "manage-faq");
      if (!parts.settings.secondAdmin) requireRight(by, "withdraw-document");
      const published = (await storage.faq.published()).find((entry) => entry.faqId === faqId);
      if (!published) throw notPublished(faqId);
      return propose(parts, subjectOf("faq-withdraw", published), by, options);
    },
    async list(by) {
      if (!can(by.roles, "manage-faq")) requireRight(by, "read-review");
      const entries = [];
      for (const record of await storage.faq.list()) {
        const content = readFaqContent(record.content);
        entries.push({ record, content, problems: await checkFaq(parts, content) });
      }
      return entries;
    },
  };
}

function subjectOf(kind: "faq-publish" | "faq-withdraw", { faqId, revision }: FaqRecord) {
  return { kind, documentId: null, versionId: null, faqId, faqRevision: revision };
}

function unsound(faqId: string, problems: readonly FaqProblem[]): AppError {
  return new AppError({
    code: "unusable-input",
    message: `FAQ ${faqId} has ${problems.length} problems`,
    safeMessage: `这条常见问答还不能提交复核：${problems.map(({ message }) => message).join("")}`,
  });
}

function notPublished(faqId: string): AppError {
  return new AppError({
    code: "not-found",
    message: `FAQ ${faqId} is not published`,
    safeMessage: "这条常见问答当前没有发布，无需撤下。",
  });
}
