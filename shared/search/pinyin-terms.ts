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
  const characters = [...name];
  const choices = surnameSyllables(name).map((syllable, index) => spellings(syllable, characters[index] ?? ''));
  return choices.reduce<string[][]>(
    (heads, options) => heads.flatMap((head) => options.map((option) => [...head, option])).slice(0, maximumReadings),
    [[]],
  );
}

/** The syllables of a name in Chinese characters, each as it is read in a name: the first with the surname's own reading. */
export const surnameSyllables = remembered(1000, (name: string) => pinyin(name, { surname: 'head', type: 'array' }).map(withoutTone));

/** A syllable without its tone mark; ü keeps its dots. The library's own way takes as long as finding the reading. */
const withoutTone = remembered(5000, (syllable: string) => syllable.normalize('NFD').replace(/[\u0300\u0301\u0304\u030C]/g, '').normalize('NFC'));

/** Every way to type one character, the given reading first. */
function spellings(syllable: string, character: string): string[] {
  return spellingsOf(`${character}${syllable}`);
}

const spellingsOf = remembered(50_000, (characterAndSyllable: string): string[] => {
  const [character = '', ...syllable] = [...characterAndSyllable];
  const [all = []] = polyphonic(character, { toneType: 'none', type: 'array' });
  const typed = [syllable.join(''), ...all].flatMap((reading) => (reading.includes('ü') ? [reading.replace('ü', 'v'), reading.replace('ü', 'u')] : [reading]));
  return [...new Set(typed)];
});

/** The function, with its latest answers kept: a name is sorted and indexed moments apart, and characters repeat. */
function remembered<Answer>(most: number, answer: (text: string) => Answer): (text: string) => Answer {
  const known = new Map<string, Answer>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      if (known.size >= most) known.clear();
      known.set(text, (found = answer(text)));
    }
    return found;
  };
}
