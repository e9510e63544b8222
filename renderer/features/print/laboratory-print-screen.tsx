import { useTranslation } from 'react-i18next';
import { isValidObservation, type Observation } from '../../../shared/schema/observation.ts';
import { call } from '../../api/client.ts';
import { useCall } from '../../api/queries.ts';
import { byTest } from '../chart/measured-cards.tsx';
import { whole } from '../chart/tab-screen.tsx';
import { rangeSource, rangeText, valueText } from '../chart/words.ts';
import { paths } from '../patients/paths.ts';
import { timeText } from '../versions/time-text.ts';
import { PatientFacts } from './patient-facts.tsx';
import { Pending } from './pending.tsx';
import { PrintScreen } from './print-screen.tsx';
import { Sheet } from './sheet.tsx';
import { SheetChoice } from './sheet-choice.tsx';
import classes from './sheet.module.css';
import { useSheetPatient } from './use-sheet-patient.ts';

/** The last result of each test, with the one before it. */
export function LaboratoryPrintScreen() {
  const { t } = useTranslation();
  const { id, patient, error } = useSheetPatient();
  const { data, error: noResults } = useCall('observations.list', { patientId: id, category: 'laboratory', ...whole });
  if (!patient || !data) return <Pending error={error ?? noResults} />;
  const tests = byTest(data.rows.filter(isValidObservation));
  return (
    <PrintScreen
      fileName={patient.medicalRecordNumber} backTo={paths.chartTab(id, 'laboratory')} onPrinted={() => call('prints.printed', { patientId: id, sheet: 'laboratory' })}
      options={<SheetChoice patientId={id} sheet="laboratory" />}
    >
      {(printedAt) => (
        <Sheet title={t('print.laboratoryReport')} patient={patient} printedAt={printedAt}>
          <PatientFacts patient={patient} />
          <section className={classes.section}>{tests.length === 0 ? <p>{t('print.noResults')}</p> : <Results tests={tests} />}</section>
        </Sheet>
      )}
    </PrintScreen>
  );
}

const columns = ['test', 'result', 'range', 'at', 'before'] as const;

function Results({ tests }: { tests: ReturnType<typeof byTest> }) {
  const { t } = useTranslation();
  return (
    <table className={classes.table}>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`chart.laboratory.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {tests.map(([latest, all]) => (
          <tr key={latest.id}>
            <th scope="row">{latest.code.text}</th>
            <td>
              <Value observation={latest} />
            </td>
            <td>{[rangeText(latest), rangeSource(latest)].filter(Boolean).join(' · ')}</td>
            <td>{timeText(latest.effectiveDateTime)}</td>
            <td>{all[1] && <Value observation={all[1]} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

const arrows: Readonly<Record<string, string>> = { L: '↓', LL: '↓↓', H: '↑', HH: '↑↑', A: '!', AA: '!!', POS: '+' };

/** Ink has no colours: what is out of its range is heavy, and an arrow says on which side. */
function Value({ observation }: { observation: Observation }) {
  const { t } = useTranslation();
  const arrow = arrows[observation.interpretation ?? ''];
  const text = valueText(observation, t);
  return arrow === undefined ? text : <strong>{`${text} ${arrow}`}</strong>;
}
