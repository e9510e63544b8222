import type { Job } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { checkIntegrity as checkDatabase } from '../storage/integrity.ts';
import type { Context } from './context.ts';
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
  const { jobs, profile, databaseKey } = workstation;
  jobs.assertIdle('integrity-check', 'restore');
  return jobs.start(
    'integrity-check',
    async (job) => {
      const { state } = await checkDatabase({ profile, databaseKey }, job);
      if (state === 'ok') return;
      await jobs.cancelAllBut(job.id);
      workstation.markDamaged();
      fail({ code: 'database-damaged' });
    },
    startedBy,
  );
}
