const minute = 60_000;
export const day = 24 * 60 * minute;

/** A workstation that is switched off over a weekend is not stale. */
export const staleAfter = 3 * day;
export const stuckAfter = 60 * minute;
export const skewTolerated = 2 * minute;
