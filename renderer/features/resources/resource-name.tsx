import { useTranslation } from 'react-i18next';
import { useCall } from '../../api/queries.ts';
import { useNames } from './names.ts';

/** The name behind an id, for a cell; of hosts and compute nodes, which are asked for all at once. */
export function ResourceName({ collection, id }: { collection: 'hosts' | 'computeNodes'; id: string | undefined }) {
  const { t } = useTranslation();
  const names = useNames(collection);
  if (id === undefined || names === undefined) return null;
  return names.get(id) ?? t('cloud.gone');
}

/** The name of a virtual machine: there are too many to ask for all. */
export function MachineName({ id }: { id: string }) {
  const { t } = useTranslation();
  const machine = useCall('resources.get', { collection: 'virtualMachines', id });
  return machine.data?.name ?? (machine.error ? t('cloud.gone') : null);
}
