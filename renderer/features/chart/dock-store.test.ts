import { expect, test } from 'vitest';
import { closerOfDock, minimiseDock, openDock, useDock } from './dock-store.ts';

test('a form that was saved closes itself, and not one that was opened before its save came through', () => {
  openDock('p', 'condition');
  const close = closerOfDock();
  openDock('p', 'allergyIntolerance');
  close();
  expect(useDock.getState().docked).toMatchObject({ kind: 'allergyIntolerance' });
  const closeOther = closerOfDock();
  minimiseDock(true);
  closeOther();
  expect(useDock.getState().docked).toBeUndefined();
});
