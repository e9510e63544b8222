import { Badge, Button, Group, Paper, Stack, Table, Text } from '@mantine/core';
import type { TFunction } from 'i18next';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Proposal } from '../../../shared/sync/automation-protocol.ts';
import { useCallMutation } from '../../api/queries.ts';
import { ConfirmDialog } from '../../components/confirm-dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { notifyDone } from '../../components/notify.ts';
import { timeText } from '../versions/time-text.ts';
import { Section } from './section.tsx';

const colors: Record<Proposal['state'], string> = { waiting: 'blue', 'carried-out': 'green', declined: 'gray', outdated: 'gray' };
const movesShown = 50;
const pastShown = 5;

/** What the server proposes: why, what it would bring, and the moves; those that wait for a word first. */
export function ProposalsSection({ proposals, onChanged }: { proposals: readonly Proposal[]; onChanged: () => void }) {
  const { t } = useTranslation();
  const waiting = proposals.filter(({ state }) => state === 'waiting');
  const past = proposals.filter(({ state }) => state !== 'waiting').slice(0, pastShown);
  return (
    <Section title={t('maintenance.proposals')}>
      {proposals.length === 0 && (
        <Text size="sm" c="dimmed">
          {t('maintenance.noProposals')}
        </Text>
      )}
      {[...waiting, ...past].map((proposal) => (
        <ProposalCard key={proposal.proposalId} proposal={proposal} onChanged={onChanged} />
      ))}
    </Section>
  );
}

function ProposalCard({ proposal, onChanged }: { proposal: Proposal; onChanged: () => void }) {
  const { t, i18n } = useTranslation();
  const { proposalId, state, reasons, createdAt, moves, leftOut } = proposal;
  const [asking, setAsking] = useState(false);
  const decide = useCallMutation('automation.decide');
  const answer = (approve: boolean) =>
    decide.mutate({ proposalId, approve }, {
      onSuccess: ({ state: now }) => notifyDone(t(now === 'carried-out' ? 'maintenance.begun' : now === 'declined' ? 'maintenance.declined' : 'maintenance.outdated'), t),
      onSettled: () => {
        setAsking(false);
        onChanged();
      },
    });
  return (
    <Paper withBorder p="sm">
      <Stack gap="xs">
        <Group justify="space-between">
          <Group gap="xs">
            <Badge variant="light" tt="none" color={colors[state]}>
              {t(`maintenance.proposalState.${state}`)}
            </Badge>
            <Text fw={600}>{t('maintenance.because', { reasons: reasons.map((reason) => t(`maintenance.reason.${reason}`)).join(' · ') })}</Text>
            <Text size="sm" c="dimmed">
              {t('maintenance.made', { when: timeText(createdAt) })}
            </Text>
          </Group>
          {state === 'waiting' && (
            <Group gap="xs">
              <Button size="xs" onClick={() => setAsking(true)}>
                {t('maintenance.approve')}
              </Button>
              <Button size="xs" variant="default" loading={decide.isPending && !decide.variables.approve} onClick={() => answer(false)}>
                {t('maintenance.decline')}
              </Button>
            </Group>
          )}
        </Group>
        <Text size="sm">{bringsText(proposal, t, i18n.language)}</Text>
        {leftOut > 0 && <Text size="sm">{t('maintenance.stays', { count: leftOut })}</Text>}
        {decide.error && <ErrorNotice error={decide.error} />}
        <details open={state === 'waiting'}>
          <summary>{`${t('maintenance.moves')}: ${moves.length.toLocaleString(i18n.language)}`}</summary>
          <MoveTable moves={moves} />
        </details>
      </Stack>
      <ConfirmDialog opened={asking} title={t('maintenance.approveTitle')} confirmLabel={t('maintenance.approve')} busy={decide.isPending} error={decide.error} onConfirm={() => answer(true)} onClose={() => setAsking(false)}>
        {t('maintenance.approveText', { count: moves.length })}
      </ConfirmDialog>
    </Paper>
  );
}

function bringsText({ objective, before, after, bound, status }: Proposal, t: TFunction, language: string): string {
  // The balance is counted in millionths of a share.
  const value = (one: number | null) => (one === null ? '–' : objective === 'balance' ? (one / 1e6).toLocaleString(language, { style: 'percent', maximumFractionDigits: 1 }) : one.toLocaleString(language));
  const said = t as (key: string) => string;
  return t(before === null ? 'maintenance.mends' : 'maintenance.brings', { objective: said(`placements.objectives.${objective}`), before: value(before), after: value(after), bound: value(bound), status: said(`placements.statuses.${status}`) });
}

function MoveTable({ moves }: { moves: Proposal['moves'] }) {
  const { t } = useTranslation();
  const said = t as (key: string) => string;
  return (
    <Table aria-label={t('maintenance.moves')} verticalSpacing={4}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{t('maintenance.move.machine')}</Table.Th>
          <Table.Th>{t('maintenance.move.from')}</Table.Th>
          <Table.Th>{t('maintenance.move.to')}</Table.Th>
          <Table.Th>{t('maintenance.move.reason')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {moves.slice(0, movesShown).map(({ machine, from, to, reason }, index) => (
          <Table.Tr key={index}>
            <Table.Td>{machine}</Table.Td>
            <Table.Td>{from}</Table.Td>
            <Table.Td>{to}</Table.Td>
            <Table.Td>{said(`resources.move.${reason}`)}</Table.Td>
          </Table.Tr>
        ))}
        {moves.length > movesShown && (
          <Table.Tr>
            <Table.Td colSpan={4}>{t('maintenance.more', { count: moves.length - movesShown })}</Table.Td>
          </Table.Tr>
        )}
      </Table.Tbody>
    </Table>
  );
}
