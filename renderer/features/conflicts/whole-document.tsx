import { Badge, Group, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { conflictField, fieldLabel, readableFields } from '../../../shared/conflicts/conflict-fields.ts';
import type { ConflictRow } from '../../../shared/contract/sync.ts';
import type { Clash } from '../../../shared/schema/conflict.ts';
import type { MedicalRecordContent } from '../../../shared/schema/medical-record.ts';
import type { PatientContent } from '../../../shared/schema/patient.ts';
import { readablePatient } from '../patients/readable-patient.ts';
import { readableRecord } from '../records/readable-record.ts';
import type { ReadableField } from '../versions/field-differences.ts';
import { Marked } from './clash-value.tsx';
import classes from './conflict.module.css';
import { valueText } from './conflict-values.ts';
import { sideName } from './conflict-words.ts';
import { differencesOf, standingSide } from './whole-versions.ts';

/** Two whole versions side by side: the fields in which they differ. */
export function WholeDocument({ row, clash }: { row: ConflictRow; clash: Clash }) {
  const { t } = useTranslation();
  const [one, two] = clash.values.map(({ value }) => readable(row.collection, value, t));
  const differing = differencesOf(one ?? [], two ?? []);
  const present = readable(row.collection, row.present?.[row.clashes.indexOf(clash)]?.value, t);
  const [isOpen, isSigned] = [row.status === 'open', row.sealed === 'signed'];
  const marked = isOpen || isSigned ? clash.kept : standingSide(differing, present);
  return (
    <>
      <div className={classes.sides}>
        {([0, 1] as const).map((side) => (
          <Group key={side} gap="xs">
            <Text fw={600}>{sideName(side, t)}</Text>
            {marked === side && (
              <Badge variant="light" color="gray" tt="none">
                {t(isSigned ? 'conflicts.signedText' : isOpen ? 'conflicts.shown' : 'conflicts.standsNow')}
              </Badge>
            )}
          </Group>
        ))}
      </div>
      {differing.map(({ field, other }) => (
        <section key={field.field} aria-label={field.label}>
          <Text fw={600} mb={4}>
            {field.label}
          </Text>
          <div className={classes.sides}>
            <Version field={field} other={other} />
            <Version field={other} other={field} />
          </div>
        </section>
      ))}
    </>
  );
}

function Version({ field, other }: { field: ReadableField; other: ReadableField }) {
  const { t } = useTranslation();
  return (
    <div className={classes.head}>
      {field.text === '' ? (
        <Text c="dimmed">{t('conflicts.empty')}</Text>
      ) : (
        <p className={classes.value}>{field.whole === true ? field.text : <Marked text={field.text} other={other.text} />}</p>
      )}
    </div>
  );
}

/** The contents of a clash are whole documents that passed their schema before they were stored. */
function readable(collection: string, content: unknown, t: TFunction): ReadableField[] {
  if (content === undefined || content === null) return [];
  if (collection === 'medicalRecords') return readableRecord(content as MedicalRecordContent, t);
  if (collection === 'patients') return readablePatient(content as PatientContent, t);
  return readableFields(collection).map((field) => ({
    field, label: fieldLabel(collection, field, t), text: valueText(conflictField(collection, field), (content as Record<string, unknown>)[field], t), whole: true,
  }));
}
