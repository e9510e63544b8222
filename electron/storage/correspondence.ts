import type { CareTaskRow, CommunicationRow } from '../../shared/contract/communications.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { StoredDocument } from './collections.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { idsOfPatient } from './linked-patients.ts';
import type { Window } from './medical-records.ts';
import { statement } from './statements.ts';

/** Who asks, and where. */
export interface Reader {
  userId: string;
  siteId: string | undefined;
}
export interface Subject {
  patientId?: string | undefined;
  referralId?: string | undefined;
}

interface Named {
  patientName: string | null;
  fromSiteName: string | null;
  toSiteName: string | null;
}

/** Messages and tasks differ in what their parties are called. */
const tables = {
  communications: { table: 'communications', from: 'sender', to: 'recipient', at: 'sent', open: 'c.read_at IS NULL' },
  careTasks: { table: 'care_tasks', from: 'requester', to: 'owner', at: 'authored_on', open: `c.status = 'requested'` },
} as const;
type Correspondence = keyof typeof tables;
type RowOf<Name extends Correspondence> = Name extends 'communications' ? CommunicationRow : CareTaskRow;

const siteName = (id: string) => `(SELECT s.content ->> '$.name' FROM sites AS s WHERE s.id = ${id})`;
const present = `c.deleted = 0 AND c.content <> 'null'`;
/** What this user is to read or to do: given to them, or to whoever of their site comes first, and not their own. */
const mine = ({ from, to }: (typeof tables)[Correspondence]) =>
  `c.${from}_id <> @userId AND coalesce(c.${to}_id, @userId) = @userId AND coalesce(c.${to}_site_id, @siteId) = @siteId`;

interface Filter {
  subject: Subject;
  box?: 'in' | 'out' | undefined;
  open?: boolean | undefined;
}

/** Newest first. A subject is a patient under any entry of theirs, or a referral. */
export function listCorrespondence<Name extends Correspondence>(connection: Connection, name: Name, reader: Reader, { subject, box, open }: Filter, { offset, limit }: Window): Page<RowOf<Name>> {
  const kind = tables[name];
  const { table, from, to, at } = kind;
  const conditions = [
    present,
    ...(subject.patientId === undefined ? [] : ['c.patient_id IN (SELECT value FROM json_each(@ids))']),
    ...(subject.referralId === undefined ? [] : ['c.referral_id = @referralId']),
    ...(box === 'in' ? [mine(kind)] : box === 'out' ? [`c.${from}_id = @userId`] : []),
    ...(open === true ? [kind.open] : []),
  ];
  const which = `FROM ${table} AS c WHERE ${conditions.join(' AND ')}`;
  const values = { userId: reader.userId, siteId: reader.siteId ?? '', ...given(connection, subject) };
  const columns = `${documentColumns.split(', ').map((column) => `c.${column}`).join(', ')}, (${mine(kind)}) AS isMine,
    ${siteName(`c.${from}_site_id`)} AS fromSiteName, ${siteName(`c.${to}_site_id`)} AS toSiteName,
    coalesce((SELECT p.content ->> '$.name' FROM patients AS p WHERE p.id = c.patient_id), (SELECT r.content ->> '$.patientName' FROM referrals AS r WHERE r.id = c.referral_id)) AS patientName`;
  const rows = statement<DocumentRow & Named & { isMine: 0 | 1 }>(connection, `SELECT ${columns} ${which} ORDER BY c.${at} DESC, c.position DESC LIMIT @limit OFFSET @offset`).all({ ...values, offset, limit });
  const total = statement(connection, `SELECT count(*) ${which}`).pluck().get(values) as number;
  return { rows: rows.map((row) => toRow(name, row)), total };
}

const given = (connection: Connection, { patientId, referralId }: Subject) => ({
  ...(patientId !== undefined && { ids: JSON.stringify(idsOfPatient(connection, patientId)) }),
  ...(referralId !== undefined && { referralId }),
});

function toRow<Name extends Correspondence>(_name: Name, { patientName, fromSiteName, toSiteName, isMine, ...row }: DocumentRow & Named & { isMine: 0 | 1 }): RowOf<Name> {
  return {
    ...toDocument<Name>(row), patientName: patientName ?? '', direction: isMine === 1 ? 'in' : 'out',
    ...(fromSiteName !== null && { fromSiteName }), ...(toSiteName !== null && { toSiteName }),
  } as unknown as RowOf<Name>;
}

export const countMine = (connection: Connection, name: Correspondence, { userId, siteId }: Reader): number =>
  statement(connection, `SELECT count(*) FROM ${tables[name].table} AS c WHERE ${present} AND ${mine(tables[name])} AND ${tables[name].open}`)
    .pluck().get({ userId, siteId: siteId ?? '' }) as number;

/** What another site sent here and no workstation has acknowledged. */
export function unacknowledged<Name extends Correspondence | 'referrals'>(connection: Connection, name: Name, siteId: string): StoredDocument<Name>[] {
  const { table, from, to } = name === 'referrals' ? { table: 'referrals', from: 'sender', to: 'recipient' } : tables[name as Correspondence];
  const sql = `SELECT ${documentColumns} FROM ${table} WHERE received IS NULL AND deleted = 0 AND content <> 'null'
    AND ${from}_site_id <> @siteId AND coalesce(${to}_site_id, @siteId) = @siteId`;
  return statement<DocumentRow>(connection, sql).all({ siteId }).map((row) => toDocument<Name>(row));
}
