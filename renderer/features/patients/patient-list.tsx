import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { CallInput } from '../../../shared/contract/index.ts';
import type { PatientRow } from '../../../shared/contract/patients.ts';
import { callQuery } from '../../api/queries.ts';
import { EmptyState } from '../../components/empty-state.tsx';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { timeText } from '../versions/time-text.ts';
import { bornBetween } from './age-range.ts';
import { today } from './calendar-day.ts';
import { usePatientsView, type PatientsView } from './patients-view.ts';
import { paths } from './paths.ts';
import { useAgeLabel } from './use-age-label.ts';

type Sort = CallInput<'patients.list'>['sort'];

/** All patients of the clinic, sorted and filtered, however many they are. */
export function PatientList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [view] = usePatientsView();
  const { sort, direction } = view;
  const filter = filterOf(view);
  const filtered = Object.keys(filter).length > 0;
  return (
    <VirtualTable<PatientRow>
      label={t('patients.list.table')}
      columns={usePatientColumns()}
      page={(window) => callQuery('patients.list', { ...window, sort, direction, filter })}
      onOpen={(row) => void navigate(paths.patient(row.id))}
      empty={<EmptyState title={t(filtered ? 'patients.list.emptyFiltered' : 'patients.list.empty')} />}
      placeKey="patients"
    />
  );
}

function filterOf({ gender, ageFrom, ageTo }: PatientsView): CallInput<'patients.list'>['filter'] {
  return { ...(gender !== null && { gender }), ...bornBetween(years(ageFrom), years(ageTo), today()) };
}

const years = (typed: string) => (/^\d{1,3}$/.test(typed.trim()) ? Number(typed) : undefined);

function usePatientColumns(): Column<PatientRow>[] {
  const { t } = useTranslation();
  const ageLabel = useAgeLabel();
  const sorting = useSorting();
  return [
    { key: 'id', header: t('patients.field.medicalRecordNumber'), width: '6.75rem', cell: (row) => row.medicalRecordNumber, sort: sorting('medicalRecordNumber') },
    { key: 'name', header: t('patients.field.name'), width: 'minmax(5rem, 2fr)', cell: (row) => row.name, sort: sorting('name') },
    { key: 'gender', header: t('patients.field.gender'), width: '4.5rem', cell: (row) => t(`patients.gender.${row.gender}`) },
    { key: 'age', header: t('patients.field.age'), width: '5.5rem', cell: ageLabel },
    { key: 'birthday', header: t('patients.field.birthday'), width: '6.5rem', cell: (row) => row.birthday, sort: sorting('birthday') },
    { key: 'address', header: t('patients.field.address'), width: 'minmax(4rem, 3fr)', cell: (row) => row.address },
    { key: 'phone', header: t('patients.field.phone'), width: '7.5rem', cell: (row) => row.phone },
    { key: 'updatedAt', header: t('patients.list.updatedAt'), width: '6.5rem', cell: (row) => timeText(row.updatedAt).slice(0, 10), sort: sorting('updatedAt') },
  ];
}

/** A click sorts by a column, a second one turns it round; the newest change comes first to begin with. */
function useSorting(): (column: Sort) => NonNullable<Column<PatientRow>['sort']> {
  const [{ sort, direction }, change] = usePatientsView();
  return (column) => ({
    direction: sort === column ? direction : undefined,
    onSort: () => {
      const first = column === 'updatedAt' ? 'descending' : 'ascending';
      const other = direction === 'ascending' ? 'descending' : 'ascending';
      change({ sort: column, direction: sort === column ? other : first });
    },
  });
}
