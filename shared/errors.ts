import { z } from 'zod';
import { permissions } from './permissions.ts';
import { collectionNames } from './schema/collections.ts';

/** One thing wrong with one field. `path` is dotted (`emergencyContact.phone`); `code` is translated as `issue.<code>`. */
export const fieldIssueSchema = z.object({
  path: z.string(),
  code: z.string(),
  params: z.record(z.string(), z.union([z.string(), z.number()])).optional(),
});
export type FieldIssue = z.infer<typeof fieldIssueSchema>;

const coded = <Code extends string, Shape extends z.ZodRawShape>(code: Code, shape: Shape) =>
  z.object({ code: z.literal(code), ...shape });

/**
 * Every expected failure of the program, as data. The renderer translates each as `error.<code>`, which
 * says what happened, what is safe and what to do. No member may carry patient data.
 */
export const appErrorSchema = z.discriminatedUnion('code', [
  coded('invalid-input', { issues: z.array(fieldIssueSchema) }),
  coded('unknown-call', {}),
  coded('untrusted-sender', {}),
  coded('unauthenticated', {}),
  coded('locked', {}),
  coded('forbidden', { permission: z.enum(permissions) }),
  coded('not-found', { collection: z.enum(collectionNames) }),
  coded('stale-revision', { collection: z.enum(collectionNames), id: z.string(), currentRev: z.string() }),
  coded('record-signed', {}),
  coded('record-not-signed', {}),
  coded('undo-nothing', {}),
  coded('undo-signed', {}),
  coded('undo-changed-since', {}),
  coded('undo-not-offered', {}),
  coded('patient-deleted', {}),
  coded('wrong-credentials', {}),
  coded('account-not-here-yet', {}),
  coded('sign-in-delayed', { retryAfterSeconds: z.number() }),
  coded('wrong-recovery-key', {}),
  coded('username-taken', {}),
  coded('last-admin', {}),
  coded('already-set-up', {}),
  coded('not-set-up', {}),
  coded('database-damaged', {}),
  coded('database-newer', { found: z.number(), supported: z.number() }),
  coded('database-key-lost', {}),
  coded('profile-in-use', {}),
  coded('disk-full', {}),
  coded('storage-unavailable', {}),
  coded('backup-damaged', {}),
  coded('backup-newer', { found: z.number(), supported: z.number() }),
  coded('backup-not-found', {}),
  coded('file-not-csv', { row: z.number().optional() }),
  coded('file-too-large', { limitMegabytes: z.number() }),
  coded('file-empty', {}),
  coded('attachment-too-large', { limitMegabytes: z.number() }),
  coded('attachment-not-supported', {}),
  coded('attachment-not-here', {}),
  coded('attachment-lost', {}),
  coded('file-not-inventory', {}),
  coded('file-not-fhir', {}),
  coded('file-too-many-rows', { limit: z.number() }),
  coded('file-wrong-columns', { missing: z.array(z.string()) }),
  coded('import-not-found', {}),
  coded('too-many-tasks', { count: z.number(), limit: z.number() }),
  coded('plan-outdated', {}),
  coded('plan-supposed', {}),
  coded('plan-without-provider', { name: z.string() }),
  coded('plan-run-under-way', {}),
  coded('proposal-not-waiting', {}),
  coded('host-not-empty', { machines: z.number() }),
  coded('import-changed-since', { count: z.number() }),
  coded('job-not-found', {}),
  coded('job-cancelled', {}),
  coded('job-running', {}),
  coded('not-enrolled', {}),
  coded('already-enrolled', {}),
  coded('enrolment-code-wrong', {}),
  coded('server-unreachable', {}),
  coded('server-refused', { reason: z.string() }),
  coded('hub-serves-one-site', {}),
  coded('server-certificate-changed', {}),
  coded('server-not-encrypted', {}),
  coded('unsent-work', { count: z.number() }),
  coded('quarantine-not-found', {}),
  coded('conflict-not-settled', {}),
  coded('slot-taken', { starts: z.array(z.string()), count: z.number() }),
  coded('appointment-ended', {}),
  coded('already-checked-in', {}),
  coded('encounter-ended', {}),
  coded('referral-closed', {}),
  coded('sharing-ended', {}),
  coded('chart-sealed', {}),
  coded('chart-not-closed', {}),
  coded('chart-incomplete', { count: z.number() }),
  coded('chart-lent', {}),
  coded('retention-period', { until: z.string() }),
  coded('file-not-sealed-copy', {}),
  coded('already-merged', {}),
  coded('not-merged', {}),
  coded('workstation-revoked', {}),
  coded('hub-not-started', {}),
  coded('backend-unavailable', {}),
  coded('internal', { reference: z.string() }),
]);
export type AppError = z.infer<typeof appErrorSchema>;
export type ErrorCode = AppError['code'];

/** Carries an {@link AppError} through code that throws. Anything else that is thrown is a bug. */
export class AppException extends Error {
  readonly error: AppError;
  constructor(error: AppError) {
    super(error.code);
    this.name = 'AppException';
    this.error = error;
  }
}

/** Throws an expected, coded error. */
export function fail(error: AppError): never {
  throw new AppException(error);
}

/** The answer to every call over a boundary: never undefined, never a bare exception. */
export type Result<T> = { ok: true; value: T } | { ok: false; error: AppError };
