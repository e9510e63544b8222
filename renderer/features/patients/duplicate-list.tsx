import { Alert, Text } from '@mantine/core';
import { IconUsers } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PossibleDuplicate } from '../../../shared/contract/patients.ts';
import classes from './duplicate-list.module.css';
import { paths } from './paths.ts';
import { useAgeLabel } from './use-age-label.ts';

/** Who the person in the form may already be, likeliest first. */
export function DuplicateList({ duplicates }: { duplicates: PossibleDuplicate[] }) {
  const { t } = useTranslation();
  return (
    <div role="status">
      {duplicates.length > 0 && (
        <Alert variant="light" color="yellow" icon={<IconUsers aria-hidden />} title={t('patients.duplicates.title')} mb="sm">
          <DuplicateRows duplicates={duplicates} />
        </Alert>
      )}
    </div>
  );
}

export function DuplicateRows({ duplicates }: { duplicates: PossibleDuplicate[] }) {
  return (
    <ul className={classes.rows}>
      {duplicates.map((duplicate) => (
        <DuplicateRow key={duplicate.id} duplicate={duplicate} />
      ))}
    </ul>
  );
}

function DuplicateRow({ duplicate }: { duplicate: PossibleDuplicate }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const { name, gender, birthday, phone, medicalRecordNumber, reasons } = duplicate;
  const facts = [t(`patients.gender.${gender}`), ageLabel(duplicate), birthday, phone, medicalRecordNumber];
  return (
    <li>
      <Link to={paths.patient(duplicate.id)} aria-label={t('patients.duplicates.openOf', { name })}>
        {name}
      </Link>
      <Text size="sm" span>
        {facts.filter((fact) => fact !== undefined).join(' · ')}
      </Text>
      <Text size="xs" fw={600} span>
        {reasons.map((reason) => t(`patients.duplicates.reason.${reason}`)).join(', ')}
      </Text>
    </li>
  );
}
