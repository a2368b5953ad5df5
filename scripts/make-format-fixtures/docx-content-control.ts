import { FileChild, type Paragraph, XmlComponent } from "docx";

class Content extends XmlComponent {
  constructor(children: readonly Paragraph[]) {
    super("w:sdtContent");
    this.root.push(...children);
  }
}

class Properties extends XmlComponent {
  constructor() {
    super("w:sdtPr");
  }
}

/** A field of a form (w:sdt) around whole paragraphs: what templates of offices are full of. */
export class ContentControl extends FileChild {
  constructor(children: readonly Paragraph[]) {
    super("w:sdt");
    this.root.push(new Properties(), new Content(children));
  }
}
