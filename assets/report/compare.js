'use strict';
// Results side by side. Whatever comes from a document or a topic goes into the page as a text node, never as HTML.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const config = {
    displaylogo: false,
    responsive: true,
    scrollZoom: true,
    plotlyServerURL: '',
    modeBarButtonsToRemove: ['sendChartToCloud'],
  };
  const accent = getComputedStyle(document.documentElement).getPropertyValue('--accent').trim();

  /** An element with properties and children; strings become text nodes. */
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties))
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    element.append(...children);
    return element;
  };

  const arrays = { f4: Float32Array, f8: Float64Array, i4: Int32Array, u1: Uint8Array };
  /** The inverse of the writer's packing of typed arrays. */
  const unpack = (value) => {
    if (value === null || typeof value !== 'object') return value;
    if (typeof value.bdata === 'string') {
      const bytes = Uint8Array.from(atob(value.bdata), (c) => c.charCodeAt(0));
      return new arrays[value.dtype](bytes.buffer);
    }
    if (Array.isArray(value)) return typeof value[0] === 'object' ? value.map(unpack) : value;
    for (const key of Object.keys(value)) value[key] = unpack(value[key]);
    return value;
  };

  const variants = data.variants.map((variant) => {
    const traces = unpack(variant.map.data);
    const labels = unpack(variant.labels);
    const names = new Map(variant.topics.map((topic) => [topic.id, topic.name]));
    const place = new Map();
    for (const trace of traces)
      trace.customdata?.forEach((row, i) => place.set(row, [trace.x[i], trace.y[i]]));
    const nameOf = (row) => (labels[row] < 0 ? 'outlier' : (names.get(labels[row]) ?? String(labels[row])));
    return { ...variant, traces, labels, place, nameOf };
  });

  const shown = (value) =>
    value === null ? '–' : Number.isInteger(value) ? value.toLocaleString('en') : value.toFixed(3);
  const measures = [...new Set(variants.flatMap((variant) => Object.keys(variant.metrics)))].filter((name) =>
    variants.some((variant) => variant.metrics[name] !== null),
  );
  const table = make(
    'table',
    {},
    make(
      'thead',
      {},
      make('tr', {}, ...['', ...measures].map((name) => make('th', { scope: 'col' }, name.replaceAll('_', ' ')))),
    ),
    make(
      'tbody',
      {},
      ...variants.map((variant) =>
        make(
          'tr',
          {},
          make('th', { scope: 'row' }, variant.name),
          ...measures.map((name) => make('td', {}, shown(variant.metrics[name] ?? null))),
        ),
      ),
    ),
  );

  const pointed = make('p', { className: 'facts', 'aria-live': 'polite' });
  const tell = (rows) => {
    if (rows.length === 0)
      pointed.textContent = 'Point at a document, or select some with the box or the lasso: they light up on every map.';
    else if (rows.length === 1)
      pointed.textContent = `${data.ids[rows[0]]}: ${data.texts[rows[0]]} — ${variants
        .map((variant) => `${variant.name}: ${variant.nameOf(rows[0])}`)
        .join(' · ')}`;
    else
      pointed.textContent = `${rows.length.toLocaleString('en')} documents: ${variants
        .map((variant) => {
          const counts = new Map();
          for (const row of rows) counts.set(variant.nameOf(row), (counts.get(variant.nameOf(row)) ?? 0) + 1);
          const [name, count] = [...counts].sort((a, b) => b[1] - a[1])[0];
          return `${variant.name}: ${count.toLocaleString('en')} in ${name}`;
        })
        .join(' · ')}`;
  };

  const maps = variants.map((variant) =>
    make('div', { className: 'map', role: 'figure', 'aria-label': `Topic map by ${variant.name}` }),
  );
  /** Lights documents up on every map: one trace above the others holds them. */
  const light = (rows) => {
    variants.forEach(({ place, traces }, v) => {
      const spots = rows.flatMap((row) => (place.has(row) ? [place.get(row)] : []));
      Plotly.restyle(maps[v], { x: [spots.map((s) => s[0])], y: [spots.map((s) => s[1])] }, [traces.length]);
    });
    tell(rows);
  };

  const flow = make('div', { className: 'figure', role: 'figure', 'aria-label': 'Documents between topics' });
  if (data.flow.layout.height) flow.style.height = `${data.flow.layout.height}px`;
  document
    .getElementById('report')
    .append(
      make('header', {}, make('h1', { dir: 'auto' }, data.name), pointed),
      make('section', {}, make('h2', {}, 'Measures'), make('div', { className: 'wide' }, table)),
      make(
        'div',
        { className: 'side-by-side' },
        ...variants.map((variant, v) => make('section', {}, make('h2', {}, variant.name), maps[v])),
      ),
      make('section', {}, make('h2', {}, 'Where documents go'), flow),
    );

  let selected = [];
  const drawn = variants.map(({ traces, map }, v) => {
    const highlight = {
      type: 'scattergl',
      mode: 'markers',
      x: [],
      y: [],
      hoverinfo: 'skip',
      marker: { color: 'rgba(0,0,0,0)', size: 13, line: { color: accent, width: 2 } },
    };
    return Plotly.newPlot(maps[v], [...traces, highlight], map.layout, config).then(() => {
      const rowsOf = (event) =>
        (event?.points ?? []).map((point) => point.customdata).filter((row) => row !== undefined);
      maps[v].on('plotly_hover', (event) => {
        if (selected.length === 0) light(rowsOf(event).slice(0, 1));
      });
      maps[v].on('plotly_click', (event) => light((selected = rowsOf(event).slice(0, 1))));
      maps[v].on('plotly_selected', (event) => light((selected = rowsOf(event))));
      maps[v].on('plotly_deselect', () => light((selected = [])));
    });
  });
  drawn.push(Plotly.newPlot(flow, unpack(data.flow.data), data.flow.layout, config));
  tell([]);
  Promise.all(drawn).then(() => {
    document.documentElement.dataset.ready = 'true';
  });
})();
