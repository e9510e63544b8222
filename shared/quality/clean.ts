import { isValidNationalId, nationalIdCheckCharacter } from '../patients/national-id.ts';

/** Full-width letters, digits and brackets as ordinary ones, one space where there were several, none at the ends. */
export const cleanText = (value: string): string => value.replace(/[\uFF01-\uFF5E]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0)).replace(/\s+/g, ' ').trim();

const mobile = /^1[3-9]\d{9}$/;

/** A Chinese mobile number as its eleven digits; of any other number only the spacing is mended: how it is grouped says where it belongs. */
export function cleanPhone(value: string): string {
  const digits = cleanText(value).replace(/[\s()-]/g, '').replace(/^(\+|00)86(?=1)/, '');
  return mobile.test(digits) ? digits : cleanText(value);
}

/** A resident identity number without spacing and with a capital X; one of fifteen digits (before 1999) in its present form (GB 11643-1999). */
export function cleanNationalId(value: string): string {
  const plain = cleanText(value).replace(/[\s-]/g, '').toUpperCase();
  if (!/^\d{15}$/.test(plain)) return plain;
  const first17 = `${plain.slice(0, 6)}19${plain.slice(6)}`;
  const whole = first17 + nationalIdCheckCharacter(first17);
  return isValidNationalId(whole) ? whole : plain;
}

/** What is the same in two names of one department: `内科门诊` and `内科`, `Dept. of Surgery` and `surgery`. */
const departmentKey = (name: string): string =>
  cleanText(name).toLocaleLowerCase('en').replace(/\b(department|dept\.?|clinic|outpatient|of|the)\b/g, '').replace(/(门诊|病区|病房|室)$/u, '').replace(/科$/u, '').replace(/[\s.,-]/g, '');

/** The department of the list that a name most likely means; undefined where none or several could be meant. */
export function departmentMeant(name: string, list: readonly string[]): string | undefined {
  const key = departmentKey(name);
  const alike = list.filter((one) => departmentKey(one) === key);
  return key !== '' && alike.length === 1 ? alike[0] : undefined;
}
