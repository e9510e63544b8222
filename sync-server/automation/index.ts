import { reasonsToLook, type ProposalReason } from '../../shared/resources/automation.ts';
import type { Inventory } from '../../shared/resources/inventory.ts';
import type { AuditAction } from '../../shared/schema/audit-entry.ts';
import type { AutomationAnswers, LookOutcome, ProposalContent } from '../../shared/sync/automation-protocol.ts';
import type { Jobs } from '../jobs/index.ts';
import { landAudit } from '../resources/refresh.ts';
import { runUnderWay } from '../resources/run-store.ts';
import type { Runs } from '../resources/runs.ts';
import type { ServiceContext } from '../service/context.ts';
import { refuse } from '../service/failure.ts';
import { checkHealth } from './health.ts';
import { inventoryNow, look, stillStands } from './look.ts';
import { claimLook, decideProposal, insertProposal, noteOutcome, proposalContent, proposalRow, readAlarms, readAutomation, readProposals, updateProposal, waitingProposals, type KeptAutomation } from './store.ts';

/** Who decided where nobody did. */
const server = 'server';

/**
 * Looks after the cloud by itself: raises and clears alarms, and where the settings ask for it has the moves found that better it,
 * which then wait for an admin or are carried out. One look at a time, on one server.
 */
export class Automation {
  readonly #context: ServiceContext & { jobs: Jobs; runs: Runs };
  #turn: Promise<void> | undefined;
  #looking = false;

  constructor(context: ServiceContext & { jobs: Jobs; runs: Runs }) {
    this.#context = context;
  }

  /** Whether this server could look at all. */
  async #isPossible(organisationId: number): Promise<boolean> {
    return this.#context.jobs.hasWorkers && (await this.#context.desk.owner()) === organisationId;
  }

  async read(organisationId: number): Promise<AutomationAnswers['resources.automation']> {
    const { database } = this.#context;
    const { settings, lookAt, outcome } = await readAutomation(database, organisationId);
    const [possible, proposals, alarms] = await Promise.all([this.#isPossible(organisationId), readProposals(database, organisationId), readAlarms(database, organisationId)]);
    return { settings, possible, looking: this.#looking, lastLookAt: lookAt === null ? null : new Date(lookAt).toISOString(), lastOutcome: outcome, proposals, alarms };
  }

  /** Checks health and looks where there is a reason to; begun again and again by the timers, and after each reading of the cloud. Never two at once. */
  turn(organisationId: number): Promise<void> {
    this.#turn ??= this.#takeTurn(organisationId).catch(() => undefined).finally(() => (this.#turn = undefined));
    return this.#turn;
  }

  /** Looks because somebody asks; what comes of it waits for approval, whatever the mode. */
  async ask(organisationId: number): Promise<{ begun: boolean }> {
    if (this.#looking) return { begun: false };
    if (!(await this.#isPossible(organisationId))) return refuse('not-found');
    const { database } = this.#context;
    const kept = await readAutomation(database, organisationId);
    const inventory = await inventoryNow(this.#context, organisationId);
    this.#turn = this.#look(organisationId, kept, inventory, ['asked'], false).catch(() => undefined).finally(() => (this.#turn = undefined));
    return { begun: true };
  }

  async decide(organisationId: number, actorId: string, proposalId: string, approve: boolean): Promise<AutomationAnswers['resources.decide']> {
    const { database } = this.#context;
    const row = (await proposalRow(database, organisationId, proposalId)) ?? refuse('not-found');
    if (row.state !== 'waiting') return { refused: 'not-waiting' };
    const decided = { decided_at: this.#context.now().getTime(), decided_by: actorId };
    if (!approve) return (await decideProposal(database, proposalId, { ...decided, state: 'declined' })) ? { state: 'declined', runId: null } : { refused: 'not-waiting' };
    const content = proposalContent(row);
    if (!stillStands(content, await inventoryNow(this.#context, organisationId))) {
      await decideProposal(database, proposalId, { ...decided, state: 'outdated' });
      return { state: 'outdated', runId: null };
    }
    if (!(await decideProposal(database, proposalId, { ...decided, state: 'carried-out' }))) return { refused: 'not-waiting' };
    const begun = await this.#begin(organisationId, actorId, proposalId, content);
    // It waits on, until the run that is under way is over.
    if ('refused' in begun) await updateProposal(database, proposalId, { state: 'waiting', decided_at: null, decided_by: null });
    return begun;
  }

  /** Settles when nothing is under way. */
  async idle(): Promise<void> {
    await this.#turn;
  }

  async #begin(organisationId: number, actorId: string, proposalId: string, { moves }: ProposalContent): Promise<{ state: 'carried-out'; runId: string } | { refused: 'run-under-way' | 'not-supported' }> {
    const begun = await this.#context.runs.apply(organisationId, actorId, moves.map(({ move }) => move));
    if ('refused' in begun) return { refused: begun.refused === 'run-under-way' ? 'run-under-way' : 'not-supported' };
    await updateProposal(this.#context.database, proposalId, { run_id: begun.runId });
    return { state: 'carried-out', runId: begun.runId };
  }

  async #takeTurn(organisationId: number): Promise<void> {
    const { database } = this.#context;
    const inventory = await inventoryNow(this.#context, organisationId);
    await checkHealth(this.#context, organisationId, inventory);
    const kept = await readAutomation(database, organisationId);
    const now = this.#context.now().getTime();
    const reasons = reasonsToLook(inventory, kept.settings, { lastLookAt: kept.lookAt, now });
    for (const row of await waitingProposals(database, organisationId)) {
      const proposal = proposalContent(row);
      // What waits for an answer is asked once; a host that is to be emptied does not wait behind it.
      if (stillStands(proposal, inventory) && (proposal.reasons.includes('drain') || !reasons.includes('drain'))) return;
      await decideProposal(database, row.id, { state: 'outdated', decided_at: now, decided_by: server });
    }
    if (reasons.length === 0 || !(await this.#isPossible(organisationId))) return;
    await this.#look(organisationId, kept, inventory, reasons, kept.settings.mode === 'automatic');
  }

  async #look(organisationId: number, kept: KeptAutomation, inventory: Inventory, reasons: ProposalReason[], carryOut: boolean): Promise<void> {
    const { database } = this.#context;
    if (!(await claimLook(database, organisationId, kept, this.#context.now().getTime()))) return;
    this.#looking = true;
    try {
      await noteOutcome(database, organisationId, await this.#outcomeOf(organisationId, kept, inventory, reasons, carryOut));
    } finally {
      this.#looking = false;
    }
  }

  async #outcomeOf(organisationId: number, { settings }: KeptAutomation, inventory: Inventory, reasons: ProposalReason[], carryOut: boolean): Promise<LookOutcome> {
    const { database } = this.#context;
    if ((await runUnderWay(database, organisationId)) !== undefined) return 'run-under-way';
    const found = await look(this.#context, organisationId, inventory, settings, reasons);
    if (typeof found === 'string') return found;
    const now = this.#context.now().getTime();
    // An older one speaks of a cloud that this one knows better.
    for (const row of await waitingProposals(database, organisationId)) await decideProposal(database, row.id, { state: 'outdated', decided_at: now, decided_by: server });
    const id = this.#context.newId();
    await insertProposal(database, { id, organisation_id: organisationId, state: 'waiting', content: JSON.stringify(found), created_at: now, decided_at: null, decided_by: null, run_id: null });
    await this.#audit(organisationId, 'proposal.made', found.moves.length);
    if (!carryOut) return 'proposed';
    // The solver took its time: what it found is begun only where the cloud is still the one that it looked at.
    if (!stillStands(found, await inventoryNow(this.#context, organisationId))) return 'proposed';
    const begun = await this.#begin(organisationId, server, id, found);
    if ('refused' in begun) return 'proposed';
    await decideProposal(database, id, { state: 'carried-out', decided_at: now, decided_by: server });
    await this.#audit(organisationId, 'plan.begun', found.moves.length);
    return 'carried-out';
  }

  #audit = (organisationId: number, action: AuditAction, count: number) => landAudit(this.#context, organisationId, { action, actorId: server, actorName: server, count });
}
