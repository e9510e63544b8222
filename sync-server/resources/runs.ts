import type { ProviderErrorCode, ResourceAnswers } from '../../shared/sync/resource-protocol.ts';
import type { Move } from '../../shared/sync/move.ts';
import type { PlanStepRow } from '../database/schema.ts';
import { codeOf, failed, outputOf, type Applied, type Looked } from '../providers/provider.ts';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import { isOpen, look, lookAgain, reconcile, reversed, undoText } from './reconcile.ts';
import { refresh } from './refresh.ts';
import { heldFor, insertRun, lastRun, lockOrganisation, runUnderWay, stepsOf, updateRun, updateStep, wireRun } from './run-store.ts';

interface UnderWay {
  organisationId: number;
  runId: string;
}
/** After these nobody knows what was done: the provider is looked at. */
const leavesOpen: ReadonlySet<ProviderErrorCode> = new Set(['timeout', 'died', 'stopped', 'unreachable', 'unreadable']);

/** Plans that are carried out: one at a time in an organisation, one move after the other, each written down before and after. */
export class Runs {
  readonly #context: ServiceContext;
  readonly #holder: string;
  #working: Promise<void> = Promise.resolve();

  constructor(context: ServiceContext) {
    this.#context = context;
    this.#holder = context.newId();
  }

  async apply(organisationId: number, actorId: string, moves: readonly Move[]): Promise<ResourceAnswers['resources.apply']> {
    const { database, desk } = this.#context;
    for (const [index, move] of moves.entries()) {
      const provider = await desk.provider(organisationId, move.provider);
      if (provider === undefined) return { refused: 'unknown-provider', move: index };
      if (!provider.moves.includes(move.kind)) return { refused: 'not-supported', move: index };
    }
    await reconcile(this.#context, organisationId, this.#holder);
    const now = this.#context.now().getTime();
    const run = {
      id: this.#context.newId(), organisation_id: organisationId, state: 'running' as const, actor_id: actorId, started_at: now, ended_at: null, stop_asked: 0,
      holder_id: this.#holder, held_until: now + heldFor,
    };
    const other = await database.transaction(async (queries) => {
      await lockOrganisation(queries, organisationId);
      const found = await runUnderWay(queries, organisationId);
      if (found === undefined) await insertRun(queries, run, moves);
      return found;
    });
    if (other !== undefined) return { refused: 'run-under-way', runId: other.id };
    this.#start({ organisationId, runId: run.id }, (underWay) => this.#carryOut(underWay));
    return { runId: run.id };
  }

  async read(organisationId: number, runId?: string): Promise<ResourceAnswers['resources.run']> {
    await reconcile(this.#context, organisationId, this.#holder);
    const run = await lastRun(this.#context.database, organisationId, runId);
    if (run === undefined) return runId === undefined ? { run: null } : refuse('not-found');
    return { run: wireRun(run, await stepsOf(this.#context.database, run.id)) };
  }

  async stop(organisationId: number, runId: string): Promise<Record<string, never>> {
    const changed = await this.#context.database.change('UPDATE plan_runs SET stop_asked = 1 WHERE id = ? AND organisation_id = ?', [runId, organisationId]);
    return changed === 0 ? refuse('not-found') : {};
  }

  async rollBack(organisationId: number, runId: string): Promise<ResourceAnswers['resources.roll-back']> {
    const { database } = this.#context;
    await reconcile(this.#context, organisationId, this.#holder);
    const answer = await database.transaction(async (queries): Promise<ResourceAnswers['resources.roll-back']> => {
      await lockOrganisation(queries, organisationId);
      const other = await runUnderWay(queries, organisationId);
      if (other !== undefined) return { refused: 'run-under-way', runId: other.id };
      if ((await lastRun(queries, organisationId, runId)) === undefined) return refuse('not-found');
      if (!(await stepsOf(queries, runId)).some(isReversible)) return { refused: 'nothing-to-roll-back' };
      await updateRun(queries, runId, { state: 'rolling-back', ended_at: null, stop_asked: 0, holder_id: this.#holder, held_until: this.#context.now().getTime() + heldFor });
      return { runId };
    });
    if ('runId' in answer && !('refused' in answer)) this.#start({ organisationId, runId }, (underWay) => this.#takeBack(underWay));
    return answer;
  }

  /** At the start of a server: what did an earlier process leave behind? */
  async resume(): Promise<void> {
    const owner = await this.#context.desk.owner();
    if (owner !== undefined) await reconcile(this.#context, owner, this.#holder);
  }

  /** Settles when nothing is under way any more. */
  async idle(): Promise<void> {
    await this.#working;
  }

  #start(underWay: UnderWay, work: (underWay: UnderWay) => Promise<void>): void {
    const { database, now } = this.#context;
    const renewing = setInterval(() => void updateRun(database, underWay.runId, { held_until: now().getTime() + heldFor }).catch(() => undefined), heldFor / 3);
    // A database that fails in the middle leaves the run as it is: it is reconciled as if this process had died.
    this.#working = work(underWay).catch(() => undefined).finally(() => clearInterval(renewing));
  }

  async #carryOut({ organisationId, runId }: UnderWay): Promise<void> {
    const { database } = this.#context;
    for (const step of await stepsOf(database, runId)) {
      if (await this.#isToStop(runId)) return this.#end(organisationId, runId, 'stopped');
      await updateStep(database, step, { state: 'running', started_at: this.#context.now().getTime() });
      const done = await this.#attempt(organisationId, JSON.parse(step.move) as Move);
      if (done.error === 'stopped') return;
      await updateStep(database, step, { ...valuesOf(done), state: done.state, ended_at: this.#context.now().getTime() });
      if (done.state !== 'done') return this.#end(organisationId, runId, 'failed');
    }
    return this.#end(organisationId, runId, 'done');
  }

  async #takeBack({ organisationId, runId }: UnderWay): Promise<void> {
    const { database } = this.#context;
    for (const step of (await stepsOf(database, runId)).filter(isReversible).reverse()) {
      if (await this.#isToStop(runId)) return this.#end(organisationId, runId, 'stopped');
      await updateStep(database, step, { state: 'running' });
      const done = await this.#attempt(organisationId, JSON.parse(step.undo_move as string) as Move);
      if (done.error === 'stopped') return;
      const state = done.state === 'done' ? 'rolled-back' : done.state === 'unknown' ? 'unknown' : 'done';
      await updateStep(database, step, { error: done.error, observed_host: done.observedHost, output: done.output, state, ended_at: this.#context.now().getTime() });
      if (state !== 'rolled-back') return this.#end(organisationId, runId, 'failed');
    }
    return this.#end(organisationId, runId, 'rolled-back');
  }

  async #attempt(organisationId: number, move: Move): Promise<Attempt> {
    const { desk } = this.#context;
    const provider = await desk.provider(organisationId, move.provider);
    try {
      const applied = (await provider?.apply(move, desk.stopped.signal)) ?? failed('not-supported');
      return { ...applied, state: 'done', error: null };
    } catch (error) {
      const code = codeOf(error);
      const looked = code === 'stopped' ? undefined : await look(provider, move, desk.stopped.signal);
      const state = stateAfter(code, looked);
      return { state, error: code, observedHost: looked?.observedHost ?? null, output: outputOf(error), undo: state === 'done' ? reversed(move) : null };
    }
  }

  async #isToStop(runId: string): Promise<boolean> {
    const [run] = await this.#context.database.rows<{ asked: number }>('SELECT stop_asked AS asked FROM plan_runs WHERE id = ?', [runId]);
    return run?.asked === 1;
  }

  async #end(organisationId: number, runId: string, state: 'done' | 'failed' | 'stopped' | 'rolled-back'): Promise<void> {
    if (state === 'failed') await lookAgain(this.#context, organisationId, runId);
    const moved = new Set((await stepsOf(this.#context.database, runId)).map(({ move }) => (JSON.parse(move) as Move).provider));
    for (const name of moved) {
      const provider = await this.#context.desk.provider(organisationId, name);
      // The run is over whether or not its provider can be read just now; the timer reads it again.
      if (provider !== undefined) await refresh(this.#context, organisationId, provider).catch(() => undefined);
    }
    await updateRun(this.#context.database, runId, { state, ended_at: this.#context.now().getTime() });
  }
}

interface Attempt extends Applied {
  state: 'done' | 'failed' | 'unknown';
  error: ProviderErrorCode | null;
}

/** A move that broke off may have come to its end all the same. */
function stateAfter(code: ProviderErrorCode, looked: Looked | undefined): Attempt['state'] {
  if (!leavesOpen.has(code) && code !== 'left-in-two-places') return 'failed';
  if (isOpen(looked)) return 'unknown';
  return looked.state === 'after' ? 'done' : 'failed';
}

const valuesOf = ({ error, observedHost, output, undo }: Attempt): Partial<PlanStepRow> => ({
  error, observed_host: observedHost, output, undo_move: undoText(undo),
});

const isReversible = ({ state, undo_move }: PlanStepRow): boolean => state === 'done' && undo_move !== null;
