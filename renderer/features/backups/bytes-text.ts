const units = ['B', 'kB', 'MB', 'GB', 'TB'];

/** A size as people read it, in powers of 1000: `1.4 MB`. */
export function bytesText(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(units.length - 1, Math.floor(Math.log10(bytes) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 ? String(value) : value.toFixed(value < 10 ? 1 : 0)} ${units[power] ?? ''}`;
}
