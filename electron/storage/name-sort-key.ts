import { pinyin } from 'pinyin-pro';

/**
 * The key by which a list of people is sorted: pinyin for Chinese (with the surname's own reading), lower-case
 * letters without marks for Latin, so that both stand in one alphabet. The name itself breaks ties.
 */
export function nameSortKey(name: string): string {
  const latin = pinyin(name, { toneType: 'none', surname: 'head', nonZh: 'consecutive', v: true });
  return `${latin.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()}\u0000${name}`;
}
