import { ActionIcon, TextInput } from '@mantine/core';
import { IconSearch, IconX } from '@tabler/icons-react';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useId, useRef, useState, type KeyboardEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { callQuery } from '../../api/queries.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { FindResults, optionId } from './find-results.tsx';
import { usePatientsView } from './patients-view.ts';
import { paths } from './paths.ts';
import { useFind } from './use-find.ts';

/**
 * One box to find or register: a combobox whose list stands below it. Arrows move through the hits, and on to
 * the offer to register; Enter opens.
 */
export function FindBox() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const client = useQueryClient();
  const may = useMay();
  const id = useId();
  const box = useRef<HTMLInputElement>(null);
  const [{ query }, changeView] = usePatientsView();
  const [active, setActive] = useState(0);
  const find = useFind(query);
  const mayRegister = may('patient.write');
  const count = find.hits.length + (mayRegister && find.answered ? 1 : 0);

  const register = () => void navigate(paths.newPatient);
  const change = (typed: string) => {
    changeView({ query: typed });
    setActive(0);
  };
  /** Waits for the answer to exactly what is typed: Enter right after the last letter must not open another's hit. */
  async function openActive() {
    const hits = await client.ensureQueryData(callQuery('patients.search', { query: query.trim() })).catch(() => []);
    const hit = hits[active];
    if (hit) void navigate(paths.patient(hit.id));
    else if (mayRegister) register();
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.nativeEvent.isComposing || query.trim() === '') return;
    if (event.key === 'ArrowDown') setActive(Math.min(count - 1, active + 1));
    else if (event.key === 'ArrowUp') setActive(Math.max(0, active - 1));
    else if (event.key === 'Enter') void openActive();
    else if (event.key === 'Escape') change('');
    else return;
    event.preventDefault();
  }

  const focus = () => box.current?.focus();
  useEffect(focus, []);
  useShortcut('search', focus);
  useShortcut('new', () => (query.trim() === '' ? focus() : register()), mayRegister);

  const expanded = query.trim() !== '';
  return (
    <>
      <TextInput
        ref={box}
        size="md"
        label={t('patients.find.label')}
        description={t('patients.find.hint')}
        placeholder={t('patients.find.placeholder')}
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        value={query}
        onChange={(event) => change(event.currentTarget.value)}
        onKeyDown={onKeyDown}
        role="combobox"
        aria-expanded={expanded}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={expanded && count > 0 ? optionId(id, active) : undefined}
        leftSection={<IconSearch size={18} aria-hidden />}
        rightSection={
          expanded && (
            <ActionIcon aria-label={t('patients.find.clear')} onClick={() => change('')}>
              <IconX size={16} aria-hidden />
            </ActionIcon>
          )
        }
      />
      {expanded && (
        <FindResults
          id={id}
          query={query.trim()}
          find={find}
          active={active}
          onActive={setActive}
          onOpen={(hit) => void navigate(paths.patient(hit.id))}
          onRegister={mayRegister ? register : undefined}
        />
      )}
    </>
  );
}
