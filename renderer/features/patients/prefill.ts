import { isValidNationalId } from '../../../shared/patients/national-id.ts';
import { fillFromNationalId, emptyPatientForm, type PatientFormValues } from './patient-form-values.ts';

/** The shortest run of digits that is taken for a telephone number; shorter ones are scraps of a search. */
const shortestPhone = 5;

/** A medical record number as the store mints it: `01-000123`. */
const recordNumber = /^\d{2}-\d{6}$/;

/**
 * What a search for somebody says about the somebody to register: words become the name, digits the phone
 * or the national id (with the birthday and gender that are in it). A record number says nothing.
 */
export function prefillFromQuery(query: string): PatientFormValues {
  const words: string[] = [];
  let values = emptyPatientForm();
  for (const token of query.trim().split(/\s+/u)) {
    const plain = token.replaceAll('-', '').toUpperCase();
    if (isValidNationalId(plain)) values = fillFromNationalId({ ...values, nationalId: plain });
    else if (/^\+?[\d()-]+$/.test(token) && !recordNumber.test(token)) values = { ...values, phone: joinDigits(values.phone, token) };
    else if (!/\d/.test(token)) words.push(token);
  }
  const phone = values.phone.replaceAll(/\D/g, '').length >= shortestPhone ? values.phone : '';
  return { ...values, name: words.join(' '), phone };
}

/** Numbers are often typed in groups: 138 1234 5678. */
const joinDigits = (before: string, token: string) => (before === '' ? token : `${before} ${token}`);
