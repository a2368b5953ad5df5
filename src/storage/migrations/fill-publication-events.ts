import type { Knex } from "knex";

/**
 * The history before there were events, read off the intervals. All of it counts as looked at: nobody is to get a
 * correction of what changed before the upgrade. An interval that ends where the next begins was replaced; any other
 * was taken back.
 */
export async function fillPublicationEvents(knex: Knex): Promise<void> {
  await knex.raw(`
    with intervals as (
      select publication_id, document_id, version_id, published_from, published_to,
        lag(version_id) over history as previous_version,
        lag(published_to) over history as previous_end,
        lead(published_from) over history as next_start
      from publications
      window history as (partition by document_id order by publication_id)
    ), changes as (
      select publication_id, 0 as step, document_id,
        case when previous_end >= published_from then previous_version end as from_version_id,
        version_id as to_version_id, published_from as at
      from intervals
      union all
      select publication_id, 1, document_id, version_id, null, published_to
      from intervals
      where published_to is not null and (next_start is null or published_to < next_start)
    )
    insert into publication_events (document_id, from_version_id, to_version_id, at, corrected_at)
    select document_id, from_version_id, to_version_id, at, at from changes order by publication_id, step`);
}
