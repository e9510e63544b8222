import type { Resource } from '@medplum/fhirtypes';
import { toFhir, type ToldCollection } from '../../shared/exchange/fhir/mappings.ts';
import { provenanceOfSigned, signedBy, type Signed } from '../../shared/exchange/fhir/signatures.ts';
import type { Queries } from '../database/index.ts';
import { readAliases, type Aliases } from '../service/aliases.ts';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import { inScope, joinGrants } from '../service/scope.ts';
import { readSession, type Session } from '../service/sessions.ts';
import type { RevisionRow } from '../database/schema.ts';
import { collectionsOfType, type FaceType } from './types.ts';

type Row = Pick<RevisionRow, 'document_id' | 'bucket' | 'rev' | 'created_at' | 'updated_at' | 'updated_by' | 'content'>;

/** What stands now and may be told to the asking site, one row a document. */
const current = `SELECT r.document_id, r.bucket, r.rev, r.created_at, r.updated_at, r.updated_by, r.content FROM revisions r ${joinGrants}
  WHERE r.organisation_id = ? AND r.collection = ? AND r.superseded_position IS NULL AND r.deleted = 0 AND r.content IS NOT NULL AND ${inScope}`;

/** One who asks for resources: a device with a session that is good, and the names its site has for things. */
export interface Asker {
  session: Session;
  aliases: Aliases;
}

/** Fails with `token-expired`; a revoked device is told nothing more. */
export async function askerOf(context: ServiceContext, token: string | null): Promise<Asker> {
  const session = await readSession(context, token);
  if (session.state === 'revoked') return refuse('token-expired');
  return { session, aliases: await readAliases(context.database, session) };
}

/** A document as the site may know it. */
function documentOf({ document_id, rev, created_at, updated_at, updated_by, content }: Row, aliases: Aliases): object {
  return aliases.outward({ ...(JSON.parse(content as string) as object), id: document_id, rev, createdAt: created_at, updatedAt: updated_at, updatedBy: updated_by, deleted: false });
}

/** A document as a resource of this type; undefined where the document is one of another. */
function resourceOf(type: FaceType, collection: ToldCollection, row: Row, aliases: Aliases): Resource | undefined {
  const document = documentOf(row, aliases);
  if (isOnLoan(collection, document)) return undefined;
  const resource = toFhir(collection, document as never);
  if (type === 'Provenance') return provenanceOfSigned(resource, document as Signed);
  return resource.resourceType === type ? resource : undefined;
}

/** A document that stands now; undefined alike for what is not there and for what the site may not know of. */
export async function readDocument({ database }: ServiceContext, { session, aliases }: Asker, collection: ToldCollection, id: string): Promise<object | undefined> {
  const row = await readRow(database, { session, aliases }, collection, id);
  const document = row && documentOf(row, aliases);
  return document === undefined || isOnLoan(collection, document) ? undefined : document;
}

/** A document that goes along with a shared chart is in nobody's chart here, and to be read for a while alone: it is not handed on. */
const isOnLoan = (collection: ToldCollection, document: object): boolean => collection === 'documentReferences' && 'sharedChartId' in document;

async function readRow(queries: Queries, { session, aliases }: Asker, collection: ToldCollection, id: string): Promise<Row | undefined> {
  const [row] = await queries.rows<Row>(`${current} AND r.document_id = ?`, [session.siteId, session.organisationId, collection, aliases.idOf(collection, id.toLowerCase())]);
  return row;
}

/** One resource; undefined as above. */
export async function readResource({ database }: ServiceContext, asker: Asker, type: FaceType, id: string): Promise<Resource | undefined> {
  const named = type === 'Provenance' ? signedBy(id) : { id, collections: collectionsOfType[type] };
  for (const collection of named.collections) {
    const row = await readRow(database, asker, collection, named.id);
    const resource = row && resourceOf(type, collection, row, asker.aliases);
    if (resource !== undefined) return resource;
  }
  return undefined;
}

/** Behind the last resource that was looked at. */
export interface Place {
  /** Which of the type's collections. */
  collection: number;
  bucket: number;
  id: string;
}
export interface Scanned {
  resources: Resource[];
  /** Null at the end. */
  next: Place | null;
}

const rowsAtOnce = 500;
/** Rows that one request may look at: a search that finds little goes on with the next page. */
const rowsAtMost = 20_000;

interface Asked {
  type: FaceType;
  patientId: string | undefined;
  after: Place;
  count: number;
  isWanted: (resource: Resource) => boolean;
}

/** Resources of a type in a fixed order, those of one patient where one is named, until enough of them are wanted. */
export async function scan({ database }: ServiceContext, asker: Asker, asked: Asked): Promise<Scanned> {
  const { type, count, isWanted } = asked;
  const resources: Resource[] = [];
  let { after } = asked;
  for (let looked = 0; looked < rowsAtMost; looked += rowsAtOnce) {
    const collection = collectionsOfType[type][after.collection];
    if (collection === undefined) return { resources, next: null };
    const rows = await readRows(database, asker, collection, { ...asked, after });
    for (const row of rows) {
      after = { ...after, bucket: Number(row.bucket), id: row.document_id };
      const resource = resourceOf(type, collection, row, asker.aliases);
      if (resource === undefined || !isWanted(resource)) continue;
      resources.push(resource);
      if (resources.length === count) return { resources, next: after };
    }
    if (rows.length < rowsAtOnce) after = { collection: after.collection + 1, bucket: -1, id: '' };
  }
  return { resources, next: after };
}

/** Letters and what is written on them are in no patient's compartment: who asks for those of one is given what names the patient. */
const betweenSites = ['referrals', 'communications', 'careTasks'] as const;

function readRows(queries: Queries, { session, aliases }: Asker, collection: ToldCollection, { patientId, after }: Pick<Asked, 'patientId' | 'after'>): Promise<Row[]> {
  const byCompartment = patientId !== undefined && !(betweenSites as readonly ToldCollection[]).includes(collection);
  const ofPatient = byCompartment ? ' AND r.compartment = ?' : '';
  return queries.rows<Row>(
    `${current}${ofPatient} AND (r.bucket > ? OR (r.bucket = ? AND r.document_id > ?)) ORDER BY r.bucket, r.document_id LIMIT ${rowsAtOnce}`,
    [session.siteId, session.organisationId, collection, ...(byCompartment ? [aliases.idOf('patients', patientId)] : []), after.bucket, after.bucket, after.id],
  );
}
