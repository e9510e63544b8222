import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { callQuery } from '../../api/queries.ts';
import { codedText } from './concept-field.ts';
import { useLanguage } from './words.ts';

/** Milliseconds after a key before the table is asked. */
const pause = 120;
const shown = 20;

interface CodePickerProps extends Omit<AutocompleteProps, 'data' | 'value'> {
  system: string;
  value?: string;
}

/** A text that may be picked from a table of codes, by code or by name; what no table has is taken in words. */
export function CodePicker({ system, value = '', ...rest }: CodePickerProps) {
  const language = useLanguage();
  const [query] = useDebouncedValue(value, pause);
  const picked = value.includes(' · ');
  const { data = [] } = useQuery({ ...callQuery('codes.search', { system, query, language }), enabled: !picked, placeholderData: (before) => before });
  const hits = [...new Set(data.map(codedText))];
  // The backend has chosen: the field must not filter once more by the whole text.
  return <Autocomplete {...rest} value={value} data={hits} filter={({ options }) => options} limit={shown} autoComplete="off" openOnFocus={false} maxDropdownHeight={260} />;
}
