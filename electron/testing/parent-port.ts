/** Loaded before the backend's entry: gives a plain Node process the `process.parentPort` of Electron's utility process. */
const parentPort = {
  postMessage: (message: unknown): void => void process.send?.(message),
  on: (_event: 'message', listener: (event: { data: unknown }) => void): void => {
    process.on('message', (data) => listener({ data }));
  },
};
Object.assign(process, { parentPort });
