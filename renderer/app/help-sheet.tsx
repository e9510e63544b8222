import { Modal, Table } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { KeyHint } from '../components/key-hint.tsx';
import { shortcuts } from './shortcuts.ts';
import { useUi } from './ui-store.ts';

/** The list of shortcuts, drawn from their registry, and how to move in lists. */
export function HelpSheet() {
  const { t } = useTranslation();
  const opened = useUi((state) => state.helpOpen);
  const rows = [
    ...Object.values(shortcuts).map(({ keys, label }) => ({ keys: [...keys] as string[], label: t(label) })),
    { keys: ['↑', '↓', 'PgUp', 'PgDn', 'Home', 'End'], label: t('shortcuts.list') },
    { keys: ['Enter'], label: t('shortcuts.open') },
    { keys: ['.…', 'Space'], label: t('shortcuts.snippet') },
    { keys: ['M', 'Enter'], label: t('shortcuts.move') },
    { keys: ['Enter', 'P', 'F'], label: t('shortcuts.queue') },
  ];
  return (
    <Modal
      opened={opened}
      onClose={() => useUi.setState({ helpOpen: false })}
      title={t('app.help')}
      closeButtonProps={{ 'aria-label': t('common.close') }}
    >
      <Table aria-label={t('app.help')}>
        <Table.Tbody>
          {rows.map(({ keys, label }) => (
            <Table.Tr key={label}>
              <Table.Th scope="row" fw={400}>
                {label}
              </Table.Th>
              <Table.Td ta="end">
                {keys.map((key) => (
                  <span key={key}>
                    {' '}
                    <KeyHint keys={key} />
                  </span>
                ))}
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Modal>
  );
}
