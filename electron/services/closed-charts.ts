import { createHash } from 'node:crypto';
import type { ChartEntry, ClosedChart, Standing } from '../../shared/contract/record-room.ts';
import { fail } from '../../shared/errors.ts';
import { findingsOf, type ChartContents } from '../../shared/record-room/completeness.ts';
import type { ArchivedChart, SealedEntry } from '../../shared/schema/archived-chart.ts';
import type { CollectionName } from '../../shared/schema/collections.ts';
import type { DocumentMeta } from '../../shared/schema/document.ts';
import { canonicalText } from '../../shared/sync/canonical.ts';
import { mayFollowSealed } from '../../shared/sync/policies.ts';
import type { Content } from '../../shared/sync/content.ts';
import { isSealable, type SealableCollection } from '../../shared/sync/seals.ts';
import { readText } from '../storage/conflicts.ts';
import { findChart, readContents, readVersion, type ChartRow } from '../storage/record-room.ts';
import { calendarDay, startOfDay } from './calendar.ts';
import type { Context } from './context.ts';
import { contentOf } from './documents.ts';

/** SHA-256 over a content as canonical JSON, in hex: the same wherever it is computed. */
export const contentHash = (content: unknown): string => createHash('sha256').update(canonicalText(content)).digest('hex');

/** A closed chart with all that is in it. Fails with `not-found`. */
export function openChart({ store }: Context, id: string): { row: ChartRow; chart: ClosedChart; contents: ChartContents } {
  const today = calendarDay(store.now());
  const row = findChart(store.connection, id, today) ?? fail({ code: 'not-found', collection: 'encounters' });
  const contents = readContents(store.connection, row, timeOf(row));
  return { row, contents, chart: toClosedChart(row, contents, today) };
}

/** The instants between which what names no visit was written down in this one. */
export function timeOf({ chart, start, end }: ChartRow): { from: string; upTo: string } {
  if (chart === 'encounters') return { from: start, upTo: end };
  return { from: startOfDay(start).toISOString(), upTo: startOfDay(end, 1).toISOString() };
}

export function toClosedChart(row: ChartRow, contents: ChartContents | undefined, today: string): ClosedChart {
  const { start, end, archived, location, borrowerName, dueDate, ...chart } = row;
  const day = (at: string) => (row.chart === 'encounters' ? calendarDay(new Date(at)) : at);
  const out = dueDate !== null && dueDate < today ? 'overdue' : 'lent';
  return {
    ...chart,
    period: { start: day(start), end: day(end) },
    state: archived === 0 ? 'closed' : dueDate === null ? 'archived' : out,
    ...(location !== null && { location }),
    ...(borrowerName !== null && { borrowerName }),
    ...(dueDate !== null && { dueDate }),
    findings: archived === 1 || contents === undefined ? [] : findingsOf(contents),
  };
}

type Sealable = { collection: SealableCollection; document: DocumentMeta };

/** The documents of a chart that a seal is put on. */
export function sealables({ encounter, medicalRecords, observations, medicationRequests, serviceRequests, immunizations, documentReferences }: ChartContents): Sealable[] {
  const parts = { encounters: encounter === undefined ? [] : [encounter], medicalRecords, documentReferences, observations, medicationRequests, serviceRequests, immunizations };
  return (Object.keys(parts) as SealableCollection[]).flatMap((collection) => parts[collection].map((document) => ({ collection, document })));
}

export const toEntry = ({ collection, document }: Sealable): SealedEntry => ({ collection, id: document.id, rev: document.rev, hash: contentHash(contentOf(document)) });

const titles: Readonly<Record<SealableCollection, string>> = {
  encounters: 'reason', medicalRecords: 'chiefComplaint', documentReferences: 'title', observations: 'code.text', medicationRequests: 'medicationCodeableConcept.text',
  serviceRequests: 'code.text', immunizations: 'vaccineCode.text',
};

export const titleOf = ({ store }: Context, collection: string, id: string): string =>
  isSealable(collection) ? (readText(store.connection, collection, id, titles[collection]) ?? '') : '';

/** What is in a chart, each document with how it stands to the seal where there is one. */
export function entriesOf(context: Context, contents: ChartContents, archived: ArchivedChart | undefined): ChartEntry[] {
  const present = sealables(contents);
  const sealed = archived?.entry ?? [];
  const gone = sealed.filter(({ id }) => !present.some(({ document }) => document.id === id));
  return [
    ...present.map(({ collection, document }) => {
      const entry = sealed.find(({ id }) => id === document.id);
      const standing = archived && standingOf(context, collection, document, entry);
      return { collection, id: document.id, title: titleOf(context, collection, document.id), updatedAt: document.updatedAt, ...(standing && { standing }) };
    }),
    ...gone.map((entry) => stray(context, entry)),
  ];
}

/** Sealed and not found in the chart any more: thrown away elsewhere before the seal came to it, not on this workstation, or of another person since a merge was taken back. */
function stray(context: Context, entry: SealedEntry): ChartEntry {
  const { collection, id } = entry;
  const document = isSealable(collection) ? context.store.get(collection, id) : undefined;
  const standing = document === undefined || document.deleted ? 'missing' : standingOf(context, collection as CollectionName, document, entry);
  return { collection, id, title: titleOf(context, collection, id), updatedAt: document?.updatedAt ?? context.store.now().toISOString(), standing };
}

function standingOf({ store }: Context, collection: CollectionName, document: DocumentMeta, entry: SealedEntry | undefined): Standing {
  if (entry === undefined) return 'added';
  const content = contentOf(document) as Content;
  if (entry.rev === document.rev || contentHash(content) === entry.hash) return 'as-sealed';
  const before = readVersion(store.connection, collection, entry.id, entry.rev);
  // A first copy of the clinic brings no earlier versions: what says of itself that it was amended is believed.
  const amends = before === undefined ? saysAmended(content) : mayFollowSealed(collection, { content: before, deleted: false }, { content, deleted: false });
  return amends ? 'amended' : 'altered';
}

const saysAmended = (content: Content): boolean => Array.isArray(content['amendments']) || content['statusChange'] !== undefined || content['status'] === 'entered-in-error';
