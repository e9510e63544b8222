/** An entry of a table of codes: code, name, and further names that it is found by. */
export type CodeEntry = readonly [code: string, name: string, ...others: string[]];

/**
 * Entries whose code begins with the query, then those whose name does, then those that hold every word of it, in the
 * table's order. Latin is compared without regard to case, codes without their dots.
 */
export function searchCodes<Entry extends CodeEntry>(entries: readonly Entry[], query: string, limit: number): Entry[] {
  const words = folded(query).split(/\s+/).filter((word) => word !== '');
  if (words.length === 0) return entries.slice(0, limit);
  const ranked: [Entry[], Entry[], Entry[]] = [[], [], []];
  for (const entry of entries) {
    const rank = rankOf(entry, words);
    if (rank !== undefined && ranked[rank].length < limit) ranked[rank].push(entry);
    if (ranked[0].length === limit) break;
  }
  return ranked.flat().slice(0, limit);
}

const folded = (text: string): string => text.trim().toLocaleLowerCase('en');
const undotted = (code: string): string => folded(code).replaceAll('.', '');

function rankOf([code, ...names]: CodeEntry, words: readonly string[]): 0 | 1 | 2 | undefined {
  const [only] = words as [string];
  if (words.length === 1 && undotted(code).startsWith(undotted(only))) return 0;
  const folds = names.map(folded);
  if (folds.some((name) => name.startsWith(words.join(' ')))) return 1;
  return folds.some((name) => words.every((word) => name.includes(word))) ? 2 : undefined;
}
