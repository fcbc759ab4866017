/** The pages of assets/help, bundled with the window: they need no network and no file access. */
const files = import.meta.glob<string>('../../../assets/help/**/*.md', {
  query: '?raw',
  import: 'default',
  eager: true,
});

export interface Page {
  id: string;
  title: string;
  text: string;
}

const order = [
  'first-run',
  'corpus',
  'run',
  'explore',
  'topics',
  'figures',
  'quality',
  'models',
  'export',
  'formats',
];

/** Pages in a language; English where one is not translated. */
export function pagesOf(language: string): Page[] {
  return order.flatMap((id) => {
    const text =
      files[`../../../assets/help/${language}/${id}.md`] ?? files[`../../../assets/help/en/${id}.md`];
    if (text === undefined) return [];
    return [{ id, title: /^# (.+)$/m.exec(text)?.[1] ?? id, text }];
  });
}
