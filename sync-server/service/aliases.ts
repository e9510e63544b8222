import type { Lookup, Version } from '../../shared/sync/version.ts';
import type { DocumentRef, WireDocument } from '../../shared/sync/protocol.ts';
import { isRoot, rootCollections, rootFields } from '../../shared/sync/scope.ts';
import type { Queries } from '../database/index.ts';
import { chunksOf, marks, type Held } from './held.ts';
import type { Carrier } from './sessions.ts';

type Content = WireDocument['content'];

const anyId = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/**
 * Ids that a site uses for documents of its own although another site, of which it must not know, used them first. The server keeps
 * such documents under ids of their own and speaks to the site in the ids that it chose: to refuse them would tell a guessed id
 * that somebody has from one that nobody has.
 */
export class Aliases {
  readonly #inward = new Map<string, string>();
  readonly #outward = new Map<string, string>();

  add({ collection, id }: DocumentRef, alias: string): void {
    this.#inward.set(keyOf(collection, id), alias);
    this.#outward.set(alias, id);
  }

  /** A document that the site names, as the server names it. */
  idOf(collection: string, id: string): string {
    return this.#inward.get(keyOf(collection, id)) ?? id;
  }

  /** What the site says, as the server keeps it. */
  inward<Sent extends DocumentRef & { content?: Content }>(document: Sent): Sent {
    if (this.#inward.size === 0) return document;
    const { collection, id, content } = document;
    return { ...document, id: this.idOf(collection, id), ...(content != null && { content: this.#inwardContent(content) }) };
  }

  /** By which root document it is about, and a conflict by what it is about: nothing else in a content decides whose it is. */
  #inwardContent(content: NonNullable<Content>): Content {
    const { collection, documentId } = content;
    const roots = rootCollections.flatMap((root) => (typeof content[rootFields[root]] === 'string' ? [[rootFields[root], this.idOf(root, content[rootFields[root]] as string)]] : []));
    return {
      ...content,
      ...(Object.fromEntries(roots) as Record<string, string>),
      ...(typeof collection === 'string' && typeof documentId === 'string' && { documentId: this.idOf(collection, documentId) }),
    };
  }

  /** What the server keeps, as the site says it: an alias is nobody's id but its own. */
  outward<Value>(value: Value): Value {
    return this.#outward.size === 0 ? value : (JSON.parse(this.outwardText(JSON.stringify(value))) as Value);
  }

  outwardText(text: string): string {
    return this.#outward.size === 0 ? text : text.replaceAll(anyId, (id) => this.#outward.get(id) ?? id);
  }

  /** Versions in the site's words: ids and revs that are derived from what is merged come out as if nobody else had theirs. */
  lookup(held: Held): Lookup {
    if (this.#inward.size === 0) return held;
    const said = (version: Version | undefined) => version && this.outward<Version>(plain(version));
    return {
      current: (collection, id) => said(held.current(collection, this.idOf(collection, id))),
      byRev: (collection, id, rev) => said(held.byRev(collection, this.idOf(collection, id), rev)),
      conflictsOf: (collection, id) => held.conflictsOf(collection, this.idOf(collection, id)).flatMap((version) => said(version) ?? []),
      sharing: (collection, keys) => held.sharing(collection, keys).flatMap((version) => said(version) ?? []),
    };
  }
}

/**
 * What an id is kept as. Roots of every collection share the ids of their compartments: two aliases for one of them would part what a
 * withdrawal takes together where the id is nobody's.
 */
const kindOf = (collection: string) => (isRoot(collection) ? rootCollections[0] as string : collection);
const keyOf = (collection: string, id: string) => `${kindOf(collection)} ${id}`;

const plain = ({ collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, deviceId, content }: Version): Version => ({
  collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, deviceId, content,
});

/** The aliases of the sites that a device belongs or belonged to, and its own: of its audit it tells nobody else. */
export async function readAliases(queries: Queries, { organisationId, deviceId, siteId }: Carrier): Promise<Aliases> {
  const rows = await queries.rows<DocumentRef & { holder: string; alias: string }>(
    `SELECT a.holder_id AS holder, a.collection AS collection, a.id AS id, a.alias AS alias FROM aliases a
       WHERE a.organisation_id = ? AND (a.holder_id = ? OR a.holder_id IN (SELECT s.site_id FROM device_sites s WHERE s.device_id = ?))`,
    [organisationId, deviceId, deviceId],
  );
  const aliases = new Aliases();
  // Where two sites of a device have one for the same id, that of the site it is at now is spoken in.
  for (const { collection, id, alias } of rows.sort((one, two) => Number(one.holder === siteId) - Number(two.holder === siteId))) aliases.add({ collection, id }, alias);
  return aliases;
}

/** Documents, and what devices call them: what was refused is kept in the words of its sender. */
export interface Meant {
  /** All ids that somebody may say for one of them. */
  ids: string[];
  /** Which of them a device means by what it says: the same id may be another document's there. */
  by(deviceId: string): Promise<(ref: DocumentRef) => boolean>;
}

export async function meantBy(queries: Queries, organisationId: number, refs: readonly DocumentRef[]): Promise<Meant> {
  const names = new Set(refs.map(({ collection, id }) => `${collection} ${id}`));
  const ids = new Set(refs.map(({ id }) => id));
  for (const chunk of chunksOf([...ids])) {
    const rows = await queries.rows<{ id: string }>(`SELECT id AS id FROM aliases WHERE organisation_id = ? AND alias IN (${marks(chunk.length)})`, [organisationId, ...chunk]);
    for (const { id } of rows) ids.add(id);
  }
  const known = new Map<string, (ref: DocumentRef) => boolean>();
  const by = async (deviceId: string) => {
    const before = known.get(deviceId);
    if (before !== undefined) return before;
    const [device] = await queries.rows<{ siteId: string }>('SELECT site_id AS siteId FROM devices WHERE id = ?', [deviceId]);
    const aliases = await readAliases(queries, { organisationId, deviceId, siteId: device?.siteId ?? '' });
    const isMeant = ({ collection, id }: DocumentRef) => names.has(`${collection} ${aliases.idOf(collection, id)}`);
    known.set(deviceId, isMeant);
    return isMeant;
  };
  return { ids: [...ids], by };
}

export async function addAlias(queries: Queries, organisationId: number, holderId: string, { collection: said, id }: DocumentRef, newId: string): Promise<string> {
  const collection = kindOf(said);
  // In the same bucket, so that the site's digests come out alike.
  const alias = newId.slice(0, -2) + id.slice(-2);
  // A device that claims another one's name has one already where it wrote under that name before.
  await queries.change('DELETE FROM aliases WHERE organisation_id = ? AND holder_id = ? AND collection = ? AND id = ?', [organisationId, holderId, collection, id]);
  await queries.change('INSERT INTO aliases (organisation_id, holder_id, collection, id, alias) VALUES (?, ?, ?, ?, ?)', [organisationId, holderId, collection, id, alias]);
  return alias;
}

/** Ends the aliases that a site has for these documents, which it may know of from now on. Answers what they stood for. */
export async function endAliases(queries: Queries, organisationId: number, siteId: string, refs: readonly DocumentRef[]): Promise<DocumentRef[]> {
  const rows = await queries.rows<DocumentRef & { alias: string }>('SELECT collection AS collection, id AS id, alias AS alias FROM aliases WHERE organisation_id = ? AND holder_id = ?', [
    organisationId, siteId,
  ]);
  const known = new Set(refs.map(({ collection, id }) => keyOf(collection, id)));
  const ended = rows.filter(({ collection, id }) => known.has(keyOf(collection, id)));
  for (const { collection, id } of ended) {
    await queries.change('DELETE FROM aliases WHERE organisation_id = ? AND holder_id = ? AND collection = ? AND id = ?', [organisationId, siteId, collection, id]);
  }
  return ended.flatMap(({ collection, alias }) => (isRoot(collection) ? rootCollections : [collection]).map((one) => ({ collection: one, id: alias })));
}
