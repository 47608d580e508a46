// The form of a model: rules, groups and bands as fields. Each change is sent as one edit of the
// text; what the server read from the text comes back and fills the fields.
window.pulso.modelForm = (say, element, change, isWaiting) => {
  const byId = (id) => document.getElementById(id);
  const shapes = new Map();

  /** What is being written, or was not sent yet, is newer than an answer. */
  const isNewer = (field) => document.activeElement === field || isWaiting(field.closest('[data-edit]')?.dataset.edit);

  function set(field, value) {
    if (isNewer(field)) return;
    if (field.type === 'checkbox') field.checked = value !== '';
    else if (field.value !== String(value)) field.value = value;
  }

  function reach(range, value) {
    const number = Number(value);
    if (document.activeElement === range || (range.dataset.ready && number >= Number(range.min) && number <= Number(range.max))) return;
    const far = Math.max(10, Math.ceil(Math.abs(number) * 3));
    range.min = range.dataset.weight ? 0 : number < 0 ? -far : Math.min(0, Number(range.min) || 0);
    range.max = range.dataset.weight ? 100 : number < 0 ? 0 : far;
    range.step = far > 30 ? 1 : 0.5;
    range.dataset.ready = '1';
  }

  const select = (id, options) => element('select', {id}, ...options.map(([value, text]) => element('option', {value, text})));
  const input = (id, type, options = {}) => element('input', {id, type, ...(type === 'number' ? {step: 'any'} : {maxlength: 2000}), ...options});

  /** A field with its label; what it edits stands on it, so that a fault finds it. */
  function labelled(place, field, label, control, options = {}) {
    return element('div', {class: `field ${options.class ?? ''}`, 'data-edit': `${place}|${field}`}, element('label', {for: control.id, text: label}), control, ...(options.beside ?? []));
  }

  /** A field that is one value. */
  function simple(place, field, label, control, options = {}) {
    control.dataset.of = field;
    control.addEventListener(control.tagName === 'SELECT' ? 'change' : 'input', () => {
      if (options.needed && control.value === '') return;
      change(place, field, control.value);
    });
    return labelled(place, field, label, control, options);
  }

  /** A choice with a value beside it: `half_life 14`, `distinct properties.feature`, `to 40`. */
  function double(place, field, label, choices, control, alone) {
    const kind = select(`${field}-kind-${place}`, choices);
    let isHalf = false;
    const send = () => {
      control.hidden = alone.includes(kind.value);
      isHalf = !control.hidden && control.value.trim() === '';
      if (isHalf) return;
      change(place, field, control.hidden ? kind.value : `${kind.value} ${control.value.trim()}`);
    };
    kind.addEventListener('change', send);
    control.addEventListener('input', send);
    const made = labelled(place, field, label, kind, {beside: [control]});
    made.fill = (value) => {
      const [head, ...rest] = String(value).split(' ');
      if (isHalf || isNewer(control) || isNewer(kind)) return;
      set(kind, head);
      set(control, rest.join(' '));
      control.hidden = alone.includes(head);
    };
    made.dataset.double = field;
    return made;
  }

  const decay = (place, own) => double(place, 'decay', say('decay'),
    [...(own ? [['', say('as_model')]] : []), ['none', say('decay_none')], ['half_life', say('decay_half_life')], ['linear', say('decay_linear')]],
    input(`decay-days-${place}`, 'number', {min: 1, max: 3650, step: 1, 'aria-label': say('decay_days')}), ['', 'none']);

  function remover(place, name) {
    const button = element('button', {type: 'button', class: 'button quiet icon-only', 'aria-label': say('remove', {name}), title: say('remove', {name}), text: '×'});
    button.addEventListener('click', () => change(place, 'remove', ''));
    return button;
  }

  function rule(data, activity, i) {
    const place = `a${i}`;
    const number = (field, options = {}) => simple(place, field, say(field), input(`${field}-${i}`, 'number', {min: 0, ...options}));
    const worth = data.weighted ? 'weight' : 'points';
    const label = `${say(worth)}: ${activity.shown}`;
    const range = element('input', {type: 'range', 'aria-label': label, id: `range-${i}`, 'data-of': 'points'});
    if (data.weighted) range.dataset.weight = '1';
    const points = element('input', {type: 'number', step: 'any', 'aria-label': label, id: `points-${i}`, 'data-of': 'points'});
    range.addEventListener('input', () => { points.value = range.value; change(place, worth, range.value); });
    points.addEventListener('input', () => { if (points.value !== '') { reach(range, points.value); range.value = points.value; change(place, worth, points.value); } });
    const groups = [['', say('group_none')], ...data.groups.map((group) => [group.name, group.title || group.name])];
    const small = data.fit
      ? [...(data.groups.length > 0 ? [simple(place, 'group', say('part_group'), select(`group-${i}`, groups))] : [])]
      : [
        double(place, 'unit', say('unit'), [['', say('unit_occurrences')], ['numeric', say('unit_numeric')], ['distinct', say('unit_distinct')]],
          input(`unit-path-${place}`, 'text', {placeholder: 'properties.minutes', 'aria-label': say('unit_path'), spellcheck: 'false'}), ['']),
        ...(data.weighted ? [number('target')] : []),
        number('per_day'),
        ...(data.weighted ? [] : [number('per_window')]),
        ...(data.account ? [number('per_person'), simple(place, 'per', say('per'), select(`per-${i}`, ['account', 'seat', 'active_person'].map((per) => [per, say(`per_${per}`)])))] : []),
        simple(place, 'window', say('window'), input(`window-${i}`, 'number', {min: 1, max: 730, step: 1, placeholder: data.window})),
        decay(place, true),
        ...(data.groups.length > 0 ? [simple(place, 'group', say('part_group'), select(`group-${i}`, groups))] : []),
        number('goal'),
      ];
    return element('section', {class: 'rule', 'aria-label': activity.shown, 'data-place': place},
      element('header', {'data-edit': `${place}|${worth}`}, element('b', {text: activity.shown}), element('div', {class: 'worth'}, range, points), remover(place, activity.shown)),
      element('details', {}, element('summary', {}, element('code', {text: activity.match})),
        simple(place, 'title', say('rule_title'), input(`title-${i}`, 'text')),
        simple(place, 'match', say('match'), element('textarea', {rows: 2, id: `match-${i}`, spellcheck: 'false', class: 'cel'})),
        element('div', {class: 'small'}, ...small)));
  }

  function group(data, one, i) {
    const place = `g${i}`;
    return element('section', {class: 'rule', 'aria-label': one.title || one.name, 'data-place': place},
      element('header', {}, element('b', {text: one.name}), remover(place, one.name)),
      element('div', {class: 'small'},
        simple(place, 'title', say('rule_title'), input(`title-${place}`, 'text')),
        simple(place, 'min', say('group_least'), input(`min-${place}`, 'number')),
        simple(place, 'max', say('group_most'), input(`max-${place}`, 'number'))));
  }

  function band(data, one, i) {
    const place = `b${i}`;
    const dot = element('span', {class: 'dot'});
    const head = element('header', {}, element('span', {class: 'named'}, dot, element('b', {text: one.shown})));
    if (!data.own_bands) return element('section', {class: 'rule', 'data-place': place}, head, element('p', {class: 'muted', text: one.meaning}));
    if (data.bands.length > 1) head.append(remover(place, one.shown));
    const bound = one.open
      ? element('p', {class: 'muted', text: say('band_open')})
      : double(place, 'bound', say('band_bound'), [['to', say('band_to')], ['below', say('band_below')]], input(`bound-${place}`, 'number', {'aria-label': say('band_bound')}), []);
    const engaged = element('input', {type: 'checkbox', id: `engaged-${place}`, 'data-of': 'engaged'});
    engaged.addEventListener('change', () => change(place, 'engaged', engaged.checked ? '1' : ''));
    return element('section', {class: 'rule', 'aria-label': one.shown, 'data-place': place}, head,
      element('details', {}, element('summary', {}, element('code', {text: one.id})),
        element('div', {class: 'small'},
          simple(place, 'title', say('rule_title'), input(`title-${place}`, 'text')),
          bound,
          simple(place, 'id', say('band_id'), input(`id-${place}`, 'text', {maxlength: 64, spellcheck: 'false'}), {needed: true}),
          simple(place, 'color', say('colour'), input(`color-${place}`, 'text', {maxlength: 30, spellcheck: 'false', placeholder: '#2e7d32'}))),
        simple(place, 'meaning', say('meaning'), element('textarea', {rows: 2, id: `meaning-${place}`})),
        simple(place, 'advice', say('advice'), element('textarea', {rows: 2, id: `advice-${place}`})),
        element('label', {class: 'check', for: engaged.id}, engaged, element('span', {text: say('engaged')}))));
  }

  function fill(card, data) {
    for (const field of card.querySelectorAll('[data-of]')) {
      const value = data[field.dataset.of];
      if (field.type === 'range' && !isNewer(field)) reach(field, value);
      set(field, value);
    }
    for (const field of card.querySelectorAll('[data-double]')) field.fill(data[field.dataset.double]);
    const title = card.querySelector('header b');
    if (data.shown !== undefined) title.textContent = data.shown;
    const dot = card.querySelector('.dot');
    if (dot) dot.style.color = data.tone.startsWith('--') ? `var(${data.tone})` : data.tone;
    const code = card.querySelector('summary code');
    if (code) code.textContent = data.match ?? data.id;
  }

  /** Fills a list of cards; it is made anew where there are others than before. */
  function list(id, all, shape, make) {
    const box = byId(id);
    const now = JSON.stringify(shape);
    if (shapes.get(id) !== now) {
      shapes.set(id, now);
      const open = new Set([...box.querySelectorAll('details[open]')].map((each) => each.closest('.rule').dataset.place));
      box.replaceChildren(...all.map(make));
      for (const each of box.querySelectorAll('details')) each.open = open.has(each.closest('.rule').dataset.place);
    }
    all.forEach((one, i) => fill(box.children[i], one));
  }

  const half = decay('', false);
  byId('model-decay').append(half);
  byId('model-window').addEventListener('input', (e) => { if (e.target.value !== '') change('', 'window', e.target.value); });
  byId('model-window').closest('.field').dataset.edit = '|window';

  function show(data) {
    set(byId('model-window'), data.window);
    half.fill(data.decay);
    byId('model-window').closest('.frame-fields').hidden = data.fit;
    const groups = data.groups.map((one) => [one.name, one.title]);
    list('rules', data.activities, [data.weighted, data.account, data.window, groups, data.activities.map((a) => a.name)], (one, i) => rule(data, one, i));
    byId('group-part').hidden = data.weighted;
    list('groups', data.groups, data.groups.map((one) => one.name), (one, i) => group(data, one, i));
    list('bands', data.bands, [data.own_bands, data.bands.map((one) => one.open)], (one, i) => band(data, one, i));
    byId('own-bands').hidden = data.own_bands;
    byId('add-band').hidden = !data.own_bands;
    byId('usual-bands').hidden = !data.own_bands;
  }

  /** Shows at a field that it made the text wrong; nothing where the text is right. */
  function fault(edit, what) {
    document.querySelectorAll('.edit-fault').forEach((each) => each.remove());
    document.querySelectorAll('#form-card [aria-invalid]').forEach((each) => each.removeAttribute('aria-invalid'));
    const place = edit && document.querySelector(`[data-edit="${CSS.escape(edit)}"]`);
    if (!place) return;
    place.querySelectorAll('input,textarea,select').forEach((each) => each.setAttribute('aria-invalid', 'true'));
    const said = element('span', {class: 'error edit-fault', role: 'alert', text: what});
    if (place.tagName === 'HEADER') place.after(said); else place.append(said);
  }

  for (const [id, edit] of [['own-bands', 'own_bands'], ['usual-bands', 'usual_bands'], ['add-band', 'add_band']]) {
    byId(id).addEventListener('click', () => change('', edit, ''));
  }
  byId('add-group').addEventListener('submit', (e) => {
    e.preventDefault();
    const name = byId('add-group-name').value.trim().toLowerCase().replace(/[^a-z0-9_-]+/g, '_').replace(/^[_-]+/, '').slice(0, 60);
    if (name) change('', 'add_group', name);
    byId('add-group-name').value = '';
  });
  return {show, fault};
};
