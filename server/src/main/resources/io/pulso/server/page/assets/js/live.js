// While somebody looks at a page with a live part, one stream says when there is something newer;
// the part then asks for it. Where no stream is to be had, it is asked again and again, slowly.
const SLOW = 15_000;
const RETRY = 60_000;
const what = document.querySelector('[data-live]') ? 'board' : 'records';
let source = null;
let timer = 0;

const tell = () => document.body.dispatchEvent(new CustomEvent('pulso:news'));

function slowly(wanted) {
  clearInterval(timer);
  timer = wanted ? setInterval(tell, SLOW) : 0;
}

function close() {
  source?.close();
  source = null;
}

function open() {
  if (source || document.hidden) return;
  source = new EventSource(`/live/${what}`);
  source.onopen = () => { slowly(false); tell(); };
  source.addEventListener('news', tell);
  source.onerror = () => {
    slowly(true);
    // The browser comes back by itself where the line was cut, but not where it was refused.
    if (source?.readyState !== EventSource.CLOSED) return;
    close();
    tell();
    setTimeout(open, RETRY);
  };
}

document.addEventListener('visibilitychange', () => {
  if (document.hidden) {
    close();
    slowly(false);
  } else {
    open();
  }
});
addEventListener('pagehide', close);
addEventListener('pageshow', (e) => { if (e.persisted) open(); });
open();
