/** Gives the focus to the title of the screen: for what had it is gone, and from the page's body a keyboard begins at the very top. */
export const focusPageTitle = (): void => document.querySelector<HTMLElement>('[data-page-title]')?.focus({ preventScroll: true });

/** Whether the focus is on nothing, or in what is about to go: `leaving`. */
export function isFocusLost(leaving?: Element): boolean {
  const { activeElement } = document;
  return activeElement === null || activeElement === document.body || leaving?.contains(activeElement) === true;
}
