import { useEffect, useState } from 'react';
import type { SyncPhase, SyncState } from '../../../shared/contract/sync.ts';
import { toldPhase } from './sync-phase.ts';

/** In milliseconds. */
const lasting = 800;

/**
 * The phase as a glance should find it: what others saved arrives many times an hour, mostly in less time than it takes to read
 * that it does, so `working` is told once it lasts. A save of one's own that is on its way is told at once.
 */
export function useSteadyPhase(state: SyncState): SyncPhase {
  const phase = toldPhase(state);
  const [settled, setSettled] = useState(phase);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(phase), phase === 'working' ? lasting : 0);
    return () => clearTimeout(timer);
  }, [phase]);
  return phase === 'working' && state.waiting === 0 ? settled : phase;
}
