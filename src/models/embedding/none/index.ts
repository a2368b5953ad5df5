export { createNoModel } from "./create-no-model.ts";
