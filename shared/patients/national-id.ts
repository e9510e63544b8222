const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2] as const;
const checkCharacters = '10X98765432';

/** The check character of a resident identity number's first 17 digits (GB 11643-1999, ISO 7064 MOD 11-2). */
export function nationalIdCheckCharacter(first17: string): string {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
  return checkCharacters[sum % 11] ?? '';
}

/** Whether an 18-character resident identity number has a real birth date and the right check character. */
export function isValidNationalId(value: string): boolean {
  if (!/^\d{17}[\dX]$/.test(value)) return false;
  return nationalIdBirthday(value) !== undefined && nationalIdCheckCharacter(value) === value[17];
}

/** The birthday inside a resident identity number as `YYYY-MM-DD`; undefined when it is not a real day. */
export function nationalIdBirthday(value: string): string | undefined {
  const day = `${value.slice(6, 10)}-${value.slice(10, 12)}-${value.slice(12, 14)}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== day ? undefined : day;
}

/** The gender inside a resident identity number: the 17th digit is odd for men (GB 11643-1999). */
export function nationalIdGender(value: string): 'male' | 'female' {
  return Number(value[16]) % 2 === 1 ? 'male' : 'female';
}
