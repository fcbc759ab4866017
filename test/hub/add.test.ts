import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeEach, describe, expect, it } from 'vitest';
import { quietContext, type Progress } from '../../core/base/progress.ts';
import {
  addModel,
  installedModels,
  listModels,
  offerModel,
  readCard,
  releaseModels,
  removeModel,
  resolveModel,
  showModel,
} from '../../core/index.ts';
import { fixtures } from '../moe/fixtures.ts';
import { commit, fakeHub, repository, type Behaviour, type FakeHub } from './fake-hub.ts';

const id = 'allenai/OLMoE-tiny';
const olmoe = path.join(fixtures, 'olmoe');
const saved = { ...process.env };
const cache = mkdtempSync(path.join(tmpdir(), 'moetopic-hub-'));
let hub: FakeHub;

async function open(behaviour: Behaviour = {}, files = repository(olmoe)): Promise<FakeHub> {
  hub = await fakeHub(id, files, behaviour);
  process.env.HF_ENDPOINT = hub.url;
  return hub;
}

beforeEach(() => {
  process.env.MOETOPIC_CACHE = cache;
  delete process.env.HF_TOKEN;
});
afterEach(async () => {
  await hub?.close();
  await releaseModels();
  rmSync(cache, { recursive: true, force: true });
});
afterAll(() => {
  process.env = saved;
});

const add = (source = id, over = {}) =>
  addModel(source, { precision: 'auto', device: 'cpu' }, quietContext(over));
const left = (): string[] =>
  existsSync(path.join(cache, 'downloads'))
    ? readdirSync(path.join(cache, 'downloads'), { recursive: true }).map(String)
    : [];

describe('a model of the hub', () => {
  it('is described before its weights are fetched', async () => {
    await open();
    const offer = await offerModel(id, 'auto', quietContext());
    expect(offer).toMatchObject({
      hub: id,
      revision: commit,
      license: 'apache-2.0',
      languages: ['en'],
      family: 'OLMoE',
      experts: { count: 8, active: 2, layers: 3 },
      precision: 'fp32',
      fits: true,
      installed: false,
    });
    expect(offer.gate).toContain('top-2 of 8');
    expect(offer.parameters!.active).toBeLessThan(offer.parameters!.total);
    expect(offer.memory!.int4).toBeLessThan(offer.memory!.fp32);
    expect(offer.devices).toContain('cpu');
    const weights = [...hub.files].filter(
      ([name]) => name.endsWith('.safetensors') && name !== 'expected.safetensors',
    );
    expect(offer.downloadBytes).toBeGreaterThan(weights.reduce((sum, [, body]) => sum + body.length, 0));
    // Of the weights nothing was asked for but the headers.
    const whole = hub.asked.filter(
      (line) => line.includes('.safetensors') && !line.includes('index') && !line.includes('bytes='),
    );
    expect(whole).toEqual([]);
  });

  it('is fetched, checked, converted and found by both its names; only what is needed is fetched', async () => {
    await open();
    const seen: Progress[] = [];
    const folder = await add(id, { onProgress: (p: Progress) => seen.push(p) });
    const card = await readCard(folder);
    expect(card).toMatchObject({
      name: 'OLMoE-tiny',
      license: 'apache-2.0',
      source: { hub: id, revision: commit },
    });
    expect(
      hub.asked.some((line) => line.includes('expected.safetensors') || line.includes('.gitattributes')),
    ).toBe(false);
    expect(seen.some((p) => p.stage === 'download' && p.unit === 'MB' && p.fraction < 1)).toBe(true);
    expect(seen.filter((p) => p.stage === 'download').at(-1)!.fraction).toBe(1);
    expect(seen.at(-1)!.stage).toBe('convert');
    // The download goes once it is converted.
    expect(left()).toEqual([]);
    for (const model of ['OLMoE-tiny', id])
      expect(await resolveModel({ model, precision: 'auto', device: 'cpu' }, quietContext())).toBe(folder);
    const [entry] = (await installedModels()).filter(({ name }) => name === 'OLMoE-tiny');
    expect(entry).toMatchObject({ where: 'hub', hub: id, installed: true });
    expect(await showModel(id, 'auto', quietContext())).toMatchObject({
      kind: 'installed',
      card: { gate: card.gate },
    });
    await removeModel(id);
    expect(existsSync(folder)).toBe(false);
  });

  it('comes with its pooling, and with a vocabulary that is no tokenizer.json', async () => {
    const bert = path.join(fixtures, 'bert');
    const files = repository(bert);
    const { model } = JSON.parse(files.get('tokenizer.json')!.toString()) as {
      model: { vocab: Record<string, number> };
    };
    const pieces = Object.keys(model.vocab).sort((a, b) => model.vocab[a] - model.vocab[b]);
    files.delete('tokenizer.json');
    files.set('vocab.txt', Buffer.from(`${pieces.join('\n')}\n`));
    files.set('1_Pooling/config.json', Buffer.from('{"pooling_mode_cls_token": true}'));
    files.set('onnx/model.onnx', Buffer.from('not asked for'));
    await open({}, files);
    const card = await readCard(await add());
    expect(card).toMatchObject({ family: 'bert', pooling: 'cls' });
    expect(hub.asked.filter((line) => line.includes('onnx'))).toEqual([]);
  });

  it('goes on where a cut connection stopped, and where an earlier attempt did', async () => {
    let cuts = 0;
    await open({
      answer: (request, response, url) => {
        if (!url.pathname.endsWith('00001-of-00003.safetensors') || cuts > 0 || request.headers.range)
          return false;
        cuts++;
        const body = hub.files.get('model-00001-of-00003.safetensors')!;
        response.writeHead(200, { 'content-length': body.length });
        response.write(body.subarray(0, 5000), () => setTimeout(() => response.destroy(), 50));
        return true;
      },
    });
    // As a process that was killed leaves it.
    const folder = path.join(cache, 'downloads', 'allenai--OLMoE-tiny', commit);
    await offerModel(id, 'auto', quietContext());
    writeFileSync(
      path.join(folder, 'model-00002-of-00003.safetensors.part'),
      hub.files.get('model-00002-of-00003.safetensors')!.subarray(0, 777),
    );
    await add();
    expect(cuts).toBe(1);
    const resumed = hub.asked.filter((line) => / bytes=\d+-$/.test(line));
    expect(resumed).toEqual([
      `GET /${id}/resolve/${commit}/model-00001-of-00003.safetensors bytes=5000-`,
      `GET /${id}/resolve/${commit}/model-00002-of-00003.safetensors bytes=777-`,
    ]);
  });

  it('is not taken when a file is not what the hub lists', async () => {
    await open({
      answer: (_request, response, url) => {
        if (!url.pathname.endsWith('/tokenizer.json')) return false;
        response.end(Buffer.alloc(hub.files.get('tokenizer.json')!.length, 'x'));
        return true;
      },
    });
    await expect(add()).rejects.toMatchObject({
      exitStatus: 4,
      message: expect.stringMatching(/tokenizer\.json.*checksum.*not the published one.*go on/) as string,
    });
    expect((await installedModels()).map(({ name }) => name)).not.toContain('OLMoE-tiny');
    expect(left().some((name) => name.endsWith('tokenizer.json'))).toBe(false);
  });

  it('can be cancelled, and its rest removed', async () => {
    await open();
    const controller = new AbortController();
    const onProgress = (p: Progress): void => {
      if (p.stage === 'download' && p.fraction > 0.3) controller.abort();
    };
    await expect(add(id, { signal: controller.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(left().length).toBeGreaterThan(0);
    await removeModel(id);
    expect(left()).toEqual([]);
  });
});

describe('what can’t be had says so in one sentence', () => {
  const refused = async (behaviour: Behaviour, files?: Map<string, Buffer>, source = id): Promise<string> => {
    // The same commit never has other files; this test's has.
    rmSync(cache, { recursive: true, force: true });
    await open(behaviour, files);
    const error = (await offerModel(source, 'auto', quietContext()).then(
      () => expect.fail('it was taken'),
      (e: unknown) => e,
    )) as { exitStatus: number; message: string };
    expect(error.exitStatus).toBe(4);
    expect(error.message).not.toContain('\n');
    return error.message;
  };
  const answers = (status: number, code?: string): Behaviour => ({
    answer: (_request, response) => {
      response.writeHead(status, code ? { 'x-error-code': code } : {}).end('{"error":"no"}');
      return true;
    },
  });

  it('a model that is not there', async () => {
    expect(await refused({}, undefined, 'nobody/nothing')).toMatch(
      /has no model nobody\/nothing that is open to everyone: check the name, or set HF_TOKEN/,
    );
    expect(await refused(answers(401))).toMatch(/has no model allenai\/OLMoE-tiny that is open to everyone/);
    expect(await refused(answers(404, 'RevisionNotFound'), undefined, `${id}@v9`)).toMatch(
      /has no revision v9/,
    );
  });

  it('a gated one, and a token that is not accepted', async () => {
    expect(await refused(answers(403, 'GatedRepo'))).toMatch(
      /accepted its terms: do so at http:\/\/127.0.0.1:\d+\/allenai\/OLMoE-tiny, set HF_TOKEN/,
    );
    process.env.HF_TOKEN = 'hf_secretsecret';
    const message = await refused(answers(401));
    expect(message).toMatch(/does not accept the token in HF_TOKEN/);
    expect(message).not.toContain('secret');
    expect([...hub.tokens]).toEqual(['Bearer hf_secretsecret']);
    process.env.HF_TOKEN = 'my password';
    expect(await refused({})).toMatch(/HF_TOKEN is no token of the hub/);
  });

  it('gated only where the files are', async () => {
    process.env.HF_TOKEN = 'hf_abc';
    await open({
      answer: (_request, response, url) => {
        if (!url.pathname.includes('/resolve/')) return false;
        response.writeHead(403, { 'x-error-code': 'GatedRepo' }).end();
        return true;
      },
    });
    await expect(add()).rejects.toMatchObject({ code: 'gated', exitStatus: 4 });
  });

  it('no network', async () => {
    await open();
    await hub.close();
    await expect(offerModel(id, 'auto', quietContext())).rejects.toMatchObject({
      code: 'network',
      exitStatus: 4,
      message: expect.stringMatching(
        /can't be reached \(the connection was refused\): check the connection, or copy the model's folder/,
      ) as string,
    });
    // Of the curated list it is still known what was published.
    expect(await showModel('OLMoE-1B-7B-0924', 'auto', quietContext())).toMatchObject({
      kind: 'listed',
      listed: { hub: 'allenai/OLMoE-1B-7B-0924' },
    });
  });

  it('quantised models, before their weights are fetched', async () => {
    const config = JSON.parse(readFileSync(path.join(olmoe, 'config.json'), 'utf8')) as object;
    const quantised = (method: string): Map<string, Buffer> =>
      new Map([
        ...repository(olmoe),
        [
          'config.json',
          Buffer.from(JSON.stringify({ ...config, quantization_config: { quant_method: method } })),
        ],
      ]);
    expect(await refused({}, quantised('gptq'))).toMatch(/quantised with GPTQ/);
    expect(await refused({}, quantised('awq'))).toMatch(/quantised with AWQ/);
    expect(await refused({}, quantised('bitsandbytes'))).toMatch(/quantised with bitsandbytes/);
    expect(
      await refused(
        {},
        new Map([
          ['model.Q4_K_M.gguf', Buffer.alloc(9)],
          ['README.md', Buffer.alloc(1)],
        ]),
      ),
    ).toMatch(/quantised as GGUF \(model\.Q4_K_M\.gguf\)/);
    expect(
      await refused({}, new Map([...repository(olmoe), ['quantize_config.json', Buffer.from('{}')]])),
    ).toMatch(/quantised as GPTQ/);
    expect(hub.asked.some((line) => line.includes('.safetensors'))).toBe(false);
  });

  it('another kind of model, with the nearest that are read', async () => {
    const files = new Map([...repository(olmoe), ['config.json', Buffer.from('{"model_type":"olmoo"}')]]);
    expect(await refused({}, files)).toMatch(/"olmoo".*nearest.*olmoe/);
  });

  it('repositories without what it takes', async () => {
    const without = (name: RegExp): Map<string, Buffer> =>
      new Map([...repository(olmoe)].filter(([file]) => !name.test(file)));
    expect(await refused({}, without(/safetensors/))).toMatch(
      /holds no model\.safetensors and no pytorch_model\.bin/,
    );
    expect(await refused({}, without(/^tokenizer\./))).toMatch(
      /neither tokenizer\.json nor tokenizer\.model/,
    );
    expect(await refused({}, without(/^config\.json/))).toMatch(/has no config\.json/);
    expect(await refused({}, without(/00002/))).toMatch(
      /has no model-00002-of-00003\.safetensors, which its model\.safetensors\.index\.json names/,
    );
  });

  it('tricks with paths, missing checksums, lists that lead elsewhere', async () => {
    const entry = (name: string): Behaviour => ({
      extra: [{ type: 'file', path: name, size: 1, oid: 'a'.repeat(40) }],
    });
    for (const name of ['../../.bashrc', '/etc/passwd', 'a/../../b', 'C:\\x', 'a//b', 'x\u0000y'])
      expect(await refused(entry(name))).toMatch(/no plain path inside a model; nothing was downloaded/);
    expect(await refused({ entry: (e) => ({ ...e, oid: undefined, lfs: undefined }) })).toMatch(
      /no checksum or size/,
    );
    process.env.HF_TOKEN = 'hf_abc';
    expect(
      await refused({
        answer: (_request, response, url) => {
          if (!url.pathname.includes('/tree/')) return false;
          response
            .writeHead(200, {
              'content-type': 'application/json',
              link: '<http://127.0.0.1:1/steal>; rel="next"',
            })
            .end('[]');
          return true;
        },
      }),
    ).toMatch(/leads to 127\.0\.0\.1:1 for its list of files/);
  });

  it('a second model of the same name', async () => {
    await open();
    await add();
    await expect(add('somebody/OLMoE-tiny')).rejects.toThrow(
      /another model called OLMoE-tiny.*allenai\/OLMoE-tiny.*remove it first/,
    );
  });

  it('a run with a model that was not added', async () => {
    await open();
    const choose = (model: string) =>
      resolveModel({ model, precision: 'auto', device: 'cpu' }, quietContext());
    await expect(choose('some/model')).rejects.toThrow(
      /some\/model is not on this machine yet; add it first: moetopic models add some\/model/,
    );
    await expect(choose('nomic-embed-text-v2-moe')).rejects.toThrow(
      /1\.9 GB to download\): moetopic models add nomic-ai\/nomic-embed-text-v2-moe/,
    );
    expect(hub.asked).toEqual([]);
  });
});

it('the list has what is here and what can be added, each with its figures’ source', async () => {
  const models = await listModels();
  expect(models.find(({ name }) => name === 'minilm-moe')).toMatchObject({
    installed: true,
    where: 'bundled',
  });
  const others = models.filter(({ installed }) => !installed);
  expect(others.map(({ name }) => name)).toEqual([
    'nomic-embed-text-v2-moe',
    'granite-3.1-1b-a400m-base',
    'OLMoE-1B-7B-0924',
    'Qwen1.5-MoE-A2.7B',
    'DeepSeek-V2-Lite',
    'gpt-oss-20b',
    'Qwen3-30B-A3B',
    'Mixtral-8x7B-v0.1',
  ]);
  for (const { memory, parameters, figures, license } of others) {
    expect(memory!.int4).toBeLessThan(memory!.int8);
    expect(parameters.active).toBeLessThan(parameters.total);
    expect(license).not.toBeNull();
    for (const figure of figures) expect(figure.by).not.toBe('');
  }
});
