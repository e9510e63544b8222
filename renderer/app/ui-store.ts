import { create } from 'zustand';
import type { DemoAccount } from '../../shared/contract/app.ts';
import type { AppError } from '../../shared/errors.ts';
import type { Job } from '../../shared/contract/job.ts';

/** What is shown once after set-up, in memory only, until it is confirmed. */
export interface ShownOnce {
  recoveryKey: string;
  accounts?: DemoAccount[];
  job?: Job;
  /** Whether the workstation serves the others, where that was asked for. */
  serving?: { state: 'starting' | 'running' } | { state: 'failed'; error: AppError };
}

interface UiState {
  /** The narrow window's menu. */
  menuOpen: boolean;
  helpOpen: boolean;
  paletteOpen: boolean;
  /** Locked here before the backend has answered: the screen must not wait to be hidden. */
  lockedHere: boolean;
  shownOnce: ShownOnce | undefined;
  /** What a screen reader is told; see `announce`. */
  announcement: string;
}

/** State of the screen alone. Whatever the backend knows is in the query cache, never here. */
export const useUi = create<UiState>(() => ({
  menuOpen: false,
  helpOpen: false,
  paletteOpen: false,
  lockedHere: false,
  shownOnce: undefined,
  announcement: '',
}));

/** Tells a screen reader, politely. The same sentence twice is told twice. */
export function announce(text: string): void {
  useUi.setState(({ announcement }) => ({ announcement: announcement === text ? `${text}\u00a0` : text }));
}
