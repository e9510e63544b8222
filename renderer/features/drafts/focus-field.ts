import { useLayoutEffect } from 'react';

const focusable = 'input:not([type=hidden]), textarea, select, button';

/** Shows a field that needs attention, with what is around it. */
export function showField(field: string): void {
  focusField(field)?.scrollIntoView({ block: 'center' });
}

/** Moves the focus to a form's field by its name; a group of choices gets it at the chosen or first one. */
function focusField(field: string): HTMLElement | undefined {
  const node = document.querySelector<HTMLElement>(`[data-path="${CSS.escape(field)}"]`);
  if (!node) return undefined;
  const target = node.matches(focusable)
    ? node
    : (node.querySelector<HTMLElement>('input:checked') ?? node.querySelector<HTMLElement>(focusable));
  target?.focus();
  return target ?? undefined;
}

/** Puts the focus where the typing begins, as a form appears: after it is painted, the first letters typed into it would be lost. */
export function useFieldOnArrival(field: string): void {
  useLayoutEffect(() => {
    focusField(field);
    // eslint-disable-next-line react-hooks/exhaustive-deps -- only on arrival: what is typed later must not move the focus
  }, []);
}
