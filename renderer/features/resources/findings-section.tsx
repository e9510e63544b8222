import { Badge, Stack, Text, Title } from '@mantine/core';
import { IconCircleCheck } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ResourceOverview } from '../../../shared/contract/resources.ts';
import type { ResourceCollection } from '../../../shared/schema/resource.ts';
import { useCall } from '../../api/queries.ts';
import type { Column } from '../../components/table-header.tsx';
import { VirtualTable } from '../../components/virtual-table.tsx';
import { FindingText } from './finding-text.tsx';
import classes from './findings-section.module.css';
import { ResourceDialog } from './resource-dialog.tsx';

/** Two lines: a finding names what it is about. */
const rowHeight = 52;

type Row = ResourceOverview['findings'][number];

/** What is inconsistent in the inventory; a row leads to what has to be changed. */
export function FindingsSection({ findings, count }: { findings: readonly Row[]; count: number }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState<{ collection: ResourceCollection; id: string }>();
  const columns: Column<Row>[] = [
    { key: 'severity', header: t('cloud.severity'), width: '8rem', cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    { key: 'subject', header: t('cloud.what'), width: 'minmax(9rem, 14rem)', cell: ({ subjectName }) => subjectName },
    { key: 'text', header: t('cloud.wrong'), width: 'minmax(24rem, 1fr)', cell: (finding) => <div className={classes.text}><FindingText finding={finding} /></div> },
  ];
  return (
    <Stack component="section" gap="xs" aria-label={t('cloud.findings')}>
      <Title order={2} size="h4">
        {t('cloud.findings')}
      </Title>
      {count === 0 && (
        <Text size="sm">
          <IconCircleCheck size={16} color="var(--mantine-color-green-text)" style={{ verticalAlign: 'text-bottom' }} aria-hidden /> {t('cloud.noFindings')}
        </Text>
      )}
      {count > findings.length && (
        <Text size="sm" c="dimmed">
          {t('cloud.findingsCut', { shown: findings.length, count })}
        </Text>
      )}
      {count > 0 && (
        <div style={{ display: 'flex', flexDirection: 'column', height: `${String(Math.min(6, findings.length) * rowHeight + 40)}px` }}>
          <VirtualTable label={t('cloud.findings')} rowHeight={rowHeight} columns={columns} page={findings} onOpen={({ subject }) => subject && setOpen(subject)} empty={null} />
        </div>
      )}
      {open && <OpenResource {...open} onClose={() => setOpen(undefined)} />}
    </Stack>
  );
}

function SeverityBadge({ severity }: Pick<Row, 'severity'>) {
  const { t } = useTranslation();
  return (
    <Badge variant="light" tt="none" color={severity === 'impossible' ? 'red' : 'yellow'}>
      {t(`resources.severity.${severity}`)}
    </Badge>
  );
}

function OpenResource({ collection, id, onClose }: { collection: ResourceCollection; id: string; onClose: () => void }) {
  const { data } = useCall('resources.get', { collection, id });
  return data ? <ResourceDialog key={data.rev} collection={collection} document={data} onClose={onClose} /> : null;
}
