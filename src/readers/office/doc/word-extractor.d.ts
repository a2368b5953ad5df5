declare module "word-extractor" {
  interface TextOptions {
    /** Default true: turns Chinese quotes and dashes into ASCII. */
    filterUnicode?: boolean;
    includeHeadersAndFooters?: boolean;
  }

  interface WordDocument {
    getBody(options?: TextOptions): string;
    getFootnotes(options?: TextOptions): string;
    getEndnotes(options?: TextOptions): string;
    getHeaders(options?: TextOptions): string;
    getTextboxes(options?: TextOptions): string;
  }

  class WordExtractor {
    extract(source: string | Buffer): Promise<WordDocument>;
  }

  export = WordExtractor;
}
