import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { AppException, type AppError } from '../../../shared/errors.ts';
import type { Role } from '../../../shared/permissions.ts';
import type { MedicalRecordInput } from '../../../shared/schema/medical-record.ts';
import type { PatientInput } from '../../../shared/schema/patient.ts';
import { environmentWith, type Clock } from '../../storage/environment.ts';
import type { Keychain } from '../../storage/keychain.ts';
import { openLog } from '../../storage/log.ts';
import { listUsers } from '../../storage/users.ts';
import type { Context, PublicContext } from '../context.ts';
import { foundClinic } from '../found-clinic.ts';
import { toSessionUser } from '../session-user.ts';
import { Workstation } from '../workstation.ts';

export const password = 'correct horse battery';

/** A clock that stands where it is put. */
export class TestClock implements Clock {
  private at: number;
  constructor(at = '2026-03-02T09:00:00.000Z') {
    this.at = Date.parse(at);
  }
  now(): Date {
    return new Date(this.at);
  }
  set(at: string): void {
    this.at = Date.parse(at);
  }
  pass(milliseconds: number): void {
    this.at += milliseconds;
  }
}

let template: Promise<{ profile: string; databaseKey: Uint8Array; recoveryKey: string }> | undefined;

/** Hashing four passwords takes a second: once for a test file is enough. It goes with the run's temporary folder. */
async function makeTemplate() {
  const profile = mkdtempSync(join(tmpdir(), 'outpost-template-'));
  const made = await foundClinic(profile, environmentWith(new TestClock('2026-03-01T08:00:00.000Z')), {
    site: { organisationName: 'Test Group', name: 'Test Clinic', departments: ['Medicine'] },
    accounts: [
      { username: 'admin', displayName: 'Ada Admin', role: 'admin', password },
      { username: 'doctor', displayName: 'Dora Doctor', role: 'doctor', password },
      { username: 'nurse', displayName: 'Nora Nurse', role: 'nurse', password },
      { username: 'desk', displayName: 'Dan Desk', role: 'front-desk', password },
    ],
    action: 'clinic.created',
  });
  return { profile, ...made };
}

/** A profile of its own with one user per role (username: admin, doctor, nurse, desk), removed after the test. */
export async function newProfile(): Promise<{ profile: string; databaseKey: Uint8Array; recoveryKey: string }> {
  const { profile: from, ...keys } = await (template ??= makeTemplate());
  const profile = mkdtempSync(join(tmpdir(), 'outpost-clinic-'));
  cpSync(from, profile, { recursive: true });
  onTestFinished(() => rmSync(profile, { recursive: true, force: true }));
  return { profile, ...keys };
}

export interface TestClinic {
  profile: string;
  recoveryKey: string;
  databaseKey: Uint8Array;
  clock: TestClock;
  workstation: Workstation;
  /** What a use case gets from the router for a signed-in user of this role. */
  context(role: Role): Context;
  publicContext(sessionId: string): PublicContext;
}

/** A workstation with its database open, without the boot and router around it. */
export async function openClinic({ keychain }: { keychain?: Keychain } = {}): Promise<TestClinic> {
  const { profile, databaseKey, recoveryKey } = await newProfile();
  const clock = new TestClock();
  const environment = environmentWith(clock);
  const workstation = new Workstation({ profile, version: 'test', host: 'web', environment, keychain, log: openLog(profile, clock) });
  workstation.open(databaseKey);
  onTestFinished(() => workstation.close());
  const publicContext = (sessionId: string): PublicContext => ({ workstation, environment, jobs: workstation.jobs, sessionId });
  const context = (role: Role): Context => {
    const { store } = workstation;
    const user = listUsers(store.connection).find((candidate) => candidate.role === role);
    if (user === undefined) throw new Error(`No ${role}`);
    workstation.sessions.begin(role, user.id);
    return { ...publicContext(role), store, user: toSessionUser(user), actor: { id: user.id, name: user.displayName } };
  };
  return { profile, recoveryKey, databaseKey, clock, workstation, context, publicContext };
}

/** The coded error that `run` fails with. */
export async function errorOf(run: () => unknown): Promise<AppError> {
  try {
    await run();
  } catch (error) {
    if (error instanceof AppException) return error.error;
    throw error;
  }
  throw new Error('It did not fail');
}

/** Actions in the audit, oldest first, with who did them. */
export function auditTrail({ workstation }: TestClinic): { action: string; actorName: string; patientId?: string; documentId?: string }[] {
  const rows = workstation.store.connection.prepare('SELECT content FROM audit_entries ORDER BY position').all() as { content: string }[];
  return rows.map(({ content }) => JSON.parse(content) as { action: string; actorName: string });
}

export const patientInput: PatientInput = { name: '王小明', gender: 'male', birthday: '1990-05-17', phone: '13800001234' };

export const recordInput: MedicalRecordInput = {
  kind: 'outpatient',
  department: 'Medicine',
  chiefComplaint: 'Cough for three days',
  diagnosis: 'Acute bronchitis',
  admissionDate: '2026-03-02',
};
