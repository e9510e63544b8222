import type { DocumentRef, PositionedDocument, PulledChangeSet } from '../../shared/sync/protocol.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import { chunksOf, marks } from '../service/held.ts';
import { arrive, assureGrants, isTold, prepare } from './arrivals.ts';
import { keyOf } from './known.ts';
import { writeUpstream } from './upstream.ts';
import { ownHead, withdraw } from './withdrawals.ts';
import type { Work } from './work.ts';

/** Applies change sets and moves the position to `position`, in one transaction. */
export async function applyChangeSets(work: Work, changeSets: readonly PulledChangeSet[], position: number): Promise<void> {
  const { queries, organisationId, upstream } = work;
  const unsent = await prepare(work, changeSets.flatMap(({ documents }) => documents));
  await work.known.load(changeSets.flatMap(({ echoes }) => echoes.map(({ id }) => id)));
  await work.landing.held.load([...new Set(changeSets.flatMap(({ echoes }) => echoes.map(({ id }) => id)))], []);
  const known = await knownIds(work, changeSets.map(({ id }) => id));
  for (const { documents, echoes, withdrawn, position: at, ...head } of changeSets) {
    // What that server made of a change set that is here already is kept apart from it.
    const own = { ...head, id: known.has(head.id) ? derivedId('landed', head.id, at) : head.id };
    await arrive(work, own, documents.map((document) => ({ ...document, position: at })), unsent);
    for (const echo of echoes.filter(isTold)) arriveEcho(work, echo, at, unsent);
    await assureGrants(work, [...documents, ...echoes], unsent);
    if (withdrawn.length > 0) await withdraw(work, withdrawn, own);
  }
  await askForUnmentioned(work, changeSets, position);
  await writeUpstream(queries, organisationId, {
    position, known_position: Math.max(upstream.known_position, position), head: Math.max(upstream.head, position),
  });
}

/** That server says that a version which went up from here stands as it was sent. */
function arriveEcho({ known, landing }: Work, echo: DocumentRef & { rev: string }, position: number, unsent: ReadonlySet<string>): void {
  known.note(echo, echo.rev, position);
  const current = landing.held.current(echo.collection, echo.id);
  // Not here, or not what stands here: this server was put back to an older state, or lost the version otherwise.
  const { rev } = known.get(echo);
  if (current?.rev !== rev && rev === echo.rev && !unsent.has(keyOf(echo))) known.set(echo, { to_fetch: 1 });
}

async function knownIds({ queries, organisationId }: Work, ids: readonly string[]): Promise<Set<string>> {
  const known = new Set<string>();
  for (const chunk of chunksOf([...new Set(ids)])) {
    const rows = await queries.rows<{ id: string }>(`SELECT DISTINCT id FROM upstream_change_sets WHERE organisation_id = ? AND id IN (${marks(chunk.length)})`, [organisationId, ...chunk]);
    for (const { id } of rows) known.add(id);
  }
  return known;
}

/**
 * A page tells everything in scope up to its end: what is known to stand within the page and was not mentioned in it is in no scope
 * of this server any more. It is asked for, and the answer that it is missing takes it off.
 */
async function askForUnmentioned({ queries, organisationId, upstream, known }: Work, changeSets: readonly PulledChangeSet[], upTo: number): Promise<void> {
  const mentioned = new Set(changeSets.flatMap(({ documents, echoes }) => [...documents, ...echoes].map(keyOf)));
  const standing = await queries.rows<DocumentRef>(
    'SELECT collection, document_id AS id FROM upstream_documents WHERE organisation_id = ? AND position > ? AND position <= ?',
    [organisationId, upstream.position, upTo],
  );
  const unmentioned = standing.filter((ref) => !mentioned.has(keyOf(ref)));
  await known.load(unmentioned.map(({ id }) => id));
  for (const ref of unmentioned) known.set(ref, { to_fetch: 1 });
}

/** Few and small enough to be sent in one message, should that server lose them: a change set is never split. */
const mostDocuments = 500;
const mostCharacters = 1_000_000;

/** Documents that come without their change sets are kept in some of this server's making. */
export async function arriveAlone(work: Work, documents: readonly PositionedDocument[]): Promise<void> {
  const unsent = await prepare(work, documents);
  for (const some of inSets(documents)) await arrive(work, ownHead(work, 'workstation.joined'), some, unsent);
  await assureGrants(work, documents, unsent);
}

function* inSets(documents: readonly PositionedDocument[]): Generator<PositionedDocument[]> {
  let [set, characters]: [PositionedDocument[], number] = [[], 0];
  for (const document of documents) {
    const size = JSON.stringify(document).length;
    if (set.length > 0 && (set.length === mostDocuments || characters + size > mostCharacters)) {
      yield set;
      [set, characters] = [[], 0];
    }
    set.push(document);
    characters += size;
  }
  if (set.length > 0) yield set;
}
