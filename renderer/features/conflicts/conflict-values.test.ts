import { describe, expect, it } from 'vitest';
import { conflictField, fieldLabel } from '../../../shared/conflicts/conflict-fields.ts';
import { createTranslator } from '../../../shared/i18n/index.ts';
import { patientInputSchema } from '../../../shared/schema/patient.ts';
import { medicalRecordInputSchema } from '../../../shared/schema/medical-record.ts';
import { siteContentSchema } from '../../../shared/schema/site.ts';
import { userContentSchema } from '../../../shared/schema/user.ts';
import { canJoin, valueText } from './conflict-values.ts';

const { t } = createTranslator('en');
const text = (collection: string, path: string, value: unknown) => valueText(conflictField(collection, path), value, t);

describe('every field that can clash is called by its name', () => {
  const shapes = {
    patients: patientInputSchema.shape,
    medicalRecords: medicalRecordInputSchema.shape,
    users: userContentSchema.shape,
    // Sets merge without a clash.
    sites: (({ departments: _departments, rooms: _rooms, ...shape }) => shape)(siteContentSchema.shape),
  };
  const all = Object.entries(shapes).flatMap(([collection, shape]) => Object.keys(shape).map((path) => [collection, path]));
  it.each(all)('%s.%s', (collection = '', path = '') => {
    expect(fieldLabel(collection, path, t)).not.toBe(path);
  });
});

it.each([
  ['patients', 'gender', 'female', 'Female'],
  ['patients', 'address', '1 High Street', '1 High Street'],
  ['patients', 'estimatedBirthYear', 1960, '1960'],
  ['patients', 'emergencyContact', { name: 'Li', phone: '123' }, 'Li · 123'],
  ['patients', 'notes', undefined, ''],
  ['patients', 'fromTheFuture', { deep: { er: 1 } }, 'This version of Outpost cannot show this value. Install the newer version to see it.'],
  ['medicalRecords', 'deleted', true, 'moved to the trash'],
  ['appointments', 'status', 'noshow', 'did not come'],
  ['encounters', 'priority', 'urgent', 'Urgent'],
  ['users', 'active', false, 'Closed'],
  ['users', 'credential', { salt: 'c2FsdA==', publicKey: 'a2V5' }, 'another password'],
])('shows %s.%s %j as %j', (collection, path, value, expected) => {
  expect(text(collection, path, value)).toBe(expected);
});

it.each([
  ['notes', ['a', 'b'], true],
  ['notes', ['a', ''], false],
  ['notes', ['a', undefined], false],
  ['phone', ['1', '2'], false],
])('joins the two values of %s %j: %s', (path, [one, two], expected) => {
  expect(canJoin(conflictField('patients', path), [{ value: one }, { value: two }])).toBe(expected);
});
