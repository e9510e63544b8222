import { contract, isCallName, type CallName } from '../../shared/contract/index.ts';
import { fail, type Result } from '../../shared/errors.ts';
import { fieldIssues } from '../../shared/field-issues.ts';
import { can } from '../../shared/permissions.ts';
import type { Context, Handler, PublicContext } from '../services/context.ts';
import { sessionState } from '../services/session-user.ts';
import type { Workstation } from '../services/workstation.ts';

/** A use case for each call of the contract; a call without one does not compile. */
export type Handlers = { readonly [Name in CallName]: Handler<Name> };

type AnyHandler = (context: PublicContext | Context, input: unknown) => unknown;

/**
 * Answers one call: known name, signed in, allowed, well-formed, then the use case. Never rejects and never answers
 * undefined: an expected failure is coded, an unexpected one is logged and answered as `internal`.
 */
export async function answerCall(
  workstation: Workstation,
  handlers: Handlers,
  { sessionId, name, input }: { sessionId: string; name: string; input: unknown },
): Promise<Result<unknown>> {
  try {
    if (!isCallName(name)) fail({ code: 'unknown-call' });
    const context = admit(workstation, sessionId, name);
    const parsed = parseInput(name, input);
    const value = await (handlers[name] as AnyHandler)(context, parsed);
    return { ok: true, value };
  } catch (error) {
    return { ok: false, error: workstation.toAppError(error) };
  }
}

/** The context for a call, once its access is granted; refused with the code of the first thing that is missing. */
function admit(workstation: Workstation, sessionId: string, name: CallName): PublicContext | Context {
  const base: PublicContext = { workstation, environment: workstation.environment, jobs: workstation.jobs, sessionId };
  const { access } = contract[name];
  if (access === 'public') return base;
  const { store } = workstation;
  const session = sessionState(workstation, sessionId);
  if (session.state === 'none') return fail({ code: 'unauthenticated' });
  if (session.state === 'locked') return fail({ code: 'locked' });
  const { user } = session;
  if (access !== 'session' && !can(user.role, access)) return fail({ code: 'forbidden', permission: access });
  return { ...base, store, user, actor: { id: user.id, name: user.displayName } };
}

function parseInput(name: CallName, input: unknown): unknown {
  const parsed = contract[name].input.safeParse(input);
  return parsed.success ? parsed.data : fail({ code: 'invalid-input', issues: fieldIssues(parsed.error) });
}
