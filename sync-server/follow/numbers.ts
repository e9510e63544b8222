import { z } from 'zod';
import type { ServiceContext } from '../service/context.ts';
import { nextWorkstationNumber } from '../service/enrol.ts';
import { closeSessions } from '../service/sessions.ts';
import type { Link } from './messenger.ts';
import { readUpstream, writeUpstream } from './upstream.ts';

/** Asked for before the last few are gone: a line that is cut then stops no workstation from joining. */
const keptReady = 10;
const askedFor = 50;

const answerSchema = z.looseObject({ first: z.int().min(1), last: z.int().min(1) });

/**
 * Workstation numbers begin medical record numbers, so no two workstations of an organisation may have the same one, whichever
 * server they joined. This server gives them out of a range that the one it follows gave it; its workstations from before it
 * followed get other numbers out of it, and learn them at their next hello.
 */
export async function seeToNumbers(
  context: ServiceContext, organisationId: number, { link, token, signal }: { link: Link; token: string; signal: AbortSignal },
): Promise<void> {
  const upstream = await readUpstream(context.database, organisationId);
  const [counter] = await context.database.rows<{ given: number; devices: number }>(
    'SELECT c.workstation_number AS given, COUNT(d.id) AS devices FROM counters c LEFT JOIN devices d ON d.organisation_id = c.organisation_id WHERE c.organisation_id = ? GROUP BY c.workstation_number',
    [organisationId],
  );
  if (upstream === undefined || counter === undefined || upstream.last_number - counter.given >= keptReady) return;
  const count = Math.min(1000, askedFor + (upstream.numbered === 1 ? 0 : counter.devices));
  const { value } = await link.post('numbers', token, { count }, signal);
  const range = answerSchema.parse(value);
  const renumbered = await context.database.transaction(async (queries) => {
    await queries.change('UPDATE counters SET workstation_number = ? WHERE organisation_id = ?', [range.first - 1, organisationId]);
    await writeUpstream(queries, organisationId, { last_number: range.last, numbered: 1 });
    if (upstream.numbered === 1) return [];
    const devices = await queries.rows<{ id: string }>('SELECT id FROM devices WHERE organisation_id = ? ORDER BY workstation_number', [organisationId]);
    for (const { id } of devices) await queries.change('UPDATE devices SET workstation_number = ? WHERE id = ?', [await nextWorkstationNumber(queries, organisationId), id]);
    await closeSessions(queries, devices.map(({ id }) => id));
    return devices;
  });
  if (renumbered.length > 0) context.endings.tell(organisationId);
}
