import type { CallName } from '../../shared/contract/index.ts';
import { cancelJob, getJob, listJobs } from '../services/jobs.ts';
import type { Handlers } from './router.ts';

/** Which use case answers which call, noun by noun. A call of the contract that is missing here does not compile. */
export const handlers: Pick<Handlers, 'jobs.list' | 'jobs.get' | 'jobs.cancel'> & Partial<Pick<Handlers, CallName>> = {
  'jobs.list': listJobs,
  'jobs.get': getJob,
  'jobs.cancel': cancelJob,
};
