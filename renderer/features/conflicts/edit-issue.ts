import type { TFunction } from 'i18next';
import type { z } from 'zod';
import { fieldIssues } from '../../../shared/field-issues.ts';
import { appointmentContentSchema } from '../../../shared/schema/appointment.ts';
import { careTaskContentSchema } from '../../../shared/schema/care-task.ts';
import { clinicalSchemas } from '../../../shared/schema/clinical.ts';
import { encounterContentSchema } from '../../../shared/schema/encounter.ts';
import { emergencyContactSchema, patientInputSchema } from '../../../shared/schema/patient.ts';
import { medicalRecordInputSchema } from '../../../shared/schema/medical-record.ts';
import { referralContentSchema } from '../../../shared/schema/referral.ts';
import { siteContentSchema } from '../../../shared/schema/site.ts';
import { textTemplateContentSchema } from '../../../shared/schema/text-template.ts';
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
  appointments: appointmentContentSchema.shape,
  encounters: encounterContentSchema.shape,
  referrals: referralContentSchema.shape,
  careTasks: careTaskContentSchema.shape,
  textTemplates: textTemplateContentSchema.shape,
  ...Object.fromEntries(Object.entries(clinicalSchemas).map(([name, { shape }]) => [name, shape])),
};

/** Why a text that was written anew cannot stand in a field; undefined when it can. An emptied field is an absent one. */
export function editIssue(collection: string, path: string, text: string, t: TFunction): string | undefined {
  const parsed = shapes[collection]?.[path]?.safeParse(text.trim() === '' ? undefined : text);
  return parsed === undefined || parsed.success ? undefined : Object.values(formErrors(fieldIssues(parsed.error), t))[0];
}
