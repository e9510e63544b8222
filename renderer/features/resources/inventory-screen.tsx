import { ActionIcon, Button, Group, Tabs, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { IconPlus, IconSearch, IconTableImport, IconX } from '@tabler/icons-react';
import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useNavigate, useParams } from 'react-router';
import type { ResourceDocument } from '../../../shared/contract/resources.ts';
import { resourceCollections, type ResourceCollection } from '../../../shared/schema/resource.ts';
import { useMay } from '../../app/session.tsx';
import { useShortcut } from '../../app/shortcuts.ts';
import { Page } from '../../components/page.tsx';
import { PageHeader } from '../../components/page-header.tsx';
import { CloudSections } from './cloud-sections.tsx';
import { ExportResources } from './export-resources.tsx';
import { ImportDialog } from './import-dialog.tsx';
import { ResourceDialog } from './resource-dialog.tsx';
import { ResourceTable } from './resource-table.tsx';

type Dialog = { kind: 'import' } | { kind: 'new' } | { kind: 'edit'; document: ResourceDocument };

/** Milliseconds without a keystroke before the list is asked for anew. */
const pause = 150;

/** Everything the cloud is made of, kind by kind. */
export function InventoryScreen() {
  const { t } = useTranslation();
  const navigate = useNavigate();
  const manages = useMay()('resource.manage');
  const collection = knownCollection(useParams()['collection']);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed.trim(), pause);
  const [dialog, setDialog] = useState<Dialog>();
  const close = () => setDialog(undefined);
  useShortcut('new', () => setDialog({ kind: 'new' }), manages);
  return (
    <Page fill>
      <PageHeader title={t('cloud.inventoryTitle')} description={t('cloud.inventoryIntro')} actions={<CloudSections />} />
      <Tabs value={collection} onChange={(value) => void navigate(`/cloud/inventory/${value ?? ''}`, { replace: true })} variant="outline" style={{ flex: 'none' }}>
        <Tabs.List aria-label={t('cloud.inventory')}>
          {resourceCollections.map((name) => (
            <Tabs.Tab key={name} value={name} aria-controls="resources">
              {t(`cloud.collection.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
      </Tabs>
      <Group justify="space-between" gap="sm" style={{ flex: 'none' }}>
        <SearchBox value={typed} onChange={setTyped} />
        <Group gap="xs">
          <ExportResources collection={collection} />
          {manages && (
            <>
              <Button variant="default" leftSection={<IconTableImport size={16} aria-hidden />} onClick={() => setDialog({ kind: 'import' })}>
                {t('cloud.import')}
              </Button>
              <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={() => setDialog({ kind: 'new' })}>
                {t(`cloud.addOne.${collection}`)}
              </Button>
            </>
          )}
        </Group>
      </Group>
      <ResourceTable key={collection} collection={collection} search={search} onOpen={manages ? (document) => setDialog({ kind: 'edit', document }) : undefined} />
      {dialog?.kind === 'import' && <ImportDialog collection={collection} onClose={close} />}
      {dialog?.kind === 'new' && <ResourceDialog collection={collection} onClose={close} />}
      {dialog?.kind === 'edit' && <ResourceDialog collection={collection} document={dialog.document} onClose={close} />}
    </Page>
  );
}

const knownCollection = (name: string | undefined): ResourceCollection => resourceCollections.find((known) => known === name) ?? 'hosts';

function SearchBox({ value, onChange }: { value: string; onChange: (value: string) => void }) {
  const { t } = useTranslation();
  const box = useRef<HTMLInputElement>(null);
  useShortcut('search', () => box.current?.focus());
  return (
    <TextInput
      ref={box}
      type="search"
      aria-label={t('cloud.searchName')}
      placeholder={t('cloud.searchName')}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={
        value !== '' && (
          <ActionIcon size="sm" aria-label={t('cloud.clearSearch')} onClick={() => onChange('')}>
            <IconX size={14} aria-hidden />
          </ActionIcon>
        )
      }
      maxLength={200}
      w="18rem"
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
