import { Autocomplete, type AutocompleteProps } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { callQuery } from '../../api/queries.ts';
import classes from './code-picker.module.css';
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
  const { data = [], isPlaceholderData } = useQuery({ ...callQuery('codes.search', { system, query, language }), enabled: !picked, placeholderData: (before) => before });
  // An arrow and Enter right after the last letter must not take a code that was found for the letters before.
  const disabled = query !== value || isPlaceholderData;
  const hits = [...new Set(data.map(codedText))].map((hit) => ({ value: hit, disabled }));
  return (
    <Autocomplete
      {...rest} classNames={{ option: classes.option ?? '' }} value={value} data={hits}
      // The backend has chosen: the field must not filter once more by the whole text.
      filter={({ options }) => options}
      limit={shown} autoComplete="off" openOnFocus={false} maxDropdownHeight={260}
    />
  );
}
