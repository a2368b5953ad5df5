import { useState } from "react";
import type { ReplyBlock } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";
import { writeSize } from "./write-size.ts";

type Of<Type extends ReplyBlock["type"]> = Extract<ReplyBlock, { type: Type }>;

/** A generated file to be downloaded. */
export function FileLink({ block: { fileId, name, bytes }, words }: { block: Of<"file">; words: Words }) {
  return (
    <p className="file">
      <a className="file__link" href={`/files/${encodeURIComponent(fileId)}`}>
        {`${words.download} ${name}`}
      </a>
      <span className="file__size">{writeSize(bytes)}</span>
    </p>
  );
}

/** Where it cannot be shown, its description stands in. */
export function Picture({ block: { fileId, alt }, words }: { block: Of<"picture">; words: Words }) {
  const [missing, setMissing] = useState(false);
  return (
    <figure className="picture">
      {missing ? (
        <p className="picture__missing">{`${words.picture}：${alt}`}</p>
      ) : (
        <img
          className="picture__image"
          src={`/files/${encodeURIComponent(fileId)}`}
          alt={alt}
          loading="lazy"
          onError={() => setMissing(true)}
        />
      )}
    </figure>
  );
}
