import type { Job, JobKind } from '../../shared/contract/job.ts';
import { fail } from '../../shared/errors.ts';
import { can, type Permission } from '../../shared/permissions.ts';
import type { Context } from './context.ts';

/** Who, besides the one who started it, may stop a job of this kind. */
const permissionFor: Record<JobKind, Permission> = {
  'import.dry-run': 'data.import',
  'import.run': 'data.import',
  'import.undo': 'data.import',
  'fhir-check': 'data.import',
  'fhir-import': 'data.import',
  export: 'data.export',
  backup: 'backup.manage',
  restore: 'backup.manage',
  'integrity-check': 'backup.manage',
  demo: 'settings.manage',
  'resource-import': 'resource.manage',
  placement: 'resource.manage',
  report: 'resource.manage',
  'clinical-report': 'settings.manage',
  cleaning: 'quality.manage',
};

/** Every job that runs, and the latest that ended. */
export function listJobs({ jobs }: Context): Job[] {
  return jobs.list();
}

/** Fails with `job-not-found`. */
export function getJob({ jobs }: Context, { jobId }: { jobId: string }): Job {
  return jobs.get(jobId);
}

/** Stops a job between two batches. Fails with `job-not-found`, or `forbidden` for another's job of a kind one may not start. */
export function cancelJob({ jobs, user }: Context, { jobId }: { jobId: string }): Promise<Job> {
  const permission = permissionFor[jobs.get(jobId).kind];
  if (jobs.startedBy(jobId) !== user.id && !can(user.role, permission)) fail({ code: 'forbidden', permission });
  return jobs.cancel(jobId);
}
