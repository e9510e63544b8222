import { Loader, MultiSelect, Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQueries, useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { callQuery } from '../../api/queries.ts';

interface ReferenceFieldProps {
  collection: ResourceCollection;
  label: string;
  description?: string;
  error?: ReactNode;
}

/** Milliseconds without a keystroke before the backend is asked. */
const pause = 120;
/** Hits that one list holds. */
const most = 50;

/** Resources by what is typed, and those that are chosen already, by name: one in twenty thousand is found by typing, not by scrolling. */
function useChoices(collection: ResourceCollection, chosen: readonly string[], typed: string) {
  const { t } = useTranslation();
  const names = useQueries({ queries: chosen.map((id) => callQuery('resources.get', { collection, id })) });
  const known = chosen.map((id, index) => ({ value: id, label: names[index]?.data?.name ?? (names[index]?.error ? t('cloud.gone') : '…') }));
  // What stands in the box after a choice is the choice's name, and no search.
  const asked = known.some(({ label }) => label === typed) ? '' : typed.trim();
  const [search] = useDebouncedValue(asked, pause);
  const found = useQuery({ ...callQuery('resources.list', { collection, offset: 0, limit: most, ...(search !== '' && { search }) }), placeholderData: keepPreviousData });
  const hits = (found.data?.rows ?? []).filter(({ id }) => !chosen.includes(id)).map(({ id, name }) => ({ value: id, label: name }));
  return { data: [...known, ...hits], busy: found.isFetching };
}

export function ReferenceField({ collection, value, onChange, ...field }: ReferenceFieldProps & { value: string; onChange: (id: string) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { data, busy } = useChoices(collection, value === '' ? [] : [value], typed);
  return (
    <Select
      {...field}
      data={data}
      // The backend has searched; what it found stays.
      filter={({ options }) => options}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('common.remove') }}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('cloud.noneFound')}
      rightSection={busy ? <Loader size={14} /> : undefined}
      value={value === '' ? null : value}
      onChange={(id) => onChange(id ?? '')}
    />
  );
}

export function ReferencesField({ collection, value, onChange, ...field }: ReferenceFieldProps & { value: string[]; onChange: (ids: string[]) => void }) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState('');
  const { data } = useChoices(collection, value, typed);
  return (
    <MultiSelect
      {...field}
      data={data}
      filter={({ options }) => options}
      searchable
      clearable
      hidePickedOptions
      clearButtonProps={{ 'aria-label': t('common.remove') }}
      searchValue={typed}
      onSearchChange={setTyped}
      nothingFoundMessage={t('cloud.noneFound')}
      value={value}
      onChange={onChange}
    />
  );
}
