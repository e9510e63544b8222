import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Patient } from '../../../shared/schema/patient.ts';
import { timeText } from '../versions/time-text.ts';
import classes from './compared-fields.module.css';

const plain = ['medicalRecordNumber', 'name', 'birthday', 'phone', 'nationalId', 'insuranceNumber', 'address', 'notes'] as const;

/** Field by field, with what differs marked by more than a colour. */
export function ComparedFields({ one, other }: { one: Patient; other: Patient }) {
  const { t } = useTranslation();
  const rows: [key: string, label: string, one: string | undefined, other: string | undefined][] = [
    ...plain.map((field): [string, string, string | undefined, string | undefined] => [field, t(`patients.field.${field}`), one[field], other[field]]),
    ['gender', t('patients.field.gender'), t(`patients.gender.${one.gender}`), t(`patients.gender.${other.gender}`)],
    ['createdAt', t('duplicates.registered'), timeText(one.createdAt), timeText(other.createdAt)],
  ];
  return (
    <div className={classes.scroll}>
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
          {rows.filter(([, , left, right]) => left !== undefined || right !== undefined).map(([key, label, left, right]) => (
            <tr key={key} data-differs={left !== right || undefined}>
              <th scope="row">{label}</th>
              <td>{left}</td>
              <td>{right}</td>
              <td>{left !== right && <Badge variant="light" color="yellow" autoContrast>{t('duplicates.differs')}</Badge>}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
