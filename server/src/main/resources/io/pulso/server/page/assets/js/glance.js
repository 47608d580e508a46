// Pages that show a glance bring themselves up to date: when they are told that there is a newer
// one they ask for it and take over the parts that differ. Charts move to their new data in place.
const live = document.querySelector('[data-live]');

const isRead = (part) => part.contains(document.activeElement) && document.activeElement !== document.body;

function takeChart(old, fresh) {
  const before = old.querySelector('script');
  const after = fresh.querySelector('script');
  if (before.textContent === after.textContent) return;
  before.textContent = after.textContent;
  old.querySelector('tbody')?.replaceWith(document.importNode(fresh.querySelector('tbody'), true));
  window.pulso.draw(old, JSON.parse(after.textContent));
}

function take(fresh) {
  for (const part of fresh.querySelectorAll('[data-part]')) {
    const old = live.querySelector(`[data-part="${part.dataset.part}"]`);
    if (!old || isRead(old)) continue;
    if (old.dataset.chart) {
      takeChart(old, part);
    } else if (old.innerHTML !== part.innerHTML) {
      const open = [...old.querySelectorAll('details')].map((d) => d.open);
      const made = document.importNode(part, true);
      made.querySelectorAll('details').forEach((d, i) => { d.open = open[i] ?? false; });
      old.replaceWith(made);
    }
  }
  live.dataset.number = fresh.dataset.number;
  const subtitle = document.querySelector('.head .sub');
  if (subtitle && fresh.dataset.subtitle) subtitle.textContent = fresh.dataset.subtitle;
}

async function look() {
  const url = new URL(live.dataset.live, location.href);
  url.searchParams.set('seen', live.dataset.number);
  const answer = await fetch(url, {headers: {'HX-Request': 'true', 'X-Pulso-By-Itself': '1'}});
  if (answer.status === 401) location.reload();
  if (answer.status !== 200) return;
  const fresh = new DOMParser().parseFromString(await answer.text(), 'text/html').querySelector('[data-live]');
  if (!fresh) return;
  if (fresh.dataset.state !== live.dataset.state) location.reload();
  else take(fresh);
}

let asking = false;
let missed = false;

async function ask() {
  if (asking) {
    missed = true;
    return;
  }
  asking = true;
  missed = false;
  try {
    await look();
  } catch {
    // The server is away for a moment: it says when it is back.
  }
  asking = false;
  if (missed) ask();
}

if (live) document.body.addEventListener('pulso:news', ask);
