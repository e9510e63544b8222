import type { CallName, CallOutput, CallParsed, Contract } from '../../shared/contract/index.ts';
import type { SessionUser } from '../../shared/contract/app.ts';
import type { Environment } from '../storage/environment.ts';
import type { Actor, Store } from '../storage/store.ts';
import type { Jobs } from './job-runner.ts';
import type { Workstation } from './workstation.ts';

/** What a use case gets when nobody needs to have signed in. */
export interface PublicContext {
  workstation: Workstation;
  environment: Environment;
  jobs: Jobs;
  /** The browser's or window's session, whether somebody is signed in to it or not. */
  sessionId: string;
}

/** What a use case gets behind a sign-in, once the router has checked the session and the permission. */
export interface Context extends PublicContext {
  /** The open database. Take it anew in each call: restoring a backup replaces it. */
  store: Store;
  user: SessionUser;
  /** The same user, as change sets name them. */
  actor: Actor;
}

export type ContextFor<Name extends CallName> = Contract[Name]['access'] extends 'public' ? PublicContext : Context;

/** The use case behind a call: what the call's schema parsed goes in, what the contract promises comes out. */
export type Handler<Name extends CallName> = (
  context: ContextFor<Name>,
  input: CallParsed<Name>,
) => CallOutput<Name> | Promise<CallOutput<Name>>;
