/*! pulso.js, Apache-2.0. What it does and how to use it: docs/browser.md */
(() => {
  'use strict';
  const early = window.pulso;
  const script = document.currentScript || document.querySelector('script[data-key][src*="pulso.js"]');
  if (!script || (early && early.version)) {
    return;
  }
  if (!script.dataset.key) {
    console.warn('pulso.js: the attribute data-key is missing');
    return;
  }
  const VERSION = '1';
  const SESSION = 30 * 60e3; // a longer pause begins a new session
  const IDLE = 30e3; // so long after the last sign of life somebody is still taken to look
  const OLDEST = 7 * 24 * 3600e3; // what is older is refused by the server
  const BEAT = 'Time Spent'; // begins no session
  const MOST = 200; // events that wait to be sent
  const CHUNK = 20e3; // characters of one request; browsers send 64 KB when a page is left

  const options = script.dataset;
  const key = options.key;
  const url = (options.host || new URL('.', script.src).href).replace(/\/+$/, '') + '/v1/batch';
  const name = 'pulso.' + key;
  const own = name + '.' + random();
  const asked = 'consent' in options;
  const category = options.consent || 'Analytics';
  const refused =
    navigator.globalPrivacyControl === true || navigator.doNotTrack === '1' || window.doNotTrack === '1';

  let me = {}; // a: anonymous id, u: user, g: group, s: session, t: last sign of life, c: consent, x: opted out
  let held = []; // events before consent
  let queue = []; // events to be sent
  let token; // proof of who the user is
  let path; // of the page that is shown
  let here = {}; // the page that is shown
  let from = document.referrer;
  let spent = 0;
  let seen = 0; // the last sign of life on this page; 0 while it is hidden
  let sending = false;
  let failures = 0;
  let timer = 0;
  let parked = false; // whether the queue is in storage too

  // Storage, which may be forbidden, full or absent.

  function storage(work) {
    try {
      return options.storage === 'none' ? null : work(window.localStorage);
    } catch (e) {
      return null;
    }
  }
  const load = (at) => storage((all) => JSON.parse(all.getItem(at)));
  const save = (at, value) => storage((all) => all.setItem(at, JSON.stringify(value)));
  const drop = (at) => storage((all) => all.removeItem(at));
  const kept = () => storage((all) => Object.keys(all).filter((at) => at.startsWith(name + '.'))) || [];

  function cookie(value, seconds) {
    if ('cookie' in options) {
      document.cookie =
        'pulso_id=' + value + ';path=/;samesite=lax;max-age=' + seconds +
        (options.cookie && ';domain=' + options.cookie) + (location.protocol === 'https:' ? ';secure' : '');
    }
  }

  function random() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => (b + 256).toString(16).slice(1)).join('');
  }

  // Who it is.

  const agreed = () => !refused && (asked ? (me.c || {})[category] === true : !me.x);

  /** What other tabs wrote meanwhile counts. */
  function recall() {
    const stored = load(name);
    me = stored && typeof stored === 'object' && !refused ? stored : me;
  }

  function remember() {
    if (agreed()) {
      const told = 'cookie' in options && /(?:^|; )pulso_id=([\w-]{8,64})/.exec(document.cookie);
      me.a = me.renew ? random() : (told && told[1]) || me.a || random();
      delete me.renew;
      save(name, me);
      cookie(me.a, 31536e3);
    }
  }

  /** Somebody else sits here from now on. */
  function renew() {
    me = { c: me.c, x: me.x, renew: true };
  }

  function forget() {
    me = {};
    held = [];
    queue = [];
    kept().concat(name).forEach(drop);
    cookie('', 0);
  }

  function session(now) {
    const first = !me.s || now - me.t > SESSION;
    if (first) {
      me.s = now;
    }
    me.t = Math.max(now, me.t || 0);
    return first;
  }

  // Events.

  function where() {
    return {
      url: location.href.split('hash' in options ? '\n' : '#')[0],
      path: location.pathname,
      search: location.search,
      title: document.title,
      referrer: from,
    };
  }

  function campaign() {
    const found = {};
    new URLSearchParams(location.search).forEach((value, at) => {
      if (at.startsWith('utm_')) {
        found[at === 'utm_campaign' ? 'name' : at.slice(4)] = value;
      }
    });
    return Object.keys(found).length ? found : undefined;
  }

  function send(type, fields, page) {
    const now = Date.now();
    const event = {
      type,
      messageId: random(),
      timestamp: new Date(now).toISOString(),
      context: { page: page || where(), campaign: campaign() },
      ...fields,
    };
    recall();
    if (agreed()) {
      admit(event, now);
    } else if (asked && !refused && !me.c) {
      held.push([event, now]);
      held = held.slice(-MOST);
    }
  }

  function admit(event, now) {
    if (event.event !== BEAT && session(now)) {
      event.context.sessionStart = true;
    }
    remember();
    event.anonymousId = me.a;
    event.userId = me.u;
    Object.assign(event.context, {
      sessionId: me.s,
      groupId: me.g,
      consent: me.c && { categoryPreferences: me.c },
    });
    queue.push(JSON.stringify(event));
    queue = queue.slice(-MOST);
    if (failures) {
      park();
    }
    later();
  }

  // Sending: soon, again after a pause when it failed, by beacon when the page is left.

  function later() {
    timer = timer || setTimeout(flush, failures ? Math.min(2 ** failures, 300) * 500 * (1 + Math.random()) : 1e3);
  }

  function park() {
    save(own, queue);
    parked = true;
  }

  function adopt() {
    kept().forEach((at) => storage(() => {
      const old = at === own ? [] : load(at);
      at === own || drop(at);
      const fresh = old.filter((text) => Date.now() - Date.parse(JSON.parse(text).timestamp) < OLDEST);
      queue = fresh.concat(queue).slice(-MOST);
    }));
    if (queue.length) {
      later();
    }
  }

  function chunk() {
    let count = 1;
    for (let size = queue[0].length; count < queue.length; count++) {
      size += queue[count].length;
      if (size > CHUNK) {
        break;
      }
    }
    return queue.splice(0, count);
  }

  function body(events) {
    const context = JSON.stringify({
      library: { name: 'pulso.js', version: VERSION },
      userAgent: navigator.userAgent,
      locale: navigator.language,
      timezone: Intl.DateTimeFormat().resolvedOptions().timeZone,
      screen: { width: screen.width, height: screen.height },
      userToken: token,
    });
    return '{"writeKey":' + JSON.stringify(key) + ',"sentAt":"' + new Date().toISOString() +
      '","context":' + context + ',"batch":[' + events.join() + ']}';
  }

  function flush() {
    clearTimeout(timer);
    timer = 0;
    if (sending || !queue.length) {
      return;
    }
    if (navigator.onLine === false) {
      failures = failures || 1;
      park();
      return; // until the browser says that it is online
    }
    const events = chunk();
    const text = body(events);
    sending = true;
    fetch(url, {
      method: 'POST',
      body: text,
      headers: { 'Content-Type': 'text/plain' },
      credentials: 'omit',
      keepalive: new Blob([text]).size < 60e3, // browsers allow 64 KB
    })
      .then((answer) => {
        if (answer.status === 408 || answer.status === 429 || answer.status >= 500) {
          throw answer;
        }
        if (!answer.ok) {
          console.warn('pulso.js: ' + answer.status + ', see ' + url);
        }
        failures = 0;
      })
      .catch(() => {
        failures++;
        queue = agreed() ? events.concat(queue).slice(-MOST) : [];
      })
      .then(() => {
        sending = false;
        if (queue.length) {
          (failures || parked) && park();
          later();
        } else if (parked) {
          parked = false;
          drop(own);
        }
      });
  }

  function leave() {
    lived();
    timeSpent();
    seen = 0;
    while (queue.length && !failures && navigator.onLine !== false) {
      const events = chunk();
      if (!navigator.sendBeacon(url, body(events))) {
        queue = events.concat(queue);
        break;
      }
    }
    if (queue.length) {
      park();
    } else if (parked) {
      parked = false;
      drop(own);
    }
  }

  // What is seen by itself.

  function lived() {
    const now = Date.now();
    if (seen) {
      spent += Math.min(Math.max(now - seen, 0), IDLE);
    }
    seen = document.visibilityState === 'hidden' ? 0 : now;
    if (agreed() && me.s && now - me.t > 10e3 && now - me.t <= SESSION) {
      recall();
      me.t = now;
      save(name, me);
    }
  }

  function timeSpent() {
    const seconds = Math.round(spent / 1e3);
    if (options.time !== 'off' && seconds && path) {
      spent = 0;
      track(BEAT, { seconds, minutes: +(seconds / 60).toFixed(3), path: here.path }, here);
    }
  }

  const route = () => location.pathname + ('hash' in options ? location.hash : '');

  function moved() {
    setTimeout(() => {
      if (route() !== path) {
        from = here.url;
        page();
      }
    });
  }

  function marked(event) {
    const start = event.composedPath()[0];
    const element = start.closest && start.closest('[data-pulso]');
    if (!element || (element.tagName === 'FORM') !== (event.type === 'submit')) {
      return;
    }
    const properties = {};
    for (const { name: at, value } of element.attributes) {
      if (at.startsWith('data-pulso-')) {
        properties[at.slice(11).replace(/-/g, '_')] = /^-?\d{1,15}(\.\d{1,9})?$/.test(value) ? +value : value;
      }
    }
    track(element.dataset.pulso || 'Element Clicked', properties);
  }

  // What a site calls.

  function page(title, properties) {
    lived();
    timeSpent();
    path = route();
    here = where();
    send('page', { name: title, properties: { ...here, ...properties } }, here);
  }

  function track(event, properties, page) {
    send('track', { event, properties }, page);
  }

  function identify(id, traits) {
    recall();
    const user = typeof id === 'object' || id === undefined ? me.u : String(id);
    if (me.u && me.u !== user) {
      renew();
    }
    me.u = user;
    remember();
    send('identify', { traits: typeof id === 'object' ? id : traits });
  }

  function group(id, traits) {
    recall();
    me.g = String(id);
    remember();
    send('group', { groupId: me.g, traits });
  }

  function consent(given) {
    recall();
    const told = given && typeof given === 'object' ? given : { [category]: given === true };
    if (refused) {
      return;
    }
    if (told[category] !== true) {
      forget();
      me = { c: asked ? told : undefined, x: asked ? undefined : true };
      asked || save(name, me);
      return;
    }
    const waiting = held;
    held = [];
    me.c = told;
    delete me.x;
    remember();
    waiting.forEach(([event, at]) => admit(event, at));
    adopt();
  }

  function reset() {
    recall();
    token = undefined;
    renew();
    remember();
  }

  const calls = { page, track: (event, properties) => track(event, properties), identify, group, consent, reset };
  calls.token = (value) => {
    token = value;
  };

  function pulso(call, ...values) {
    try {
      if (!Object.hasOwn(calls, call)) {
        throw new Error('there is no call ' + call);
      }
      calls[call](...values);
    } catch (e) {
      console.warn('pulso.js: ' + e.message);
    }
  }
  Object.keys(calls).forEach((call) => {
    pulso[call] = (...values) => pulso(call, ...values);
  });
  pulso.version = VERSION;
  window.pulso = pulso;

  function start() {
    if (options.pages !== 'off') {
      page();
      ['pushState', 'replaceState'].forEach((change) => {
        const was = history[change];
        history[change] = function (...values) {
          const result = was.apply(this, values);
          moved();
          return result;
        };
      });
      addEventListener('popstate', moved);
      addEventListener('hashchange', moved);
    }
    ((early && early.q) || []).forEach((values) => pulso(...values));
    ['pointerdown', 'pointermove', 'keydown', 'scroll', 'wheel', 'touchstart'].forEach((sign) =>
      addEventListener(sign, () => Date.now() - seen > 1e3 && lived(), { passive: true, capture: true }));
    addEventListener('click', marked, true);
    addEventListener('submit', marked, true);
    document.addEventListener('visibilitychange', () => (document.visibilityState === 'hidden' ? leave() : lived()));
    addEventListener('pagehide', leave);
    addEventListener('pageshow', (event) => event.persisted && options.pages !== 'off' && page());
    addEventListener('online', () => {
      failures = 0;
      flush();
    });
    if (agreed()) {
      adopt();
    }
  }

  recall();
  if (refused) {
    forget();
  } else if (document.prerendering) {
    document.addEventListener('prerenderingchange', start, { once: true });
  } else {
    start();
  }
})();
