import {
  createEnterpriseService,
  createProfileReader,
  type EnterpriseService,
  loadProfileLexicon,
} from "./enterprises/index.ts";
import { type KnowledgeService, type PlaceTable, relateDocuments, statusOn } from "./knowledge/index.ts";
import {
  createCatalogue,
  createLists,
  createMatching,
  createOutreach,
  createProgramDesk,
  createProgramImpact,
  type Lists,
  loadProgramFiles,
  type Matching,
  type Outreach,
  type ProgramDesk,
  type ProgramImpactSource,
  suggestPrograms,
  syncProgramFiles,
} from "./matching/index.ts";
import type { Park } from "./park.ts";
import type { Clock, IdSource, Logger } from "./shared/index.ts";
import type { Storage } from "./storage/index.ts";

export interface MatchingWires {
  mode: "write" | "read";
  storage: Storage;
  knowledge: KnowledgeService;
  places: PlaceTable;
  park: Park;
  knowledgeDirectory: string;
  clock: Clock;
  ids: IdSource;
  logger: Logger;
}

export interface MatchingRooms {
  matching: Matching;
  enterprises: EnterpriseService;
  lists: Lists;
  programs: ProgramDesk;
  outreach: Outreach;
  /** For the preview of a publication. */
  programImpact: ProgramImpactSource;
}

/** Catalogue, profiles and lists, over an open storage. */
export async function wireMatching(wires: MatchingWires): Promise<MatchingRooms> {
  const { storage, knowledge, places, park, knowledgeDirectory, clock, ids, logger } = wires;
  const lexicon = await loadProfileLexicon(knowledgeDirectory);
  const files = await loadProgramFiles(knowledgeDirectory, lexicon);
  if (wires.mode === "write") await syncProgramFiles(files, storage.programs, clock());
  const directions = new Map(files.directions.map((direction) => [direction.id, direction]));
  const reader = createProfileReader({
    lexicon,
    findPlaces: places.find,
  });
  const documents = createCatalogueDocuments(storage, knowledge);
  const catalogue = createCatalogue({
    store: storage.programs,
    documents,
    directions: files.directions,
    lexicon,
    logger,
  });
  const outreach = createOutreach({
    store: storage.outreach,
    enterprises: storage.enterprises,
    programs: storage.programs,
    knowledge: storage.knowledge,
    ...{ catalogue, documents, directions, lexicon, clock, ids, logger },
    home: park.places,
  });
  const matching = createMatching({ lexicon, reader, directions, catalogue, home: park.places, clock });
  return {
    matching,
    enterprises: createEnterpriseService({
      store: storage.enterprises,
      conversation: storage.conversation,
      outreach: storage.outreach,
      audit: storage.audit,
      lexicon,
      reader,
      ids,
      clock,
    }),
    lists: createLists({ store: storage.programs, catalogue, documents, lexicon, directions, ids }),
    programs: createProgramDesk({
      store: storage.programs,
      catalogue,
      directions,
      lexicon,
      secondAdmin: park.publishing.secondAdmin,
      suggest: (document, existing) => suggestPrograms(document, { lexicon, directions, existing }),
      clock,
    }),
    outreach,
    programImpact: createProgramImpact({
      catalogue,
      loadVersion: async (versionId) => {
        const version = await storage.knowledge.getVersion(versionId);
        return version && { text: version.text, clauses: await knowledge.getClauses(versionId) };
      },
      countEnterprises: async (programs) => {
        const { enterprises, capped } = await outreach.assessReach(programs);
        return { enterprises, complete: !capped };
      },
    }),
  };
}

/** What other documents make of one counts: an expired or replaced document is called so. */
function createCatalogueDocuments(storage: Storage, knowledge: KnowledgeService) {
  let related: { key: string; relations: ReturnType<typeof relateDocuments> } | undefined;
  return {
    revision: () => storage.knowledge.revision(),
    listPublished: () => knowledge.listPublished(),
    documentText: knowledge.documentText,
    getClauses: knowledge.getClauses,
    async statusOn(document: Parameters<typeof relateDocuments>[0][number], day: string) {
      const key = `${await storage.knowledge.revision()} ${day}`;
      if (related?.key !== key)
        related = { key, relations: relateDocuments(await knowledge.listPublished(), day) };
      return statusOn(document.metadata, day, related.relations.get(document.documentId));
    },
  };
}
