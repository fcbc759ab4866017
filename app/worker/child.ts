/** The process of `moetopic serve` that hosts the engine; its parent holds the lines and starts it again when it crashes. */
import { z } from 'zod';
import type { ClientMessage } from '../../core/protocol.ts';
import { createEngine } from './engine.ts';

z.config({ jitless: true });

const engine = createEngine({ dataFolder: process.argv[2] });

process.on('message', (message: ClientMessage) =>
  engine.request(message, (answer) => {
    if (process.connected) process.send!(answer);
  }),
);
// The parent says when it is over (Ctrl-C reaches this process too), or it is gone.
process.on('SIGINT', () => undefined);
process.on('SIGTERM', () => undefined);
process.once('disconnect', () => void engine.close().finally(() => process.exit(0)));
