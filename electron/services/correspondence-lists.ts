import type { TFunction } from 'i18next';
import type { ReadReceipt } from '../../shared/schema/receipt.ts';
import { listCareTasks } from './care-tasks.ts';
import { listCommunications } from './communications.ts';
import type { Context } from './context.ts';
import { cellsOfPage, type Paged } from './paged-list.ts';
import { listReferrals } from './referrals.ts';

const head = (t: TFunction, columns: readonly ('kind' | 'from' | 'to' | 'sent' | 'text' | 'due' | 'status')[]): string[] => [
  t('patients.field.medicalRecordNumber'), t('patients.field.name'), ...columns.map((column) => t(`correspondence.column.${column}`)), t('correspondence.arrivedAt'), t('correspondence.readAt'), t('correspondence.readBy'),
];
const receipt = ({ received = '', read }: { received?: string | undefined; read?: ReadReceipt | undefined }): string[] => [received, read?.at ?? '', read?.name ?? ''];
const party = (...names: (string | undefined)[]): string => names.filter(Boolean).join(', ');

/** Whose it is, as far as this workstation holds the patient: a referral may be of somebody who is another site's. */
const whose = ({ store }: Context, { patientId, patientName }: { patientId?: string | undefined; patientName: string }): string[] => [
  (patientId === undefined ? undefined : store.get('patients', patientId)?.medicalRecordNumber) ?? '', patientName,
];

/** What was received, then what was sent. */
export const referralsForFile = (context: Context, t: TFunction): Paged => ({
  collection: 'referrals',
  header: head(t, ['kind', 'from', 'to', 'sent', 'text', 'status']),
  parts: (['in', 'out'] as const).map((direction) => (window) =>
    cellsOfPage(listReferrals(context, { direction, ...window }), (row) => [
      ...whose(context, row), [t(`correspondence.kind.${row.kind}`), t(`correspondence.priorities.${row.priority}`)].join(' · '), party(row.requesterName, row.senderSiteName),
      party(row.recipientName, row.recipientSiteName), row.authoredOn, row.reason, [t(`correspondence.status.${row.status}`), row.statusReason].filter(Boolean).join(': '), ...receipt(row),
    ])),
});

export const communicationsForFile = (context: Context, t: TFunction): Paged => ({
  collection: 'communications',
  header: head(t, ['from', 'to', 'sent', 'text']),
  parts: [
    (window) =>
      cellsOfPage(listCommunications(context, window), (row) => [
        ...whose(context, row), party(row.senderName, row.fromSiteName), party(row.recipientName, row.toSiteName), row.sent, row.payload, ...receipt(row),
      ]),
  ],
});

export const careTasksForFile = (context: Context, t: TFunction): Paged => ({
  collection: 'careTasks',
  header: head(t, ['from', 'to', 'sent', 'text', 'due', 'status']),
  parts: [
    (window) =>
      cellsOfPage(listCareTasks(context, window), (row) => [
        ...whose(context, row), party(row.requesterName, row.fromSiteName), party(row.ownerName, row.toSiteName), row.authoredOn, row.description, row.due ?? '',
        [t(`correspondence.taskStatus.${row.status}`), row.statusReason].filter(Boolean).join(': '), ...receipt(row),
      ]),
  ],
});
