import { useLayoutEffect } from 'react';

/**
 * While mounted, hides everything beside #lock-root from sight, from the accessibility tree and from focus, and
 * leaves it standing. Overlays lie directly in the body, and may open while it is locked: those are hidden as well.
 * The focus then returns to `focused`.
 */
export function useHiddenWorkspace(focused: Element | null): void {
  // Before the browser paints: nothing may be seen for even one frame.
  useLayoutEffect(() => {
    const observer = new MutationObserver(() => setInert(true));
    setInert(true);
    observer.observe(document.body, { childList: true });
    document.body.dataset['locked'] = '';
    return () => {
      observer.disconnect();
      setInert(false);
      delete document.body.dataset['locked'];
      if (focused instanceof HTMLElement) focused.focus({ preventScroll: true });
    };
  }, [focused]);
}

function setInert(inert: boolean): void {
  for (const element of document.body.children) {
    if (element instanceof HTMLElement && element.id !== 'lock-root') element.inert = inert;
  }
}
