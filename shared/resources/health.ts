import { resourceDimensions, type ResourceDimension } from '../schema/resource-amounts.ts';
import type { Inventory } from './inventory.ts';

/** What is alarming; texts are `automation.alarm.<code>`. */
export const alarmCodes = ['host-missing', 'host-over-limit', 'pool-nearly-full', 'storage-unhealthy', 'provider-failing', 'plan-failed'] as const;
export type AlarmCode = (typeof alarmCodes)[number];

/** One thing that is wrong now. The code and what it is about are what an alarm is known by. */
export interface Trouble {
  code: AlarmCode;
  /** A document's id, a provider's name or a run's id. */
  about: string;
  name: string;
  dimension: ResourceDimension | null;
  /** The share that was measured; null where nothing is. */
  share: number | null;
}

/** `raised`: nobody has seen it yet. */
export const alarmStates = ['raised', 'acknowledged', 'cleared'] as const;
export type AlarmState = (typeof alarmStates)[number];

export const healthLimits = {
  /** Usage of a host, as measured, in so many samples one after the other: a single one says little. */
  hostShare: 0.9,
  samples: 5,
  /** Ceph itself warns at 85% (mon_osd_nearfull_ratio). */
  poolShare: 0.85,
} as const;

/** What a health check looks at. Usage is what was measured last, in the dimension's unit, oldest first. */
export interface HealthInputs {
  inventory: Inventory;
  usage: readonly { hostId: string; dimension: ResourceDimension; values: readonly number[] }[];
  providers: readonly { name: string; failing: boolean }[];
  lastRun: { runId: string; state: string } | null;
}

const trouble = (code: AlarmCode, about: string, name: string, more: Partial<Trouble> = {}): Trouble => ({ code, about, name, dimension: null, share: null, ...more });

/** Everything that is wrong, in no order that means anything. */
export function troublesOf({ inventory, usage, providers, lastRun }: HealthInputs): Trouble[] {
  const { hosts, storagePools } = inventory;
  const missing = hosts.filter(({ vanishedAt, state }) => vanishedAt !== undefined && state !== 'maintenance');
  const full = storagePools.filter(({ capacity, used }) => capacity > 0 && used / capacity >= healthLimits.poolShare);
  return [
    ...missing.map(({ id, name }) => trouble('host-missing', id, name)),
    ...hosts.flatMap(({ id, name, capacity }) => resourceDimensions.flatMap((dimension) => {
      const last = usage.find((one) => one.hostId === id && one.dimension === dimension)?.values.slice(-healthLimits.samples) ?? [];
      const shares = last.map((value) => value / capacity[dimension]);
      const isOver = capacity[dimension] > 0 && shares.length === healthLimits.samples && shares.every((share) => share > healthLimits.hostShare);
      return isOver ? [trouble('host-over-limit', id, name, { dimension, share: shares.at(-1) ?? null })] : [];
    })),
    ...full.map(({ id, name, used, capacity }) => trouble('pool-nearly-full', id, name, { share: used / capacity })),
    ...storagePools.filter(({ state, vanishedAt }) => state !== 'available' && vanishedAt === undefined).map(({ id, name }) => trouble('storage-unhealthy', id, name)),
    ...providers.filter(({ failing }) => failing).map(({ name }) => trouble('provider-failing', name, name)),
    ...(lastRun !== null && (lastRun.state === 'failed' || lastRun.state === 'interrupted') ? [trouble('plan-failed', lastRun.runId, '')] : []),
  ];
}

const keyOf = ({ code, about, dimension }: Pick<Trouble, 'code' | 'about' | 'dimension'>) => JSON.stringify([code, about, dimension]);

/** What to do to the open alarms: those that are new, those that are over, and those whose figures changed. One that goes on is not raised again. */
export function alarmChanges<Open extends Pick<Trouble, 'code' | 'about' | 'dimension' | 'share'>>(open: readonly Open[], found: readonly Trouble[]): { raise: Trouble[]; clear: Open[]; renew: { alarm: Open; trouble: Trouble }[] } {
  const now = new Map(found.map((one) => [keyOf(one), one]));
  const known = new Set(open.map(keyOf));
  return {
    raise: [...now].filter(([key]) => !known.has(key)).map(([, one]) => one),
    clear: open.filter((alarm) => !now.has(keyOf(alarm))),
    renew: open.flatMap((alarm) => {
      const one = now.get(keyOf(alarm));
      return one === undefined || one.share === alarm.share ? [] : [{ alarm, trouble: one }];
    }),
  };
}
