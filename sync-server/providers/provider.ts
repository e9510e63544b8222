import type { JobState, ObservedInventory, ProviderErrorCode, QueuedJob, SampleMetric } from '../../shared/sync/resource-protocol.ts';
import type { Move, MoveKind } from '../../shared/sync/move.ts';

/** A usage that was measured now, of the resource that the provider calls `providerKey`; in the units of `sampleMetrics`. */
export interface Sample {
  providerKey: string;
  metric: SampleMetric;
  value: number;
}

/** What the real thing shows after a move, not what it was asked to become. */
export interface Applied {
  /** Key of the host that the machine is on; null where a move is not about one. */
  observedHost: string | null;
  /** The program's own words. */
  output: string;
  /** The move that takes this one back; null: there is none. */
  undo: Move | null;
}

/** How the real thing stands to a move whose end nobody saw. */
export interface Looked {
  /** `unanswered`: a part of it did not answer. */
  state: 'before' | 'after' | 'neither' | 'unanswered';
  observedHost: string | null;
}

export interface WantedJobs {
  queue: string;
  state: JobState;
  limit: number;
  /** With what the workers said of those that failed, which may name a patient. */
  withWords?: boolean | undefined;
}

/**
 * A part of the real cloud that can be read and changed. Every call fails with a {@link ProviderException} and with nothing else,
 * within a time limit, and never gives a value that was half believed. Calls of one provider are made one after the other: see guard.ts.
 */
export interface Provider {
  readonly name: string;
  readonly moves: readonly MoveKind[];
  inventory(signal: AbortSignal): Promise<ObservedInventory>;
  sample(signal: AbortSignal): Promise<Sample[]>;
  apply(move: Move, signal: AbortSignal): Promise<Applied>;
  look(move: Move, signal: AbortSignal): Promise<Looked>;
  /** Of a provider that has queues: the first jobs of one in a state, and how many there are. */
  jobs?(wanted: WantedJobs, signal: AbortSignal): Promise<{ jobs: QueuedJob[]; total: number }>;
  /** Ends what it started. */
  close(): Promise<void>;
}

export class ProviderException extends Error {
  override name = 'ProviderException';
  readonly code: ProviderErrorCode;
  /** The program's own words, for the admin; they go to no log. */
  readonly output: string;

  constructor(code: ProviderErrorCode, output = '', options?: ErrorOptions) {
    super(code, options);
    this.code = code;
    this.output = output;
  }
}

export function failed(code: ProviderErrorCode, output?: string): never {
  throw new ProviderException(code, output);
}

/** What a promise of a provider failed with; anything unforeseen came out of what it read. */
export const codeOf = (error: unknown): ProviderErrorCode => (error instanceof ProviderException ? error.code : 'unreadable');
export const outputOf = (error: unknown): string => (error instanceof ProviderException ? error.output : '');
