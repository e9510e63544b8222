import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { PlacementRun } from '../../../shared/contract/placements.ts';
import type { ScheduleRun } from '../../../shared/contract/schedules.ts';
import type { AppException } from '../../../shared/errors.ts';
import { callQuery } from '../../api/queries.ts';

/** Incumbents and bounds come often; more often than this nobody sees them. */
const anew = 500;

interface LiveRun<Run> {
  run: Run | undefined;
  job: Job | undefined;
  error: AppException | null;
}

/** A run of the placement as it goes on; the run alone says that resources were changed since: its plan and its machines stay as they were. */
export function usePlacementRun(jobId: string): LiveRun<PlacementRun> {
  const { job, interval } = useJobOf(jobId);
  const { data: run, error, refetch } = useQuery({ ...callQuery('placements.run', { jobId }), refetchInterval: interval, meta: { collections: ['hosts', 'virtualMachines'] } });
  useLastLook(interval, refetch);
  return { run, job, error };
}

/** A run over the tasks as it goes on. */
export function useScheduleRun(jobId: string): LiveRun<ScheduleRun> {
  const { job, interval } = useJobOf(jobId);
  const { data: run, error, refetch } = useQuery({ ...callQuery('schedules.run', { jobId }), refetchInterval: interval, meta: { collections: ['tasks', 'computeNodes'] } });
  useLastLook(interval, refetch);
  return { run, job, error };
}

function useJobOf(jobId: string): { job: Job | undefined; interval: number | false } {
  const { data: job } = useQuery({ ...callQuery('jobs.get', { jobId }), refetchInterval: (asked) => (asked.state.data?.state === 'running' ? anew : false) });
  return { job, interval: job?.state === 'running' ? anew : false };
}

/** What it ended with comes after the last look while it ran. */
function useLastLook(interval: number | false, refetch: () => unknown): void {
  useEffect(() => {
    if (interval === false) void refetch();
  }, [interval, refetch]);
}
