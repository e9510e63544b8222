import type { Provider } from './provider.ts';
import { codeOf, failed, outputOf, ProviderException } from './provider.ts';

export interface TimeLimits {
  /** Milliseconds that reading, and making one move, may take. */
  read: number;
  move: number;
}
const defaults: TimeLimits = { read: 60_000, move: 15 * 60_000 };

/**
 * Holds a provider to its promises: one call at a time (an inventory in the middle of a move would miss the machine or see it
 * twice), each within its time, each failing with a code whatever was thrown.
 */
export function guarded(provider: Provider, limits: Partial<TimeLimits> = {}): Provider {
  const { read, move } = { ...defaults, ...limits };
  let last: Promise<unknown> = Promise.resolve();
  let closing = false;
  const next = <Value>(milliseconds: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> => {
    let working: Promise<unknown> = Promise.resolve();
    const turn = last.then(() => {
      if (closing) throw new ProviderException('stopped');
      return within(milliseconds, outer, (signal) => {
        const value = work(signal);
        working = value.catch(() => undefined);
        return value;
      });
    });
    // What was given up may still be taking back what it did: nobody looks or moves meanwhile, unless it never ends.
    last = turn.catch(() => undefined).then(() => Promise.race([working, rest(takesBackWithin)]));
    return turn;
  };
  return {
    name: provider.name,
    moves: provider.moves,
    inventory: (signal) => next(read, signal, (inner) => provider.inventory(inner)),
    sample: (signal) => next(read, signal, (inner) => provider.sample(inner)),
    apply: (wanted, signal) => next(move, signal, (inner) => provider.apply(wanted, inner)),
    look: (wanted, signal) => next(read, signal, (inner) => provider.look(wanted, inner)),
    jobs: (wanted, signal) => next(read, signal, (inner) => provider.jobs?.(wanted, inner) ?? failed('not-supported')),
    async close() {
      closing = true;
      await provider.close();
      await last;
    },
  };
}

async function within<Value>(milliseconds: number, outer: AbortSignal, work: (signal: AbortSignal) => Promise<Value>): Promise<Value> {
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), milliseconds);
  const signal = AbortSignal.any([outer, limit.signal]);
  try {
    return await Promise.race([work(signal), aborted(signal, outer)]);
  } catch (error) {
    throw new ProviderException(signal.aborted && codeOf(error) !== 'left-in-two-places' ? codeOfAbort(outer) : codeOf(error), outputOf(error), { cause: error });
  } finally {
    clearTimeout(timer);
    limit.abort();
  }
}

const takesBackWithin = 60_000;
const rest = (milliseconds: number) => new Promise<void>((resolve) => void setTimeout(resolve, milliseconds).unref());

const codeOfAbort = (outer: AbortSignal) => (outer.aborted ? 'stopped' : 'timeout');

/** A provider that does not heed its signal must not keep its caller waiting; it gets a moment to say how it left things. */
const heedWithin = 5000;
const aborted = (signal: AbortSignal, outer: AbortSignal): Promise<never> =>
  new Promise((_resolve, reject) => {
    const give = () => void setTimeout(() => reject(new ProviderException(codeOfAbort(outer))), heedWithin).unref();
    if (signal.aborted) give();
    else signal.addEventListener('abort', give, { once: true });
  });
