/** The little Markdown that the help pages use (headings, paragraphs, lists, **bold**, `code`), as elements, never as HTML. */
export function Markdown({ text }: { text: string }): React.ReactNode {
  return text.split(/\n{2,}/).map((block, k) => <Block key={k} text={block.trim()} />);
}

function Block({ text }: { text: string }): React.ReactNode {
  if (text === '') return null;
  const heading = /^(#{1,3}) (.+)$/.exec(text);
  if (heading) {
    const Tag = `h${heading[1].length}` as 'h1' | 'h2' | 'h3';
    return (
      <Tag>
        <Inline text={heading[2]} />
      </Tag>
    );
  }
  const items = text.split(/\n(?=[-*] |\d+\. )/);
  if (/^[-*] /.test(text)) return <ul>{items.map(item)}</ul>;
  if (/^\d+\. /.test(text)) return <ol>{items.map(item)}</ol>;
  return (
    <p>
      <Inline text={text.replace(/\n/g, ' ')} />
    </p>
  );
}

function item(text: string, k: number): React.ReactNode {
  return (
    <li key={k}>
      <Inline text={text.replace(/^([-*]|\d+\.) /, '').replace(/\n\s*/g, ' ')} />
    </li>
  );
}

function Inline({ text }: { text: string }): React.ReactNode {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, k) => {
    if (part.startsWith('**')) return <b key={k}>{part.slice(2, -2)}</b>;
    if (part.startsWith('`')) return <code key={k}>{part.slice(1, -1)}</code>;
    return part;
  });
}
