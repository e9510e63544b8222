import { Button, Group } from '@mantine/core';
import { notifications, notificationsStore } from '@mantine/notifications';
import type { TFunction } from 'i18next';
import { call } from '../../api/client.ts';
import { KeyHint } from '../../components/key-hint.tsx';
import { notifyDone, notifyError } from '../../components/notify.ts';

/** Long enough to read it, think again and press the key. */
const shownFor = 8000;

const ofSave = 'save ';

/** One notice of a save at a time: an older one would offer to take back what is no longer the last, or is taken back already. */
function hideFormer(): void {
  const { notifications: shown, queue } = notificationsStore.getState();
  for (const { id } of [...shown, ...queue]) if (id?.startsWith(ofSave)) notifications.hide(id);
}

/** Tells of a save that one key takes back. Must not hold patient text, as {@link notifyDone} must not. */
export async function notifySaved(message: string, t: TFunction): Promise<void> {
  // What is undone is this save and no later one, however long the notice stays.
  const last = await call('saves.last', {}).catch(() => null);
  hideFormer();
  if (last === null) return notifyDone(message, t);
  const id = notifications.show({
    id: `${ofSave}${last.changeSetId}`,
    color: 'green',
    role: 'status',
    autoClose: shownFor,
    closeButtonProps: { 'aria-label': t('common.close') },
    message: (
      <Group justify="space-between" wrap="nowrap" gap="xs">
        <span>{message}</span>
        <Button size="compact-xs" variant="light" rightSection={<KeyHint keys="Alt+Z" />} onClick={() => void undo()}>
          {t('habits.undo')}
        </Button>
      </Group>
    ),
  });
  async function undo() {
    notifications.hide(id);
    await undoSave(t, last?.changeSetId);
  }
}

/** Takes a save back, the last where none is named; that is a save itself and can be taken back. */
export async function undoSave(t: TFunction, changeSetId?: string): Promise<void> {
  try {
    const { undone } = await call('saves.undo', changeSetId === undefined ? {} : { changeSetId });
    await notifySaved(undone === 'save.undone' ? t('habits.broughtBack') : t('habits.undone', { what: t(`audit.${undone}`) }), t);
  } catch (error) {
    notifyError(error, t);
  }
}
