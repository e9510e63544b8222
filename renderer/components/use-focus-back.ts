import { useLayoutEffect } from 'react';

/**
 * Gives the focus back to what had it before a dialogue opened. Mantine's own way waits for `opened` to turn false, which never comes to a dialogue
 * that is taken out of the page while it is open: the focus fell to the page, and whoever works by keyboard began again at its top.
 */
export function useFocusBack(opened = true): void {
  useLayoutEffect(() => {
    if (!opened) return undefined;
    const opener = document.activeElement;
    return () => {
      // What follows the dialogue, another one or another screen, may take the focus in the same turn: it is left there.
      setTimeout(() => {
        if (document.activeElement === document.body && opener instanceof HTMLElement) opener.focus({ preventScroll: true });
      });
    };
  }, [opened]);
}
