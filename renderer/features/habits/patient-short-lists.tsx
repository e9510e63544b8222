import { Text, Title } from '@mantine/core';
import { IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { PatientRow } from '../../../shared/contract/patients.ts';
import { useCall } from '../../api/queries.ts';
import classes from '../drafts/my-drafts.module.css';
import { paths } from '../patients/paths.ts';
import { useAgeLabel } from '../patients/use-age-label.ts';

/** Rows of each list: what is further back is found by its name as fast. */
const shown = 6;

/** The patients that one keeps at hand, and those whose charts one had open last. */
export function PatientShortLists() {
  const { t } = useTranslation();
  const favourites = useCall('favourites.list', {}).data?.patients ?? [];
  const recent = useCall('recentPatients.list', {}).data ?? [];
  const others = recent.filter(({ id }) => favourites.every((favourite) => favourite.id !== id)).slice(0, shown);
  return (
    <>
      {favourites.length > 0 && <ShortList title={t('habits.favouritePatients')} patients={favourites} starred />}
      {others.length > 0 && <ShortList title={t('habits.recentPatients')} patients={others} />}
    </>
  );
}

function ShortList({ title, patients, starred = false }: { title: string; patients: readonly PatientRow[]; starred?: boolean }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  return (
    <section>
      <Title order={2} size="h5">
        {title}
      </Title>
      <ul className={classes.list}>
        {patients.map((patient) => (
          <li key={patient.id} className={classes.entry}>
            <div>
              <Link to={paths.patient(patient.id)}>{patient.name}</Link> {starred && <IconStarFilled size={12} aria-hidden />}
              <Text size="xs" c="dimmed">
                {t(`patients.gender.${patient.gender}`)} · {ageLabel(patient)} · {patient.medicalRecordNumber}
              </Text>
            </div>
          </li>
        ))}
      </ul>
    </section>
  );
}
