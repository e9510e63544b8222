import { useQuery } from '@tanstack/react-query';
import type { Job } from '../../shared/contract/job.ts';
import { callQuery } from './queries.ts';
import { useStatus } from './use-status.ts';

const pollMilliseconds = 1000;

/**
 * A job as it goes on. Events bring it up to date; they may get lost with the line, so a signed-in window also
 * asks while it runs. Before sign-in (restore, demo data) only events tell.
 */
export function useJob(started: Job): Job {
  const signedIn = useStatus().data?.session.state === 'active';
  const { data } = useQuery({
    ...callQuery('jobs.get', { jobId: started.id }),
    initialData: started,
    enabled: signedIn,
    refetchInterval: (query) => (query.state.data?.state === 'running' ? pollMilliseconds : false),
  });
  return data;
}
