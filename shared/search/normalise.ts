/**
 * Text as it is compared: full-width forms folded to ASCII (NFKC), lower case, marks taken off Latin letters
 * (José is found by jose), so that what was typed on another keyboard still matches.
 */
export function normalise(value: string): string {
  // Most of what is compared is digits; folding them takes ten times as long as seeing that there is nothing to fold.
  if (/^[ -~]*$/.test(value)) return value.toLowerCase().trim();
  return value.normalize('NFKD').replace(/\p{M}/gu, '').normalize('NFKC').toLowerCase().trim();
}

/** Letters and digits only: `01-000123` and `138 0013 8000` are found with and without what separates them. */
export const compact = (value: string): string => normalise(value).replace(/[^\p{L}\p{N}]/gu, '');

export const isChinese = (character: string): boolean => /\p{Script=Han}/u.test(character);
