import type { step } from '../engine.ts';
import { memoryParts } from './memory-parts.ts';
import type { MemoryReplica } from './memory-replica.ts';
import type { MemoryServer } from './memory-server.ts';
import * as attachments from './planted-attachments.ts';
import * as machines from './planted-machines.ts';
import * as replicas from './planted-replicas.ts';
import * as servers from './planted-servers.ts';
import type { Parts } from './stores.ts';

/**
 * Bugs that cost the users of other programs their data, each put into a model or around the machine. The simulator is
 * worth something as long as it finds every one of them.
 */

const server = (Broken: new (newId: () => string) => MemoryServer): Parts => ({ ...memoryParts, server: (newId) => new Broken(newId) });
const replica = (Broken: new (deviceId: string, newId: () => string) => MemoryReplica): Parts => ({ ...memoryParts, workstation: ({ deviceId }, newId) => new Broken(deviceId, newId) });
const machine = (broken: typeof step): Parts => ({ ...memoryParts, step: broken });
const and = (one: Parts, two: Parts): Parts => ({ ...one, workstation: two.workstation });

export const plantedBugs: Readonly<Record<string, Parts>> = {
  'checkpoint saved before the documents': replica(replicas.CheckpointFirst),
  'auto-increment as position': server(servers.AutoIncrement),
  'half a snapshot taken for whole': replica(replicas.HalfASnapshot),
  'old server backup: the same epoch goes on': server(servers.SameEpochAfterRestore),
  'old server backup: nothing is offered again': replica(replicas.OffersNothing),
  'old server backup: offers are never asked': machine(machines.neverOffers),
  'old workstation backup: the server keeps the checkpoint': server(servers.KeepsTheCheckpoint),
  'cloned device goes unseen': server(servers.NeverFindsCopies),
  'echoes are trusted': replica(replicas.TrustsEchoes),
  'failed batch that moves the clock': machine(machines.failureMovesOn),
  'tombstone purged while a client was away': server(servers.PurgesTombstones),
  'push repeated after a lost reply is written again': server(servers.RepeatsAreWrites),
  'queue stuck after an error': machine(machines.stuckAfterAnError),
  'local edit overwritten during a pull': replica(replicas.PullOverEdits),
  'scope change that purges unsent work': replica(replicas.ScopePurgesUnsent),
  'withdrawn patient takes unsent work along': replica(replicas.WithdrawalPurgesUnsent),
  'withdrawn patient stays': replica(replicas.KeepsWithdrawn),
  'equal positions at a page edge': server(servers.CountsDocumentsInPages),
  "adopting the server's digest unseen": replica(replicas.AdoptsDigests),
  'refused item dropped': and(server(servers.ForgetsRefused), replica(replicas.DropsRefused)),
  'sent means done': replica(replicas.SendsAndForgets),
  'truncate behind the feed': server(servers.TruncatesTheFeed),
  "older schema's field lost": replica(replicas.LosesNewerFields),
  "revoked device's second copy": server(servers.RevokesOneCopy),
  'revoked device locks over unsent work': replica(replicas.LocksOverUnsent),
  'moved device goes on with its token': server(servers.KeepsTokens),
  'merge that prefers null': server(servers.PrefersNull),
  'last clock wins': server(servers.LastClockWins),
  'last to arrive wins': server(servers.LastToArriveWins),
  'first to arrive wins': server(servers.FirstToArriveWins),
  'deletion wins over an edit': server(servers.DeletionWins),
  'signed record put together by a machine': server(servers.PutsSignedTogether),
  'draft written over a signed record': server(servers.TakesDraftsOverSigned),
  'merge told as what was sent': server(servers.TellsAllAsSent),
  'clash asked about again after a restore': server(servers.NamesClashesByRevs),
  'slot rule skipped on a move or a merge': server(servers.MovesIntoTakenSlots),
  'slot rule skipped on a repeat': server(servers.TakesRepeatsIntoSlots),
  'seal of a chart forgotten': server(servers.ForgetsSeals),
  'conflict that keeps one value': server(servers.OneValueInConflicts),
  'merged version forgotten': server(servers.DropsBranches),
  'purged document comes back': server(servers.PurgedComesBack),
  'purge of a record is told to nobody': server(servers.PurgeLosesItsPatient),
  'granted patient comes without its past': server(servers.GrantBringsNothingOld),
  'passed-over version never fetched': replica(replicas.SkipsPassedOver),
  'fetches skipped': machine(machines.skipsFetches),
  'bytes counted as sent before the server had the last chunk': replica(attachments.SentTooSoon),
  'bytes purged while another document names them': and(server(attachments.PurgesSharedBytes), replica(attachments.DropsSharedBytes)),
  'half an upload taken for whole': server(attachments.HalfAnUpload),
  'revoked device locks over unsent bytes': replica(attachments.LocksOverBytes),
  'withdrawn patient takes unsent bytes along': replica(attachments.WithdrawsBytes),
  'gap before what a hint told': machine(machines.overlooksGaps),
};
