/** Full-width digits, letters, signs and spaces as ASCII. */
const narrow = (cell: string): string => cell.normalize('NFKC').trim();

/** No date, age or number is longer; a longer cell is refused without being looked at. */
const longest = 40;

/**
 * A calendar day `YYYY-MM-DD` out of `1990-01-02`, `1990/1/2`, `1990.1.2`, `19900102`, `1990年1月2日`, each also with a
 * time of day behind it, or a spreadsheet's serial number. Whether the day exists is for the schema to say. Undefined
 * for anything else: two-digit years, and `02/01/1990`, which two countries read as two days.
 */
export function parseDay(cell: string): string | undefined {
  if (cell.length > longest) return undefined;
  const text = narrow(cell).replace(/[T\s]+\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]00:?00)?$/, '');
  const match =
    /^(\d{4})([-/.])(\d{1,2})\2(\d{1,2})$/.exec(text) ??
    /^(\d{4})(年)\s*(\d{1,2})\s*月\s*(\d{1,2})\s*[日号]?$/.exec(text) ??
    /^(\d{4})()(\d{2})(\d{2})$/.exec(text);
  if (match === null) return serialDay(text);
  const [, year, , month, day] = match;
  return `${year}-${month?.padStart(2, '0')}-${day?.padStart(2, '0')}`;
}

/**
 * Days since 1899-12-30, as Excel and LibreOffice store a date whose format was lost. Only five digits that cannot be
 * the beginning of a written date: 19901 may also be January 1990.
 */
function serialDay(text: string): string | undefined {
  if (!/^[1-9]\d{4}(\.0+)?$/.test(text) || /^(1[89]|20)\d/.test(text)) return undefined;
  return new Date(Date.UTC(1899, 11, 30) + Number(text) * 86_400_000).toISOString().slice(0, 10);
}

/** The birth year of somebody of this age on `today`: `45`, `45.0`, `45岁`, `3个月`, `10天`, `45 years`; undefined for anything else. */
export function birthYearOfAge(cell: string, today: string): number | undefined {
  if (cell.length > longest) return undefined;
  const text = narrow(cell).toLowerCase();
  const [year, month] = today.split('-').map(Number) as [number, number];
  const years = /^(\d{1,3})(?:\.\d+)?\s*(?:周?岁|y|yrs?|years?(?: old)?)?(?:\s*\d{1,2}\s*个?月)?$/.exec(text);
  if (years !== null) return year - Number(years[1]);
  const months = /^(\d{1,2})\s*(?:个?月|m|months?(?: old)?)$/.exec(text);
  if (months !== null) return year + Math.floor((month - 1 - Number(months[1])) / 12);
  return /^\d{1,3}\s*(?:天|日|d|days?(?: old)?)$/.test(text) ? year : undefined;
}

/** A year in four digits; `NaN` for anything else, which the schema then refuses by name. */
export function parseYear(cell: string): number {
  const text = cell.length > longest ? '' : narrow(cell).replace(/\s*年?(\.0+)?$/, '');
  return /^\d{4}$/.test(text) ? Number(text) : NaN;
}

/** A phone number as it was written, with full-width characters and long dashes made plain. */
export function tidyPhone(cell: string): string {
  if (cell.length > 4 * longest) return cell;
  return withoutTextMark(narrow(cell)).replace(/\p{Pd}/gu, '-');
}

/** A national id without the spaces between its groups. */
export function tidyNationalId(cell: string): string {
  if (cell.length > 4 * longest) return cell;
  return withoutTextMark(narrow(cell).replace(/\s/g, ''));
}

/** People type an apostrophe before a long number so that a spreadsheet keeps its digits. */
const withoutTextMark = (text: string): string => text.replace(/^['’‘`](?=[+\d])/, '');
