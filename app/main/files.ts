import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { protocol } from 'electron';
import { contentType, fileWithin } from '../content-type.ts';
import { contentSecurityPolicy } from '../csp.ts';
import { scheme } from '../channels.ts';

/** Must be called before the app is ready. */
export function declareScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true } },
  ]);
}

/** Serves the window's files, and only those, under the app's own scheme with the strict policy as a header. */
export function serveFiles(folder: string): void {
  protocol.handle(scheme, async (request) => {
    const url = new URL(request.url);
    const file = url.host === 'moetopic' ? fileWithin(folder, url.pathname) : null;
    const data = file && (await readFile(file).catch(() => null));
    if (!file || !data) return new Response('Not found.', { status: 404 });
    return new Response(new Uint8Array(data), {
      headers: {
        'content-type': contentType(path.basename(file)),
        'content-security-policy': contentSecurityPolicy,
        'x-content-type-options': 'nosniff',
      },
    });
  });
}
