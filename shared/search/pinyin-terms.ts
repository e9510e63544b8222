import { pinyin, polyphonic } from 'pinyin-pro';
import { isChinese } from './normalise.ts';

/** A name with many ambiguous characters would multiply; eight readings cover the real ones. */
const maximumReadings = 8;

/**
 * What a Chinese name can be typed as: the pinyin of the whole name and of each of its ends (王小明: wangxiaoming,
 * xiaoming, ming) and their initials (wxm, xm). The surname's own reading comes first (单 shan, 仇 qiu, 曾 zeng), other
 * readings of each character follow; ü is found as v and as u.
 */
export function pinyinTerms(name: string): string[] {
  const characters = [...name].filter(isChinese);
  if (characters.length === 0) return [];
  const terms = new Set<string>();
  for (const syllables of readings(characters.join(''))) {
    syllables.forEach((_, start) => {
      const end = syllables.slice(start);
      terms.add(end.join(''));
      if (end.length > 1) terms.add(end.map((syllable) => syllable[0]).join(''));
    });
  }
  return [...terms];
}

function readings(name: string): string[][] {
  const preferred = pinyin(name, { toneType: 'none', surname: 'head', type: 'array' });
  const all = polyphonic(name, { toneType: 'none', type: 'array' });
  const choices = preferred.map((syllable, index) => spellings([syllable, ...(all[index] ?? [])]));
  return choices.reduce<string[][]>(
    (heads, options) => heads.flatMap((head) => options.map((option) => [...head, option])).slice(0, maximumReadings),
    [[]],
  );
}

const spellings = (syllables: string[]): string[] => [
  ...new Set(syllables.flatMap((syllable) => (syllable.includes('ü') ? [syllable.replace('ü', 'v'), syllable.replace('ü', 'u')] : [syllable]))),
];
