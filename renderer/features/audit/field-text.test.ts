import { expect, test } from 'vitest';
import { createTranslator } from '../../../shared/i18n/index.ts';
import type { AuditEntry } from '../../../shared/schema/audit-entry.ts';
import { medicalRecordInputSchema } from '../../../shared/schema/medical-record.ts';
import { patientInputSchema } from '../../../shared/schema/patient.ts';
import { workstationSettingsSchema } from '../../../shared/schema/setting.ts';
import { resourceSchemas, type ResourceCollection } from '../../../shared/schema/resource.ts';
import { siteContentSchema } from '../../../shared/schema/site.ts';
import { userContentSchema } from '../../../shared/schema/user.ts';
import { fieldsText } from './field-text.ts';

test.each<[NonNullable<AuditEntry['collection']>, { shape: object }]>([
  ['patients', patientInputSchema],
  ['medicalRecords', medicalRecordInputSchema],
  ['users', userContentSchema],
  ['sites', siteContentSchema],
  ['settings', workstationSettingsSchema],
  ...(Object.entries(resourceSchemas) as [ResourceCollection, (typeof resourceSchemas)[ResourceCollection]][]),
])('no field of %s is told in the language of programs', (collection, { shape }) => {
  const { t } = createTranslator('zh');
  for (const field of Object.keys(shape)) expect(fieldsText(collection, [field], t)).not.toBe(field);
});

test('what reads the same is told once, and a field of a newer version by its own name', () => {
  const { t } = createTranslator('en');
  expect(fieldsText('medicalRecords', ['doctorId', 'doctorName', 'later'], t)).toBe('Doctor, later');
});
