import {
  IconCircleCheck, IconCloudCheck, IconCloudDown, IconCloudLock, IconCloudOff, IconCloudUp, IconCloudX, type Icon,
} from '@tabler/icons-react';
import type { SyncPhase, SyncState } from '../../../shared/contract/sync.ts';

interface PhaseLook {
  icon: Icon;
  /** Green: nothing to do. Blue: under way. Yellow: waits by itself. Red: needs a person. */
  color: 'green' | 'blue' | 'yellow' | 'red';
}

const looks: Record<SyncPhase, PhaseLook> = {
  off: { icon: IconCircleCheck, color: 'green' },
  closed: { icon: IconCloudOff, color: 'yellow' },
  joining: { icon: IconCloudDown, color: 'blue' },
  working: { icon: IconCloudUp, color: 'blue' },
  idle: { icon: IconCloudCheck, color: 'green' },
  offline: { icon: IconCloudOff, color: 'yellow' },
  refused: { icon: IconCloudX, color: 'red' },
  revoked: { icon: IconCloudLock, color: 'red' },
};

export const phaseLook = (phase: SyncPhase): PhaseLook => looks[phase];

/** The phase as it is told: a save that is newer than the last success is on its way, even before the first message of it. */
export const toldPhase = ({ phase, waiting }: SyncState): SyncPhase => (phase === 'idle' && waiting > 0 ? 'working' : phase);

const standing: readonly SyncPhase[] = ['off', 'closed', 'revoked'];

/** Whether the first copy is on its way, with the server at hand or not. */
export const isJoining = ({ phase, snapshot, needsCode = false }: SyncState): boolean =>
  phase === 'joining' || ((snapshot !== undefined || needsCode) && !standing.includes(phase));
