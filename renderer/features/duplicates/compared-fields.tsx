import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../shared/schema/patient.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { timeText } from '../versions/time-text.ts';
import classes from './compared-fields.module.css';
import { useComparedCharts } from './use-compared-charts.ts';

const plain = ['medicalRecordNumber', 'name', 'birthday', 'phone', 'nationalId', 'insuranceNumber', 'address', 'notes'] as const;

/** One person's two entries have visits of different days as two people's do: that they differ says nothing. */
const lastVisit = 'lastVisit';

const pair = ([one, other]: readonly (string | undefined)[]): [one: string | undefined, other: string | undefined] => [one, other];

/** Field by field, with what differs marked by more than a colour. */
export function ComparedFields({ one, other }: { one: Patient; other: Patient }) {
  const { t } = useTranslation();
  const { allergies, lastVisits, error } = useComparedCharts([one.id, other.id]);
  const rows: [key: string, label: string, one: string | undefined, other: string | undefined][] = [
    ...plain.map((field): [string, string, string | undefined, string | undefined] => [field, t(`patients.field.${field}`), one[field], other[field]]),
    ['gender', t('patients.field.gender'), t(`patients.gender.${one.gender}`), t(`patients.gender.${other.gender}`)],
    ['allergies', t('chart.allergy.label'), ...pair(allergies)],
    [lastVisit, t('duplicates.lastVisit'), ...pair(lastVisits)],
    ['createdAt', t('duplicates.registered'), timeText(one.createdAt), timeText(other.createdAt)],
  ];
  return (
    <div className={classes.scroll}>
      {error !== undefined && <ErrorNotice error={error} />}
      <table className={classes.compared}>
        <thead>
          <tr>
            <th scope="col">{t('duplicates.field')}</th>
            <th scope="col">{t('duplicates.side.one')}</th>
            <th scope="col">{t('duplicates.side.other')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {rows.filter(([, , left, right]) => left !== undefined || right !== undefined).map(([key, label, left, right]) => {
            const differs = left !== right && key !== lastVisit;
            return (
              <tr key={key} data-differs={differs || undefined}>
                <th scope="row">{label}</th>
                <td>{left}</td>
                <td>{right}</td>
                <td>{differs && <Badge variant="light" color="yellow" autoContrast>{t('duplicates.differs')}</Badge>}</td>
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
}
