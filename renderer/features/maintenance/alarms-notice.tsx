import { Alert, Anchor } from '@mantine/core';
import { IconBell } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'react-router';
import { useCall } from '../../api/queries.ts';

/** On the first screen of the cloud: alarms that nobody has seen, and proposals that wait. Nothing where there is neither, or no server. */
export function AlarmsNotice() {
  const { t } = useTranslation();
  const { data } = useCall('automation.state', {});
  const raised = data?.alarms.filter(({ state }) => state === 'raised').length ?? 0;
  const waiting = data?.proposals.filter(({ state }) => state === 'waiting').length ?? 0;
  if (raised === 0 && waiting === 0) return null;
  const said = [...(raised > 0 ? [t('maintenance.notice', { count: raised })] : []), ...(waiting > 0 ? [t('maintenance.waiting', { count: waiting })] : [])];
  return (
    <Alert color={raised > 0 ? 'red' : 'blue'} icon={<IconBell size={18} aria-hidden />} mb="md" role="status">
      <Anchor component={Link} to="/cloud/maintenance" c="inherit" underline="always">
        {said.join(' ')}
      </Anchor>
    </Alert>
  );
}
