// The form of a segment: what is picked is added to the condition as CEL.
const form = document.getElementById('segment-form');
const when = document.getElementById('when');
const rule = document.getElementById('rule');

const text = (value) => JSON.stringify(value);
const literal = (value) => /^-?\d+(\.\d+)?$/.test(value) || value === 'true' || value === 'false' ? value : text(value);
const place = (root, name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name) ? `${root}.${name}` : `${root}[${text(name)}]`;

function condition(kind, part) {
  switch (kind) {
    case 'trait':
    case 'account': {
      if (!part.name) return '';
      const at = place(kind === 'trait' ? 'traits' : 'account', part.name);
      return part.test === 'has' ? `has(${at})` : `${at} ${part.test} ${literal(part.value)}`;
    }
    case 'count': return part.name ? `count(${text(part.name)}, "${part.within}d") ${part.test} ${part.value || 0}` : '';
    case 'since': return part.name ? `days_since(${text(part.name)}) ${part.test} ${part.value || 0}` : '';
    case 'score': return `score ${part.test} ${part.value || 0}`;
    case 'band': return `band == ${text(part.value)}`;
    default: return '';
  }
}

form?.addEventListener('click', (e) => {
  const row = e.target.closest('button')?.closest('[data-add]');
  if (!row) return;
  const part = Object.fromEntries([...row.querySelectorAll('[data-part]')].map((field) => [field.dataset.part, field.value.trim()]));
  const added = condition(row.dataset.add, part);
  if (!added) {
    row.querySelector('[data-part]').focus();
    return;
  }
  const before = when.value.trim();
  const alone = before.includes('||') ? `(${before})` : before;
  when.value = before ? `${alone} && ${added}` : added;
  when.dispatchEvent(new Event('input', {bubbles: true}));
});

function show() {
  rule.hidden = form.elements.how.value === 'list';
  when.required = !rule.hidden;
}
form?.addEventListener('change', show);
if (form) show();
