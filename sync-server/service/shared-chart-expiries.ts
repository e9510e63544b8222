import { derivedId } from '../../shared/sync/derived-id.ts';
import type { ChangeSet, WireDocument } from '../../shared/sync/protocol.ts';
import type { ServiceContext } from './context.ts';
import { flush } from './flush.ts';
import type { HeldVersion } from './held.ts';
import { Landing } from './landing.ts';
import { lockPosition } from './lock.ts';

const collection = 'sharedCharts';
const atOnce = 50;

interface Expired {
  organisationId: number;
  id: string;
  publicId: string;
  epoch: string;
}

const sitesOf = ({ content }: Pick<HeldVersion, 'content'>): string[] => (content?.['siteIds'] as string[] | undefined) ?? [];

/**
 * Takes charts whose time is over off every site but the sender's. A server that follows another one leaves that to it: two that did the
 * same at their own times would each tell the other. Until it is told, a workstation goes by its own clock.
 */
export async function endExpired(context: ServiceContext): Promise<void> {
  const expired = await context.database.rows<Expired>(
    `SELECT e.organisation_id AS organisationId, e.document_id AS id, o.public_id AS publicId, c.epoch AS epoch
       FROM shared_chart_expiries e JOIN organisations o ON o.id = e.organisation_id JOIN counters c ON c.organisation_id = e.organisation_id
       WHERE e.expires_at <= ? AND NOT EXISTS (SELECT 1 FROM upstreams u WHERE u.organisation_id = e.organisation_id AND u.device_id IS NOT NULL)
       ORDER BY e.organisation_id, e.document_id LIMIT ${atOnce}`,
    [context.now().toISOString()],
  );
  for (const one of expired) await endOne(context, one);
}

async function endOne(context: ServiceContext, { organisationId, id, publicId, epoch }: Expired): Promise<void> {
  // The server writes as a device of its own, which bears the organisation's id.
  const carrier = { organisationId, deviceId: publicId, siteId: publicId };
  await context.database.transaction(async (queries) => {
    const landing = new Landing(queries, carrier, (await lockPosition(queries, carrier, epoch)).before);
    await landing.held.load([id], []);
    const current = landing.held.current(collection, id);
    if (current?.content != null && sitesOf(current).length > 1) {
      const document = ended(current, context.now().toISOString());
      const changeSet: ChangeSet = { id: derivedId('expired', document.rev), action: 'shared-chart.ended', actorId: 'server', deviceId: publicId, wallTime: document.updatedAt, documents: [document] };
      await landing.land(changeSet, { writes: [{ document: { ...document, deviceId: publicId }, branch: false }], merged: [], repeated: [] });
    }
    await flush(queries, carrier, landing);
    await queries.change('DELETE FROM shared_chart_expiries WHERE organisation_id = ? AND document_id = ?', [organisationId, id]);
  });
  context.commits.tell(organisationId);
}

const ended = ({ id, rev, createdAt, deleted, content }: HeldVersion, at: string): WireDocument => ({
  collection, id, rev: derivedId('expired', rev), baseRev: rev, deleted, createdAt, updatedAt: at, updatedBy: 'server', content: { ...content, siteIds: [content?.['senderSiteId']] },
});
