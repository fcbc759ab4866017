'use strict';
// The report's own script. Whatever comes from a document or a topic goes into the page as a text node, never as HTML.
(() => {
  const data = JSON.parse(document.getElementById('data').textContent);
  const colors = data.map.layout.meta?.colors ?? {};
  const grey = getComputedStyle(document.documentElement).getPropertyValue('--outlier').trim();
  const config = {
    displaylogo: false,
    responsive: true,
    scrollZoom: true,
    plotlyServerURL: '',
    modeBarButtonsToRemove: ['sendChartToCloud'],
  };

  /** An element with properties and children; strings become text nodes. */
  const make = (tag, properties = {}, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(properties))
      if (name in element) element[name] = value;
      else element.setAttribute(name, value);
    element.append(...children);
    return element;
  };
  const thousands = (n) => n.toLocaleString('en');
  const percent = (share) => `${(100 * share).toFixed(1)} %`;

  const arrays = {
    f4: Float32Array,
    f8: Float64Array,
    i1: Int8Array,
    u1: Uint8Array,
    i2: Int16Array,
    u2: Uint16Array,
    i4: Int32Array,
    u4: Uint32Array,
  };
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
  const labels = unpack(data.labels);
  const traces = unpack(data.map.data);
  // Density contours are a trace without documents.
  const points = traces.filter((trace) => trace.customdata);
  const indices = points.map((trace) => traces.indexOf(trace));
  const base = points.map((trace) => trace.marker.opacity);

  const topics = data.topics.filter((topic) => topic.id >= 0);
  const facts = [
    `${thousands(data.count)} documents`,
    `${thousands(topics.length)} topics`,
    `${thousands(data.outliers)} outliers (${percent(data.count ? data.outliers / data.count : 0)})`,
    `${thousands(data.skipped)} rows skipped`,
    `seed ${data.seed}`,
  ];
  const drawn = data.map.layout.meta;
  if (drawn && drawn.every > 1) facts.push(`every ${drawn.every}. document drawn`);

  const list = make('ul');
  const search = make('input', {
    type: 'search',
    placeholder: 'Find a topic or keyword',
    'aria-label': 'Find a topic or keyword',
  });
  const map = make('div', {
    className: 'map',
    role: 'figure',
    'aria-label': 'Map of the documents, coloured by topic',
  });
  const detail = make('section', { 'aria-live': 'polite' });
  const buttons = new Map();

  for (const topic of data.topics) {
    const swatch = make('span', { className: 'swatch' });
    swatch.style.background = topic.id < 0 ? grey : (colors[topic.id] ?? grey);
    const name = make('span', { className: 'name', dir: 'auto' }, topic.name);
    const button = make(
      'button',
      { type: 'button', title: topic.name, 'aria-pressed': 'false' },
      swatch,
      name,
      make('span', { className: 'number' }, thousands(topic.count)),
    );
    button.addEventListener('click', () => select(chosen === topic.id ? null : topic.id));
    buttons.set(topic.id, button);
    list.append(make('li', {}, button));
  }
  search.addEventListener('input', () => {
    const wanted = search.value.toLowerCase();
    for (const topic of data.topics) {
      const text = [topic.name, ...topic.keywords.map((k) => k.keyword)].join(' ').toLowerCase();
      buttons.get(topic.id).parentElement.hidden = !text.includes(wanted);
    }
  });

  let chosen = null;
  /** Lights one topic up, the rest stays in grey; null shows all again. */
  function select(id) {
    chosen = id;
    for (const [topic, button] of buttons) button.setAttribute('aria-pressed', String(topic === id));
    if (map.data.length > traces.length) Plotly.deleteTraces(map, traces.length);
    Plotly.restyle(map, { 'marker.opacity': id === null ? base : base.map(() => 0.08) }, indices);
    if (id !== null) Plotly.addTraces(map, highlight(id));
    showDetail(id);
  }

  function highlight(id) {
    const x = [];
    const y = [];
    const text = [];
    for (const trace of points)
      trace.customdata.forEach((row, i) => {
        if (labels[row] !== id) return;
        x.push(trace.x[i]);
        y.push(trace.y[i]);
        text.push(trace.text ? trace.text[i] : '');
      });
    const { size } = points[0].marker;
    return {
      type: 'scattergl',
      mode: 'markers',
      x,
      y,
      text,
      hovertemplate: '%{text}<extra></extra>',
      marker: { color: colors[id] ?? grey, size: size + 1, opacity: 0.9 },
    };
  }

  function showDetail(id) {
    detail.replaceChildren();
    const topic = data.topics.find((t) => t.id === id);
    const documents = data.documents[id] ?? [];
    if (id === null) {
      detail.append(
        make(
          'p',
          { className: 'facts' },
          'Choose a topic in the list or on the map to see its keywords and documents.',
        ),
      );
      return;
    }
    const title = topic ? topic.name : `topic ${id}`;
    detail.append(make('h2', { dir: 'auto' }, title));
    if (topic) {
      detail.append(
        make(
          'p',
          { className: 'facts' },
          `${thousands(topic.count)} documents, ${percent(topic.share)} of all`,
        ),
      );
      const most = Math.max(...topic.keywords.map((k) => k.weight), 1e-12);
      const grid = make('div', { className: 'keywords' });
      for (const { keyword, weight } of topic.keywords) {
        const bar = make('span', { className: 'bar' });
        bar.style.width = `${Math.max(0, (100 * weight) / most)}%`;
        grid.append(
          make('span', { dir: 'auto' }, keyword),
          bar,
          make('span', { className: 'number' }, weight.toPrecision(3)),
        );
      }
      detail.append(grid);
    }
    const body = make('tbody');
    for (const [, key, text, probability] of documents)
      body.append(
        make(
          'tr',
          {},
          make('td', { className: 'id', dir: 'auto' }, key),
          make('td', { className: 'text', dir: 'auto' }, text),
          make('td', {}, String(probability)),
        ),
      );
    const total = topic ? topic.count : documents.length;
    const caption =
      documents.length < total
        ? `The ${documents.length} most probable of ${thousands(total)} documents`
        : 'All documents';
    detail.append(
      make(
        'table',
        {},
        make('caption', { className: 'facts' }, caption),
        make(
          'thead',
          {},
          make('tr', {}, ...['id', 'text', 'probability'].map((name) => make('th', { scope: 'col' }, name))),
        ),
        body,
      ),
    );
  }

  const figures = make('section', { hidden: data.figures.length === 0 }, make('h2', {}, 'Figures'));
  for (const { title, figure } of data.figures) {
    const place = make('div', { className: 'figure', role: 'figure', 'aria-label': title });
    if (figure.layout.height) place.style.height = `${figure.layout.height}px`;
    const fold = make('details', {}, make('summary', {}, title), place);
    // Drawn when first looked at.
    fold.addEventListener('toggle', () => {
      if (fold.open && !place.data) Plotly.newPlot(place, unpack(figure.data), figure.layout, config);
    });
    figures.append(fold);
  }

  const look = data.map.layout.annotations?.[0];
  const ruler = document.createElement('canvas').getContext('2d');
  ruler.font = `12px ${data.map.layout.font?.family ?? 'sans-serif'}`;
  /** Plotly reads a label as HTML of its own. */
  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  /** Writes the names that fit where the map is now: more of them as one comes closer. */
  function placeNames() {
    const [left, right] = map.layout.xaxis.range;
    const [bottom, top] = map.layout.yaxis.range;
    const scaleX = map.clientWidth / (right - left);
    const scaleY = map.clientHeight / (top - bottom);
    const boxes = [];
    const inView = drawn.names
      .filter((name) => name.x >= left && name.x <= right && name.y >= bottom && name.y <= top)
      .sort((a, b) => b.weight - a.weight || a.topic - b.topic);
    const annotations = [];
    for (const { topic, x, y, text } of inView) {
      const half = ruler.measureText(text).width / 2 + 4;
      const box = [x * scaleX - half, x * scaleX + half, y * scaleY - 11, y * scaleY + 11];
      if (boxes.some((b) => b[0] < box[1] && box[0] < b[1] && b[2] < box[3] && box[2] < b[3])) continue;
      boxes.push(box);
      annotations.push({ ...look, x, y, text: escaped(text), name: String(topic) });
    }
    Plotly.relayout(map, { annotations });
  }

  document
    .getElementById('report')
    .append(
      make(
        'header',
        {},
        make('h1', { dir: 'auto' }, data.name),
        make('p', { className: 'facts' }, facts.join(' · ')),
      ),
      make('main', {}, make('nav', { 'aria-label': 'Topics' }, search, list), map),
      detail,
      figures,
      make(
        'section',
        {},
        make(
          'details',
          {},
          make('summary', {}, 'How this was made'),
          make('pre', { tabIndex: 0 }, JSON.stringify(data.manifest, null, 2)),
        ),
      ),
    );
  showDetail(null);
  Plotly.newPlot(
    map,
    traces.map((trace) => ({ ...trace })),
    data.map.layout,
    config,
  ).then(() => {
    map.on('plotly_click', (event) => {
      const row = event.points[0]?.customdata;
      if (row !== undefined && labels[row] >= 0) select(labels[row]);
    });
    let waiting = 0;
    map.on('plotly_relayout', (change) => {
      if (!look || !drawn?.names || 'annotations' in change) return;
      clearTimeout(waiting);
      waiting = setTimeout(placeNames, 120);
    });
    document.documentElement.dataset.ready = 'true';
  });
})();
