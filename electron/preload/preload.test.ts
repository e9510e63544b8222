import { expect, test } from 'vitest';
import { bridgeChannels, type OutpostBridge } from '../../shared/contract/bridge.ts';
import { contextBridge, ipcRenderer } from '../testing/fake-electron.ts';
import './preload.ts';

const bridge = contextBridge.exposed['outpost'] as Required<OutpostBridge>;

test('the page gets these three functions and nothing else', () => {
  expect(Object.keys(contextBridge.exposed)).toEqual(['outpost']);
  expect(Object.keys(bridge).toSorted()).toEqual(['call', 'onEvent', 'savePdf']);
});

test('calls go out with name and input, on channels of our own', async () => {
  await bridge.call('app.status', {});
  await bridge.savePdf('record');
  expect(ipcRenderer.invoked).toEqual([[bridgeChannels.call, 'app.status', {}], [bridgeChannels.savePdf, 'record']]);
});

test('a listener hears the event and nothing of Electron, until it stops', () => {
  const heard: unknown[][] = [];
  const stop = bridge.onEvent((...event) => void heard.push(event));
  ipcRenderer.emit(bridgeChannels.event, { sender: ipcRenderer }, { type: 'status' });
  stop();
  ipcRenderer.emit(bridgeChannels.event, { sender: ipcRenderer }, { type: 'status' });
  expect(heard).toEqual([[{ type: 'status' }]]);
});
