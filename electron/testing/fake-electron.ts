import { fork, type ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { fileURLToPath } from 'node:url';

/**
 * Stands for the module `electron` in tests (by an alias). It keeps what it was told, so that tests can look, and fires
 * events when tests say so; its utility processes are real processes.
 */

type Handler = (...input: never[]) => unknown;

class FakeApp extends EventEmitter {
  isPackaged = true;
  locale = 'en-GB';
  hasLock = true;
  sandboxed = false;
  quits = 0;
  exitCodes: number[] = [];
  paths: Record<string, string> = { userData: '/nowhere/Outpost', documents: '/nowhere/documents' };
  getPath = (name: string): string => this.paths[name] ?? '';
  setPath = (name: string, path: string): void => void (this.paths[name] = path);
  getVersion = (): string => '1.2.3';
  getLocale = (): string => this.locale;
  whenReady = (): Promise<void> => Promise.resolve();
  enableSandbox = (): void => void (this.sandboxed = true);
  requestSingleInstanceLock = (): boolean => this.hasLock;
  showAboutPanel = (): void => undefined;
  exit = (code: number): void => void this.exitCodes.push(code);
  /** Like Electron's: closes the windows, then fires `will-quit`, which may be prevented. */
  quit = (): void => {
    this.quits += 1;
    for (const window of BrowserWindow.getAllWindows()) window.close();
    const event = cancellable();
    this.emit('will-quit', event);
    if (!event.defaultPrevented) this.emit('quit');
  };
}

export function cancellable<Fields extends object>(fields?: Fields) {
  const event = { defaultPrevented: false, preventDefault: () => void (event.defaultPrevented = true), ...(fields as Fields) };
  return event;
}

export class FakeWebContents extends EventEmitter {
  static last = 0;
  readonly id = (FakeWebContents.last += 1);
  readonly mainFrame = { url: 'app://outpost/' };
  readonly sent: unknown[][] = [];
  reloads = 0;
  pdf = Buffer.from('%PDF-1.7');
  pdfOptions: unknown;
  openHandler: Handler | undefined;
  send = (...message: unknown[]): void => void this.sent.push(message);
  reload = (): void => void (this.reloads += 1);
  isDestroyed = (): boolean => false;
  setWindowOpenHandler = (handler: Handler): void => void (this.openHandler = handler);
  printToPDF = async (options: unknown): Promise<Buffer> => {
    this.pdfOptions = options;
    return this.pdf;
  };
}

interface WindowOptions {
  webPreferences: Record<string, unknown>;
  [option: string]: unknown;
}

export class BrowserWindow extends EventEmitter {
  static windows: BrowserWindow[] = [];
  static getAllWindows = (): BrowserWindow[] => BrowserWindow.windows;
  static fromWebContents = (contents: unknown): BrowserWindow | null => BrowserWindow.windows.find((window) => window.webContents === contents) ?? null;
  readonly webContents = new FakeWebContents();
  readonly options: WindowOptions;
  minimized = false;
  focused = false;
  shown = false;
  address: string | undefined;

  constructor(options: WindowOptions) {
    super();
    this.options = options;
    BrowserWindow.windows.push(this);
    app.emit('web-contents-created', {}, this.webContents);
  }

  loadURL = async (address: string): Promise<void> => void (this.address = address);
  show = (): void => void (this.shown = true);
  focus = (): void => void (this.focused = true);
  isMinimized = (): boolean => this.minimized;
  restore = (): void => void (this.minimized = false);
  close = (): void => {
    BrowserWindow.windows = BrowserWindow.windows.filter((window) => window !== this);
  };
}

class FakeSession extends EventEmitter {
  readonly partition: string;
  spellChecker = true;
  requestHandler: Handler | undefined;
  checkHandler: Handler | undefined;
  deviceHandler: Handler | undefined;
  displayMediaHandler: Handler | undefined;
  beforeRequest: Handler | undefined;
  readonly protocols = new Map<string, (request: Request) => Promise<Response>>();
  readonly protocol = { handle: (scheme: string, handler: (request: Request) => Promise<Response>): void => void this.protocols.set(scheme, handler) };
  readonly webRequest = { onBeforeRequest: (handler: Handler): void => void (this.beforeRequest = handler) };

  constructor(partition: string) {
    super();
    this.partition = partition;
  }

  setPermissionRequestHandler = (handler: Handler): void => void (this.requestHandler = handler);
  setPermissionCheckHandler = (handler: Handler): void => void (this.checkHandler = handler);
  setDevicePermissionHandler = (handler: Handler): void => void (this.deviceHandler = handler);
  setDisplayMediaRequestHandler = (handler: Handler): void => void (this.displayMediaHandler = handler);
  setSpellCheckerEnabled = (enabled: boolean): void => void (this.spellChecker = enabled);
}

/** A process of Electron's utility kind over Node's own: same messages, same events. */
export class FakeUtilityProcess extends EventEmitter {
  readonly process: ChildProcess;

  constructor(entry: string) {
    super();
    const parentPort = fileURLToPath(new URL('parent-port.ts', import.meta.url));
    this.process = fork(entry, [], { serialization: 'advanced', execArgv: ['--import', parentPort], stdio: ['ignore', 'inherit', 'inherit', 'ipc'] });
    this.process.on('message', (message) => this.emit('message', message));
    this.process.on('exit', (code) => this.emit('exit', code ?? -1));
    // What is sent to a process that has just ended is lost, here as there.
    this.process.on('error', () => undefined);
  }

  postMessage = (message: object): void => void this.process.send(message, () => undefined);
  kill = (): boolean => this.process.kill();
}

export const app = new FakeApp();

export const ipcMain = {
  handlers: new Map<string, Handler>(),
  handle: (channel: string, handler: Handler): void => void ipcMain.handlers.set(channel, handler),
  /** What the page of `contents` would get; `senderFrame` differs when a frame within it asks. */
  invoke: async (contents: FakeWebContents, channel: string, input: unknown[], senderFrame: object | null = contents.mainFrame): Promise<unknown> =>
    ipcMain.handlers.get(channel)?.(...([{ sender: contents, senderFrame }, ...input] as never[])),
};

export const session = {
  sessions: [] as FakeSession[],
  fromPartition: (partition: string): FakeSession => {
    const made = new FakeSession(partition);
    session.sessions.push(made);
    return made;
  },
};

interface CustomScheme {
  scheme: string;
  privileges: Record<string, boolean>;
}
export const protocol = {
  schemes: [] as CustomScheme[],
  registerSchemesAsPrivileged: (schemes: CustomScheme[]): void => void (protocol.schemes = schemes),
};

/** A keychain that turns bytes round, so that a wrapped secret differs from the secret. */
export const safeStorage = {
  available: true,
  backend: 'gnome_libsecret',
  getSelectedStorageBackend: (): string => safeStorage.backend,
  isAsyncEncryptionAvailable: async (): Promise<boolean> => safeStorage.available,
  encryptStringAsync: async (text: string): Promise<Buffer> => Buffer.from(text).reverse(),
  decryptStringAsync: async (encrypted: Buffer) => ({ shouldReEncrypt: false, result: Buffer.from(encrypted).reverse().toString() }),
};

export const dialog = {
  errors: [] as { title: string; content: string }[],
  questions: [] as { message: string; detail: string; buttons: string[] }[],
  /** What the person answers next. */
  button: 1,
  savePath: '',
  saveOptions: undefined as unknown,
  showErrorBox: (title: string, content: string): void => void dialog.errors.push({ title, content }),
  showMessageBox: async (question: { message: string; detail: string; buttons: string[] }) => {
    dialog.questions.push(question);
    return { response: dialog.button };
  },
  showSaveDialog: async (...input: unknown[]) => {
    dialog.saveOptions = input.at(-1);
    return { canceled: dialog.savePath === '', filePath: dialog.savePath };
  },
};

interface MenuItem {
  role?: string;
  label?: string;
  submenu?: MenuItem[];
}
export const Menu = {
  current: [] as MenuItem[],
  buildFromTemplate: (template: MenuItem[]): MenuItem[] => template,
  setApplicationMenu: (menu: MenuItem[]): void => void (Menu.current = menu),
};

export const nativeTheme = { themeSource: 'system', shouldUseDarkColors: false };
export const powerMonitor = new EventEmitter();

export const utilityProcess = {
  forks: [] as FakeUtilityProcess[],
  fork: (entry: string): FakeUtilityProcess => {
    const made = new FakeUtilityProcess(entry);
    utilityProcess.forks.push(made);
    return made;
  },
};

export const contextBridge = {
  exposed: {} as Record<string, unknown>,
  exposeInMainWorld: (name: string, value: unknown): void => void (contextBridge.exposed[name] = value),
};

export const ipcRenderer = Object.assign(new EventEmitter(), {
  invoked: [] as unknown[][],
  invoke: async (...message: unknown[]): Promise<unknown> => {
    ipcRenderer.invoked.push(message);
    return { ok: true, value: null };
  },
});
