import type { ReferralRow } from '../../shared/contract/referrals.ts';
import type { Page } from '../../shared/contract/page.ts';
import type { Referral } from '../../shared/schema/referral.ts';
import type { Connection } from './connection.ts';
import { documentColumns, toDocument, type DocumentRow } from './documents.ts';
import { idsOfPatient } from './linked-patients.ts';
import type { Window } from './medical-records.ts';
import { statement } from './statements.ts';

interface Named {
  senderSiteName: string | null;
  recipientSiteName: string | null;
  chartUntil: string | null;
  heldPatientId: string | null;
}

/** Whose workstation asks, and when. */
export interface Here {
  siteId: string | undefined;
  now: string;
}

const siteName = (id: string) => `(SELECT s.content ->> '$.name' FROM sites AS s WHERE s.id = ${id})`;
const ownColumns = documentColumns.split(', ').map((column) => `r.${column}`).join(', ');
const columns = `${ownColumns},
  ${siteName('r.sender_site_id')} AS senderSiteName, ${siteName('r.recipient_site_id')} AS recipientSiteName,
  (SELECT c.content ->> '$.expiresAt' FROM shared_charts AS c WHERE c.id = r.content ->> '$.sharedChartId' AND c.content <> 'null'
     AND c.content ->> '$.expiresAt' > @now AND EXISTS (SELECT 1 FROM json_each(c.content, '$.siteIds') WHERE value = r.recipient_site_id)) AS chartUntil,
  (SELECT p.id FROM patients AS p WHERE p.deleted = 0 AND p.id IN (r.subject_id, r.recipient_patient_id) LIMIT 1) AS heldPatientId`;
const present = `r.deleted = 0 AND r.content <> 'null'`;

function toRow({ siteId }: Here, { senderSiteName, recipientSiteName, chartUntil, heldPatientId, ...row }: DocumentRow & Named): ReferralRow {
  const referral = toDocument<'referrals'>(row);
  return {
    ...referral, senderSiteName: senderSiteName ?? '', recipientSiteName: recipientSiteName ?? '', direction: referral.senderSiteId === siteId ? 'out' : 'in',
    ...(chartUntil !== null && { chartUntil }),
    ...(heldPatientId !== null && { patientId: heldPatientId }),
  };
}

/** What came to this site or went from it, newest first. */
export function listReferrals(connection: Connection, here: Here, direction: 'in' | 'out', { offset, limit }: Window): Page<ReferralRow> {
  const which = `FROM referrals AS r WHERE r.${direction === 'in' ? 'recipient' : 'sender'}_site_id = @siteId AND ${present}`;
  const siteId = here.siteId ?? '';
  const rows = statement<DocumentRow & Named>(connection, `SELECT ${columns} ${which} ORDER BY r.authored_on DESC, r.position DESC LIMIT @limit OFFSET @offset`)
    .all({ siteId, now: here.now, offset, limit });
  const total = statement(connection, `SELECT count(*) ${which}`).pluck().get({ siteId }) as number;
  return { rows: rows.map((row) => toRow(here, row)), total };
}

/** About a patient whom this workstation holds, under any entry of theirs. */
export function listReferralsOfPatient(connection: Connection, here: Here, patientId: string): ReferralRow[] {
  const ids = `(SELECT value FROM json_each(@ids))`;
  const rows = statement<DocumentRow & Named>(
    connection, `SELECT ${columns} FROM referrals AS r WHERE ${present} AND (r.subject_id IN ${ids} OR r.recipient_patient_id IN ${ids}) ORDER BY r.authored_on DESC`,
  ).all({ ids: JSON.stringify(idsOfPatient(connection, patientId)), now: here.now });
  return rows.map((row) => toRow(here, row));
}

export function findReferral(connection: Connection, here: Here, id: string): ReferralRow | undefined {
  const row = statement<DocumentRow & Named>(connection, `SELECT ${columns} FROM referrals AS r WHERE r.id = @id AND ${present}`).get({ id, now: here.now });
  return row && toRow(here, row);
}

/** What a site has to answer, or has not opened yet. */
export const countReferralsIn = (connection: Connection, siteId: string): number =>
  statement(connection, `SELECT count(*) FROM referrals AS r WHERE r.recipient_site_id = @siteId AND ${present}
    AND ((r.status = 'requested' AND r.kind <> 'shared-chart') OR (r.read_at IS NULL AND r.status <> 'cancelled'))`).pluck().get({ siteId }) as number;

/** Transfers that the other site has accepted, or is done with already, and whose chart this site has not given to it yet. */
export const transfersToHandOver = (connection: Connection, siteId: string): Referral[] =>
  statement<DocumentRow>(
    connection,
    `SELECT ${ownColumns} FROM referrals AS r JOIN patients AS p ON p.id = r.subject_id
       WHERE r.sender_site_id = @siteId AND r.kind = 'transfer' AND r.status IN ('accepted', 'completed') AND r.handed_over IS NULL
         AND ${present} AND p.content <> 'null'`,
  ).all({ siteId }).map((row) => toDocument<'referrals'>(row));
