import { useEffect } from 'react';
import { handlerOf, shortcutOf } from './shortcuts.ts';

const fields = 'input, textarea, select, [contenteditable="true"]';
/** Open things that take Escape for themselves; a list that is a fixed part of its screen does not. */
const closedByEscape = '[role="dialog"], [role="menu"], [role="listbox"]:not([data-inline])';

/**
 * Listens for every shortcut of the program. In the capture phase, so that Escape is judged by what was open
 * when it was pressed and not by what it has just closed.
 */
export function useShortcutKeys(enabled: boolean): void {
  useEffect(() => {
    if (!enabled) return undefined;
    window.addEventListener('keydown', runShortcut, true);
    return () => window.removeEventListener('keydown', runShortcut, true);
  }, [enabled]);
}

function runShortcut(event: KeyboardEvent): void {
  const inField = event.target instanceof Element && event.target.matches(fields);
  const name = shortcutOf(event, inField);
  if (name === undefined) return;
  if (name === 'back' && isAnythingOpen()) return;
  const handler = handlerOf(name);
  if (!handler) return;
  event.preventDefault();
  handler();
}

const isAnythingOpen = () => [...document.querySelectorAll(closedByEscape)].some((element) => element.checkVisibility());
