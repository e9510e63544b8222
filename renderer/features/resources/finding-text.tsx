import { useTranslation } from 'react-i18next';
import type { Finding } from '../../../shared/resources/finding.ts';
import { amountText, unitOf } from './amount-text.ts';
import { nameList, namesInSentence, useMachineList } from './machine-list.ts';
import { useNames } from './names.ts';

/** The sentence for a finding. Names of its machines are asked for as it is drawn. */
export function FindingText({ finding }: { finding: Finding }) {
  const { t, i18n } = useTranslation();
  const hosts = useNames('hosts');
  const machines = useMachineList(finding.virtualMachineIds);
  const { rule, dimension } = finding;
  const amount = (value: number) => (dimension === null ? value.toLocaleString(i18n.language) : amountText(value, unitOf[dimension], i18n.language));
  const values = {
    machines,
    hosts: nameList(finding.hostIds.slice(0, namesInSentence).map((id) => hosts?.get(id) ?? '…'), finding.hostIds.length, t),
    group: rule !== null && 'group' in rule ? rule.group : '',
    dimension: dimension === null ? '' : t(`resources.dimension.${dimension}`),
    asked: amount(finding.asked),
    available: amount(finding.available),
    count: finding.available,
  };
  // Which values a sentence names belongs to its code.
  const fill = t as (key: string, values: object) => string;
  return fill(`resources.finding.${finding.code}`, values);
}
