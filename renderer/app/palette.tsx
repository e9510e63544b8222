import { Combobox, Modal, Text, TextInput, useCombobox } from '@mantine/core';
import { useMounted } from '@mantine/hooks';
import { IconSearch } from '@tabler/icons-react';
import { useEffect, useId, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import { useCommands } from './palette-commands.ts';
import { useAllHits } from './palette-hits.ts';
import classes from './palette.module.css';
import { useUi } from './ui-store.ts';

export const openPalette = (): void => useUi.setState({ paletteOpen: true });

const close = (): void => useUi.setState({ paletteOpen: false });

/** The command palette: finds screens, commands and whatever the rooms search, such as patients. */
export function Palette() {
  const { t } = useTranslation();
  const opened = useUi((state) => state.paletteOpen);
  return (
    <Modal.Root opened={opened} onClose={close} size="lg" lockScroll={false} removeScrollProps={{ enabled: false }}>
      <Modal.Overlay />
      <Modal.Content aria-label={t('app.commands')}>
        <Modal.Body p={0}>
          <PaletteList />
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}

function PaletteList() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const found = useAllHits(query.trim());
  const commands = useCommands(query);
  // Always open; Escape would close the list, and here that is the palette.
  const combobox = useCombobox({ opened: true, onDropdownClose: close });
  const go = (to: string) => void navigate(to);
  const count = commands.length + found.reduce((sum, { hits }) => sum + hits.length, 0);
  // An id of its own: Mantine gives the list another one after it is drawn, and the field would control nothing.
  const listId = useId();
  // The field names the list when it is drawn again after the list is there.
  useMounted();

  // Enter runs the best match without an arrow key before it.
  useEffect(() => {
    combobox.selectFirstOption();
    // eslint-disable-next-line react-hooks/exhaustive-deps -- the store is new with every render; only what is listed counts
  }, [query, count]);

  function submit(value: string) {
    close();
    const command = commands.find(({ id }) => id === value);
    if (command) command.run(go);
    else go(value);
  }
  return (
    <Combobox store={combobox} onOptionSubmit={submit}>
      <Combobox.EventsTarget withExpandedAttribute>
        <TextInput
          size="md"
          variant="unstyled"
          className={classes.search ?? ''}
          aria-label={t('app.commands')}
          placeholder={t('app.paletteHint')}
          leftSection={<IconSearch size={18} aria-hidden />}
          data-autofocus
          value={query}
          onChange={(event) => setQuery(event.currentTarget.value)}
        />
      </Combobox.EventsTarget>
      <Combobox.Options id={listId} className={classes.list} aria-label={t('app.commands')}>
        {found.map(
          ({ label, hits }) =>
            hits.length > 0 && (
              <Combobox.Group key={label} label={label}>
                {hits.map((hit) => (
                  <Option key={hit.id} value={hit.to} label={hit.label} description={hit.description} />
                ))}
              </Combobox.Group>
            ),
        )}
        {commands.length > 0 && (
          <Combobox.Group label={t('app.commandsOnly')}>
            {commands.map(({ id, label, icon: CommandIcon }) => (
              <Option key={id} value={id} label={label} icon={<CommandIcon size={18} stroke={1.75} aria-hidden />} />
            ))}
          </Combobox.Group>
        )}
        {count === 0 && <Combobox.Empty>{t('app.nothingFound')}</Combobox.Empty>}
      </Combobox.Options>
    </Combobox>
  );
}

interface OptionProps {
  value: string;
  label: string;
  description?: string | undefined;
  icon?: ReactNode;
}

function Option({ value, label, description, icon }: OptionProps) {
  return (
    <Combobox.Option value={value} className={classes.option ?? ''}>
      {icon}
      <span>
        {label}
        {description !== undefined && (
          <Text component="span" size="xs" c="dimmed" display="block">
            {description}
          </Text>
        )}
      </span>
    </Combobox.Option>
  );
}
