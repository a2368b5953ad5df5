import { requireRight } from "../access/index.ts";
import { AppError, toAppError } from "../shared/index.ts";
import { runCorrections } from "./corrections/run-corrections.ts";
import { createFaqDesk } from "./faq/create-faq-desk.ts";
import { findGivenAnswers } from "./find-given-answers.ts";
import type { PublishingOptions, PublishingParts } from "./publishing-parts.ts";
import { createReviewDesk } from "./review/create-review-desk.ts";
import { showGivenAnswer } from "./show-given-answer.ts";
import type { AuditDesk, Publishing } from "./types.ts";
import { watch } from "./watch/watch.ts";

const MAX_ENTRIES = 1_000;

/** The life of documents, FAQ entries and answers, over the rooms below. What chat, command line and REST share. */
export function createPublishing(options: PublishingOptions): Publishing {
  const parts: PublishingParts = {
    ...options,
    impactSources: [],
    // What is published stands, also when the index is slow to learn of it.
    onPublished: async () => {
      try {
        await options.onPublished?.();
      } catch (thrown) {
        const error = toAppError(thrown);
        options.logger.error({ reason: error.message, errorId: error.id }, "index not refreshed");
      }
    },
  };
  let correcting: Promise<unknown> = Promise.resolve();
  return {
    review: createReviewDesk(parts),
    faq: createFaqDesk(parts),
    audit: createAuditDesk(parts),
    getAnswer: (turnId, by) => showGivenAnswer(parts, turnId, by),
    findAnswers: (by, filter) => findGivenAnswers(parts, by, filter),
    watch: (day) => watch(parts, day),
    runCorrections(notify) {
      const run = correcting.then(() => runCorrections(parts, notify));
      correcting = run.catch(() => undefined);
      return run;
    },
    addImpactSource(source) {
      if (parts.impactSources.some(({ name }) => name === source.name)) throw knownSource(source.name);
      parts.impactSources.push(source);
    },
  };
}

function createAuditDesk({ storage }: PublishingParts): AuditDesk {
  return {
    async list(by, { subject, limit = 50, before } = {}) {
      requireRight(by, "read-audit");
      return storage.audit.list({
        ...(subject !== undefined && { subject }),
        ...(before !== undefined && { before }),
        limit: Math.max(1, Math.min(limit, MAX_ENTRIES)),
      });
    },
    async verify(by, expectedHead) {
      requireRight(by, "read-audit");
      return storage.audit.verify(expectedHead);
    },
  };
}

function knownSource(name: string): AppError {
  return new AppError({
    code: "internal",
    message: `impact source ${name} is registered already`,
    safeMessage: "系统内部错误：同一影响评估来源重复登记。",
  });
}
