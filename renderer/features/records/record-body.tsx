import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MedicalRecord } from '../../../shared/schema/medical-record.ts';
import classes from './record-body.module.css';

const sections = ['chiefComplaint', 'diagnosis', 'treatment', 'prescription'] as const;

/** A record's text as it was written, section by section; what is empty is said to be empty. */
export function RecordBody({ record }: { record: MedicalRecord }) {
  const { t } = useTranslation();
  return (
    <>
      {sections.map((section) => (
        <section key={section} className={classes.section}>
          <Title order={3} size="h6" c="dimmed">
            {t(`records.field.${section}`)}
          </Title>
          {record[section] === undefined ? (
            <Text size="sm" c="dimmed">
              {t('records.view.empty')}
            </Text>
          ) : (
            <p className={classes.text}>{record[section]}</p>
          )}
        </section>
      ))}
    </>
  );
}
