import { ActionIcon } from '@mantine/core';
import { IconStar, IconStarFilled } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useCall, useCallMutation } from '../../api/queries.ts';
import { useScreenCommands } from '../../app/screen-commands.ts';
import { notifyError } from '../../components/notify.ts';

/** Keeps a patient at hand, or no longer. */
export function FavouriteButton({ patientId }: { patientId: string }) {
  const { t } = useTranslation();
  const { data } = useCall('favourites.list', {});
  const set = useCallMutation('favourites.setPatient');
  const favourite = data?.patients.some(({ id }) => id === patientId) === true;
  const toggle = () => set.mutate({ patientId, favourite: !favourite }, { onError: (error) => notifyError(error, t) });
  useScreenCommands([
    favourite ? { id: 'favourite.remove', label: 'habits.favouriteRemove', icon: IconStarFilled, run: toggle } : { id: 'favourite.add', label: 'habits.favouriteAdd', icon: IconStar, run: toggle },
  ]);
  const Icon = favourite ? IconStarFilled : IconStar;
  return (
    <ActionIcon variant="subtle" aria-label={t('habits.favourite')} title={t(favourite ? 'habits.favouriteRemove' : 'habits.favouriteAdd')} aria-pressed={favourite} onClick={toggle}>
      <Icon size={16} aria-hidden />
    </ActionIcon>
  );
}
