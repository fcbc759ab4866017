'use strict';
// Results side by side; page.js holds what the pages share.
(() => {
  const { data, config, say, make, topicButton, tableHead, thousands, percent, unpack, shadesOf, keepDrawn, keepNamed } =
    moetopic;
  /** Documents listed of a selection. */
  const most = 100;

  const variants = data.variants.map((variant) => {
    const traces = unpack(variant.map.data);
    const labels = unpack(variant.labels);
    const names = new Map(variant.topics.map((topic) => [topic.id, topic.name]));
    const place = new Map();
    for (const trace of traces)
      trace.customdata?.forEach((row, i) => place.set(row, [trace.x[i], trace.y[i]]));
    return {
      ...variant,
      traces,
      labels,
      place,
      opacity: traces.map((trace) => trace.marker.opacity),
      nameOf: (row) => (labels[row] < 0 ? say('outlier') : (names.get(labels[row]) ?? String(labels[row]))),
      shades: shadesOf(variant.map),
      // As the map has them now; its outliers come first.
      colorOf: (topic) => variant.map.layout.meta.colors[topic] ?? traces[0].marker.color,
    };
  });

  /** The measures, and whether more is better (of topics and outliers neither is). */
  const measures = [
    ['topics', false],
    ['outlier_share', false],
    ['npmi', true],
    ['c_v', true],
    ['diversity', true],
    ['inverted_rbo', true],
    ['silhouette', true],
    ['dbcv', true],
    ['ami', true],
    ['nmi', true],
    ['v_measure', true],
    ['homogeneity', true],
    ['completeness', true],
    ['purity', true],
  ].filter(([key]) => variants.some(({ metrics }) => (metrics[key] ?? null) !== null));
  const shown = (key, value) =>
    value === null ? '–' : key === 'outlier_share' ? percent(value) : key === 'topics' ? thousands(value) : value.toFixed(3);
  const measureRows = measures.map(([key, judged]) => {
    const values = variants.map(({ metrics }) => metrics[key] ?? null);
    const best = Math.max(...values.map((value) => value ?? -Infinity));
    const tells = judged && values.some((value) => value !== best);
    return make(
      'tr',
      {},
      make('th', { scope: 'row' }, say(`measure.${key}`)),
      ...values.map((value) =>
        make('td', { className: tells && value === best ? 'best' : '' }, shown(key, value)),
      ),
    );
  });
  const agreementRows = variants.map((variant, i) =>
    make(
      'tr',
      {},
      make('th', { scope: 'row' }, say('amiWith', variant.name)),
      ...variants.map((_, j) => make('td', {}, i === j ? '–' : data.agreement[i][j].toFixed(3))),
    ),
  );
  const table = make(
    'table',
    { className: 'measures' },
    tableHead('', ...variants.map(({ name }) => name)),
    make('tbody', {}, ...measureRows, ...agreementRows),
  );

  /** What the figures say, in a sentence or two. */
  const findings = () => {
    const said = [];
    const ranked = (key) =>
      variants
        .filter(({ metrics }) => (metrics[key] ?? null) !== null)
        .sort((a, b) => b.metrics[key] - a.metrics[key])
        .map(({ name, metrics }) => `${name} ${metrics[key].toFixed(3)}`);
    for (const [key, about] of [
      ['ami', 'amiOrder'],
      ['c_v', 'coherenceOrder'],
    ]) {
      const order = ranked(key);
      if (order.length > 1) said.push(say(about, order.join(say('and'))));
    }
    variants.forEach(({ name }, i) =>
      variants.slice(i + 1).forEach((other, k) => {
        if (data.agreement[i][i + 1 + k] > 1 - 1e-9) said.push(say('sameTopics', name, other.name));
      }),
    );
    return said.join(say('gap'));
  };

  const pointed = make('p', { className: 'facts pointed', role: 'status', dir: 'auto' });
  const clear = make('button', { type: 'button', className: 'clear', hidden: true }, say('clear'));
  const tell = (rows) => {
    if (rows.length === 0)
      pointed.textContent = say('point');
    else if (rows.length === 1)
      pointed.textContent = `${data.ids[rows[0]]}: ${data.texts[rows[0]]} — ${variants
        .map((variant) => `${variant.name}: ${variant.nameOf(rows[0])}`)
        .join(' · ')}`;
    else pointed.textContent = say('lit', thousands(rows.length));
  };

  /** A selection's documents by their topics in each variant, and its first documents in full. */
  const chosen = make('section', { hidden: true, 'aria-label': say('selectedDocuments') });
  const showChosen = (rows) => {
    chosen.hidden = rows.length === 0;
    if (rows.length === 0) return chosen.replaceChildren();
    const spread = variants.map((variant) => {
      const counts = new Map();
      for (const row of rows) counts.set(variant.labels[row], [...(counts.get(variant.labels[row]) ?? []), row]);
      const largest = [...counts].sort((a, b) => b[1].length - a[1].length || a[0] - b[0]);
      const items = largest.slice(0, 4).map(([topic, own]) => {
        const button = topicButton(variant.shades(topic), variant.nameOf(own[0]), own.length);
        button.addEventListener('click', () => choose(own));
        return make('li', {}, button);
      });
      if (largest.length > 4)
        items.push(make('li', { className: 'facts' }, say('moreTopics', thousands(largest.length - 4))));
      return make('div', {}, make('h3', {}, variant.name), make('ul', { className: 'topics' }, ...items));
    });
    const body = rows.slice(0, most).map((row) =>
      make(
        'tr',
        {},
        make('td', { className: 'id', dir: 'auto' }, data.ids[row]),
        make('td', { className: 'text', dir: 'auto' }, data.texts[row]),
        ...variants.map((variant) => make('td', { dir: 'auto' }, variant.nameOf(row))),
      ),
    );
    const caption = rows.length > most ? say('firstOf', most, thousands(rows.length)) : say('allOfThem');
    chosen.replaceChildren(
      make('h2', {}, say(rows.length === 1 ? 'selectedOne' : 'selected', thousands(rows.length))),
      make('div', { className: 'spread' }, ...spread),
      make(
        'div',
        { className: 'wide scrolls', tabIndex: 0, role: 'region', 'aria-label': say('texts') },
        make(
          'table',
          {},
          make('caption', { className: 'facts' }, caption),
          tableHead(say('id'), say('text'), ...variants.map(({ name }) => name)),
          make('tbody', {}, ...body),
        ),
      ),
    );
  };

  const maps = variants.map((variant) =>
    make('div', { className: 'map', role: 'figure', 'aria-label': say('mapBy', variant.name) }),
  );
  /** Lights documents up on every map, in their colours there; the others step back. */
  const light = (rows) => variants.forEach((_, v) => lightOn(v, rows));
  const lightOn = (v, rows) => {
    const { place, traces, labels, colorOf, opacity } = variants[v];
    const placed = rows.filter((row) => place.has(row));
    const indices = traces.map((_, k) => k);
    Plotly.restyle(maps[v], { 'marker.opacity': rows.length ? opacity.map(() => 0.08) : opacity }, indices);
    Plotly.restyle(
      maps[v],
      {
        x: [placed.map((row) => place.get(row)[0])],
        y: [placed.map((row) => place.get(row)[1])],
        'marker.color': [placed.map((row) => colorOf(labels[row]))],
      },
      [traces.length],
    );
  };
  /** A ring around one document on every map. */
  const ring = (row) =>
    variants.forEach(({ place, traces }, v) => {
      const spot = place.get(row);
      Plotly.restyle(maps[v], { x: [spot ? [spot[0]] : []], y: [spot ? [spot[1]] : []] }, [traces.length + 1]);
    });

  let selected = [];
  const choose = (rows) => {
    selected = rows;
    clear.hidden = rows.length === 0;
    light(rows);
    ring(-1);
    tell(rows);
    showChosen(rows);
    for (const [button, is] of pressed) button.setAttribute('aria-pressed', String(is(rows)));
  };
  clear.addEventListener('click', () => choose([]));
  const rowsWhere = (keep) => Array.from(data.ids.keys()).filter(keep);

  /** Buttons that say whether what they choose is chosen. */
  const pressed = [];
  const topicLists = variants.map((variant) => {
    const { topics, labels, shades } = variant;
    const items = topics
      .filter(({ id }) => id >= 0)
      .sort((a, b) => b.count - a.count || a.id - b.id)
      .map(({ id, name, count }) => {
        const button = topicButton(shades(id), name, count);
        button.addEventListener('click', () =>
          choose(button.getAttribute('aria-pressed') === 'true' ? [] : rowsWhere((row) => labels[row] === id)),
        );
        pressed.push([button, (rows) => rows.length === count && rows.every((row) => labels[row] === id)]);
        return make('li', {}, button);
      });
    return make('ul', { className: 'topics scrolls', 'aria-label': say('topicsBy', variant.name) }, ...items);
  });

  const flow = make('div', { className: 'figure', role: 'figure', 'aria-label': say('flowLabel') });
  data.flow.data = unpack(data.flow.data);
  flow.style.height = `${data.flow.layout.height}px`;
  const facts = ({ topics, metrics }) =>
    say(
      'topicsAndOutliers',
      thousands(topics.filter(({ id }) => id >= 0).length),
      percent(metrics.outlier_share ?? 0),
    );
  const { least } = data.flow.layout.meta;
  document
    .getElementById('report')
    .append(
      make(
        'header',
        { className: 'stays' },
        make('h1', { dir: 'auto' }, data.name),
        make('p', { className: 'facts' }, say('documents', thousands(data.ids.length))),
        make('div', { className: 'line' }, pointed, clear),
      ),
      make(
        'section',
        { className: 'side-by-side', 'aria-label': say('maps') },
        make('p', { className: 'facts findings' }, findings()),
        ...variants.map((variant, v) =>
          make(
            'div',
            {},
            make('h2', {}, variant.name, ' ', make('span', { className: 'number' }, facts(variant))),
            ...(variant.embedding ? [make('p', { className: 'facts' }, say(`by.${variant.embedding}`))] : []),
            maps[v],
            topicLists[v],
          ),
        ),
      ),
      chosen,
      make(
        'section',
        {},
        make('h2', {}, say('flowTitle')),
        make(
          'p',
          { className: 'facts' },
          say(least > 1 ? 'flowOfLarge' : 'flow', thousands(least)),
        ),
        make('div', { className: 'wide' }, flow),
      ),
      make(
        'section',
        {},
        make('h2', {}, say('measures')),
        make('div', { className: 'wide' }, table),
      ),
    );

  const drawn = variants.map((variant, v) => {
    const { traces, map } = variant;
    let placeNames = () => undefined;
    const draw = () => {
      const over = { type: 'scattergl', mode: 'markers', x: [], y: [], hoverinfo: 'skip' };
      const lit = { ...over, marker: { color: [], size: traces[0].marker.size + 2, opacity: 0.95 } };
      const line = { color: moetopic.style('--accent'), width: 2 };
      const ringed = { ...over, marker: { color: 'rgba(0,0,0,0)', size: 14, line } };
      const layout = { ...map.layout, dragmode: 'lasso', selections: [] };
      const copies = traces.map((trace) => ({ ...trace, marker: { ...trace.marker } }));
      const done = Plotly.react(maps[v], [...copies, lit, ringed], layout, config);
      if (selected.length > 0) lightOn(v, selected);
      placeNames();
      return done;
    };
    return keepDrawn(map, draw).then(() => {
      const rowsOf = (event) =>
        (event?.points ?? []).map((point) => point.customdata).filter((row) => row !== undefined);
      maps[v].on('plotly_hover', (event) => {
        const [row] = rowsOf(event);
        if (row === undefined) return;
        ring(row);
        tell([row]);
      });
      maps[v].on('plotly_unhover', () => {
        ring(-1);
        tell(selected);
      });
      maps[v].on('plotly_click', (event) => choose(rowsOf(event).slice(0, 1)));
      // Plotly's own fading and outline would stay on this one map only.
      maps[v].on('plotly_selected', (event) => {
        if (!event) return;
        const rows = rowsOf(event).sort((a, b) => a - b);
        const indices = [...traces.keys()];
        Plotly.update(maps[v], { selectedpoints: null }, { selections: [] }, indices).then(() => choose(rows));
      });
      placeNames = keepNamed(maps[v], map);
      return placeNames();
    });
  });
  drawn.push(
    keepDrawn(data.flow, () =>
      Plotly.react(flow, data.flow.data, data.flow.layout, { ...config, displayModeBar: false }),
    ).then(() =>
      flow.on('plotly_click', ({ points: [point] }) => {
        const ends = 'source' in point ? [point.source, point.target] : [point];
        const inAll = ends.map(({ customdata: [, side, topic] }) => [variants[side].labels, topic]);
        choose(rowsWhere((row) => inAll.every(([labels, topic]) => labels[row] === topic)));
      }),
    ),
  );
  tell([]);
  Promise.all(drawn).then(() => {
    document.documentElement.dataset.ready = 'true';
  });
})();
