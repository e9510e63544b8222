import type { ChangeSetRow, RevisionRow } from '../database/schema.ts';

/** A row of `revisions` as far as it is told. */
export type ToldRow = Pick<
  RevisionRow,
  'position' | 'ordinal' | 'collection' | 'document_id' | 'rev' | 'base_rev' | 'deleted' | 'created_at' | 'updated_at' | 'updated_by' | 'content'
>;
export const frameColumns = 'r.position, r.ordinal, r.collection, r.document_id, r.rev, r.base_rev, r.deleted, r.created_at, r.updated_at, r.updated_by';
export const toldColumns = `${frameColumns}, r.content`;

/**
 * Not emptied by a later purge, which is told at a position of its own. Who was told an emptied version, and nothing of the purge before the
 * server was restored to a time before it, would hold nothing under the rev of a whole version: digests are of revs and see no difference.
 */
export const notEmptied = '(r.content IS NOT NULL OR r.superseded_position IS NULL)';

const quoted = (value: string | null): string => (value === null ? 'null' : `"${value}"`);

/** What stands between plain quotes was checked when it came in: ids, instants and names of collections have nothing to escape. */
const frameText = (row: Omit<ToldRow, 'content'>): string =>
  `"collection":"${row.collection}","id":"${row.document_id}","rev":"${row.rev}","baseRev":${quoted(row.base_rev)},"deleted":${row.deleted === 1 ? 'true' : 'false'},` +
  `"createdAt":"${row.created_at}","updatedAt":"${row.updated_at}","updatedBy":${JSON.stringify(row.updated_by)}`;

/** JSON of a document, its content as it lies in the database. */
export const documentText = (row: ToldRow, position?: number): string => `{${frameText(row)},"content":${row.content ?? 'null'}${position === undefined ? '' : `,"position":${position}`}}`;

/** JSON of a document whose content comes apart, in so many bytes; see {@link import('../../shared/sync/apart.ts').DocumentApart}. */
export const textOfApart = (row: Omit<ToldRow, 'content'>, position: number, contentBytes: number | null): string => `{${frameText(row)},"contentBytes":${contentBytes},"position":${position}}`;

export const echoText = (row: Pick<ToldRow, 'collection' | 'document_id' | 'rev'>): string =>
  `{"collection":"${row.collection}","id":"${row.document_id}","rev":"${row.rev}"}`;

type Heading = Pick<ChangeSetRow, 'position' | 'id' | 'action' | 'actor_id' | 'device_id' | 'wall_time'>;

/** JSON of a change set out of the texts of what is in it. */
export function changeSetText({ position, id, action, actor_id, device_id, wall_time }: Heading, [documents = [], echoes = [], withdrawn = []]: (string[] | undefined)[]): string {
  return (
    `{"id":"${id}","action":${JSON.stringify(action)},"actorId":${JSON.stringify(actor_id)},"deviceId":"${device_id}","wallTime":"${wall_time}","position":${position},` +
    `"documents":[${documents.join()}],"echoes":[${echoes.join()}],"withdrawn":[${withdrawn.join()}]}`
  );
}
