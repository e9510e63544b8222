import type { ChangeSet, PositionedDocument, PulledChangeSet } from '../../shared/sync/protocol.ts';
import type { ServerDatabase } from '../database/index.ts';
import { UpstreamReplica } from '../follow/replica.ts';
import type { ServiceContext } from '../service/context.ts';

/** Bugs of a server that follows another one, each put around the real thing. The histories of two tiers are worth something as long as they find every one. */
export type Replica = new (context: ServiceContext, organisationId: number) => UpstreamReplica;

class Planted extends UpstreamReplica {
  protected readonly database: ServerDatabase;

  constructor(context: ServiceContext, organisationId: number) {
    super(context, organisationId);
    this.database = context.database;
  }
}

/** What waits to go up does not hinder what comes down. */
class ReplacesUnsent extends Planted {
  override applyPage(page: { changeSets: PulledChangeSet[]; position: number }): Promise<void> {
    return this.#blindly(() => super.applyPage(page));
  }

  override applySnapshotPage(page: { at: number; documents: PositionedDocument[]; cursor: string | null; total: number }): Promise<void> {
    return this.#blindly(() => super.applySnapshotPage(page));
  }

  async #blindly(run: () => Promise<void>): Promise<void> {
    const { rows, change } = this.database;
    const waiting = await rows<{ position: number; part: number }>(`SELECT position, part FROM upstream_change_sets WHERE state = 'waiting'`);
    await change(`UPDATE upstream_change_sets SET state = 'sent' WHERE state = 'waiting'`);
    await run();
    for (const { position, part } of waiting) await change(`UPDATE upstream_change_sets SET state = 'waiting' WHERE position = ? AND part = ?`, [position, part]);
  }
}

/** No answer is waited for. */
class SendsAndForgets extends Planted {
  override async outgoing(maxBytes: number): Promise<ChangeSet[]> {
    const changeSets = await super.outgoing(maxBytes);
    for (const { id } of changeSets) await this.database.change(`UPDATE upstream_change_sets SET state = 'sent' WHERE id = ? AND state = 'waiting'`, [id]);
    return changeSets;
  }
}

export const plantedTierBugs: Readonly<Record<string, Replica>> = {
  'unsent document replaced on arrival': ReplacesUnsent,
  'sent means taken': SendsAndForgets,
};
