'use strict';
// The report's own script; page.js holds what the pages share.
(() => {
  const { data, config, say, make, topicButton, tableHead, thousands, percent, unpack, shadesOf, keepDrawn, keepNamed } =
    moetopic;
  const shades = shadesOf(data.map);
  const labels = unpack(data.labels);
  const traces = unpack(data.map.data);
  // Density contours are a trace without documents.
  const points = traces.filter((trace) => trace.customdata);

  const topics = data.topics.filter((topic) => topic.id >= 0);
  const facts = [
    say('documents', thousands(data.count)),
    say('topics', thousands(topics.length)),
    say('outliers', thousands(data.outliers), percent(data.count ? data.outliers / data.count : 0)),
    say('skipped', thousands(data.skipped)),
    say('seed', data.seed),
  ];
  const drawn = data.map.layout.meta;
  if (drawn && drawn.every > 1) facts.push(say('sampled', drawn.every));

  const nameOf = ({ id, name }) => (id < 0 ? say('outlierTopic') : name);
  const list = make('ul');
  const search = make('input', {
    type: 'search',
    placeholder: say('find'),
    'aria-label': say('find'),
  });
  const map = make('div', {
    className: 'map',
    role: 'figure',
    'aria-label': say('map'),
  });
  const detail = make('section', { 'aria-live': 'polite' });
  const buttons = new Map();

  for (const topic of data.topics) {
    const button = topicButton(shades(topic.id), nameOf(topic), topic.count);
    button.addEventListener('click', () => select(chosen === topic.id ? null : topic.id));
    buttons.set(topic.id, button);
    list.append(make('li', {}, button));
  }
  search.addEventListener('input', () => {
    const wanted = search.value.toLowerCase();
    for (const topic of data.topics) {
      const text = [nameOf(topic), ...topic.keywords.map((k) => k.keyword)].join(' ').toLowerCase();
      buttons.get(topic.id).parentElement.hidden = !text.includes(wanted);
    }
  });

  let chosen = null;
  /** Lights one topic up, the rest stays in grey; null shows all again. */
  function select(id) {
    chosen = id;
    for (const [topic, button] of buttons) button.setAttribute('aria-pressed', String(topic === id));
    draw(map.layout);
    showDetail(id);
  }

  /** The map as it is: all of it, or one topic over the others. */
  function draw(layout) {
    const drawn = traces.map((trace) =>
      chosen === null || !trace.marker
        ? { ...trace }
        : { ...trace, marker: { ...trace.marker, opacity: 0.08 } },
    );
    return Plotly.react(map, chosen === null ? drawn : [...drawn, highlight(chosen)], layout, config);
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
    // The outliers come first.
    const { size, color: grey } = points[0].marker;
    const colors = data.map.layout.meta.colors;
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
        make('p', { className: 'facts' }, say('choose')),
      );
      return;
    }
    const title = topic ? nameOf(topic) : say('topic', id);
    detail.append(make('h2', { dir: 'auto' }, title));
    if (topic) {
      detail.append(
        make(
          'p',
          { className: 'facts' },
          say('size', thousands(topic.count), percent(topic.share)),
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
        ? say('mostProbable', documents.length, thousands(total))
        : say('allDocuments');
    detail.append(
      make(
        'table',
        {},
        make('caption', { className: 'facts' }, caption),
        tableHead(say('id'), say('text'), say('probability')),
        body,
      ),
    );
  }

  const figures = make('section', { hidden: data.figures.length === 0 }, make('h2', {}, say('figures')));
  for (const { title, figure } of data.figures) {
    const place = make('div', { className: 'figure', role: 'figure', 'aria-label': title });
    if (figure.layout.height) place.style.height = `${figure.layout.height}px`;
    const fold = make('details', {}, make('summary', {}, title), place);
    // Drawn when first looked at; what is folded has no size to be drawn in.
    let isDue = true;
    const drawFigure = () => {
      isDue = !fold.open;
      if (!isDue) Plotly.react(place, figure.data, figure.layout, config);
    };
    fold.addEventListener('toggle', () => {
      if (fold.open && isDue) drawFigure();
    });
    figure.data = unpack(figure.data);
    keepDrawn(figure, drawFigure);
    figures.append(fold);
  }

  // A column of a thousand numbers hides what stands below it; run.json has them all.
  const beginnings = (key, value) =>
    Array.isArray(value) && value.length > 12 && value.every((item) => typeof item === 'number')
      ? `${value.slice(0, 3).join(', ')} … (${thousands(value.length)})`
      : value;
  document
    .getElementById('report')
    .append(
      make(
        'header',
        {},
        make('h1', { dir: 'auto' }, data.name),
        make('p', { className: 'facts' }, facts.join(' · ')),
      ),
      make('main', {}, make('nav', { 'aria-label': say('topicList') }, search, list), map),
      detail,
      figures,
      make(
        'section',
        {},
        make(
          'details',
          {},
          make('summary', {}, say('how')),
          make('ul', {}, ...data.reasons.map((reason) => make('li', {}, reason))),
          make('p', { className: 'facts' }, say('record')),
          make('pre', { tabIndex: 0 }, JSON.stringify(data.manifest, beginnings, 2)),
        ),
      ),
    );
  showDetail(null);
  let placeNames = () => undefined;
  keepDrawn(data.map, () => {
    // A copy: names are placed in the one that Plotly has.
    const done = draw({ ...data.map.layout });
    placeNames();
    return done;
  }).then(() => {
    map.on('plotly_click', (event) => {
      const row = event.points[0]?.customdata;
      if (row !== undefined && labels[row] >= 0) select(labels[row]);
    });
    placeNames = keepNamed(map, data.map);
    document.documentElement.dataset.ready = 'true';
  });
})();
