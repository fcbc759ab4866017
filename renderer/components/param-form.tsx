import { Button, Collapse, NumberInput, Select, Stack, Switch, TagsInput, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ParamInfo } from '../../core/base/params.ts';
import { language, useT } from '../i18n/index.ts';
import { zhParamNames, zhParams, zhUnits } from '../i18n/zh-params.ts';
import type { Key } from '../i18n/index.ts';
import { common } from './common-params.ts';
import { setParam } from '../state/corpus.ts';
import { GuidedField, isGuided } from './guided-field.tsx';
import { useStore } from '../state/store.ts';

/** The preview beside has its own controls for these. */
const elsewhere = ['text', 'label', 'id', 'date', 'strip'];

/** A form made from the stages' own schemas, so that it can't say other things than the command line does. */
export function ParamForm({ values }: { values: Record<string, unknown> }): React.ReactNode {
  const t = useT();
  const [all, setAll] = useState(false);
  const stages = useStore((s) => s.info?.params) ?? [];
  const seen = new Set(elsewhere);
  const groups = stages.map(({ stage, params }) => ({
    stage,
    params: params.filter((p) => !seen.has(p.name) && seen.add(p.name) !== undefined),
  }));
  const first = groups.flatMap(({ params }) => params.filter((p) => common.has(p.name)));
  return (
    <Stack gap="sm">
      {first.map((param) => (
        <Field key={param.name} param={param} value={values[param.name]} />
      ))}
      <Button variant="subtle" size="xs" onClick={() => setAll(!all)} aria-expanded={all}>
        {t(all ? 'params.fewer' : 'params.all')}
      </Button>
      <Collapse expanded={all}>
        <Stack gap="sm">
          {groups.map(({ stage, params }) => {
            const rest = params.filter((p) => !common.has(p.name));
            if (rest.length === 0) return null;
            return (
              <Stack key={stage} gap="sm" component="section">
                <h3 className="section-title" style={{ margin: 0 }}>
                  {t(`stage.${stage}`)}
                </h3>
                {rest.map((param) => (
                  <Field key={param.name} param={param} value={values[param.name]} />
                ))}
              </Stack>
            );
          })}
        </Stack>
      </Collapse>
    </Stack>
  );
}

/** cli.md's flag as a person reads it: minTopicSize → min topic size. */
function words(name: string): string {
  const spaced = name.replace(/([A-Z])/g, ' $1').toLowerCase();
  return spaced.charAt(0).toUpperCase() + spaced.slice(1);
}

function Field({ param, value }: { param: ParamInfo; value: unknown }): React.ReactNode {
  const t = useT();
  const models = useStore((s) => s.info?.models) ?? [];
  const known = `param.${param.name}` as Key;
  const translated = t(known);
  const chinese = language() === 'zh-CN';
  const own = (chinese && zhParamNames[param.name]) || words(param.name);
  const label = translated === known ? own : translated;
  const measured = chinese ? (zhUnits[param.unit ?? ''] ?? param.unit) : param.unit;
  const unit = measured ? ` (${measured})` : '';
  const help = (chinese && zhParams[param.name]) || param.help;
  const shared = { name: param.name, label: label + unit, description: help, size: 'xs' as const };
  const fallback = defaultText(param.default);
  if (param.name === 'model')
    return (
      <Select
        {...shared}
        data={models.filter((m) => m.installed).map((m) => ({ value: m.name, label: m.title }))}
        value={(value as string) ?? fallback}
        allowDeselect={false}
        onChange={(next) => setParam('model', next ?? undefined)}
      />
    );
  if (isGuided(param.name))
    return (
      <GuidedField
        name={param.name}
        shared={shared}
        value={value}
        onChange={(next) => setParam(param.name, next)}
      />
    );
  if (param.choices)
    return (
      <Select
        {...shared}
        data={param.choices}
        value={(value as string) ?? fallback}
        allowDeselect={false}
        onChange={(next) => setParam(param.name, next === fallback ? undefined : next)}
      />
    );
  if (param.type === 'boolean')
    return (
      <Switch
        {...shared}
        checked={(value as boolean | undefined) ?? param.default === true}
        onChange={(event) => setParam(param.name, event.currentTarget.checked)}
      />
    );
  if (param.type === 'number')
    return (
      <NumberInput
        {...shared}
        placeholder={fallback}
        value={(value as number | undefined) ?? ''}
        onChange={(next) => setParam(param.name, next === '' ? undefined : Number(next))}
      />
    );
  if (param.type === 'list')
    return (
      <TagsInput
        {...shared}
        value={(value as string[] | undefined) ?? []}
        onChange={(next) => setParam(param.name, next.length === 0 ? undefined : next)}
      />
    );
  return (
    <TextInput
      {...shared}
      placeholder={fallback}
      value={(value as string | undefined) ?? ''}
      onChange={(event) => setParam(param.name, text(event.currentTarget.value))}
    />
  );
}

/** "auto" or a number: a field that takes both gives the number as one. */
function text(value: string): unknown {
  if (value.trim() === '') return undefined;
  return /^-?\d+(\.\d+)?$/.test(value.trim()) ? Number(value) : value;
}

function defaultText(value: unknown): string {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
