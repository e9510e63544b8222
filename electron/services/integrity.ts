import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { checkIntegrity as checkDatabase } from '../storage/integrity.ts';
import { rebuildSearchIndex } from '../storage/search-index.ts';
import type { Context } from './context.ts';
import type { RunningJob } from './job-runner.ts';
import type { Workstation } from './workstation.ts';

/** Checks the whole database beside the work. Fails with `job-running` beside another check or a restore. */
export function checkIntegrity({ workstation, user }: Context): Job {
  return startCheck(workstation, user.id);
}

/** Checks unless a check or a restore runs or the database is shut. */
export function checkInBackground(workstation: Workstation): void {
  const { jobs } = workstation;
  if (workstation.databaseState === 'open' && !jobs.isRunning('integrity-check', 'restore')) startCheck(workstation);
}

/** A database that is damaged goes out of use as soon as that is known; the job fails with `database-damaged`. */
function startCheck(workstation: Workstation, startedBy?: string): Job {
  const { jobs } = workstation;
  jobs.assertIdle('integrity-check', 'restore');
  return jobs.start(
    'integrity-check',
    async (job) => {
      if (await isSound(workstation, job)) return;
      await jobs.cancelAllBut(job.id);
      workstation.markDamaged();
      fail({ code: 'database-damaged' });
    },
    startedBy,
  );
}

/** Whether the database is whole, perhaps after its search tables, which hold nothing of their own, were filled anew. */
async function isSound(workstation: Workstation, job: RunningJob): Promise<boolean> {
  const { profile, databaseKey, store } = workstation;
  const found = await checkDatabase({ profile, databaseKey }, job);
  if (found.state === 'ok') return true;
  workstation.log.event('database-damaged', { tables: found.tables.length });
  if (!found.tables.every((table) => /^patient_(terms|characters|trigrams)/.test(table))) return false;
  try {
    rebuildSearchIndex(store.connection);
  } catch (error) {
    workstation.log.error('search-index-not-rebuilt', error);
    return false;
  }
  return (await checkDatabase({ profile, databaseKey }, job)).state === 'ok';
}
