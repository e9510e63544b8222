import { Avatar, Button, Group, Text, Title } from '@mantine/core';
import { IconAlertTriangle, IconHistory, IconPencil, IconPrinter } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useMay } from '../../app/session.tsx';
import { BannerAllergies } from '../chart/banner-allergies.tsx';
import { FavouriteButton } from '../habits/favourite-button.tsx';
import { timeText } from '../versions/time-text.ts';
import { paths } from './paths.ts';
import classes from './patient-banner.module.css';
import { RemovePatient } from './remove-patient.tsx';
import { useAgeLabel } from './use-age-label.ts';

/** Who this is, always in sight in a chart: the guard against writing into the wrong one. */
export function PatientBanner({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const may = useMay();
  return (
    <section className={classes.banner} aria-label={t('patients.banner.label')}>
      <Avatar src={patient.photo ?? null} radius="sm" size={44} alt={t('patients.banner.photoOf', { name: patient.name })} />
      <div className={classes.who}>
        <WhoLine patient={patient} />
        <IdLine patient={patient} />
        {may('record.read') && <BannerAllergies patientId={patient.id} />}
      </div>
      <BannerActions patient={patient} />
      {patient.notes !== undefined && <AlertLine notes={patient.notes} />}
    </section>
  );
}

function WhoLine({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  return (
    <Group gap="0 0.75rem" align="baseline" wrap="wrap">
      <Title order={1} size="h3" className={classes.name}>
        {patient.name}
      </Title>
      <Text fw={600}>{t(`patients.gender.${patient.gender}`)}</Text>
      <Text fw={600}>{ageLabel(patient)}</Text>
      {patient.birthday !== undefined && (
        <Text>
          {t('patients.field.birthday')} {patient.birthday}
        </Text>
      )}
    </Group>
  );
}

function IdLine({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const numbers = (['medicalRecordNumber', 'nationalId', 'insuranceNumber', 'phone'] as const).filter((field) => patient[field] !== undefined);
  return (
    <dl className={classes.numbers}>
      {numbers.map((field) => (
        <div key={field}>
          <dt>{t(`patients.field.${field}`)}</dt>
          <dd>{patient[field]}</dd>
        </div>
      ))}
      {patient.notes === undefined && (
        // Their absence is said too: a missing line could also be one that was not drawn.
        <div>
          <dt>{t('patients.banner.noAlert')}</dt>
          <dd />
        </div>
      )}
      <div className={classes.fresh}>
        <dt>{t('patients.banner.lastChanged')}</dt>
        <dd>{timeText(patient.updatedAt)}</dd>
      </div>
    </dl>
  );
}

function BannerActions({ patient }: { patient: Patient }) {
  const { t } = useTranslation();
  const may = useMay();
  if (patient.deleted) return <Text c="red">{t('patients.banner.deleted')}</Text>;
  return (
    <Group gap={4} className={classes.actions}>
      <FavouriteButton patientId={patient.id} />
      {may('patient.write') && (
        <Button component={Link} to={paths.editPatient(patient.id)} variant="subtle" size="compact-sm" leftSection={<IconPencil size={14} aria-hidden />}>
          {t('patients.banner.edit')}
        </Button>
      )}
      <Button component={Link} to={paths.patientHistory(patient.id)} variant="subtle" size="compact-sm" leftSection={<IconHistory size={14} aria-hidden />}>
        {t('patients.banner.history')}
      </Button>
      {may('record.read') && (
        <Button component={Link} to={paths.patientSummary(patient.id)} variant="subtle" size="compact-sm" leftSection={<IconPrinter size={14} aria-hidden />}>
          {t('patients.banner.summary')}
        </Button>
      )}
      {/* The other sheets lead to the labels; whoever may read none of them prints labels all the same. */}
      {!may('record.read') && (
        <Button component={Link} to={paths.printSheet(patient.id, 'label')} variant="subtle" size="compact-sm" leftSection={<IconPrinter size={14} aria-hidden />}>
          {t('print.command.label')}
        </Button>
      )}
      {may('patient.delete') && <RemovePatient patient={patient} />}
    </Group>
  );
}

function AlertLine({ notes }: { notes: string }) {
  const { t } = useTranslation();
  return (
    // Long notes scroll, which the keyboard can do from within.
    <p className={classes.alert} tabIndex={0} role="group" aria-label={t('patients.banner.alert')}>
      <IconAlertTriangle size={16} aria-hidden />
      <strong>{t('patients.banner.alert')}</strong>
      <span>{notes}</span>
    </p>
  );
}
