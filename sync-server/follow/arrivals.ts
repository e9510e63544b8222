import type { DocumentRef, PositionedDocument, WireDocument } from '../../shared/sync/protocol.ts';
import { isRoot, pulledCollections, rootCollections } from '../../shared/sync/scope.ts';
import { HeldVersion } from '../service/held.ts';
import { compartmentText, isPatient } from '../service/landing.ts';
import { keyOf } from './known.ts';
import { readUnsent } from './ledger.ts';
import { isRefusedThere, sendAgain } from './send-again.ts';
import { keepInScope, ownHead, type Head } from './withdrawals.ts';
import type { Work } from './work.ts';

const told = new Set(pulledCollections);
export const isTold = ({ collection }: { collection: string }): boolean => told.has(collection);

/** Loads all that is asked of these documents while they land. Answers those with unsent work, by `collection/id`. */
export async function prepare({ queries, organisationId, landing, known }: Work, documents: readonly WireDocument[]): Promise<Set<string>> {
  const ids = [...new Set(documents.map(({ id }) => id))];
  await landing.held.load(ids, [...new Set(documents.map(({ rev }) => rev))]);
  await landing.grants.load([...new Set(documents.map((document) => compartmentText(document, undefined)))].filter(isPatient));
  await known.load(ids);
  return readUnsent(queries, organisationId, ids);
}

/**
 * Lands what another server tells, as one change set at a new position of this one, its revs kept. A document with unsent work
 * keeps its own version, and one that is known at a later position is not taken back.
 */
export async function arrive(work: Work, head: Head, documents: readonly PositionedDocument[], unsent: ReadonlySet<string>): Promise<void> {
  const fresh: PositionedDocument[] = [];
  const passed: PositionedDocument[] = [];
  for (const document of documents.filter(isTold)) {
    if (isRoot(document.collection)) await keepInScope(work, document.id);
    const known = work.known.get(document);
    if (known.position !== null && known.position > document.position) continue;
    if (document.content !== null && isPurgedHere(work, document) && !unsent.has(keyOf(document)) && !(await isRefusedThere(work, document))) {
      await purgeThere(work, document);
      continue;
    }
    if (work.landing.held.current(document.collection, document.id)?.rev === document.rev) work.known.note(document, document.rev, document.position);
    else (unsent.has(keyOf(document)) ? passed : fresh).push(document);
  }
  for (const document of passed) passOver(work, document);
  const kept = passed.filter(({ collection, id, rev, content }) => content !== null && work.landing.held.byRev(collection, id, rev) === undefined);
  if (fresh.length + kept.length === 0) return;
  for (const document of fresh) await makeRoom(work, document);
  const writes = fresh.map(({ position: _position, ...document }) => ({ document: { ...document, deviceId: head.deviceId }, branch: false }));
  const position = await work.landing.land({ ...head, documents: [...fresh, ...kept] }, { writes, merged: [], repeated: [] });
  for (const document of fresh) work.known.note(document, document.rev, document.position);
  keepBeside(work, kept, position, { deviceId: head.deviceId, after: fresh.length });
  const last = Math.max(...[...fresh, ...kept].map((document) => document.position));
  work.received.push({
    organisation_id: work.organisationId, position, part: 0, id: head.id, state: 'received', upstream_position: last, refusal: null, refused_at: null,
  });
}

/**
 * Whatever is told is in scope of this server's site: the other server decides that. What its workstations wrote may have closed the
 * grant here and been merged there with what somebody else wrote.
 */
export async function assureGrants(work: Work, refs: readonly DocumentRef[], unsent: ReadonlySet<string>): Promise<void> {
  const { landing, upstream } = work;
  const patients = new Set(refs.flatMap(({ collection, id }) => landing.held.current(collection, id)?.compartment ?? []).filter(isPatient));
  await landing.grants.load([...patients]);
  const closed = [...patients].filter((patientId) => !landing.grants.open(patientId).some(({ site_id }) => site_id === upstream.site_id));
  const sure = closed.filter((patientId) => !work.leaving.has(patientId) && !rootCollections.some((collection) => unsent.has(keyOf({ collection, id: patientId }))));
  if (sure.length > 0) await landing.grant({ ...ownHead(work, 'patient.updated'), documents: [] }, sure);
}

const isPurgedHere = ({ landing }: Work, { collection, id }: DocumentRef): boolean => landing.held.current(collection, id)?.contentText === null;

/**
 * What was purged here before that server had it is nobody's there. Somebody who still had it has brought it there: it never comes back
 * here, and the purge that stayed here goes up after all; but for one that was refused there, as that of a sealed chart is.
 */
async function purgeThere(work: Work, document: PositionedDocument): Promise<void> {
  await sendAgain(work, document);
  work.known.note(document, document.rev, document.position);
}

function passOver({ known }: Work, document: PositionedDocument): void {
  const { skipped_position: before } = known.get(document);
  known.set(document, { skipped_position: Math.max(before ?? 0, document.position) });
}

/** A version that was here before, passed over or replaced, becomes the current one at its new place. */
async function makeRoom({ queries, organisationId, landing }: Work, { collection, id, rev }: WireDocument): Promise<void> {
  if (landing.held.byRev(collection, id, rev)?.stored !== true) return;
  await queries.change('DELETE FROM revisions WHERE organisation_id = ? AND rev = ? AND document_id = ? AND collection = ?', [organisationId, rev, id, collection]);
}

/** Keeps versions beside the unsent ones that stay: a server that is restored may need them. Nobody is told of them. */
function keepBeside({ landing }: Work, documents: PositionedDocument[], position: number, { deviceId, after }: { deviceId: string; after: number }): void {
  for (const [index, document] of documents.entries()) {
    const current = landing.held.current(document.collection, document.id);
    const version = new HeldVersion({
      position, ordinal: after + index, collection: document.collection, document_id: document.id, rev: document.rev, base_rev: document.baseRev,
      compartment: compartmentText(document, current), deleted: document.deleted ? 1 : 0, created_at: document.createdAt, updated_at: document.updatedAt,
      updated_by: document.updatedBy, content: JSON.stringify(document.content), device_id: deviceId, landed_rev: current?.rev ?? document.rev, merged: 0,
      superseded_position: position,
    }, false, document.content);
    landing.versions.push(version);
    landing.held.add(version);
  }
}
