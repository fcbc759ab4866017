'use strict';
// What the pages share. Whatever comes from a document or a topic goes into a page as a text node, never as HTML.
const moetopic = (() => {
  const words = JSON.parse(document.getElementById('words').textContent);
  /** A sentence of the page in its language, its values put in their places. */
  const say = (key, ...values) => words[key].replace(/\{(\d)\}/g, (_place, n) => values[n - 1]);

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
  /** A topic in a list: its colour in each theme (none for outliers), its name, its documents. */
  const topicButton = (colors, name, count) => {
    const swatch = make('span', { className: 'swatch' });
    for (const theme of ['light', 'dark'])
      swatch.style.setProperty(`--${theme}`, colors?.[theme] ?? 'var(--outlier)');
    return make(
      'button',
      { type: 'button', title: name, 'aria-pressed': 'false' },
      swatch,
      make('span', { className: 'name', dir: 'auto' }, name),
      make('span', { className: 'number' }, thousands(count)),
    );
  };
  const tableHead = (...names) =>
    make('thead', {}, make('tr', {}, ...names.map((name) => make('th', { scope: 'col' }, name))));

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

  /** Puts the other theme's values into a figure, and keeps those that it had. */
  const swap = (figure) => {
    for (const change of figure.dark) {
      const [path, value] = change;
      const last = path.length - 1;
      const place = path.slice(0, last).reduce((inner, key) => inner[key], figure);
      change[1] = place[path[last]];
      place[path[last]] = value;
    }
  };
  /** A topic's colour on a map in each theme. */
  const shadesOf = (map) => {
    const light = { ...map.layout.meta?.colors };
    swap(map);
    const dark = { ...map.layout.meta?.colors };
    swap(map);
    return (topic) => (topic in light ? { light: light[topic], dark: dark[topic] } : undefined);
  };

  /** Everything that was drawn: figures, and how to draw them again. */
  const drawn = [];
  const system = matchMedia('(prefers-color-scheme: dark)');
  let isPrinting = false;
  let isDark = system.matches;
  /** Dark where the reader's system is, but never on paper. */
  const turn = () => {
    if (isDark === (system.matches && !isPrinting)) return;
    isDark = !isDark;
    for (const { figure, draw } of drawn) {
      swap(figure);
      draw();
    }
  };
  system.addEventListener('change', turn);
  for (const [event, prints] of [
    ['beforeprint', true],
    ['afterprint', false],
  ])
    addEventListener(event, () => {
      isPrinting = prints;
      turn();
    });
  /** Draws a figure as the page is, light or dark, and again whenever that changes. */
  const keepDrawn = (figure, draw) => {
    if (isDark) swap(figure);
    drawn.push({ figure, draw });
    return draw();
  };

  /** Plotly reads a label as HTML of its own. */
  const escaped = (text) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

  /** Keeps the names that fit on a map where it is now: more of them as one comes closer. */
  const keepNamed = (map, figure) => {
    const { annotations, font, meta } = figure.layout;
    if (!annotations?.length || !meta?.names) return () => undefined;
    const ruler = document.createElement('canvas').getContext('2d');
    ruler.font = `12px ${font?.family ?? 'sans-serif'}`;
    const place = () => {
      const look = figure.layout.annotations[0];
      const [left, right] = map.layout.xaxis.range;
      const [bottom, top] = map.layout.yaxis.range;
      const scaleX = map.clientWidth / (right - left);
      const scaleY = map.clientHeight / (top - bottom);
      const boxes = [];
      const inView = meta.names
        .filter((name) => name.x >= left && name.x <= right && name.y >= bottom && name.y <= top)
        .sort((a, b) => b.weight - a.weight || a.topic - b.topic);
      const placed = [];
      for (const { topic, x, y, text, reach } of inView) {
        const half = ruler.measureText(text).width / 2 + 4;
        // Above a cluster that it would hide.
        const up = reach[1] * scaleY;
        const yshift = reach[0] * scaleX < half && up < 18 ? up + 12 : 0;
        const middle = y * scaleY + yshift;
        const box = [x * scaleX - half, x * scaleX + half, middle - 11, middle + 11];
        if (boxes.some((b) => b[0] < box[1] && box[0] < b[1] && b[2] < box[3] && box[2] < b[3])) continue;
        boxes.push(box);
        placed.push({ ...look, x, y, yshift, text: escaped(text), name: String(topic) });
      }
      return Plotly.relayout(map, { annotations: placed });
    };
    let waiting = 0;
    map.on('plotly_relayout', (change) => {
      if ('annotations' in change) return;
      clearTimeout(waiting);
      waiting = setTimeout(place, 120);
    });
    return place;
  };

  return {
    data: JSON.parse(document.getElementById('data').textContent),
    config,
    say,
    make,
    topicButton,
    tableHead,
    thousands,
    percent,
    unpack,
    shadesOf,
    keepDrawn,
    keepNamed,
    style: (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim(),
  };
})();
