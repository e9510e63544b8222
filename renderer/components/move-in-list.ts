/** Where a list stands: the active row, the number of rows, and how many are in sight at once. */
export interface ListPosition {
  active: number;
  count: number;
  inSight: number;
}

/** The row a key moves to, by the keyboard pattern of a WAI-ARIA grid; undefined for keys that do not move. */
export function moveInList(key: string, { active, count, inSight }: ListPosition): number | undefined {
  const target = targetOf(key, active, count, Math.max(1, inSight - 1));
  return target === undefined || count === 0 ? undefined : Math.min(count - 1, Math.max(0, target));
}

function targetOf(key: string, active: number, count: number, pageStep: number): number | undefined {
  switch (key) {
    case 'ArrowDown':
      return active + 1;
    case 'ArrowUp':
      return active - 1;
    case 'PageDown':
      return active + pageStep;
    case 'PageUp':
      return active - pageStep;
    case 'Home':
      return 0;
    case 'End':
      return count - 1;
    default:
      return undefined;
  }
}
