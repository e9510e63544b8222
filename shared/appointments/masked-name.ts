/**
 * A name for a waiting room: enough for its owner to know it, too little for the others. Of a Chinese name the first and last
 * character (of two, the first), of any other the first letter of each word and the last word's end.
 */
export function maskedName(name: string): string {
  const characters = [...name.trim()];
  if (/^\p{Script=Han}+$/u.test(name.trim())) {
    const [first = '', ...rest] = characters;
    return rest.length < 2 ? `${first}*` : `${first}${'*'.repeat(rest.length - 1)}${rest.at(-1) as string}`;
  }
  return name.trim().split(/\s+/).map((word) => `${[...word][0] ?? ''}***`).join(' ');
}
