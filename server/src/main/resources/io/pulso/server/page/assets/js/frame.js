// What every page does: theme, keys, dialogs, tokens of forms, sending dates of fields.
const root = document.documentElement;
const csrf = () => document.querySelector('meta[name=csrf]')?.content ?? '';

htmx.config.allowEval = false;
htmx.config.includeIndicatorStyles = false;
htmx.config.selfRequestsOnly = true;
htmx.config.historyCacheSize = 0;
htmx.config.responseHandling = [
  {code: '204', swap: false},
  {code: '[23]..', swap: true},
  {code: '422', swap: true},
  {code: '[45]..', swap: true, error: true},
];

document.addEventListener('htmx:configRequest', (e) => { e.detail.headers['X-CSRF'] = csrf(); });

/** Sends a form's fields to an address of these pages. */
export function post(path, fields = {}) {
  return fetch(path, {
    method: 'POST',
    headers: {'X-CSRF': csrf(), 'Content-Type': 'application/x-www-form-urlencoded', 'HX-Request': 'true'},
    body: new URLSearchParams(fields),
  });
}

function isDark() {
  const theme = root.dataset.theme;
  return theme === 'dark' || (theme === 'system' && matchMedia('(prefers-color-scheme: dark)').matches);
}

document.addEventListener('click', (e) => {
  const button = e.target.closest('[data-act]');
  if (!button) return;
  switch (button.dataset.act) {
    case 'theme': {
      const theme = isDark() ? 'light' : 'dark';
      root.dataset.theme = theme;
      document.dispatchEvent(new Event('pulso:theme'));
      if (csrf()) post('/me/theme', {theme});
      break;
    }
    case 'copy': {
      const text = document.getElementById(button.dataset.of)?.textContent ?? button.dataset.text ?? '';
      navigator.clipboard?.writeText(text).then(() => {
        const label = button.querySelector('[data-label]');
        if (!label) return;
        const before = label.textContent;
        label.textContent = button.dataset.done ?? before;
        setTimeout(() => { label.textContent = before; }, 1600);
      });
      break;
    }
    case 'open': document.getElementById(button.dataset.of)?.showModal(); break;
    case 'close': button.closest('dialog')?.close(); break;
    case 'print': window.print(); break;
  }
});

// A changed select or date sends its form at once where the page wishes it.
document.addEventListener('change', (e) => {
  if (e.target.matches('[data-send]')) e.target.form?.requestSubmit();
});

document.addEventListener('keydown', (e) => {
  const typing = e.target.closest('input, textarea, select, [contenteditable]');
  const search = document.getElementById('search');
  if (e.key === '/' && !typing && search) {
    e.preventDefault();
    search.focus();
  }
  if (e.key === 'Escape' && e.target === search) {
    search.value = '';
    document.getElementById('found').replaceChildren();
    search.blur();
  }
  if ((e.key === 'ArrowDown' || e.key === 'ArrowUp') && e.target.closest('.bar .search')) {
    const links = [...document.querySelectorAll('#found a')];
    if (links.length === 0) return;
    e.preventDefault();
    const at = links.indexOf(document.activeElement) + (e.key === 'ArrowDown' ? 1 : -1);
    (links[at] ?? search).focus();
  }
});
document.addEventListener('click', (e) => {
  if (!e.target.closest('.bar .search')) document.getElementById('found')?.replaceChildren();
});

window.pulso = Object.assign(window.pulso ?? {}, {post});
