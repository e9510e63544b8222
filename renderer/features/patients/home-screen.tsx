import { Group, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useMay } from '../../app/session.tsx';
import { Page } from '../../components/page.tsx';
import { MyDrafts } from '../drafts/my-drafts.tsx';
import { PatientShortLists } from '../habits/patient-short-lists.tsx';
import { UnsignedRecords } from '../records/unsigned-records.tsx';
import { FindBox } from './find-box.tsx';
import classes from './home-screen.module.css';
import { PatientFilters } from './patient-filters.tsx';
import { PatientList } from './patient-list.tsx';
import { usePatientsView } from './patients-view.ts';

/** Where every encounter begins: find or register; and what of one's own work is still open. */
export function HomeScreen() {
  const { t } = useTranslation();
  const may = useMay();
  const [{ query }] = usePatientsView();
  const searching = query.trim() !== '';
  return (
    <Page fill>
      <h1 className="visually-hidden">{t('patients.title')}</h1>
      <div className={classes.home} data-searching={searching || undefined}>
        <div className={classes.find}>
          <FindBox />
          {!searching && (
            <>
              <Group justify="space-between" align="flex-end">
                <Title order={2} size="h5">
                  {t('patients.list.title')}
                </Title>
                <PatientFilters />
              </Group>
              <PatientList />
            </>
          )}
        </div>
        <div className={classes.mine}>
          <PatientShortLists />
          <MyDrafts />
          {may('record.write') && <UnsignedRecords />}
        </div>
      </div>
    </Page>
  );
}
