import { z } from 'zod';
import type { AppError } from '../errors.ts';
import { idSchema } from '../schema/document.ts';
import { call } from './call.ts';
import { nothing } from './page.ts';

export type JobKind = 'import.dry-run' | 'import.run' | 'import.undo' | 'export' | 'backup' | 'restore' | 'demo' | 'integrity-check' | 'resource-import' | 'placement' | 'report' | 'clinical-report' | 'cleaning' | 'fhir-check' | 'fhir-import';

/** Long work with progress. A cancelled job leaves whole batches behind, never half of one. */
export interface Job {
  id: string;
  kind: JobKind;
  state: 'running' | 'done' | 'failed' | 'cancelled';
  /** Units done and in all (rows, pages, bytes); `total` is 0 while unknown. */
  done: number;
  total: number;
  error?: AppError;
}

export const jobCalls = {
  'jobs.list': call('session', nothing)<Job[]>(),
  'jobs.get': call('session', z.strictObject({ jobId: idSchema }))<Job>(),
  'jobs.cancel': call('session', z.strictObject({ jobId: idSchema }))<Job>(),
};
