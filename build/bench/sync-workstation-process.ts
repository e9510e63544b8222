import { setTimeout as pause } from 'node:timers/promises';
import type { CallInput, CallName } from '../../shared/contract/index.ts';
import { startBackend } from '../../electron/backend/index.ts';
import { serve } from './sync-child.ts';
import { callOf } from './workstation.ts';

/** A real backend on a profile, with one session. */
const [profile = ''] = process.argv.slice(2);
const backend = await startBackend({ profile, version: 'bench', host: 'web' });
const session = 'bench';
const call = callOf(backend, session);
const idleWithin = 15 * 60_000;
const syncedWithin = 30_000;

serve(
  {
    call: ({ name, input }: { name: CallName; input: CallInput<CallName> }) => call(name, input as never),
    untilIdle,
    untilShown,
    syncOnce,
  },
  () => backend.close(),
);

/** Until everything was sent and taken. */
async function untilIdle(): Promise<void> {
  for (const began = performance.now(); ; await pause(5)) {
    const { phase, waiting, failure } = await call('sync.state', {});
    if (phase === 'idle' && waiting === 0) return;
    if (phase === 'refused' || performance.now() - began > idleWithin) throw new Error(`Sync is ${phase}, ${failure ?? 'without a failure'}, ${waiting} waiting`);
  }
}

/** Until this patient's notes can be read here; it looks, as a screen does, whenever the backend says that patients changed. */
function untilShown({ id, notes }: { id: string; notes: string }): Promise<void> {
  return new Promise((resolve, reject) => {
    const look = async () => {
      const patient = await call('patients.get', { id });
      if (patient.notes !== notes) return;
      clearTimeout(late);
      stop();
      resolve();
    };
    const failed = (error: unknown) => {
      clearTimeout(late);
      stop();
      reject(error as Error);
    };
    const stop = backend.subscribe((event) => {
      if (event.type === 'changed' && event.collections.includes('patients')) look().catch(failed);
    });
    const late = setTimeout(() => failed(new Error('A save did not arrive within half a minute')), syncedWithin);
    look().catch(failed);
  });
}

/** Asks to sync now, and waits for the success of it. */
async function syncOnce(): Promise<void> {
  const { lastSuccessAt: before } = await call('sync.state', {});
  await call('sync.syncNow', {});
  for (const began = performance.now(); ; await pause(1)) {
    const { lastSuccessAt, phase } = await call('sync.state', {});
    if (lastSuccessAt !== before && phase === 'idle') return;
    if (performance.now() - began > syncedWithin) throw new Error(`Sync is ${phase}`);
  }
}
