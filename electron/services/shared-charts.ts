import type { CallParsed } from '../../shared/contract/index.ts';
import { longestSharing, type PartCounts, type SharedChartRow } from '../../shared/contract/referrals.ts';
import { fail } from '../../shared/errors.ts';
import { clinicalCollections, type ClinicalCollection } from '../../shared/schema/clinical.ts';
import type { DocumentMeta } from '../../shared/schema/document.ts';
import type { DocumentReference } from '../../shared/schema/document-reference.ts';
import type { Patient } from '../../shared/schema/patient.ts';
import type { Referral } from '../../shared/schema/referral.ts';
import { chartParts, entriesPerPart, type ChartPart, type ReferredPart, type SharedChart, type SharedChartContent } from '../../shared/schema/shared-chart.ts';
import { listDocumentReferences, listSharedDocuments } from '../storage/attachments/documents.ts';
import { listClinical } from '../storage/clinical.ts';
import { listRecordsOfPatient } from '../storage/medical-records.ts';
import type { Store } from '../storage/store.ts';
import type { Transaction } from '../storage/transaction.ts';
import { startOfDay } from './calendar.ts';
import type { Context } from './context.ts';
import { contentOf, visibleDocument } from './documents.ts';
import { recordViewed } from './viewed.ts';

const newest = { offset: 0, limit: entriesPerPart };
const day = 86_400_000;

export interface Choice {
  parts: readonly ReferredPart[];
  /** A calendar day: what was last written before it stays here. */
  since?: string | undefined;
  /** Of the documents and pictures these alone; absent: all. */
  documentIds?: readonly string[] | undefined;
}

/** How many entries of each part would go along. */
export function countParts(context: Context, { patientId, since }: CallParsed<'referrals.count'>): PartCounts {
  visibleDocument(context, 'patients', patientId);
  const { store } = context;
  const entries = Object.fromEntries(chartParts.map((part) => [part, entriesOf(store, patientId, { parts: [part], since }).length])) as Record<ChartPart, number>;
  return { ...entries, documentReferences: documentsOf(store, patientId, { parts: ['documentReferences'], since }).length };
}

/** What was entered in error, or is not signed yet, is nothing to tell others. */
const isFit = (content: Record<string, unknown>): boolean =>
  content['status'] !== 'entered-in-error' && content['verificationStatus'] !== 'entered-in-error' && content['status'] !== 'draft';

function entriesOf({ connection }: Store, patientId: string, { parts, since }: Choice): SharedChartContent['entries'] {
  return chartParts.filter((part) => parts.includes(part)).flatMap((part) => {
    const documents: DocumentMeta[] = isClinical(part) ? listClinical(connection, part, { patientId }, newest) : listRecordsOfPatient(connection, patientId, newest).rows;
    return documents.filter(writtenSince(since)).flatMap((document) => {
      const content = contentOf(document) as Record<string, unknown>;
      return isFit(content) ? [{ collection: part, id: document.id, updatedAt: document.updatedAt, content }] : [];
    });
  });
}

function writtenSince(since: string | undefined): (document: DocumentMeta) => boolean {
  const from = since === undefined ? '' : startOfDay(since).toISOString();
  return ({ updatedAt }) => updatedAt >= from;
}

function documentsOf({ connection }: Store, patientId: string, { parts, since, documentIds }: Choice): DocumentReference[] {
  if (!parts.includes('documentReferences')) return [];
  return listDocumentReferences(connection, patientId, newest, false).rows.filter(writtenSince(since)).filter(({ id }) => documentIds?.includes(id) ?? true);
}

const isClinical = (part: ChartPart): part is ClinicalCollection => (clinicalCollections as readonly string[]).includes(part);

/** A copy of the chosen parts as they stand, for two sites, until a day. */
export function copyOfChart(store: Store, patient: Patient, choice: Choice, { referralId, senderSiteId, recipientSiteId, days }: { referralId: string; senderSiteId: string; recipientSiteId: string; days: number }): SharedChartContent {
  const { medicalRecordNumber: _number, siteIds: _sites, link: _link, distinctFrom: _distinct, ...identity } = contentOf(patient);
  const expiresAt = new Date(store.now().getTime() + Math.min(days, longestSharing) * day).toISOString();
  return { referralId, senderSiteId, siteIds: [senderSiteId, recipientSiteId], expiresAt, patient: identity, entries: entriesOf(store, patient.id, choice) };
}

/**
 * Documents and pictures go along as copies beside the copied chart, in whose scope they are: they come and go with it, and their bytes,
 * which are kept once here, follow them as those of any document do.
 */
export function copyDocuments(transaction: Transaction, store: Store, patientId: string, choice: Choice, sharedChartId: string): void {
  for (const { title, type, date, medicalRecordId, authorId, authorName, attachment } of documentsOf(store, patientId, choice)) {
    transaction.create('documentReferences', { title, type, date, authorId, authorName, attachment, sharedChartId, ...(medicalRecordId !== undefined && { medicalRecordId }) });
  }
}

/**
 * A copy that was sent, for its sender and, until it ends, its reader. Fails with `sharing-ended`: by this workstation's clock, too,
 * for without a line the server cannot take it away.
 */
export function readableChart(store: Store, sharedChartId = ''): SharedChart {
  const chart = store.get('sharedCharts', sharedChartId);
  if (chart === undefined || chart.deleted) return fail({ code: 'sharing-ended' });
  const isReader = store.siteId !== chart.senderSiteId;
  const ended = !chart.siteIds.includes(store.siteId ?? '') || chart.expiresAt <= store.now().toISOString();
  return isReader && ended ? fail({ code: 'sharing-ended' }) : chart;
}

export function sharedChart(context: Context, referral: Referral, patientId: string | undefined): SharedChartRow {
  const { store, workstation } = context;
  const chart = readableChart(store, referral.sharedChartId);
  recordViewed(context, 'shared-chart.viewed', { collection: 'sharedCharts', documentId: chart.id, patientId: patientId ?? referral.subjectId });
  const documents = listSharedDocuments(store.connection, chart.id, workstation.sync.serverFacts !== undefined);
  return { ...contentOf(chart), id: chart.id, senderSiteName: store.get('sites', chart.senderSiteId)?.name ?? '', documents };
}

/** Takes the copy off the other site with the next sync. It is kept where it was sent from. */
export function endChart(transaction: Transaction, store: Store, { sharedChartId, senderSiteId }: Referral): void {
  const chart = store.get('sharedCharts', sharedChartId ?? '');
  if (chart === undefined || chart.siteIds.every((siteId) => siteId === senderSiteId)) return;
  transaction.update('sharedCharts', chart.id, { ...contentOf(chart), siteIds: [senderSiteId] }, { over: chart.rev });
}
