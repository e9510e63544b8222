import type { PushOutcome } from '../../shared/sync/protocol.ts';

/** Where one sent document stands. */
export interface Standing {
  collection: string;
  id: string;
  rev: string;
  position: number;
  landedRev: string | null;
}

/**
 * What became of a change set, told from where its documents stand: the first time and every time after. `position` is where
 * the last of them landed; it is given where there is no document to tell by.
 */
export function outcomeOf(id: string, standings: readonly Standing[], position: number): PushOutcome {
  const last = standings.reduce((greatest, standing) => Math.max(greatest, standing.position), position);
  const landed = standings
    .filter((standing) => standing.landedRev !== null || standing.position !== last)
    .map(({ collection, id: documentId, rev, position: stands, landedRev }) => ({ collection, id: documentId, rev: landedRev ?? rev, position: stands }));
  return { id, outcome: 'accepted', position: last, landed };
}

/** The greatest position that these tell of. */
export const lastPosition = (outcomes: readonly PushOutcome[]): number =>
  outcomes.reduce((last, outcome) => (outcome.outcome === 'accepted' ? Math.max(last, outcome.position) : last), 0);
