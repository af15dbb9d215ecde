// The page shows what the server says, and keeps nothing that the server does not know: after a lost connection it gets the whole
// list again. Everything foreign goes into the page as text.

const byId = (id) => document.getElementById(id);
const template = byId('card');
const cards = new Map(); // video id -> { video, element, ... }
const ordered = new Set(); // ids of videos that were ordered on this page: it announces all their stages
let clockDifference = 0;
let started = 0; // when the studio was started

const STAGES = {
    SENT: 'Sent', SUBMITTED: 'Accepted', QUEUED: 'In the queue', GENERATING: 'Filming', RECOVERING: 'Looking for it',
    COMPLETED: 'Ready', FAILED: 'Failed',
};

const TROUBLES = {
    REJECTED: ['The gateway’s moderation refused this.', 'Other words may pass; the same ones will not.'],
    QUOTA: ['The balance of the key is used up.', 'Top it up at the gateway, then try again.'],
    MODEL_UNAVAILABLE: ['The gateway does not have this model.', 'Choose another model.'],
    CAPACITY: ['The gateway is busy.', 'Try again in a few minutes.'],
    CONFIGURATION: ['The gateway was not found, or cannot be trusted.', 'Check the address that the studio was started with.'],
    AUTHENTICATION: ['The gateway does not accept the key.', 'Check the key that the studio was started with.'],
    NOT_SENT: ['This order could not be sent.', 'Change what is named here, and order again.'],
    UPSTREAM: ['Something broke between here and the video.', 'Try again later.'],
    CANCELLED: ['Somebody has cancelled this.', 'It may have been paid for all the same.'],
    UNKNOWN: ['The gateway could not make this video.', 'Try again, or with other words.'],
};

// ---- what a video looks like

const isRunning = (video) => !['COMPLETED', 'FAILED'].includes(video.stage);

// The studio was stopped while this was made, and has not taken it up again yet.
const isInterrupted = (video) => isRunning(video) && video.changed < started;

function look(video) {
    if (!isRunning(video)) {
        return video.stage === 'COMPLETED' ? 'done' : 'trouble';
    }
    return video.progress === null ? 'waiting' : 'running';
}

function stageOf(video) {
    if (isInterrupted(video)) {
        return 'Interrupted';
    }
    return isLost(video) ? 'Lost' : STAGES[video.stage] ?? video.stage;
}

const isLost = (video) => video.stage === 'FAILED' && video.outcome === 'LOST';

function trouble(video) {
    const inSight = video.taskId ? 'It may still be made, and may have been paid for: look for it again before you order it again.'
        : 'It may have been paid for: ask the gateway before you order it again.';
    if (isInterrupted(video)) {
        return ['The studio was stopped while this was made.',
            'It goes on by itself when the claim of the stopped studio has expired, within a minute. Nothing is bought twice.'];
    }
    if (isLost(video)) {
        return ['The studio lost sight of this video.', inSight];
    }
    const [what, advice] = TROUBLES[video.category] ?? TROUBLES.UNKNOWN;
    return [what, `${advice} ${video.possiblyCharged ? 'It may have been paid for.' : 'Nothing was paid.'}`];
}

function duration(millis) {
    const seconds = Math.max(0, Math.round(millis / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

const short = (text) => text.length > 60 ? `${text.slice(0, 57).trimEnd()}…` : text;

// ---- cards

function part(card, selector) {
    return card.element.querySelector(selector);
}

function show(element, text) {
    element.hidden = !text;
    element.textContent = text ?? '';
}

function createCard(video) {
    const element = template.content.firstElementChild.cloneNode(true);
    const card = { element, video };
    const id = `prompt-${video.id}`;
    element.dataset.id = video.id;
    part(card, 'article').setAttribute('aria-labelledby', id);
    part(card, '.prompt').id = id;
    part(card, '.prompt').textContent = video.prompt;
    part(card, 'progress').setAttribute('aria-labelledby', id);
    for (const action of element.querySelectorAll('.button')) {
        action.setAttribute('aria-describedby', id);
    }
    if (video.prompt.length > 200) {
        part(card, '.prompt').tabIndex = 0; // it scrolls, so the keyboard must reach it
    }
    const change = part(card, '.change');
    const remix = part(card, '.remix');
    const toggle = (open) => {
        remix.hidden = !open;
        change.setAttribute('aria-expanded', String(open));
        (open ? remix.querySelector('textarea') : change).focus();
    };
    change.addEventListener('click', () => toggle(remix.hidden));
    remix.querySelector('.cancel').addEventListener('click', () => toggle(false));
    remix.addEventListener('keydown', (event) => event.key === 'Escape' && toggle(false));
    sends(remix, () => {
        const text = remix.querySelector('textarea');
        const { id: remixOf, model } = card.video;
        return { order: { prompt: text.value, model, remixOf }, done: () => { text.value = ''; toggle(false); } };
    });
    part(card, '.reuse').addEventListener('click', () => {
        byId('prompt').value = card.video.prompt;
        byId('prompt').focus();
    });
    for (const button of ['.again', '.look']) {
        part(card, button).addEventListener('click', () => {
            ordered.add(video.id);
            post('api/videos/again', { id: video.id }).catch((problem) => announce(problem.message));
        });
    }
    return card;
}

function update(card, video) {
    card.video = video;
    const { element } = card;
    element.dataset.stage = video.stage;
    element.dataset.look = look(video);
    part(card, '.stage').textContent = stageOf(video);
    const bar = part(card, 'progress');
    bar.hidden = !isRunning(video);
    if (video.progress === null) {
        bar.removeAttribute('value');
    } else {
        bar.value = video.progress;
    }
    part(card, '.percent').textContent = isRunning(video) && video.progress !== null ? `${video.progress} %` : '';
    part(card, '.sky').style.setProperty('--progress', video.progress ?? 0);
    part(card, '.change').hidden = video.stage !== 'COMPLETED';
    showOrigin(card);
    showTime(card);
    showTrouble(card);
    showVideo(card);
}

function showOrigin(card) {
    const origin = cards.get(card.video.remixOf)?.video;
    show(part(card, '.origin'), card.video.remixOf && `A change of ${origin ? `“${short(origin.prompt)}”` : 'an earlier video'}`);
}

function showTime({ video, element }) {
    const until = isRunning(video) ? Date.now() + clockDifference : video.changed;
    element.querySelector('.time').textContent = duration(until - video.created);
}

function showTrouble(card) {
    const { video } = card;
    const failed = look(video) === 'trouble';
    part(card, '.trouble').hidden = !failed && !isInterrupted(video);
    part(card, '.reuse').hidden = !failed;
    part(card, '.again').hidden = !(failed && video.retryable);
    part(card, '.look').hidden = !(isLost(video) && video.taskId);
    const page = part(card, '.page');
    page.hidden = !(failed && video.previewUrl);
    if (!part(card, '.trouble').hidden) {
        const [what, advice] = trouble(video);
        part(card, '.what').textContent = what;
        part(card, '.said').textContent = video.reason ?? '';
        part(card, '.advice').textContent = advice;
    }
    if (!page.hidden) {
        page.href = video.previewUrl;
    }
}

function showVideo(card) {
    const { video } = card;
    const screen = part(card, '.screen');
    if (!video.videoUrl || screen.querySelector('video')) {
        return;
    }
    const player = document.createElement('video');
    player.controls = true;
    player.loop = true;
    player.playsInline = true;
    player.preload = 'none';
    player.setAttribute('aria-label', short(video.prompt));
    if (video.thumbnailUrl) {
        player.poster = video.thumbnailUrl;
        const backdrop = document.createElement('img');
        backdrop.className = 'backdrop';
        backdrop.alt = '';
        backdrop.loading = 'lazy';
        backdrop.src = video.thumbnailUrl;
        screen.append(backdrop);
    }
    player.addEventListener('error', () => {
        const broken = document.createElement('p');
        broken.className = 'broken';
        broken.textContent = 'This video cannot be reached any more. The links of most gateways expire after some hours.';
        player.replaceWith(broken);
    });
    player.src = video.videoUrl;
    screen.append(player);
}

/** Puts a video in its place, the newest first. What is older than what is shown came late, and is dropped. */
function apply(video, fresh) {
    let card = cards.get(video.id);
    if (card && card.video.version > video.version) {
        return card;
    }
    const before = card?.video;
    if (!card) {
        card = createCard(video);
        cards.set(video.id, card);
        const next = [...byId('cards').children].find((other) => cards.get(other.dataset.id).video.number < video.number);
        byId('cards').insertBefore(card.element, next ?? null);
        card.element.classList.toggle('new', fresh);
    }
    update(card, video);
    if (fresh && before?.stage !== video.stage && (ordered.has(video.id) || !isRunning(video))) {
        announce(`${short(video.prompt)}: ${stageOf(video)}`);
    }
    return card;
}

function count() {
    const all = [...cards.values()];
    const running = all.filter(({ video }) => isRunning(video)).length;
    const ready = all.filter(({ video }) => video.stage === 'COMPLETED').length;
    const parts = [running && `${running} in the making`, ready && `${ready} ready`].filter(Boolean);
    byId('count').textContent = parts.join(' · ');
    byId('empty').hidden = all.length > 0;
}

function announce(text) {
    byId('news').textContent = text;
}

setInterval(() => {
    for (const card of cards.values()) {
        if (isRunning(card.video)) {
            showTime(card);
        }
    }
}, 1000);

// ---- orders

async function post(address, body) {
    let response;
    try {
        response = await fetch(address, {
            method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
        });
    } catch {
        throw new Error('The studio cannot be reached. Is it still running?');
    }
    if (!response.ok) {
        throw new Error(await response.text() || `The studio answered ${response.status}.`);
    }
    return response.json();
}

async function order(body) {
    const video = await post('api/videos', body);
    ordered.add(video.id);
    const card = apply(video, true);
    count();
    announce(`${short(video.prompt)}: ${stageOf(video)}`);
    card.element.scrollIntoView({ block: 'nearest', behavior: 'smooth' });
}

/** Makes a form send an order: by its button, and by Ctrl or Command with Enter. One at a time: a double click buys one video. */
function sends(form, what) {
    const problem = form.querySelector('.problem');
    const button = form.querySelector('[type="submit"]');
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        if (button.getAttribute('aria-disabled') === 'true') {
            return;
        }
        problem.textContent = '';
        const { order: body, done } = what();
        if (!body.prompt.trim()) {
            problem.textContent = 'Describe it first.';
            form.querySelector('textarea').focus();
            return;
        }
        button.setAttribute('aria-disabled', 'true');
        try {
            await order(body);
            done();
        } catch (failure) {
            problem.textContent = failure.message;
        } finally {
            button.removeAttribute('aria-disabled');
        }
    });
    form.addEventListener('keydown', (event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
            form.requestSubmit();
        }
    });
}

sends(byId('composer'), () => ({
    order: { prompt: byId('prompt').value, gateway: byId('gateway').value, model: byId('model').value, image: picture },
    done: () => {
        byId('composer').reset();
        takePicture(null);
        byId('prompt').focus();
    },
}));

// ---- the picture to start from

const MAX_PICTURE = 8 * 1024 * 1024;
let picture = null;

function takePicture(file) {
    picture = null;
    byId('picture').hidden = true;
    byId('problem').textContent = '';
    if (!file) {
        byId('image').value = '';
        return;
    }
    if (file.size > MAX_PICTURE) {
        byId('problem').textContent = 'The picture is too large: at most 8 MiB.';
        return;
    }
    const reader = new FileReader();
    reader.addEventListener('load', () => {
        picture = reader.result;
        byId('picture').hidden = false;
        byId('picture').querySelector('img').src = picture;
        byId('picture').querySelector('figcaption').textContent = file.name;
    });
    reader.readAsDataURL(file);
}

byId('image').addEventListener('change', () => takePicture(byId('image').files[0]));
byId('remove-picture').addEventListener('click', () => {
    takePicture(null);
    byId('image').focus();
});

// ---- live

function connection(state, text) {
    byId('connection').dataset.state = state;
    byId('connection').textContent = text;
}

function showGateways(names) {
    byId('free').hidden = names.join() !== 'simulator';
    const select = byId('gateway');
    if ([...select.options].map((option) => option.value).join() !== names.join()) {
        select.replaceChildren(...names.map((name) => new Option(name, name)));
    }
}

function connect() {
    const events = new EventSource('api/events');
    events.addEventListener('list', ({ data }) => {
        const { now, started: since, gateways, videos } = JSON.parse(data);
        clockDifference = now - Date.now();
        started = since;
        showGateways(gateways);
        const known = new Set(videos.map(({ id }) => id));
        for (const [id, card] of cards) {
            if (!known.has(id)) {
                card.element.remove();
                cards.delete(id);
            }
        }
        videos.toReversed().forEach((video) => apply(video, false));
        count();
        connection('live', 'Live');
    });
    events.addEventListener('video', ({ data }) => {
        apply(JSON.parse(data), true);
        count();
    });
    events.addEventListener('error', () => {
        connection('connecting', 'Reconnecting…');
        if (events.readyState === EventSource.CLOSED) {
            setTimeout(connect, 2000);
        }
    });
}

connect();
