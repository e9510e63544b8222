import type { PushOutcome } from '../../../shared/sync/protocol.ts';
import { statement } from '../statements.ts';
import { noteOnServer, type Work } from './arrivals.ts';
import { findChangeSet, notePosition, toldRevsOf } from './change-sets.ts';
import { readAnyRow } from './documents.ts';
import { noteToFetch, settleSkipped } from './fetches.ts';
import { readState } from './replica-state.ts';
import { requeueOf } from './transfers.ts';
import { resumeWithdrawals } from './withdrawals.ts';

/** Takes what became of change sets that were sent. `at`: the instant, for those that were refused. */
export function takeOutcomes(work: Work, outcomes: readonly PushOutcome[], at: string): void {
  for (const outcome of outcomes) {
    const changeSet = findChangeSet(work.connection, outcome.id);
    if (changeSet === undefined) continue;
    if (outcome.outcome === 'accepted') accept(work, changeSet.seq, outcome);
    else refuse(work, changeSet.seq, outcome.refusal, at);
    requeueOf(work.connection, changeSet.seq);
  }
  resumeWithdrawals(work);
}

function accept(work: Work, seq: number, { position, landed }: Extract<PushOutcome, { outcome: 'accepted' }>): void {
  const { connection } = work;
  leaveOutbox(work, seq);
  // Refused once, sent again by a person or a copy of this workstation, and taken now.
  statement(connection, 'DELETE FROM quarantine WHERE change_seq = ?').run(seq);
  notePosition(connection, seq, position);
  const elsewhere = new Map(landed.map((ref) => [`${ref.collection} ${ref.id}`, ref]));
  const readUpTo = readState(connection).position;
  for (const { collection, id, rev } of toldRevsOf(connection, seq)) {
    const row = readAnyRow(connection, collection, id);
    if (row === undefined) continue;
    const landed = elsewhere.get(`${collection} ${id}`) ?? { rev, position };
    noteOnServer(work, collection, row, landed);
    settleSkipped(connection, collection, id, readUpTo);
    // The server had it all along, behind what has been read: nothing will tell any more whether it is in scope here.
    if (landed.position <= readUpTo && row.rev === landed.rev) noteToFetch(connection, { collection, id });
  }
}

/** A refused change set waits in quarantine, and its documents go back to what the server has. */
function refuse(work: Work, seq: number, refusal: string, at: string): void {
  const { connection } = work;
  // A repeated answer to one that a person has put back meanwhile, or that was accepted: nothing to refuse.
  if (!leaveOutbox(work, seq)) return;
  statement(connection, 'INSERT INTO quarantine (change_seq, refusal, refused_at) VALUES (?, ?, ?)').run(seq, refusal, at);
  for (const ref of toldRevsOf(connection, seq)) noteToFetch(connection, ref);
}

const leaveOutbox = ({ connection }: Work, seq: number): boolean =>
  statement(connection, 'DELETE FROM outbox WHERE change_seq = ?').run(seq).changes > 0;
