/** Making a format takes longer than using it a hundred times: a list that scrolls formats hundreds of numbers for a frame. */
const formats = new Map<string, Intl.NumberFormat>();

/** The format of numbers in a language, made once. */
export function numberFormat(language: string, options: Pick<Intl.NumberFormatOptions, 'style' | 'maximumFractionDigits'>): Intl.NumberFormat {
  const key = `${language} ${options.style ?? ''} ${String(options.maximumFractionDigits)}`;
  const known = formats.get(key) ?? new Intl.NumberFormat(language, options);
  formats.set(key, known);
  return known;
}
