import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../shared/schema/patient.ts';
import { useCall } from '../../api/queries.ts';
import { useSessionUser } from '../../app/session.tsx';
import { useAgeLabel } from '../patients/use-age-label.ts';
import { timeText } from '../versions/time-text.ts';
import classes from './sheet.module.css';

export interface SheetProps {
  title: string;
  patient: Patient;
  printedAt: Date;
  children: ReactNode;
}

/**
 * A sheet of A4 paper. Its head and foot come again on every page, because a page that has come loose must
 * still say whose it is; browsers repeat them only for a table.
 */
export function Sheet({ title, patient, printedAt, children }: SheetProps) {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const { displayName } = useSessionUser();
  const owner = [patient.name, t(`patients.gender.${patient.gender}`), ageLabel(patient), patient.medicalRecordNumber];
  return (
    <table role="presentation" className={classes.sheet}>
      <thead>
        <tr>
          <td className={classes.running}>{owner.join(' · ')}</td>
        </tr>
      </thead>
      <tfoot>
        <tr>
          <td className={classes.foot}>{t('print.printedAtBy', { time: timeText(printedAt.toISOString()), name: displayName })}</td>
        </tr>
      </tfoot>
      <tbody>
        <tr>
          <td>
            <ClinicHead />
            <h1 className={classes.title} tabIndex={-1} data-page-title>
              {title}
            </h1>
            {children}
          </td>
        </tr>
      </tbody>
    </table>
  );
}

function ClinicHead() {
  const { t } = useTranslation();
  const { data: site } = useCall('sites.current', {});
  if (!site) return null;
  const { organisationName, name, address, phone, logo } = site;
  return (
    <header className={classes.clinic}>
      {logo !== undefined && <img src={logo} alt={t('print.logoOf', { name: organisationName })} className={classes.logo} />}
      <strong>{organisationName === name ? name : `${organisationName} ${name}`}</strong>
      <span>{[address, phone && t('print.clinicPhone', { phone })].filter(Boolean).join(' · ')}</span>
    </header>
  );
}

/** Labelled facts in two columns; what is unknown is left out. */
export function Facts({ facts }: { facts: [label: string, text: string | undefined][] }) {
  return (
    <dl className={classes.facts}>
      {facts
        .filter(([, text]) => text !== undefined && text !== '')
        .map(([label, text]) => (
          <div key={label}>
            <dt>{label}</dt>
            <dd>{text}</dd>
          </div>
        ))}
    </dl>
  );
}

export function Section({ title, text }: { title: string; text: string | undefined }) {
  const { t } = useTranslation();
  return (
    <section className={classes.section}>
      <h2>{title}</h2>
      <p>{text ?? t('print.nothing')}</p>
    </section>
  );
}
