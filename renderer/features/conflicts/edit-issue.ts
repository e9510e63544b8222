import type { TFunction } from 'i18next';
import type { z } from 'zod';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { emergencyContactSchema, patientInputSchema } from '../../../shared/schema/patient.ts';
import { medicalRecordInputSchema } from '../../../shared/schema/medical-record.ts';
import { siteContentSchema } from '../../../shared/schema/site.ts';
import { userContentSchema } from '../../../shared/schema/user.ts';
import { formErrors } from '../../components/form-errors.ts';

const shapes: Readonly<Record<string, Readonly<Record<string, z.ZodType>>>> = {
  patients: {
    ...patientInputSchema.shape,
    ...Object.fromEntries(Object.entries(emergencyContactSchema.shape).map(([name, schema]) => [`emergencyContact.${name}`, schema])),
  },
  medicalRecords: medicalRecordInputSchema.shape,
  users: userContentSchema.shape,
  sites: siteContentSchema.shape,
};

/** Why a text that was written anew cannot stand in a field; undefined when it can. An emptied field is an absent one. */
export function editIssue(collection: string, path: string, text: string, t: TFunction): string | undefined {
  const parsed = shapes[collection]?.[path]?.safeParse(text.trim() === '' ? undefined : text);
  return parsed === undefined || parsed.success ? undefined : Object.values(formErrors(fieldIssues(parsed.error), t))[0];
}
