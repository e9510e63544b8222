import { useQueries } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/resources/findings.ts';
import { callQuery } from '../../api/queries.ts';
import { amountText, unitOf } from './amount-text.ts';
import { useNames } from './names.ts';

/** As many names as one sentence bears. */
const named = 4;

/** The sentence for a finding. Names of its machines are asked for as it is drawn. */
export function FindingText({ finding }: { finding: Finding }) {
  const { t, i18n } = useTranslation();
  const hosts = useNames('hosts');
  const machineIds = finding.virtualMachineIds;
  const machines = useQueries({ queries: machineIds.slice(0, named).map((id) => callQuery('resources.get', { collection: 'virtualMachines', id })) });
  const { rule, dimension } = finding;
  const amount = (value: number) => (dimension === null ? value.toLocaleString(i18n.language) : amountText(value, unitOf[dimension], i18n.language));
  const values = {
    machines: listed(machines.map(({ data }) => data?.name ?? '…'), machineIds.length, t),
    hosts: listed(finding.hostIds.slice(0, named).map((id) => hosts?.get(id) ?? '…'), finding.hostIds.length, t),
    group: rule !== null && 'group' in rule ? rule.group : '',
    dimension: dimension === null ? '' : t(`resources.dimension.${dimension}`),
    asked: amount(finding.asked),
    available: amount(finding.available),
  };
  // Which values a sentence names belongs to its code.
  const fill = t as (key: string, values: object) => string;
  return fill(`resources.finding.${finding.code}`, values);
}

/** `a, b, c and 12 more`. */
function listed(names: string[], all: number, t: TFunction): string {
  const list = names.join(t('auditLog.listSeparator'));
  return all > names.length ? t('cloud.andMore', { names: list, count: all - names.length }) : list;
}
