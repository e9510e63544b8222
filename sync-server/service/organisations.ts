import type { CreatedCode } from '../../shared/sync/admin-protocol.ts';
import type { Queries } from '../database/index.ts';
import { assertOneSite } from '../follow/one-site.ts';
import { readUpstream } from '../follow/upstream.ts';
import type { ServiceContext } from './context.ts';
import { refuse } from './failure.ts';
import { hashOf } from './sessions.ts';

export interface Organisation {
  organisationId: string;
  name: string;
}

export async function createOrganisation(context: ServiceContext, name: string): Promise<Organisation> {
  const organisationId = context.newId();
  await context.database.transaction(async ({ kysely }) => {
    const now = context.now().getTime();
    const { insertId } = await kysely.insertInto('organisations').values({ public_id: organisationId, name, created_at: now }).executeTakeFirstOrThrow();
    const organisation_id = Number(insertId);
    const epoch = context.newId();
    await kysely.insertInto('counters').values({ organisation_id, position: 0, epoch, workstation_number: 0, names_version: 0 }).execute();
    await kysely.insertInto('epochs').values({ organisation_id, number: 1, epoch, position: 0, begun_at: now }).execute();
  });
  return { organisationId, name };
}

export async function listOrganisations({ database }: ServiceContext): Promise<Organisation[]> {
  return database.kysely.selectFrom('organisations').select(['public_id as organisationId', 'name']).orderBy('id').execute();
}

export interface CodeWanted {
  organisationId: string;
  /** The site whose workstation it lets in; absent for one that brings its own. */
  siteId?: string | undefined;
  mayAdminister?: boolean | undefined;
}

export async function createCode(context: ServiceContext, { organisationId, ...wanted }: CodeWanted): Promise<CreatedCode> {
  const found = await context.database.kysely.selectFrom('organisations').select('id').where('public_id', '=', organisationId).executeTakeFirst();
  return found === undefined ? refuse('not-found') : createCodeIn(context, found.id, wanted);
}

const codeLifetime = 24 * 60 * 60 * 1000;

/** A hundred random bits, written down as people can read them out. Only the hash is kept. */
export async function createCodeIn(context: ServiceContext, organisationId: number, { siteId: wanted, mayAdminister }: Omit<CodeWanted, 'organisationId'>): Promise<CreatedCode> {
  // Whoever joins a server that follows another one joins the site that it was given there.
  const siteId = wanted ?? (await readUpstream(context.database, organisationId))?.site_id ?? undefined;
  if (siteId !== undefined) await assertOneSite(context.database, organisationId, siteId);
  const code = Array.from(context.randomBytes(20), (byte) => crockford.charAt(byte % 32)).join('');
  const now = context.now().getTime();
  await context.database.kysely
    .insertInto('enrolment_codes')
    .values({
      code_hash: hashOf(code), organisation_id: organisationId, site_id: siteId ?? null, may_administer: mayAdminister === true ? 1 : 0,
      created_at: now, expires_at: now + codeLifetime, device_id: null,
    })
    .execute();
  return { code: (code.match(/.{5}/g) ?? []).join('-'), expiresAt: new Date(now + codeLifetime).toISOString(), siteId: siteId ?? null };
}

const crockford = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** As it was minted, from what a person typed: any case, with or without hyphens, O for 0, I or L for 1. */
export const normalisedCode = (typed: string): string =>
  typed.toUpperCase().replace(/[\s-]/g, '').replace(/O/g, '0').replace(/[IL]/g, '1');

/**
 * More workstations than enrol between two backups, those of servers that took a range of numbers included: their numbers stand on
 * paper and are not given out again. By chance more than that, since a second restore of the same backup begins where the first did.
 */
const numbersSkippedByRestore = ({ randomBytes }: ServiceContext): number => 500 + (Buffer.from(randomBytes(2)).readUInt16BE() % 1000);

export async function renewEpoch(context: ServiceContext, organisationId?: string): Promise<void> {
  const all = context.database.kysely.selectFrom('organisations').select('id');
  const found = await (organisationId === undefined ? all : all.where('public_id', '=', organisationId)).execute();
  if (found.length === 0 && organisationId !== undefined) refuse('not-found');
  for (const { id } of found) {
    await context.database.transaction((queries) => renewEpochIn(context, queries, id));
    context.commits.tell(id);
  }
}

/**
 * Begins a new epoch. Takes the same lock as a push, so that none lands in between. `heldTo` is the last position that surely is
 * what the epoch before had there; the head, where a person says that the database has just been restored.
 */
export async function renewEpochIn(context: ServiceContext, queries: Queries, organisationId: number, heldTo?: number): Promise<string> {
  const epoch = context.newId();
  await queries.change('UPDATE counters SET epoch = ?, workstation_number = workstation_number + ? WHERE organisation_id = ?', [epoch, numbersSkippedByRestore(context), organisationId]);
  // One that follows another server asks it for a range that nobody has had.
  await queries.change('UPDATE upstreams SET last_number = 0 WHERE organisation_id = ?', [organisationId]);
  const [last] = await queries.rows<{ number: number; position: number }>(
    'SELECT MAX(e.number) AS number, MAX(c.position) AS position FROM epochs e JOIN counters c ON c.organisation_id = e.organisation_id WHERE e.organisation_id = ?',
    [organisationId],
  );
  const { number, position } = last as { number: number; position: number };
  await queries.change('INSERT INTO epochs (organisation_id, number, epoch, position, begun_at) VALUES (?, ?, ?, ?, ?)', [
    organisationId, number + 1, epoch, heldTo ?? position, context.now().getTime(),
  ]);
  return epoch;
}
