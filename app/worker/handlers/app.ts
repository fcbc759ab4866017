import { existsSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import {
  cacheFolder,
  describeParams,
  findModelFolder,
  folderBytes,
  installedModels,
  packageVersion,
  probeDevices,
  stageSchemas,
  versions,
} from '../../../core/index.ts';
import type { AppInfo } from '../../../core/protocol.ts';
import type { Handlers } from '../call.ts';
import { cacheInfo } from './cache.ts';

export const appHandlers: Handlers<'app.info' | 'app.log' | 'doctor'> = {
  'app.info': async (_params, { workspace, settings }) => ({
    version: packageVersion(),
    versions: versions(),
    platform: `${os.platform()}-${os.arch()}`,
    cores: os.availableParallelism(),
    memoryBytes: os.totalmem(),
    ...(await cacheInfo(settings)),
    models: await installedModels(),
    recent: workspace.recent(),
    corpora: knownCorporaInfo(),
    params: Object.entries(stageSchemas).map(([stage, schema]) => ({
      stage: stage as AppInfo['params'][number]['stage'],
      params: describeParams(schema),
    })),
  }),

  'app.log': async (_params, { log }) => ({ path: log.path, text: log.tail() }),

  doctor: async ({ model }, { context }) => ({
    versions: versions(),
    cores: os.availableParallelism(),
    memory_bytes: os.totalmem(),
    free_memory_bytes: os.freemem(),
    cache: { folder: cacheFolder(), bytes: await folderBytes(cacheFolder()) },
    model,
    devices: await probeDevices(findModelFolder(model), context.threads),
    models: await installedModels(),
  }),
};

function knownCorporaInfo(): AppInfo['corpora'] {
  return [
    {
      name: 'debian-packages',
      title: 'Debian packages',
      documents: 18264,
      ready: true,
      text: 'Descriptions of Debian packages, labelled by section. Bundled.',
    },
    {
      name: '20newsgroups',
      title: '20 Newsgroups',
      documents: 18846,
      ready: existsSync(path.join(cacheFolder(), 'corpora', '20news-bydate.tar.gz')),
      text: 'Usenet posts of 1993 from twenty groups. Fetched once from its own home (14 MB).',
    },
  ];
}
