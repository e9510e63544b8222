/** JSON with keys in order and absent fields left out: equal values give equal text, however they were put together. */
export function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    part !== null && typeof part === 'object' && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).filter(([, inner]) => inner !== undefined).sort(([left], [right]) => (left < right ? -1 : 1)))
      : part,
  ) ?? '';
}

/** Whether two values say the same; databases may hand back JSON with its keys in another order. */
export const same = (left: unknown, right: unknown): boolean => left === right || canonicalText(left) === canonicalText(right);
