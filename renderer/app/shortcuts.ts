import { useLayoutEffect, useRef } from 'react';
import type { TextKey } from '../../shared/i18n/index.ts';

interface Shortcut {
  /** Any of these; `Mod` is Ctrl, or Command on a Mac. */
  keys: readonly string[];
  label: TextKey;
}

/**
 * Every shortcut of the program; the help sheet is drawn from it. A screen binds what it offers with
 * {@link useShortcut}. Alt is read by the place of the key, so that keyboards that type a special letter with
 * it, and Chinese input methods, work too.
 */
export const shortcuts = {
  palette: { keys: ['Mod+K'], label: 'shortcuts.palette' },
  search: { keys: ['Mod+F', '/'], label: 'shortcuts.search' },
  new: { keys: ['Alt+N'], label: 'shortcuts.new' },
  save: { keys: ['Alt+S'], label: 'shortcuts.save' },
  undo: { keys: ['Alt+Z'], label: 'shortcuts.undo' },
  insert: { keys: ['Alt+T'], label: 'shortcuts.insert' },
  back: { keys: ['Escape'], label: 'shortcuts.back' },
  lock: { keys: ['Alt+L'], label: 'shortcuts.lock' },
  help: { keys: ['F1', '?'], label: 'shortcuts.help' },
  /** Told here, and heard by the chart itself: which tab it is depends on who reads. */
  tab: { keys: ['1…9'], label: 'shortcuts.tab' },
} as const satisfies Record<string, Shortcut>;
export type ShortcutName = keyof typeof shortcuts;

/** What of a keyboard event decides; lets the rule be tested without a window. */
export interface Keystroke {
  key: string;
  code: string;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
  isComposing: boolean;
}

/** The shortcut that a keystroke stands for. Bare characters are text while a field has the focus. */
export function shortcutOf(stroke: Keystroke, inField: boolean): ShortcutName | undefined {
  // An input method uses Escape, Enter and letters for itself.
  if (stroke.isComposing) return undefined;
  const names = Object.keys(shortcuts) as ShortcutName[];
  return names.find((name) => shortcuts[name].keys.some((keys) => matches(stroke, keys, inField)));
}

function matches(stroke: Keystroke, keys: string, inField: boolean): boolean {
  const mod = stroke.ctrlKey || stroke.metaKey;
  if (keys.startsWith('Alt+')) return stroke.altKey && !mod && stroke.code === `Key${keys.slice(4)}`;
  if (keys.startsWith('Mod+')) return mod && !stroke.altKey && stroke.key.toUpperCase() === keys.slice(4);
  if (mod || stroke.altKey) return false;
  return stroke.key === keys && !(inField && keys.length === 1);
}

type Handler = () => void;
const bound = new Map<ShortcutName, Handler[]>();

/** What a shortcut does here and now; undefined when no screen offers it. */
export const handlerOf = (name: ShortcutName): Handler | undefined => bound.get(name)?.at(-1);

/** Does what the shortcut would do here, for a command that stands for it. */
export const runShortcut = (name: ShortcutName): void => handlerOf(name)?.();

/**
 * Offers a shortcut while the component is mounted and `enabled`. The latest to be bound has it, so a dialogue
 * takes Alt+S from the screen below it and gives it back. Bound as the screen changes and not after it is painted: a
 * key that comes between the two would do what it stands for on the screen before.
 */
export function useShortcut(name: ShortcutName, handler: Handler, enabled = true): void {
  const latest = useRef(handler);
  useLayoutEffect(() => {
    latest.current = handler;
  });
  useLayoutEffect(() => {
    if (!enabled) return undefined;
    const run = () => latest.current();
    bound.set(name, [...(bound.get(name) ?? []), run]);
    return () => {
      bound.set(name, (bound.get(name) ?? []).filter((other) => other !== run));
    };
  }, [name, enabled]);
}
