/** What the desktop's preload script gives the window beside a line to the engine: types only, the smallest surface that does. */

export interface WindowState {
  title: string;
  path: string | null;
  running: boolean;
  language: string;
}

export interface Bridge {
  choose(kind: 'file' | 'folder' | 'project'): Promise<string | null>;
  chooseTarget(name: string, kind: 'file' | 'folder'): Promise<string | null>;
  pathOf(file: File): string;
  reveal(path: string): Promise<void>;
  announce(state: WindowState): void;
  newWindow(): void;
  onCommand(listener: (command: string, argument?: string) => void): () => void;
  /** Asks for a line to the engine: it arrives as a `message` event with the data `moetopic:engine` that carries a MessagePort. */
  connect(): void;
}
