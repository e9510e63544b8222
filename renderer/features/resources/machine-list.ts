import { useQueries } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { callQuery } from '../../api/queries.ts';

/** As many names as one sentence bears. */
export const namesInSentence = 4;

/** The names of machines in a sentence; they are asked for as it is drawn. */
export function useMachineList(ids: readonly string[]): string {
  const { t } = useTranslation();
  const machines = useQueries({ queries: ids.slice(0, namesInSentence).map((id) => callQuery('resources.get', { collection: 'virtualMachines', id })) });
  return nameList(machines.map(({ data }) => data?.name ?? '…'), ids.length, t);
}

/** `a, b, c and 12 more`. */
export function nameList(names: string[], all: number, t: TFunction): string {
  const list = names.join(t('auditLog.listSeparator'));
  return all > names.length ? t('cloud.andMore', { names: list, count: all - names.length }) : list;
}
