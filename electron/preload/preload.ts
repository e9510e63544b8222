import { contextBridge, ipcRenderer } from 'electron';
import { bridgeChannels, type OutpostBridge } from '../../shared/contract/bridge.ts';
import type { BackendEvent } from '../../shared/contract/index.ts';

/** The page gets these three functions and nothing of Electron itself; listeners never see Electron's own event object. */
const bridge: OutpostBridge = {
  call: (name, input) => ipcRenderer.invoke(bridgeChannels.call, name, input),
  onEvent: (listener) => {
    const forward = (_event: unknown, backendEvent: BackendEvent): void => listener(backendEvent);
    ipcRenderer.on(bridgeChannels.event, forward);
    return () => void ipcRenderer.off(bridgeChannels.event, forward);
  },
  savePdf: (fileName) => ipcRenderer.invoke(bridgeChannels.savePdf, fileName),
};

contextBridge.exposeInMainWorld('outpost', bridge);
