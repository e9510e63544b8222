import { useTranslation } from 'react-i18next';
import { scheduledDoses } from '../../../shared/chart/due-immunizations.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { whole } from '../chart/tab-screen.tsx';
import { useSchedule } from '../chart/use-schedule.ts';
import { useLanguage } from '../chart/words.ts';
import { today } from '../patients/calendar-day.ts';
import { paths } from '../patients/paths.ts';
import { dayText } from '../versions/time-text.ts';
import { PatientFacts } from './patient-facts.tsx';
import { Pending } from './pending.tsx';
import { PrintScreen } from './print-screen.tsx';
import { Sheet } from './sheet.tsx';
import { SheetChoice } from './sheet-choice.tsx';
import classes from './sheet.module.css';
import { useSheetPatient } from './use-sheet-patient.ts';

const columns = ['vaccine', 'occurrence', 'doseNumber', 'manufacturer', 'lotNumber', 'site'] as const;

/** What a family keeps: each dose that was given, and those that the schedule says are due. */
export function ImmunizationsPrintScreen() {
  const { t } = useTranslation();
  const language = useLanguage();
  const { id, patient, error } = useSheetPatient();
  const [schedule] = useSchedule(id);
  const { data, error: noDoses } = useCall('immunizations.list', { patientId: id, ...whole });
  if (!patient || !data) return <Pending error={error ?? noDoses} />;
  const given = data.rows.filter(({ status }) => status === 'completed').toReversed();
  const waiting = scheduledDoses(schedule, patient, data.rows, today()).filter(({ state }) => state === 'due' || state === 'overdue');
  return (
    <PrintScreen
      fileName={patient.medicalRecordNumber} backTo={paths.chartTab(id, 'immunisations')} onPrinted={() => call('prints.printed', { patientId: id, sheet: 'immunizations' })}
      options={<SheetChoice patientId={id} sheet="immunizations" />}
    >
      {(printedAt) => (
        <Sheet title={t('print.immunizationCard')} patient={patient} printedAt={printedAt}>
          <PatientFacts patient={patient} />
          <section className={classes.section}>
            <h2>{t('print.given')}</h2>
            {given.length === 0 ? (
              <p>{t('print.noDoses')}</p>
            ) : (
              <table className={classes.table}>
                <thead>
                  <tr>
                    {columns.map((field) => (
                      <th key={field} scope="col">
                        {t(`chart.immunization.${field}`)}
                      </th>
                    ))}
                    <th scope="col">{t('chart.recordedBy')}</th>
                  </tr>
                </thead>
                <tbody>
                  {given.map(({ id: doseId, vaccineCode, occurrenceDateTime, doseNumber, manufacturer, lotNumber, site, recorderName }) => (
                    <tr key={doseId}>
                      <th scope="row">{vaccineCode.text}</th>
                      <td>{dayText(occurrenceDateTime)}</td>
                      <td>{doseNumber}</td>
                      <td>{manufacturer}</td>
                      <td>{lotNumber}</td>
                      <td>{site && t(`chart.site.${site}`)}</td>
                      <td>{recorderName}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            )}
          </section>
          {waiting.length > 0 && (
            <section className={classes.section}>
              <h2>{t('print.due')}</h2>
              {waiting.map(({ vaccine, dose, dueDate }) => (
                <p key={`${vaccine.key} ${String(dose)}`}>
                  {t('chart.immunization.doseOf', { vaccine: vaccine[language], dose })} · {t('chart.immunization.dueOn', { date: dueDate })}
                </p>
              ))}
            </section>
          )}
        </Sheet>
      )}
    </PrintScreen>
  );
}
