import { useEffect, useState } from 'react';
import type { AutosaveState } from './autosaver.ts';
import { createDraftKeeper, type DraftKeeper, type DraftTarget } from './draft-keeper.ts';

/**
 * Autosave for a form that stays mounted for one target. What is unsaved goes to disk at once when the window
 * is hidden or closed, or the form is left.
 */
export function useDraftKeeper(target: DraftTarget, existingDraftId: string | undefined): { keeper: DraftKeeper; state: AutosaveState } {
  const [state, setState] = useState<AutosaveState>({ phase: 'untouched' });
  const [keeper] = useState(() => createDraftKeeper(target, existingDraftId, setState));

  useEffect(() => {
    const flush = () => void keeper.flush();
    const flushWhenHidden = () => {
      if (document.visibilityState === 'hidden') flush();
    };
    document.addEventListener('visibilitychange', flushWhenHidden);
    window.addEventListener('pagehide', flush);
    return () => {
      document.removeEventListener('visibilitychange', flushWhenHidden);
      window.removeEventListener('pagehide', flush);
      flush();
    };
  }, [keeper]);

  return { keeper, state };
}
