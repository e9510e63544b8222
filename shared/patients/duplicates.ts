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
  birthday: 5,
  namePinyin: 4,
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
  const sameBirthday = birthdaysAgree(one.birthday, other.birthday);
  const agreements: [Reason, boolean][] = [
    ['nationalId', same('nationalId')],
    ['insuranceNumber', same('insuranceNumber')],
    ['phone', same('phone')],
    ['name', sameName],
    ['birthday', sameBirthday],
    ['namePinyin', samePinyin && !sameName],
    ['birthYear', !sameBirthday && birthYearsAgree(one, other)],
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
  const digits = [one, other].map((value) => value.replaceAll('-', '')) as [string, string];
  const differing = [...digits[0]].flatMap((digit, index) => (digit === digits[1][index] ? [] : [index]));
  const [first = 0, second = 0] = differing;
  return differing.length === 1 ||
    (differing.length === 2 && second === first + 1 && digits[0][first] === digits[1][second] && digits[0][second] === digits[1][first]);
}

const birthYear = ({ birthday, estimatedBirthYear }: PartialPatient): number | undefined =>
  birthday === undefined ? estimatedBirthYear : Number(birthday.slice(0, 4));

/** An estimated age may be off by two years. */
function birthYearsAgree(one: PartialPatient, other: PartialPatient): boolean {
  const [left, right] = [birthYear(one), birthYear(other)];
  if (left === undefined || right === undefined) return false;
  const estimated = one.birthday === undefined || other.birthday === undefined;
  return Math.abs(left - right) <= (estimated ? 2 : 0);
}
