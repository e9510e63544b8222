import type { AuditEntryContent } from '../../shared/schema/audit-entry.ts';
import { resourceCollections, type ResourceCollection } from '../../shared/schema/resource.ts';
import { derivedId } from '../../shared/sync/derived-id.ts';
import type { ChangeSet, WireDocument } from '../../shared/sync/protocol.ts';
import type { ResourceAnswers } from '../../shared/sync/resource-protocol.ts';
import type { Provider } from '../providers/provider.ts';
import type { ServiceContext } from '../service/context.ts';
import { flush } from '../service/flush.ts';
import { chunksOf, marks } from '../service/held.ts';
import { readIncoming } from '../service/incoming.ts';
import { Landing } from '../service/landing.ts';
import { lockPosition } from '../service/lock.ts';
import { Taking } from '../service/push.ts';
import { planObservations, type HeldResource, type ResourceWrite } from './plan-observations.ts';

type Refreshed = Exclude<ResourceAnswers['resources.refresh'], { failure: unknown }>;

/** A page of a pull holds whole change sets: thousands of machines in one would be more than a slow line carries at once. */
const documentsAtOnce = 300;

/** Writes what a provider shows into the organisation's inventory, by the way that a workstation's push takes. */
export async function refresh(context: ServiceContext, organisationId: number, provider: Provider): Promise<Refreshed> {
  const inventory = await context.desk.observe(provider, context.now);
  const observedAt = context.now().toISOString();
  const { publicId, epoch } = await identityOf(context, organisationId);
  const newIdOf = (collection: ResourceCollection, key: string) => derivedId('observed', publicId, provider.name, collection, key);
  const { writes, ...counts } = planObservations(await readHeld(context, organisationId), inventory, { provider: provider.name, observedAt, newIdOf });
  for (const chunk of chunksOf(writes, documentsAtOnce)) {
    await land(context, { organisationId, deviceId: publicId, siteId: publicId, epoch }, 'resource.observed', chunk.map((write) => documentOf(context, write, observedAt)));
  }
  if (writes.length > 0) context.commits.tell(organisationId);
  return { observedAt, ...counts };
}

async function identityOf({ database }: ServiceContext, organisationId: number): Promise<{ publicId: string; epoch: string }> {
  const [organisation] = await database.rows<{ publicId: string; epoch: string }>(
    'SELECT o.public_id AS publicId, c.epoch AS epoch FROM organisations o JOIN counters c ON c.organisation_id = o.id WHERE o.id = ?', [organisationId],
  );
  return organisation as { publicId: string; epoch: string };
}

/** Writes into the organisation's audit what the server did by itself. */
export async function landAudit(context: ServiceContext, organisationId: number, content: Omit<AuditEntryContent, 'deviceId'>): Promise<void> {
  const { publicId, epoch } = await identityOf(context, organisationId);
  const at = context.now().toISOString();
  const entry: WireDocument = {
    collection: 'auditEntries', id: context.newId(), rev: context.newId(), baseRev: null, deleted: false, createdAt: at, updatedAt: at, updatedBy: 'server', content: { ...content, deviceId: publicId },
  };
  await land(context, { organisationId, deviceId: publicId, siteId: publicId, epoch }, content.action, [entry]);
}

export async function readHeld({ database }: ServiceContext, organisationId: number): Promise<HeldResource[]> {
  const rows = await database.rows<{ collection: ResourceCollection; id: string; rev: string; createdAt: string; deleted: number; content: string | null }>(
    `SELECT collection, document_id AS id, rev, created_at AS createdAt, deleted, content FROM revisions
       WHERE organisation_id = ? AND collection IN (${marks(resourceCollections.length)}) AND superseded_position IS NULL`,
    [organisationId, ...resourceCollections],
  );
  return rows.map(({ content, deleted, ...row }) => ({ ...row, deleted: deleted === 1, content: content === null ? null : (JSON.parse(content) as Record<string, unknown>) }));
}

const documentOf = (context: ServiceContext, { collection, id, held, content, deleted }: ResourceWrite, at: string): WireDocument => ({
  collection, id, rev: context.newId(), baseRev: held?.rev ?? null, deleted, createdAt: held?.createdAt ?? at, updatedAt: at, updatedBy: 'server', content,
});

/** The server writes as a device of its own, which bears the organisation's id: nobody enrols as that one. */
async function land(context: ServiceContext, { epoch, ...carrier }: { organisationId: number; deviceId: string; siteId: string; epoch: string }, action: string, documents: WireDocument[]): Promise<void> {
  const changeSet: ChangeSet = {
    id: context.newId(), action, actorId: 'server', deviceId: carrier.deviceId, wallTime: context.now().toISOString(), documents,
  };
  await context.database.transaction(async (queries) => {
    const standing = await lockPosition(queries, carrier, epoch);
    const landing = new Landing(queries, carrier, standing.before);
    const [outcome] = await new Taking(queries, carrier, landing, standing, context.newId).takeAll([readIncoming(changeSet)]);
    if (outcome?.outcome !== 'accepted') throw new Error(`What was observed cannot be written: ${outcome?.refusal}`);
    await flush(queries, carrier, landing);
  });
}
