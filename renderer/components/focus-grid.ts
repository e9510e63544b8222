/** Gives the focus back to the place in the screen's grid where it was: a dialogue that is gone with its form cannot. */
export function focusGrid(): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>('main [role="grid"] [tabindex="0"]')?.focus());
}
