import { FORMAT_READERS } from "./format-readers.ts";
import { serveReading } from "./serve-reading.ts";

serveReading(FORMAT_READERS);
