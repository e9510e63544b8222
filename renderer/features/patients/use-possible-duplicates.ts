import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { PossibleDuplicate } from '../../../shared/contract/patients.ts';
import { call } from '../../api/client.ts';
import { callQuery } from '../../api/queries.ts';
import { today } from './calendar-day.ts';
import { validParts, type PatientFormValues } from './patient-form-values.ts';

/** Milliseconds without a keystroke before the same person is looked for again. */
const pause = 350;

const question = (values: PatientFormValues, exceptId: string | undefined) => ({
  // Only what tells people apart; a photo is large and says nothing.
  patient: validParts({ ...values, photo: '', notes: '' }, today()),
  ...(exceptId !== undefined && { exceptId }),
});

/** Who may be the person in the form, asked anew whenever the typing pauses. */
export function usePossibleDuplicates(values: PatientFormValues, exceptId: string | undefined): PossibleDuplicate[] {
  const [settled] = useDebouncedValue(values, pause);
  const input = question(settled, exceptId);
  const asked = Object.values(input.patient).some((value) => value !== undefined);
  const { data = [] } = useQuery({ ...callQuery('patients.possibleDuplicates', input), enabled: asked, placeholderData: keepPreviousData });
  return asked ? data : [];
}

/** The same question about exactly what is being saved. */
export const findDuplicates = (values: PatientFormValues, exceptId: string | undefined) =>
  call('patients.possibleDuplicates', question(values, exceptId));
