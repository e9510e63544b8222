import { Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCall } from '../../api/queries.ts';
import { ErrorNotice } from '../../components/error-notice.tsx';
import classes from '../drafts/my-drafts.module.css';
import { paths } from '../patients/paths.ts';

const shown = 20;

/** My records that still wait for a signature, oldest work not forgotten. */
export function UnsignedRecords() {
  const { t } = useTranslation();
  const { data, error } = useCall('records.listUnsigned', { offset: 0, limit: shown });
  return (
    <section>
      <Title order={2} size="h5">
        {t('records.unsigned.title')}
      </Title>
      {error && <ErrorNotice error={error} />}
      {data?.total === 0 && (
        <Text size="sm" c="dimmed">
          {t('records.unsigned.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {data?.rows.map((record) => (
          <li key={record.id} className={classes.entry}>
            <div>
              <Link to={paths.record(record.patientId, record.id)}>{record.patientName}</Link>
              <Text size="xs" c="dimmed" lineClamp={2}>
                {record.admissionDate} · {record.chiefComplaint}
              </Text>
            </div>
          </li>
        ))}
      </ul>
      {data && data.total > shown && (
        <Text size="xs" c="dimmed">
          {t('records.unsigned.more', { total: data.total - shown })}
        </Text>
      )}
    </section>
  );
}
