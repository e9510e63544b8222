import type { PossibleDuplicate } from '../contract/patients.ts';
import type { PatientInput } from '../schema/patient.ts';
import { compact } from '../search/normalise.ts';

type Reason = PossibleDuplicate['reasons'][number];
/** What may be known of a patient while the form is still being filled. */
export type PartialPatient = { [Field in keyof PatientInput]?: PatientInput[Field] | undefined };

/** Weights in the manner of Fellegi and Sunter (1969): how much rarer an agreement is among strangers than in one person. */
const weights: Record<Reason, number> = {
  nationalId: 20,
  insuranceNumber: 12,
  phone: 6,
  name: 6,
  nationalIdTypo: 6,
  birthday: 5,
  nameSwapped: 5,
  namePinyin: 4,
  birthdayTypo: 4,
  phoneTypo: 3,
  birthYear: 1,
};

/** Below this, an agreement is chance: a shared surname's pinyin, a family's telephone. */
const threshold = 6;

/**
 * How likely two entries are one person: reasons in falling order of weight, and their sum; undefined below the
 * threshold. `samePinyin` says whether the names sound alike (the caller has the index for it). A birthday agrees
 * also with two digits swapped or one mistyped.
 */
export function scoreDuplicate(one: PartialPatient, other: PartialPatient, samePinyin: boolean): { reasons: Reason[]; score: number } | undefined {
  const same = (field: 'nationalId' | 'insuranceNumber' | 'phone' | 'name') => agree(one[field], other[field]);
  const sameName = same('name');
  const swapped = !sameName && wordsSwapped(one.name, other.name);
  const likeBirthday = birthdaysAgree(one.birthday, other.birthday);
  const sameBirthday = likeBirthday && one.birthday === other.birthday;
  const agreements: [Reason, boolean][] = [
    ['nationalId', same('nationalId')],
    ['insuranceNumber', same('insuranceNumber')],
    ['phone', same('phone')],
    ['name', sameName],
    ['nationalIdTypo', !same('nationalId') && oneKeystroke(compact(one.nationalId ?? ''), compact(other.nationalId ?? ''))],
    ['birthday', sameBirthday],
    ['birthdayTypo', likeBirthday && !sameBirthday],
    ['nameSwapped', swapped],
    ['namePinyin', samePinyin && !sameName && !swapped],
    ['phoneTypo', !same('phone') && oneKeystroke(compact(one.phone ?? ''), compact(other.phone ?? ''))],
    ['birthYear', !likeBirthday && birthYearsAgree(one, other)],
  ];
  const reasons = agreements.filter(([, agrees]) => agrees).map(([reason]) => reason).sort((a, b) => weights[b] - weights[a]);
  const score = reasons.reduce((sum, reason) => sum + weights[reason], 0);
  return score >= threshold ? { reasons, score } : undefined;
}

function agree(one: string | undefined, other: string | undefined): boolean {
  const left = compact(one ?? '');
  return left !== '' && left === compact(other ?? '');
}

/** The same day, or one keystroke from it: one digit changed, or two neighbours swapped, or day and month swapped. */
export function birthdaysAgree(one: string | undefined, other: string | undefined): boolean {
  if (one === undefined || other === undefined) return false;
  if (one === other) return true;
  const [year, month, day] = one.split('-');
  if (other === `${year}-${day}-${month}`) return true;
  return oneKeystroke(one.replaceAll('-', ''), other.replaceAll('-', ''));
}

/** Numbers that one wrong key or two swapped neighbours make of each other (Damerau 1964). */
function oneKeystroke(one: string, other: string): boolean {
  if (one.length < 6 || one.length !== other.length) return false;
  const differing = [...one].flatMap((digit, index) => (digit === other[index] ? [] : [index]));
  const [first = 0, second = 0] = differing;
  return differing.length === 1 || (differing.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first]);
}

/** Family name and given names in another order. */
function wordsSwapped(one: string | undefined, other: string | undefined): boolean {
  const words = (name: string | undefined) => (name ?? '').toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((word) => word !== '');
  const [left, right] = [words(one), words(other)];
  return left.length > 1 && left.join(' ') !== right.join(' ') && left.sort().join(' ') === right.sort().join(' ');
}

/** What speaks against: strangers seldom share a national id, and one person has one birthday. */
const against = { nationalId: 12, birthday: 4, gender: 4 } as const;
/** A name alone makes no entry of the work-list: half a clinic is called Wang Fang. */
const workListThreshold = 8;

/** The score of a pair for the work-list, where whole entries are compared: what contradicts counts too. */
export function scorePair(one: PartialPatient, other: PartialPatient, samePinyin: boolean): { reasons: Reason[]; score: number } | undefined {
  const found = scoreDuplicate(one, other, samePinyin);
  if (found === undefined) return undefined;
  const differ = (field: 'nationalId' | 'birthday') => one[field] !== undefined && other[field] !== undefined;
  const contradicted =
    (differ('nationalId') && !found.reasons.some((reason) => reason === 'nationalId' || reason === 'nationalIdTypo') ? against.nationalId : 0) +
    (differ('birthday') && !found.reasons.some((reason) => reason === 'birthday' || reason === 'birthdayTypo') ? against.birthday : 0) +
    (isStated(one.gender) && isStated(other.gender) && one.gender !== other.gender ? against.gender : 0);
  const score = found.score - contradicted;
  return score >= workListThreshold ? { reasons: found.reasons, score } : undefined;
}

const isStated = (gender: PartialPatient['gender']): boolean => gender === 'male' || gender === 'female';

const birthYear = ({ birthday, estimatedBirthYear }: PartialPatient): number | undefined =>
  birthday === undefined ? estimatedBirthYear : Number(birthday.slice(0, 4));

/** An estimated age may be off by two years. */
function birthYearsAgree(one: PartialPatient, other: PartialPatient): boolean {
  const [left, right] = [birthYear(one), birthYear(other)];
  if (left === undefined || right === undefined) return false;
  const estimated = one.birthday === undefined || other.birthday === undefined;
  return Math.abs(left - right) <= (estimated ? 2 : 0);
}
