import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { doctorAccount } from './clinic.ts';
import { startChild } from './sync-child.ts';
import type { Call } from './workstation.ts';

/** A real workstation in a process of its own. */
export interface SyncWorkstation {
  profile: string;
  call: Call;
  join(address: string, code: string): Promise<void>;
  untilIdle(): Promise<void>;
  untilShown(id: string, notes: string): Promise<void>;
  syncOnce(): Promise<void>;
  close(): Promise<void>;
}

export const newProfile = (): string => mkdtempSync(join(tmpdir(), 'workstation-'));

export async function startWorkstation(profile: string): Promise<SyncWorkstation> {
  const child = await startChild('sync-workstation-process', [profile]);
  const call: Call = (name, input) => child.ask('call', { name, input });
  return {
    profile, call,
    async join(address, code) {
      const { fingerprint } = await call('enrolment.find', { address });
      await call('enrolment.join', { address, code, name: 'Bench', ...(fingerprint !== undefined && { fingerprint }) });
    },
    untilIdle: () => child.ask('untilIdle'),
    untilShown: (id, notes) => child.ask('untilShown', { id, notes }),
    syncOnce: () => child.ask('syncOnce'),
    close: () => child.end(),
  };
}

/** Signs in and waits for the checks that follow: figures taken beside one would be its, too. */
export async function signInQuietly({ call }: SyncWorkstation, account = doctorAccount): Promise<void> {
  await call('sessions.signIn', account);
  await pause(500);
  while ((await call('jobs.list', {})).some(({ state }) => state === 'running')) await pause(200);
}
