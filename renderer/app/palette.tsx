import { createSpotlight, Spotlight } from '@mantine/spotlight';
import { IconSearch, type Icon } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate } from 'react-router';
import type { PaletteSearch } from './feature.ts';
import { features } from './features.ts';
import { useCommands } from './palette-commands.ts';
import { useMay } from './session.tsx';

const [store, actions] = createSpotlight();

export const openPalette = (): void => actions.open();

const searches = features.flatMap((feature) => feature.search ?? []);

/** The command palette: finds screens, commands and whatever the rooms search, such as patients. */
export function Palette() {
  const { t } = useTranslation();
  const may = useMay();
  const navigate = useNavigate();
  const [query, setQuery] = useState('');
  const go = (to: string) => void navigate(to);
  const commands = useCommands(query);
  return (
    <Spotlight.Root
      store={store}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      scrollable
      maxHeight="60vh"
      lockScroll={false}
      removeScrollProps={{ enabled: false }}
      aria-label={t('app.commands')}
    >
      <Spotlight.Search placeholder={t('app.paletteHint')} aria-label={t('app.commands')} leftSection={<IconSearch size={18} aria-hidden />} />
      <Spotlight.ActionsList>
        {searches.map((search) => may(search.permission) && <Hits key={search.label} search={search} query={query.trim()} go={go} />)}
        <Spotlight.ActionsGroup label={t('app.commands')}>
          {commands.map(({ id, label, icon: CommandIcon, run }) => (
            <Action key={id} label={label} icon={CommandIcon} onClick={() => run(go)} />
          ))}
        </Spotlight.ActionsGroup>
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function Hits({ search, query, go }: { search: PaletteSearch; query: string; go: (to: string) => void }) {
  const { t } = useTranslation();
  const hits = search.useHits(query);
  if (hits.length === 0) return null;
  return (
    <Spotlight.ActionsGroup label={t(search.label)}>
      {hits.map(({ id, label, description, to }) => (
        <Spotlight.Action key={id} label={label} {...(description !== undefined && { description })} onClick={() => go(to)} />
      ))}
    </Spotlight.ActionsGroup>
  );
}

function Action({ label, icon: ActionIcon, onClick }: { label: string; icon: Icon; onClick: () => void }) {
  return <Spotlight.Action label={label} leftSection={<ActionIcon size={18} stroke={1.75} aria-hidden />} onClick={onClick} />;
}
