import type { ReactNode } from "react";
import { localPath } from "../shared/local-path.ts";
import type { ProgramBlock, VerdictRow } from "../shared/wire.ts";
import type { Words } from "../words/words.ts";

/** The roles are those that the elements have by themselves, until a narrow page shows the rows as cards. */
export function VerdictTable({ block, words }: { block: ProgramBlock; words: Words }) {
  const columns = [words.criterion, words.verdict, words.ours, words.threshold, words.clause];
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: display: block takes the roles away.
    <table className="verdicts" role="table">
      <caption className="verdicts__caption">
        {words.verdicts}
        <span className="visually-hidden">（{block.name}）</span>
      </caption>
      <thead role="rowgroup">
        <tr role="row">
          {columns.map((column) => (
            <th key={column} scope="col" role="columnheader">
              {column}
            </th>
          ))}
        </tr>
      </thead>
      <tbody role="rowgroup">
        {block.criteria.map((row) => (
          <Row key={`${row.text}${row.section}`} row={row} words={words} />
        ))}
      </tbody>
    </table>
    // biome-ignore-end lint/a11y/noRedundantRoles: display: block takes the roles away.
  );
}

function Row({ row, words }: { row: VerdictRow; words: Words }) {
  const { text, verdict, label, observed, threshold, section, note, url } = row;
  const ours = observed ?? (verdict === "unknown" ? words.unknown : "—");
  return (
    // biome-ignore-start lint/a11y/noRedundantRoles: display: block takes the roles away.
    <tr role="row">
      <th scope="row" role="rowheader">
        {text}
      </th>
      <Cell column={words.verdict}>
        <span className={`chip chip--${verdict}`}>{label}</span>
      </Cell>
      <Cell column={words.ours}>
        <span>
          {ours}
          {note && <small className="verdicts__note">{note}</small>}
        </span>
      </Cell>
      <Cell column={words.threshold}>{threshold ?? "—"}</Cell>
      <Cell column={words.clause}>
        {url ? <ClauseLink url={url} section={section} words={words} /> : section}
      </Cell>
    </tr>
    // biome-ignore-end lint/a11y/noRedundantRoles: display: block takes the roles away.
  );
}

function Cell({ column, children }: { column: string; children: ReactNode }) {
  return (
    // biome-ignore lint/a11y/noRedundantRoles: display: block takes the role away.
    <td role="cell" data-label={column}>
      {children}
    </td>
  );
}

function ClauseLink({ url, section, words }: { url: string; section: string; words: Words }) {
  return (
    <a href={localPath(url)} target="_blank" rel="noopener" lang="zh-CN">
      {section}
      <span className="visually-hidden">{`（${words.open}，${words.newWindow}）`}</span>
    </a>
  );
}
