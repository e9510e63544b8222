import { Alert, List } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { PlacementPlan } from '../../../shared/contract/placements.ts';
import { FindingText } from '../resources/finding-text.tsx';

const named = 5;

/** Machines that an answer has no place for, and what becomes of them when its plan is carried out. */
export function UnplacedNotice({ unplaced: { names, of } }: Pick<PlacementPlan, 'unplaced'>) {
  const { t } = useTranslation();
  const listed = names.join(t('placements.between'));
  return (
    <Alert color="yellow" title={t('placements.unplaced', { count: of })}>
      {t('placements.unplacedText', { names: of > names.length ? t('placements.unplacedMore', { names: listed }) : listed })}
    </Alert>
  );
}

/** Rules that no placement can keep together: the machines they are about are left out whatever they are worth. */
export function ClashesNotice({ clashes: { findings, of } }: Pick<PlacementPlan, 'clashes'>) {
  const { t } = useTranslation();
  return (
    <Alert color="red" title={t('placements.clashes')}>
      <List size="sm">
        {findings.map((finding, index) => (
          <List.Item key={index}>
            <FindingText finding={finding} />
          </List.Item>
        ))}
        {of > findings.length && <List.Item>{t('placements.others', { count: of - findings.length })}</List.Item>}
      </List>
      {t('placements.clashesText')}
    </Alert>
  );
}

/** Machines that do not come to where they were wanted, and why. */
export function LeftOutList({ leftOut }: Pick<PlacementPlan, 'leftOut'>) {
  const { t } = useTranslation();
  return (
    <Alert color="yellow" title={t('placements.leftOut', { count: leftOut.length })}>
      <List size="sm">
        {leftOut.slice(0, named).map(({ virtualMachineId, name, reason }) => (
          <List.Item key={virtualMachineId}>{`${name}: ${t(`resources.leftOut.${reason}`)}`}</List.Item>
        ))}
        {leftOut.length > named && <List.Item>{t('placements.others', { count: leftOut.length - named })}</List.Item>}
      </List>
    </Alert>
  );
}
