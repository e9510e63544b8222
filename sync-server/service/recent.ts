import type { Queries } from '../database/index.ts';
import type { RevisionRow } from '../database/schema.ts';
import { chunksOf, marks, type HeldVersion } from './held.ts';
import { everySite, isPatient, type Landing } from './landing.ts';
import type { Session } from './sessions.ts';
import { changeSetText, documentText, echoText, notEmptied, toldColumns, type ToldRow } from './wire.ts';
import { readWindow, type Heading } from './windows.ts';

const sizeAtMost = 4_000_000;
const organisationsAtMost = 100;

interface RecentDocument {
  text: string;
  /** Null: not as it was sent, so that even its sender is told all of it. */
  echo: string | null;
  /** Sites that may be told; null: all. */
  sites: ReadonlySet<string> | null;
}

/** One change set as it is told to any workstation; each telling is put together once. */
export class RecentChangeSet {
  readonly heading: Heading;
  readonly #documents: RecentDocument[];
  readonly #texts = new Map<string, string | null>();

  constructor(heading: Heading, documents: RecentDocument[]) {
    this.heading = heading;
    this.#documents = documents;
  }

  /** Null: nothing of it is in scope. */
  textFor({ siteId, deviceId }: Pick<Session, 'siteId' | 'deviceId'>): string | null {
    const isCarrier = deviceId === this.heading.carried_by;
    const key = isCarrier ? `${siteId} carrier` : siteId;
    const known = this.#texts.get(key);
    if (known !== undefined) return known;
    const told = this.#documents.filter(({ sites }) => sites === null || sites.has(siteId));
    const isEcho = ({ echo }: RecentDocument) => isCarrier && echo !== null;
    const documents = told.filter((document) => !isEcho(document)).map(({ text }) => text);
    const echoes = told.filter(isEcho).map(({ echo }) => echo as string);
    const text = told.length === 0 ? null : changeSetText(this.heading, [documents, echoes]);
    this.#texts.set(key, text);
    return text;
  }
}

/** The last change sets of each organisation, kept in memory while workstations hear of them one after the other. */
export class RecentChangeSets {
  readonly #queries: Queries;
  readonly #atMost: number;
  readonly #organisations = new Map<number, Recent>();

  constructor(queries: Queries, atMost: number) {
    this.#queries = queries;
    this.#atMost = atMost;
  }

  /** Keeps what was just landed, for an organisation that somebody listens to. */
  land(organisationId: number, before: { position: number; id: string | null }, changeSets: RecentChangeSet[]): void {
    this.#organisations.get(organisationId)?.land(before, changeSets);
  }

  /** The change sets after a position up to the session's head, one a position; undefined where the database must be asked. */
  async between(session: Pick<Session, 'organisationId' | 'head' | 'headId'>, after: number): Promise<RecentChangeSet[] | undefined> {
    if (session.headId === null || after >= session.head || session.head - after > this.#atMost) return undefined;
    const recent = this.#organisations.get(session.organisationId) ?? new Recent(this.#queries, session.organisationId, this.#atMost);
    this.#organisations.delete(session.organisationId);
    this.#organisations.set(session.organisationId, recent);
    const [oldest] = this.#organisations.keys();
    if (this.#organisations.size > organisationsAtMost && oldest !== undefined) this.#organisations.delete(oldest);
    return recent.between(after, session.head, session.headId);
  }
}

/** What a push has landed, as it will be told; undefined where it changes what earlier ones tell: then the database is asked. */
export function recentOf({ changeSets, versions, grants }: Landing): RecentChangeSet[] | undefined {
  if (changeSets.some(({ reaches_back }) => reaches_back === 1)) return undefined;
  const byPosition = Map.groupBy(versions.filter(({ landedRev }) => landedRev === null), ({ position }) => position);
  return changeSets.map((heading) => {
    const documents = (byPosition.get(heading.position) ?? []).map((version) => {
      const row = toldRowOf(version);
      const holding = () => grants.open(version.compartment).map(({ site_id }) => site_id);
      return { text: documentText(row), echo: version.merged ? null : echoText(row), sites: version.compartment === everySite ? null : new Set(isPatient(version.compartment) ? holding() : []) };
    });
    return new RecentChangeSet(heading, documents);
  });
}

const toldRowOf = ({ position, ordinal, collection, id, rev, baseRev, deleted, createdAt, updatedAt, updatedBy, contentText }: HeldVersion): ToldRow => ({
  position, ordinal, collection, document_id: id, rev, base_rev: baseRev, deleted: deleted ? 1 : 0, created_at: createdAt, updated_at: updatedAt, updated_by: updatedBy, content: contentText,
});

class Recent {
  readonly #queries: Queries;
  readonly #organisationId: number;
  readonly #atMost: number;
  /** Everything after this position is in `#changeSets`, in order. */
  #from = 0;
  /** The change set at that position, where it is known to be of no use here: nobody need look again. */
  #fromId: string | null = null;
  #changeSets: RecentChangeSet[] = [];
  #loading: Promise<void> = Promise.resolve();

  constructor(queries: Queries, organisationId: number, atMost: number) {
    this.#queries = queries;
    this.#organisationId = organisationId;
    this.#atMost = atMost;
  }

  async between(after: number, head: number, headId: string): Promise<RecentChangeSet[] | undefined> {
    if (head === this.#from && headId === this.#fromId) return undefined;
    if (!this.#holds(head, headId)) {
      this.#loading = this.#loading.catch(() => undefined).then(() => this.#load(after, head, headId));
      await this.#loading;
    }
    if (!this.#holds(head, headId) || after < this.#from) return undefined;
    return this.#changeSets.slice(after - this.#from, head - this.#from);
  }

  /** Goes on with what was landed right behind the last one. */
  land(before: { position: number; id: string | null }, changeSets: RecentChangeSet[]): void {
    this.#loading = this.#loading.catch(() => undefined).then(() => {
      if (changeSets.length === 0 || before.id === null || this.#to !== before.position || !this.#holds(before.position, before.id)) return;
      this.#changeSets.push(...changeSets);
      this.#trim([]);
    });
  }

  /** A database that was restored may count to the same position again: what landed there tells whether it is the same one. */
  #holds(head: number, headId: string): boolean {
    return this.#changeSets[head - this.#from - 1]?.heading.landing_id === headId;
  }

  get #to(): number {
    return this.#from + this.#changeSets.length;
  }

  async #load(after: number, head: number, headId: string): Promise<void> {
    if (this.#holds(head, headId)) return;
    const last = this.#changeSets.at(-1);
    const goesOn = last !== undefined && this.#to < head && head - this.#to <= this.#atMost;
    const begin = goesOn ? this.#to - 1 : after;
    const headings = await readWindow(this.#queries, this.#organisationId, begin, head, sizeAtMost);
    if (headings.at(-1)?.position !== head || headings.at(-1)?.landing_id !== headId) return this.#forget(head, headId);
    if (goesOn && headings.shift()?.landing_id !== last.heading.landing_id) return this.#forget(head, headId);
    if (!goesOn) this.#forget(after, null);
    const changeSets = await this.#read(headings, this.#to, head);
    this.#changeSets.push(...changeSets);
    this.#trim(headings);
  }

  #forget(position: number, id: string | null): void {
    this.#from = position;
    this.#fromId = id;
    this.#changeSets = [];
  }

  /** What reaches back changes what those before it tell, and itself tells more than its own documents: the database knows. */
  #trim(fresh: Heading[]): void {
    const reaching = fresh.findLast(({ reaches_back }) => reaches_back === 1)?.position ?? 0;
    let size = 0;
    const heavy = this.#changeSets.findLastIndex(({ heading }) => (size += heading.size) > sizeAtMost) + 1;
    const drop = Math.max(reaching - this.#from, heavy, this.#changeSets.length - this.#atMost, 0);
    const dropped = this.#changeSets.splice(0, drop);
    this.#from += drop;
    this.#fromId = dropped.at(-1)?.heading.landing_id ?? this.#fromId;
  }

  async #read(headings: Heading[], after: number, upTo: number): Promise<RecentChangeSet[]> {
    const rows = await this.#queries.rows<ToldRow & Pick<RevisionRow, 'merged' | 'compartment'>>(
      `SELECT ${toldColumns}, r.merged, r.compartment FROM revisions r
         WHERE r.organisation_id = ? AND r.position > ? AND r.position <= ? AND r.landed_rev IS NULL AND ${notEmptied} ORDER BY r.position, r.ordinal`,
      [this.#organisationId, after, upTo],
    );
    const grants = await this.#readGrants([...new Set(rows.map(({ compartment }) => compartment).filter(isPatient))]);
    const byPosition = Map.groupBy(rows, ({ position }) => position);
    return headings.map((heading) => {
      const documents = (byPosition.get(heading.position) ?? []).map((row) => ({
        text: documentText(row),
        echo: row.merged === 0 ? echoText(row) : null,
        sites: row.compartment === everySite ? null : new Set((grants.get(row.compartment) ?? []).filter(({ position }) => position <= row.position).map(({ siteId }) => siteId)),
      }));
      return new RecentChangeSet(heading, documents);
    });
  }

  async #readGrants(patientIds: string[]): Promise<Map<string, { siteId: string; position: number }[]>> {
    const grants: { patientId: string; siteId: string; position: number }[] = [];
    for (const chunk of chunksOf(patientIds)) {
      grants.push(
        ...(await this.#queries.rows<{ patientId: string; siteId: string; position: number }>(
          `SELECT patient_id AS patientId, site_id AS siteId, position FROM grants WHERE organisation_id = ? AND patient_id IN (${marks(chunk.length)}) AND withdrawn_position IS NULL`,
          [this.#organisationId, ...chunk],
        )),
      );
    }
    return Map.groupBy(grants, ({ patientId }) => patientId);
  }
}
