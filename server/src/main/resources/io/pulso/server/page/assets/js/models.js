// The editor of a model and the proposal of a first one. What is typed or dragged is sent to the
// server, which answers with faults, the form, and what would change for everybody. Answers are
// written as text, never as HTML.
const {post, kind, draw, colour, base, categories, values} = window.pulso;
const byId = (id) => document.getElementById(id);

// {bins: [{label, n, was, text, color}]}: bars after, a line before
kind('compare', (d) => ({
  ...base(),
  animation: false,
  tooltip: {...base().tooltip, trigger: 'axis', axisPointer: {type: 'shadow'}, formatter: (p) => d.bins[p[0].dataIndex].text},
  xAxis: categories(d.bins.map((b) => b.label), {axisLabel: {interval: 'auto'}}),
  yAxis: values(),
  series: [
    {type: 'bar', barCategoryGap: '12%', data: d.bins.map((b) => ({value: b.n, itemStyle: {color: colour(b.color), borderRadius: [3, 3, 0, 0]}}))},
    {type: 'line', step: 'middle', symbol: 'none', lineStyle: {color: colour('--ink-2'), width: 1.5, type: 'dashed'}, data: d.bins.map((b) => b.was)},
  ],
}));

// As `flow`, for a small place: bands on both sides, with room for their names.
kind('migration', (d) => ({
  ...base(),
  animation: false,
  tooltip: {...base().tooltip, formatter: (p) => p.dataType === 'edge' ? d.links[p.dataIndex].text : d.nodes[p.dataIndex].name},
  series: [{
    type: 'sankey', left: 4, right: 160, top: 6, bottom: 6, nodeWidth: 12, nodeGap: 12, draggable: false, layoutIterations: 0,
    emphasis: {focus: 'adjacency'},
    label: {color: colour('--ink'), fontSize: 12, formatter: (p) => d.nodes[p.dataIndex].name},
    lineStyle: {color: 'source', opacity: 0.28, curveness: 0.5},
    data: d.nodes.map((n) => ({name: n.id, depth: n.depth, itemStyle: {color: colour(n.color), borderWidth: 0}})),
    links: d.links.map((l) => ({source: l.from, target: l.to, value: l.n})),
  }],
}));

function element(tag, options = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(options)) {
    if (name === 'text') made.textContent = value;
    else if (name === 'class') made.className = value;
    else made.setAttribute(name, value);
  }
  made.append(...children);
  return made;
}

// A cell is [text, is it a number, where it leads]; pages open beside what is not saved yet.
const cells = (row) => row.map(([text, number, href]) => href
  ? element('td', {}, element('a', {text, href, target: '_blank', rel: 'noopener'}))
  : element('td', number ? {text, class: 'num'} : {text}));
const mover = (row) => [[row.who, false, row.href], [row.was, true], [row.is, true], [row.change, true]];

function rows(body, all, none) {
  body.replaceChildren(...all.map((row) => element('tr', {}, ...cells(row))));
  if (all.length === 0 && none) body.append(element('tr', {}, element('td', {text: none, class: 'muted', colspan: '4'})));
}

/** Asks again and again, one request at a time, always with the newest. */
function latest(send) {
  let busy = false;
  let again = false;
  return async function ask() {
    if (busy) { again = true; return; }
    busy = true;
    try {
      await send();
    } finally {
      busy = false;
      if (again) { again = false; ask(); }
    }
  };
}

function editor(root) {
  const words = JSON.parse(byId('editor-words').textContent);
  const say = (key, parts = {}) => words[key].replace(/\{(\w+)\}/g, (all, name) => parts[name] ?? all);
  const at = `/models/${encodeURIComponent(root.dataset.name)}`;
  const area = byId('text');
  const edits = new Map();
  let saved = root.dataset.hash;
  let hash = saved;
  let wrong = '';
  let wantsRead = false;
  let flow = '';
  let timer;
  let leaving = false;

  const ask = latest(async () => {
    const sent = area.value;
    const mine = [...edits];
    const body = new URLSearchParams({text: sent});
    for (const [, edit] of mine) {
      body.append('at', edit.at);
      body.append('field', edit.field);
      body.append('value', edit.value);
    }
    if (wantsRead) body.append('read', '1');
    if (flow) body.append('flow', flow);
    wantsRead = false;
    byId('tried-title').closest('.tried').classList.add('waits');
    let answer;
    try {
      const response = await post(`${at}/try`, body);
      if (!response.ok) throw new Error(response.status);
      answer = await response.json();
    } catch {
      byId('tried-said').textContent = say('whatif_failed');
      // What is not in the text yet is sent again.
      if (edits.size > 0) later(2_000);
      return;
    } finally {
      byId('tried-title').closest('.tried').classList.remove('waits');
    }
    if (area.value !== sent) { ask(); return; }
    for (const [key, edit] of mine) if (edits.get(key) === edit) edits.delete(key);
    if (answer.text !== sent) {
      const {scrollTop, selectionStart, selectionEnd} = area;
      area.value = answer.text;
      area.setSelectionRange(selectionStart, selectionEnd);
      area.scrollTop = scrollTop;
    }
    hash = answer.hash;
    show(answer);
  });

  const later = (wait) => { clearTimeout(timer); timer = setTimeout(ask, wait); };

  /** Waits until the text has all that was changed in the form. */
  async function settled() {
    while (edits.size > 0) await new Promise((done) => { setTimeout(done, 30); });
  }

  function change(place, field, value) {
    edits.set(`${place}|${field}`, {at: place, field, value});
    ask();
  }

  const form = window.pulso.modelForm(say, element, change, (edit) => edits.has(edit));

  function show(answer) {
    mark();
    const told = byId('told');
    told.textContent = answer.refused ? say('no_edit') : answer.told;
    told.className = `told ${answer.refused || answer.faults.length ? 'bad' : answer.warnings.length ? 'warn' : 'good'}`;
    notes(answer);
    lines(answer);
    if (answer.form) form.show(answer.form);
    wrong = answer.faults.length === 0 ? '' : answer.wrong || wrong;
    form.fault(wrong, answer.faults[0]?.what);
    whatIf(answer.whatif);
  }

  function mark() {
    byId('saved').textContent = hash === saved && edits.size === 0 ? '' : say('unsaved');
  }

  function notes(answer) {
    const item = (kindOf) => (note) => {
      const go = element('button', {type: 'button', text: say('line', {number: note.line})});
      go.addEventListener('click', () => goTo(note.line));
      return element('li', {class: kindOf}, go, element('span', {text: note.what}));
    };
    byId('notes').replaceChildren(...answer.faults.map(item('bad')), ...answer.warnings.map(item('warn')));
  }

  function goTo(line) {
    const all = area.value.split('\n');
    const start = all.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
    area.focus();
    area.setSelectionRange(start, start + (all[line - 1]?.length ?? 0));
    area.scrollTop = Math.max(0, (line - 6) * parseFloat(getComputedStyle(area).lineHeight));
  }

  function lines(answer) {
    const wrong = new Set(answer.faults.map((note) => note.line));
    const warned = new Set(answer.warnings.map((note) => note.line));
    const count = area.value.split('\n').length;
    byId('lines').replaceChildren(...Array.from({length: count}, (_, i) =>
      element('div', {text: i + 1, class: wrong.has(i + 1) ? 'bad' : warned.has(i + 1) ? 'warn' : ''})));
    scrolled();
  }

  function scrolled() { byId('lines').scrollTop = area.scrollTop; }

  function whatIf(data) {
    const said = byId('tried-said');
    const read = byId('read');
    read.hidden = data.state !== 'unread';
    switch (data.state) {
      case 'fault': said.textContent = say('whatif_fault'); break;
      case 'refused': said.textContent = data.what; break;
      case 'unread': said.textContent = say('unread'); break;
      case 'reading':
        said.textContent = data.told;
        later(700);
        break;
      default:
        said.textContent = `${data.changed} · ${data.bands}`;
        byId('tried-charts').hidden = false;
        draw(byId('spread'), data.histogram);
        if (data.flow.links.length > 0) draw(byId('flow'), data.flow).then(() => pressed(data.flow.links));
        rows(byId('matrix'), data.matrix.map((row) => [[row.band], [row.was, true], [row.is, true], [row.change, true]]));
        for (const side of ['up', 'down']) {
          rows(byId(side), data[side].map(mover), data.hidden ? say('hidden') : say('nobody'));
        }
        flows(data);
    }
  }

  /** The ways between bands as buttons, and who goes the chosen one. */
  function flows(data) {
    byId('flow-card').hidden = data.flows.length === 0;
    if (!data.flows.some((one) => one.key === flow)) flow = '';
    const focused = document.activeElement?.dataset.flow;
    byId('flows').replaceChildren(...data.flows.map((one) => {
      const button = element('button', {type: 'button', class: 'button', 'data-flow': one.key, 'aria-pressed': String(one.key === flow), text: one.text});
      button.disabled = data.hidden;
      button.addEventListener('click', () => choose(one.key));
      return button;
    }));
    if (focused) byId('flows').querySelector(`[data-flow="${focused}"]`)?.focus();
    const shown = data.members && data.members.key === flow ? data.members : null;
    byId('flow-table').hidden = !shown;
    byId('flow-told').textContent = shown?.told ?? (data.hidden ? say('hidden') : '');
    rows(byId('flow-rows'), (shown?.rows ?? []).map(mover), say('nobody'));
  }

  /** A way that is pressed in the chart is chosen as by its button. */
  function pressed(links) {
    const chart = window.echarts?.getInstanceByDom(byId('flow').querySelector('.plot'));
    chart?.off('click');
    chart?.on('click', (p) => {
      const link = p.dataType === 'edge' && links[p.dataIndex];
      const key = link && `${link.from.slice(1)}-${link.to.slice(1)}`;
      if (key && byId('flows').querySelector(`[data-flow="${key}"]`)) choose(key);
    });
  }

  function choose(key) {
    flow = key === flow ? '' : key;
    ask();
  }

  async function save(over) {
    await settled();
    const response = await post(`${at}/draft`, {text: area.value, hash: over ?? saved}).catch(() => null);
    const answer = response?.ok ? await response.json() : null;
    const told = byId('saved');
    if (!answer) { told.textContent = say('whatif_failed'); return false; }
    byId('conflict').hidden = answer.theirs === undefined;
    if (answer.saved) {
      saved = answer.hash;
      hash = answer.hash;
      told.textContent = say('saved');
      return true;
    }
    if (answer.theirs !== undefined) {
      byId('theirs').onclick = () => {
        area.value = answer.theirs;
        saved = answer.hash;
        byId('conflict').hidden = true;
        ask();
      };
      byId('mine').onclick = () => save(answer.hash);
      byId('conflict').scrollIntoView({block: 'center'});
    } else if (answer.renamed) {
      told.textContent = answer.renamed;
    } else {
      ask();
    }
    return false;
  }

  area.addEventListener('input', () => { byId('saved').textContent = say('unsaved'); later(120); });
  area.addEventListener('scroll', scrolled);
  area.addEventListener('keydown', (e) => {
    if (e.key === 's' && (e.ctrlKey || e.metaKey)) { e.preventDefault(); save(); }
  });
  byId('add').addEventListener('submit', (e) => {
    e.preventDefault();
    const event = byId('add-event').value.trim();
    if (!event) return;
    const name = event.toLowerCase().replace(/[^a-z0-9]+/g, '_').replace(/^_+|_+$/g, '').slice(0, 48) || 'event';
    const quote = (text) => `'${text.replaceAll("'", "''")}'`;
    change('', 'add', `{name: ${quote(name)}, title: ${quote(event)}, match: ${quote(`event == ${JSON.stringify(event)}`)}, points: 1}`);
    byId('add-event').value = '';
  });
  byId('save').addEventListener('click', () => save());
  byId('read').addEventListener('click', () => { wantsRead = true; ask(); });
  byId('to-publish')?.addEventListener('click', async () => {
    if (hash === saved && edits.size === 0 || await save()) {
      byId('publish').querySelector('[name=hash]').value = saved;
      byId('publish').showModal();
    }
  });
  byId('publish')?.querySelector('form').addEventListener('submit', () => { leaving = true; });
  window.addEventListener('beforeunload', (e) => { if (!leaving && hash !== saved) e.preventDefault(); });
  byId('csv')?.addEventListener('submit', (e) => {
    e.target.elements.text.value = area.value;
    leaving = true;
    setTimeout(() => { leaving = false; }, 2000);
  });
  byId('run').addEventListener('click', async () => {
    await settled();
    const response = await post(`${at}/tests`, {text: area.value}).catch(() => null);
    const answer = response?.ok ? await response.json() : {told: say('whatif_failed')};
    byId('tests-told').textContent = answer.told;
    byId('tests').replaceChildren(...(answer.tests ?? []).map((test) =>
      element('li', {class: test.passed ? 'good' : 'bad'},
        element('span', {class: 'mark', text: test.passed ? '✓' : '✗'}),
        element('span', {text: test.what ? `${test.name}: ${test.what}` : test.name}))));
  });
  ask();
}

function starter(root) {
  const show = (data) => {
    draw(byId('spread'), data.histogram);
    byId('median').textContent = data.median;
    byId('top').textContent = data.top;
    byId('median-kept').className = data.median_kept ? '' : 'not';
    byId('top-kept').className = data.top_kept ? '' : 'not';
    rows(byId('bands'), data.bands.map((row) => [[row.band], [row.share, true]]));
    byId('shortfalls').replaceChildren(...data.shortfalls.map((text) => element('li', {text})));
  };
  const ask = latest(async () => {
    const response = await post('/models/-propose/preview', new URLSearchParams(new FormData(root))).catch(() => null);
    if (response?.ok) show(await response.json());
  });
  root.addEventListener('input', (e) => {
    const range = e.target.dataset.worth;
    if (range) byId(range).value = e.target.value;
    else if (e.target.type === 'number') root.querySelector(`[data-worth="${CSS.escape(e.target.id)}"]`).value = e.target.value;
    else if (e.target.type === 'checkbox') e.target.closest('.rule-row').classList.toggle('off', !e.target.checked);
    ask();
  });
  show(JSON.parse(byId('preview').textContent));
}

if (byId('editor')) editor(byId('editor'));
if (byId('starter')) starter(byId('starter'));
