import type { Resource } from '@medplum/fhirtypes';
import { toFhir, fhirTypes, type FhirCollection, type FhirType } from '../../shared/exchange/fhir/mappings.ts';
import { readAliases, type Aliases } from '../service/aliases.ts';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import { inScope, joinGrants } from '../service/scope.ts';
import { readSession, type Session } from '../service/sessions.ts';
import type { RevisionRow } from '../database/schema.ts';

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

/** A document as a resource of this type; undefined where the document is one of another. */
function resourceOf(type: FhirType, { document_id, rev, created_at, updated_at, updated_by, content }: Row, aliases: Aliases): Resource | undefined {
  const said = aliases.outward({ ...(JSON.parse(content as string) as object), id: document_id, rev, createdAt: created_at, updatedAt: updated_at, updatedBy: updated_by, deleted: false });
  const resource = toFhir(fhirTypes[type], said as never);
  return resource.resourceType === type ? resource : undefined;
}

/** One resource; undefined alike for what is not there and for what the site may not know of. */
export async function readResource({ database }: ServiceContext, { session, aliases }: Asker, type: FhirType, id: string): Promise<Resource | undefined> {
  const collection: FhirCollection = fhirTypes[type];
  const [row] = await database.rows<Row>(`${current} AND r.document_id = ?`, [session.siteId, session.organisationId, collection, aliases.idOf(collection, id.toLowerCase())]);
  return row && resourceOf(type, row, aliases);
}

/** Behind the last resource that was looked at. */
export interface Place {
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

/** Resources of a type in a fixed order, those of one patient where one is named, until enough of them are wanted. */
export async function scan(
  { database }: ServiceContext,
  { session, aliases }: Asker,
  asked: { type: FhirType; patientId: string | undefined; after: Place; count: number; isWanted: (resource: Resource) => boolean },
): Promise<Scanned> {
  const { type, patientId, count, isWanted } = asked;
  const resources: Resource[] = [];
  let { after } = asked;
  for (let looked = 0; looked < rowsAtMost; looked += rowsAtOnce) {
    const ofPatient = patientId === undefined ? '' : ' AND r.compartment = ?';
    const rows = await database.rows<Row>(
      `${current}${ofPatient} AND (r.bucket > ? OR (r.bucket = ? AND r.document_id > ?)) ORDER BY r.bucket, r.document_id LIMIT ${rowsAtOnce}`,
      [session.siteId, session.organisationId, fhirTypes[type], ...(patientId === undefined ? [] : [aliases.idOf('patients', patientId)]), after.bucket, after.bucket, after.id],
    );
    for (const row of rows) {
      after = { bucket: Number(row.bucket), id: row.document_id };
      const resource = resourceOf(type, row, aliases);
      if (resource === undefined || !isWanted(resource)) continue;
      resources.push(resource);
      if (resources.length === count) return { resources, next: after };
    }
    if (rows.length < rowsAtOnce) return { resources, next: null };
  }
  return { resources, next: after };
}
