import { type AdminRoute, DOCUMENT_ROUTES } from "./admin-routes.ts";
import { MATCHING_ROUTES } from "./matching-routes.ts";
import { TRIAGE_ROUTES } from "./triage-routes.ts";

/** Everything but the upload, whose body is a file. */
export const ADMIN_ROUTES: readonly AdminRoute[] = [...DOCUMENT_ROUTES, ...MATCHING_ROUTES, ...TRIAGE_ROUTES];
