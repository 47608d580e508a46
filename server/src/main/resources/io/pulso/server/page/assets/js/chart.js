// Charts: a figure with `data-chart` holds its data as JSON; colours come from the theme. Texts
// are written on a canvas, never as HTML.
const root = document.documentElement;
const drawers = new Map();
const drawn = new Map();
const still = matchMedia('(prefers-reduced-motion: reduce)');
let library;

function load() {
  library ??= new Promise((done, failed) => {
    const script = document.createElement('script');
    script.src = root.dataset.echarts;
    script.onload = () => done(window.echarts);
    script.onerror = failed;
    document.head.append(script);
  });
  return library;
}

/** A colour of the theme, such as `--accent`, or any other CSS colour. */
export function colour(name) {
  if (!name) return colour('--accent');
  if (!name.startsWith('--')) return name;
  let value = getComputedStyle(root).getPropertyValue(name).trim();
  if (value.startsWith('var(')) value = colour(value.slice(4, -1));
  return value;
}

/** Adds a kind of chart: a function from its data to what ECharts draws. */
export function kind(name, option) { drawers.set(name, option); }

const short = new Intl.NumberFormat(root.lang, {notation: 'compact', maximumFractionDigits: 1});
export const compact = (n) => short.format(n);

/** What axes, tooltips and legends have in common. */
export function base() {
  return {
    animation: !still.matches, animationDuration: 300,
    textStyle: {fontFamily: getComputedStyle(document.body).fontFamily, color: colour('--muted')},
    grid: {left: 6, right: 14, top: 16, bottom: 4, containLabel: true},
    tooltip: {
      renderMode: 'richText', confine: true, backgroundColor: colour('--card'), borderColor: colour('--line'),
      textStyle: {color: colour('--ink'), fontSize: 12.5}, extraCssText: '',
    },
    aria: {enabled: true},
  };
}

export function categories(labels, more = {}) {
  return {
    type: 'category', data: labels, axisTick: {show: false}, axisLine: {lineStyle: {color: colour('--line')}},
    axisLabel: {color: colour('--muted'), hideOverlap: true, ...more.axisLabel}, ...more.axis,
  };
}

export function values(more = {}) {
  return {
    type: 'value', splitLine: {lineStyle: {color: colour('--line')}},
    axisLabel: {color: colour('--muted'), formatter: compact}, ...more,
  };
}

function marks(data) {
  if (!data.marks?.length) return undefined;
  return {
    symbol: 'none', silent: true, lineStyle: {color: colour('--muted'), type: 'dashed'},
    label: {color: colour('--muted'), formatter: (p) => p.name, fontSize: 11},
    data: data.marks.map((m) => ({name: m.text, xAxis: m.at})),
  };
}

// {bins: [{label, n, text, color}]}: bars side by side
kind('histogram', (d) => ({
  ...base(),
  tooltip: {...base().tooltip, trigger: 'axis', axisPointer: {type: 'shadow'}, formatter: (p) => d.bins[p[0].dataIndex].text},
  xAxis: categories(d.bins.map((b) => b.label), {axisLabel: {interval: 'auto'}}),
  yAxis: values({minInterval: 1}),
  series: [{
    type: 'bar', barCategoryGap: '12%',
    data: d.bins.map((b) => ({value: b.n, itemStyle: {color: colour(b.color), borderRadius: [3, 3, 0, 0]}})),
  }],
}));

// {x: [text], series: [{name, values, color}], texts: [text], marks: [{at, text}]}
kind('stack', (d) => ({
  ...base(),
  grid: {...base().grid, top: 34},
  legend: {
    top: 0, right: 0, type: 'scroll', icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14, selectedMode: false,
    textStyle: {color: colour('--muted'), fontSize: 12}, data: d.series.map((s) => s.name),
  },
  tooltip: {...base().tooltip, trigger: 'axis', formatter: (p) => d.texts[p[0].dataIndex]},
  xAxis: categories(d.x, {axis: {boundaryGap: false}, axisLabel: {alignMinLabel: 'left', alignMaxLabel: 'right'}}),
  yAxis: values(),
  series: d.series.map((s, i) => ({
    name: s.name, type: 'line', stack: 'all', symbol: 'none', lineStyle: {width: 1, color: colour('--card')},
    areaStyle: {opacity: 0.92}, itemStyle: {color: colour(s.color)}, data: s.values,
    markLine: i === 0 ? marks(d) : undefined,
  })),
}));

// A value between two that are missing has no line, so it gets a dot.
const dotted = (values) => values.map((n, i) =>
  n != null && values[i - 1] == null && values[i + 1] == null ? {value: n, symbol: 'circle', symbolSize: 7} : n);

// as `stack`; `legend` names the lines above them, and `none` says that there is nothing to draw
kind('lines', (d) => ({
  ...base(),
  ...(d.legend ? {
    grid: {...base().grid, top: 34},
    legend: {
      top: 0, right: 0, type: 'scroll', icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14, selectedMode: false,
      textStyle: {color: colour('--muted'), fontSize: 12}, data: d.series.map((s) => s.name),
    },
  } : {}),
  tooltip: {...base().tooltip, trigger: 'axis', formatter: (p) => d.texts[p[0].dataIndex]},
  xAxis: categories(d.x, {axis: {boundaryGap: false}, axisLabel: {alignMinLabel: 'left', alignMaxLabel: 'right'}}),
  yAxis: values({scale: d.scale !== false}),
  graphic: d.none ? {
    type: 'text', left: 'center', top: 'middle', silent: true,
    style: {text: d.none, fill: colour('--muted'), fontSize: 13, fontFamily: getComputedStyle(document.body).fontFamily},
  } : undefined,
  series: d.series.map((s, i) => ({
    name: s.name, type: 'line', symbol: 'none', showAllSymbol: true, step: d.step ? 'end' : undefined,
    lineStyle: {width: 2.25}, itemStyle: {color: colour(s.color)},
    areaStyle: d.area ? {opacity: 0.1} : undefined, connectNulls: false, data: dotted(s.values),
    markLine: i === 0 ? marks(d) : undefined,
    markArea: i === 0 && d.areas?.length ? {
      silent: true, data: d.areas.map((a) => [{yAxis: a.from, itemStyle: {color: colour(a.color), opacity: 0.09}}, {yAxis: a.to}]),
    } : undefined,
  })),
}));

// {x: [text], series: [{name, values, color, to: [address]}], texts: [text], open: [whether it is not
// over]}: bars on top of each other, those below zero downwards; a bar leads to its address
kind('columns', (d) => ({
  ...base(),
  grid: {...base().grid, top: 34},
  legend: {
    top: 0, right: 0, type: 'scroll', icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14, selectedMode: false,
    textStyle: {color: colour('--muted'), fontSize: 12}, data: d.series.map((s) => s.name),
  },
  tooltip: {...base().tooltip, trigger: 'axis', axisPointer: {type: 'shadow'}, formatter: (p) => d.texts[p[0].dataIndex]},
  xAxis: categories(d.x),
  yAxis: values({axisLabel: {color: colour('--muted'), formatter: (n) => compact(Math.abs(n))}}),
  series: d.series.map((s) => ({
    name: s.name, type: 'bar', stack: 'all', barMaxWidth: 46, itemStyle: {color: colour(s.color)},
    data: s.values.map((value, i) => ({
      value,
      itemStyle: d.open?.[i] ? {opacity: 0.55, decal: {symbol: 'rect', dashArrayX: [1, 0], dashArrayY: [2, 5], rotation: Math.PI / 4, color: colour('--card')}} : {},
    })),
  })),
}));

// {items: [{name, value, text, color}]}: bars below each other, the first on top
kind('bars', (d) => ({
  ...base(),
  tooltip: {...base().tooltip, formatter: (p) => d.items[p.dataIndex].text},
  xAxis: values(),
  yAxis: categories(d.items.map((i) => i.name), {axis: {inverse: true, axisLabel: {color: colour('--ink'), width: 170, overflow: 'truncate'}}}),
  series: [{
    type: 'bar', barMaxWidth: 18,
    data: d.items.map((i) => ({
      value: i.value,
      label: {show: true, position: i.value < 0 ? 'left' : 'right', formatter: i.label ?? '', color: colour('--ink'), fontWeight: 600},
      itemStyle: {color: colour(i.color ?? (i.value < 0 ? '--bad' : '--good')), borderRadius: 3},
    })),
  }],
}));

// {x: [text], entered: [n], left: [n], up, down, texts}: those who came above the line, those who left below it
kind('comings', (d) => ({
  ...base(),
  grid: {...base().grid, top: 34},
  legend: {
    top: 0, right: 0, icon: 'circle', itemWidth: 8, itemHeight: 8, itemGap: 14, selectedMode: false,
    textStyle: {color: colour('--muted'), fontSize: 12}, data: [d.up, d.down],
  },
  tooltip: {...base().tooltip, trigger: 'axis', axisPointer: {type: 'shadow'}, formatter: (p) => d.texts[p[0].dataIndex]},
  xAxis: categories(d.x),
  yAxis: values({minInterval: 1, axisLabel: {color: colour('--muted'), formatter: (n) => compact(Math.abs(n))}}),
  series: [
    {name: d.up, type: 'bar', stack: 'all', barMaxWidth: 14, itemStyle: {color: colour('--accent'), borderRadius: [3, 3, 0, 0]}, data: d.entered},
    {name: d.down, type: 'bar', stack: 'all', barMaxWidth: 14, itemStyle: {color: colour('--muted'), borderRadius: [0, 0, 3, 3]}, data: d.left.map((n) => -n)},
  ],
}));

// {nodes: [{id, name, color, depth}], links: [{from, to, n, text}]}
kind('flow', (d) => ({
  ...base(),
  tooltip: {...base().tooltip, formatter: (p) => p.dataType === 'edge' ? d.links[p.dataIndex].text : d.nodes[p.dataIndex].text ?? d.nodes[p.dataIndex].name},
  series: [{
    type: 'sankey', animation: false, left: 4, right: 130, top: 8, bottom: 8, nodeWidth: 12, nodeGap: 12, draggable: false, layoutIterations: 0,
    emphasis: {focus: 'adjacency'},
    label: {color: colour('--ink'), fontSize: 12, formatter: (p) => d.nodes[p.dataIndex].name},
    lineStyle: {color: 'source', opacity: 0.28, curveness: 0.5},
    data: d.nodes.map((n) => ({name: n.id, depth: n.depth, itemStyle: {color: colour(n.color), borderWidth: 0}})),
    links: d.links.map((l) => ({source: l.from, target: l.to, value: l.n})),
  }],
}));

function data(figure) {
  const script = figure.querySelector('script[type="application/json"]');
  return script ? JSON.parse(script.textContent) : null;
}

/** Draws a figure, or draws it anew with other data. */
export async function draw(figure, given = data(figure)) {
  const option = drawers.get(figure.dataset.chart);
  const plot = figure.querySelector('.plot');
  if (!option || !plot || !given) return;
  const echarts = await load();
  let chart = drawn.get(figure)?.chart;
  if (!chart) {
    chart = echarts.init(plot, null, {renderer: 'canvas'});
    new ResizeObserver(() => chart.resize()).observe(plot);
    chart.on('finished', () => { figure.dataset.drawn = 'true'; });
    chart.on('click', (p) => {
      const to = drawn.get(figure)?.given.series?.[p.seriesIndex]?.to?.[p.dataIndex];
      if (to) location.assign(to);
    });
  }
  drawn.set(figure, {chart, given});
  delete figure.dataset.drawn;
  chart.setOption(option(given), {notMerge: true});
}

function all(within = document) {
  for (const [figure, {chart}] of drawn) {
    if (!figure.isConnected) {
      chart.dispose();
      drawn.delete(figure);
    }
  }
  const figures = within.matches?.('figure[data-chart]') ? [within] : within.querySelectorAll('figure[data-chart]');
  for (const figure of figures) if (!drawn.has(figure)) draw(figure);
}

const again = () => { for (const [figure, {given}] of drawn) draw(figure, given); };
document.addEventListener('pulso:theme', again);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', again);
window.addEventListener('beforeprint', again);
document.addEventListener('htmx:load', (e) => all(e.detail.elt));
if (document.querySelector('figure[data-chart]')) {
  requestIdleCallback ? requestIdleCallback(() => all()) : all();
}

// What the scripts of single pages use.
window.pulso = Object.assign(window.pulso ?? {}, {kind, draw, colour, base, categories, values, compact});
