import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import type { Job } from '../../../shared/contract/job.ts';
import type { PlacementRun } from '../../../shared/contract/placements.ts';
import { callQuery } from '../../api/queries.ts';

/** Incumbents and bounds come often; more often than this nobody sees them. */
const anew = 500;

/** A run as it goes on. */
export function useRun(jobId: string): { run: PlacementRun | undefined; job: Job | undefined; error: Error | null } {
  const job = useQuery({ ...callQuery('jobs.get', { jobId }), refetchInterval: (query) => (query.state.data?.state === 'running' ? anew : false) });
  const running = job.data?.state === 'running';
  const { data, error, refetch } = useQuery({ ...callQuery('placements.run', { jobId }), refetchInterval: running ? anew : false });
  // What it ended with comes after the last look while it ran.
  useEffect(() => {
    if (!running) void refetch();
  }, [running, refetch]);
  return { run: data, job: job.data, error };
}
