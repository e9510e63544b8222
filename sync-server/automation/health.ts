import { alarmChanges, healthLimits, troublesOf, type HealthInputs, type Trouble } from '../../shared/resources/health.ts';
import type { Inventory } from '../../shared/resources/inventory.ts';
import { resourceDimensions } from '../../shared/schema/resource-amounts.ts';
import { lastRun } from '../resources/run-store.ts';
import { readSamples } from '../resources/samples.ts';
import type { ServiceContext } from '../service/context.ts';
import { insertAlarm, openAlarms, updateAlarm } from './store.ts';

/** How far back the last samples may lie: older ones say nothing of now. */
const usageWindow = 30 * 60_000;

/** Raises what is newly wrong, clears what is over, and leaves alone what goes on. */
export async function checkHealth(context: ServiceContext, organisationId: number, inventory: Inventory): Promise<void> {
  const { database } = context;
  const now = context.now().getTime();
  const found = troublesOf(await inputsOf(context, organisationId, inventory, now));
  const open = (await openAlarms(database, organisationId)).map((row) => ({ ...(JSON.parse(row.content) as Trouble), id: row.id }));
  const { raise, clear, renew } = alarmChanges(open, found);
  for (const trouble of raise) {
    await insertAlarm(database, { id: context.newId(), organisation_id: organisationId, state: 'raised', content: JSON.stringify(trouble), raised_at: now, acknowledged_at: null, acknowledged_by: null, cleared_at: null });
  }
  for (const { id } of clear) await updateAlarm(database, id, { state: 'cleared', cleared_at: now });
  for (const { alarm, trouble } of renew) await updateAlarm(database, alarm.id, { content: JSON.stringify(trouble) });
}

async function inputsOf({ database, desk }: ServiceContext, organisationId: number, inventory: Inventory, now: number): Promise<HealthInputs> {
  const providers = (await desk.providersOf(organisationId)).map((provider) => ({ name: provider.name, failing: desk.statusOf(provider).state === 'failing' }));
  const run = await lastRun(database, organisationId);
  const usage = await Promise.all(providers.map(({ name }) => usageOf(database, organisationId, inventory, name, now)));
  return { inventory, providers, usage: usage.flat(), lastRun: run === undefined ? null : { runId: run.id, state: run.state } };
}

async function usageOf(database: ServiceContext['database'], organisationId: number, { hosts }: Inventory, provider: string, now: number): Promise<HealthInputs['usage']> {
  const ids = new Map(hosts.filter((host) => host.provider === provider && host.providerKey !== undefined).map(({ id, providerKey }) => [providerKey as string, id]));
  if (ids.size === 0) return [];
  const window = { provider, keys: [...ids.keys()], from: new Date(now - usageWindow).toISOString(), to: new Date(now).toISOString() };
  const { series } = await readSamples(database, organisationId, window, now);
  return series.flatMap(({ providerKey, metric, points }) => {
    const hostId = ids.get(providerKey);
    const dimension = resourceDimensions.find((one) => one === metric);
    return hostId === undefined || dimension === undefined ? [] : [{ hostId, dimension, values: points.slice(-healthLimits.samples).map(([, value]) => value) }];
  });
}
