export { layoutPages } from "./layout-pages.ts";
