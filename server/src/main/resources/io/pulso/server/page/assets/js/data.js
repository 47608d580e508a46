// The pages on data: the live stream that can be paused, and files that are sent.
const MOST = 300;
let paused = false;
let asking = false;
let missed = false;

const waits = (e) => ['live-poll', 'start-wait'].includes(e.detail.requestConfig?.elt.id);
const ask = () => document.body.dispatchEvent(new CustomEvent('pulso:news'));

document.addEventListener('click', (e) => {
  const button = e.target.closest('[data-live=pause]');
  if (!button) return;
  paused = !paused;
  button.setAttribute('aria-pressed', String(paused));
  if (!paused) ask();
});

// Nothing is asked for while the stream is paused or nobody looks, nor twice at once.
document.addEventListener('htmx:beforeRequest', (e) => {
  if (!waits(e)) return;
  if (paused || asking || document.visibilityState === 'hidden') {
    missed ||= asking;
    e.preventDefault();
  } else {
    asking = true;
    missed = false;
  }
});

document.addEventListener('htmx:afterRequest', (e) => {
  if (!waits(e)) return;
  asking = false;
  // The part that asked has been replaced when this is seen.
  if (missed) setTimeout(ask);
});

document.addEventListener('htmx:oobBeforeSwap', (e) => {
  if (e.detail.target.id !== 'live-rows') return;
  for (const row of e.detail.fragment.querySelectorAll('li')) row.classList.add('new');
});

document.addEventListener('htmx:oobAfterSwap', (e) => {
  if (e.detail.target.id !== 'live-rows') return;
  const rows = document.getElementById('live-rows');
  while (rows.children.length > MOST) rows.lastElementChild.remove();
});

/** Sends a file as it is, its options in the address, and shows the list that comes back. */
function upload(form) {
  const file = form.querySelector('input[type=file]').files[0];
  if (!file) return;
  const address = new URLSearchParams({name: file.name});
  for (const [name, value] of new FormData(form)) {
    if (typeof value === 'string' && value !== '') address.set(name, value);
  }
  const bar = form.querySelector('progress');
  const button = form.querySelector('button.primary');
  const request = new XMLHttpRequest();
  request.open('POST', `${form.dataset.upload}?${address}`);
  request.setRequestHeader('X-CSRF', document.querySelector('meta[name=csrf]').content);
  request.setRequestHeader('HX-Request', 'true');
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  bar.hidden = false;
  button.disabled = true;
  request.upload.onprogress = (e) => { if (e.lengthComputable) bar.value = (100 * e.loaded) / e.total; };
  request.onloadend = () => {
    bar.hidden = true;
    bar.value = 0;
    button.disabled = false;
    if (request.status === 200) form.reset();
    // The server wrote this part as it writes pages, texts of files are escaped in it.
    if (request.responseText) htmx.swap(form.dataset.shows, request.responseText, {swapStyle: request.status < 400 || request.status === 422 ? 'outerHTML' : 'afterbegin'});
  };
  request.send(file);
}

document.addEventListener('submit', (e) => {
  if (!e.target.matches('[data-upload]')) return;
  e.preventDefault();
  upload(e.target);
});

for (const kind of ['dragover', 'dragleave', 'drop']) {
  document.addEventListener(kind, (e) => {
    const place = e.target.closest?.('.drop');
    if (!place) return;
    e.preventDefault();
    place.classList.toggle('over', kind === 'dragover');
    if (kind === 'drop' && e.dataTransfer.files.length) place.querySelector('input').files = e.dataTransfer.files;
  });
}
