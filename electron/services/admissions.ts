import { patientInputSchema, type PatientContent } from '../../shared/schema/patient.ts';
import type { Referral } from '../../shared/schema/referral.ts';
import type { SharedChart, SharedChartContent } from '../../shared/schema/shared-chart.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import { listSharedDocuments } from '../storage/attachments/documents.ts';
import type { Contents } from '../storage/collections.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';
import type { Context } from './context.ts';
import { mintMedicalRecordNumber } from './medical-record-number.ts';
import { readableChart } from './shared-charts.ts';
import { ownSite } from './sites.ts';

type Entry = SharedChartContent['entries'][number];

/**
 * Makes what came with a referral part of a chart of this site: of the patient who is named, or of one who is registered from the copy.
 * The entries keep who wrote them and when. Answers the patient's id. Fails with `sharing-ended`.
 */
export function admitFromChart(transaction: Transaction, { store }: Context, referral: Referral, known: string | undefined): string {
  const chart = readableChart(store, referral.sharedChartId);
  const patientId = known ?? transaction.create('patients', register(chart, mintMedicalRecordNumber(transaction, store), ownSite(store))).id;
  const sent = new Set(chart.entries.map(({ id }) => id));
  for (const entry of chart.entries) {
    const id = admittedId(patientId, entry.id);
    // Taken over before, with an earlier referral.
    if (store.get(entry.collection, id) === undefined) transaction.create(entry.collection, contentFor(entry, patientId, sent), id);
  }
  admitDocuments(transaction, store, chart, patientId);
  return patientId;
}

/** Also those whose bytes are still on their way: they come for the chart as they would have come for the copy. */
function admitDocuments(transaction: Transaction, store: Store, { id: sharedChartId, entries }: SharedChart, patientId: string): void {
  const sent = new Set(entries.map(({ id }) => id));
  for (const document of listSharedDocuments(store.connection, sharedChartId, false)) {
    const { title, type, date, authorId, authorName, attachment } = document;
    // By what it is: each letter brings a copy of its own.
    const id = derivedId('admitted', patientId, attachment.hash, title, type, date);
    if (store.get('documentReferences', id) !== undefined) continue;
    const links = linked({ medicalRecordId: document.medicalRecordId }, patientId, sent);
    transaction.create('documentReferences', { title, type, date, authorId, authorName, attachment, patientId, ...links }, id);
  }
}

const register = ({ patient }: SharedChartContent, medicalRecordNumber: string, sites: { siteIds?: string[] }): PatientContent =>
  ({ ...patientInputSchema.parse(known(patient)), medicalRecordNumber, ...sites });

/** What a newer version knows of a person is not this one's to register. */
const known = (patient: Record<string, unknown>) => Object.fromEntries(Object.entries(patient).filter(([field]) => Object.hasOwn(patientInputSchema.shape, field)));

/** The same entry comes to the same id whoever takes it over, so that two workstations which do so at once make one of it. */
const admittedId = (patientId: string, entryId: string): string => derivedId('admitted', patientId, entryId);

const links = ['medicalRecordId', 'serviceRequestId', 'encounterId'];

/** An entry points at what came along; what stayed at the sender's would be a link to nothing. */
function linked(content: Record<string, unknown>, patientId: string, sent: ReadonlySet<string>): Record<string, unknown> {
  const fields = Object.entries(content).flatMap(([field, value]) => {
    if (!links.includes(field)) return [[field, value] as const];
    return typeof value === 'string' && sent.has(value) ? [[field, admittedId(patientId, value)] as const] : [];
  });
  return Object.fromEntries(fields);
}

const contentFor = ({ content }: Entry, patientId: string, sent: ReadonlySet<string>) =>
  ({ ...linked(content, patientId, sent), patientId }) as unknown as Contents[Entry['collection']];
