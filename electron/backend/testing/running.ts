import { onTestFinished } from 'vitest';
import type { BackendEvent, CallInput, CallName, CallOutput } from '../../../shared/contract/index.ts';
import type { Job } from '../../../shared/contract/job.ts';
import type { AppError, Result } from '../../../shared/errors.ts';
import type { Role } from '../../../shared/permissions.ts';
import { newProfile, password, TestClock } from '../../services/testing/clinic.ts';
import { startBackend, type Backend, type BackendOptions } from '../index.ts';

/** One browser or window, typed by the contract. */
export interface Caller {
  result<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<Result<CallOutput<Name>>>;
  /** The answer; throws the code where it was refused. */
  ask<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<CallOutput<Name>>;
  /** The refusal; throws where it was answered. */
  refusal<Name extends CallName>(name: Name, input: CallInput<Name>): Promise<AppError>;
}

export interface RunningBackend {
  backend: Backend;
  profile: string;
  clock: TestClock;
  recoveryKey: string;
  databaseKey: Uint8Array;
  events: BackendEvent[];
  session(id: string): Caller;
  /** Signs the user with this role in, in a session named like the role. */
  signedIn(role: Role): Promise<Caller>;
  /** Answers when a job has ended. */
  finished(job: Job): Promise<Job>;
}

export const usernameOf: Record<Role, string> = { admin: 'admin', doctor: 'doctor', nurse: 'nurse', 'front-desk': 'desk' };

/** A real backend, in a profile with one user of each role unless another is given. */
export async function run(options: Partial<BackendOptions> & { clock?: TestClock } = {}): Promise<RunningBackend> {
  const made = options.profile === undefined ? await newProfile() : { profile: options.profile, recoveryKey: '', databaseKey: new Uint8Array() };
  const { profile, recoveryKey, databaseKey } = made;
  const clock = options.clock ?? new TestClock();
  const backend = await startBackend({ version: 'test', host: 'web', ...options, profile, clock });
  onTestFinished(() => backend.close());
  const events: BackendEvent[] = [];
  backend.subscribe((event) => events.push(event));
  const session = (id: string) => caller(backend, id);
  return {
    backend,
    profile,
    clock,
    recoveryKey,
    databaseKey,
    events,
    session,
    signedIn: async (role) => {
      const signingIn = session(role);
      await signingIn.ask('sessions.signIn', { username: usernameOf[role], password });
      return signingIn;
    },
    finished: (job) => finished(backend, job),
  };
}

function caller(backend: Backend, id: string): Caller {
  const result = <Name extends CallName>(name: Name, input: CallInput<Name>) =>
    backend.call(id, name, input) as Promise<Result<CallOutput<Name>>>;
  return {
    result,
    ask: async (name, input) => {
      const answer = await result(name, input);
      if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
      return answer.value;
    },
    refusal: async (name, input) => {
      const answer = await result(name, input);
      if (answer.ok) throw new Error(`${name} was answered`);
      return answer.error;
    },
  };
}

function finished(backend: Backend, { id }: Job): Promise<Job> {
  return new Promise((resolve) => {
    const stop = backend.subscribe((event) => {
      if (event.type !== 'job' || event.job.id !== id || event.job.state === 'running') return;
      stop();
      resolve(event.job);
    });
  });
}
