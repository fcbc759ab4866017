import { BrowserWindow, ipcMain } from 'electron';
import type { IpcMainEvent, IpcMainInvokeEvent } from 'electron';
import { channels, origin } from '../channels.ts';
import type { Channel, Payload } from '../channels.ts';
import type { Log } from './log.ts';

/**
 * Listens on a channel: only the top frame of one of our own pages is heard, and only what fits the channel's shape.
 */
export class Ipc {
  constructor(private readonly log: Log) {}

  answer<C extends Channel>(
    channel: C,
    handler: (window: BrowserWindow, payload: Payload<C>) => Promise<unknown>,
  ): void {
    ipcMain.handle(channel, async (event, raw: unknown) => {
      const checked = this.check(channel, event, raw);
      if (!checked) throw new Error(`The message on ${channel} was refused.`);
      return handler(...checked);
    });
  }

  hear<C extends Channel>(channel: C, handler: (window: BrowserWindow, payload: Payload<C>) => void): void {
    ipcMain.on(channel, (event, raw: unknown) => {
      const checked = this.check(channel, event, raw);
      if (checked) handler(...checked);
    });
  }

  private check<C extends Channel>(
    channel: C,
    event: IpcMainEvent | IpcMainInvokeEvent,
    raw: unknown,
  ): [BrowserWindow, Payload<C>] | null {
    const { senderFrame } = event;
    const window = BrowserWindow.fromWebContents(event.sender);
    const own =
      senderFrame !== null && senderFrame.parent === null && senderFrame.url.startsWith(`${origin}/`);
    const parsed = channels[channel].safeParse(raw);
    if (own && window && parsed.success) return [window, parsed.data as Payload<C>];
    this.log.write(`refused a message on ${channel}: ${own ? 'wrong shape' : 'wrong sender'}`);
    return null;
  }
}
