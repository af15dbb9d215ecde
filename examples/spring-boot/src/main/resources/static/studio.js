// The page shows what the server says, and keeps nothing that the server does not know: after a lost connection it gets the whole
// list again. Everything foreign goes into the page as text.

const byId = (id) => document.getElementById(id);
const template = byId('card');
const cards = new Map(); // video id -> { video, element, ... }
const ordered = new Set(); // ids of videos that were ordered on this page: it announces all their stages
let clockDifference = 0;
let started = 0; // when the studio was started
let free = false; // whether nothing is paid, as it is the simulator
const deleted = new Set(); // ids of videos whose news may still be under way
const still = matchMedia('(prefers-reduced-motion: reduce)');

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
    CANCELLED: ['This was cancelled.', ''],
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
    if (isCancelled(video)) {
        return 'Cancelled';
    }
    return isLost(video) ? 'Lost' : STAGES[video.stage] ?? video.stage;
}

const isCancelled = (video) => video.stage === 'FAILED' && video.category === 'CANCELLED';

const isLost = (video) => video.stage === 'FAILED' && video.outcome === 'LOST';

function trouble(video) {
    const inSight = video.taskId ? 'It may still be made, and may have been paid for: look for it again before you order it again.'
        : 'It may have been paid for: ask the gateway before you order it again.';
    if (isInterrupted(video)) {
        return ['The studio was stopped while this was made.',
            'It goes on by itself when the claim of the stopped studio has expired, within a minute. Nothing is bought twice.'];
    }
    if (isCancelled(video) && video.possiblyCharged) {
        return ['You stopped waiting for this.', video.taskId
            ? 'The gateway may go on making it, and nothing is refunded. Look again fetches the video without paying a second time.'
            : 'The gateway may go on making it, and nothing is refunded.'];
    }
    if (isLost(video)) {
        return ['The studio lost sight of this video.', inSight];
    }
    const [what, advice] = TROUBLES[video.category] ?? TROUBLES.UNKNOWN;
    return [what, `${advice} ${video.possiblyCharged ? 'It may have been paid for.' : 'Nothing was paid.'}`.trim()];
}

function duration(millis) {
    const seconds = Math.max(0, Math.round(millis / 1000));
    return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
}

/** A duration as people say it. */
function took(millis) {
    const seconds = Math.max(1, Math.round(millis / 1000));
    const minutes = Math.floor(seconds / 60);
    return minutes ? `${minutes} min ${seconds % 60} s` : `${seconds} s`;
}

const moment = (millis, style) => new Date(millis - clockDifference).toLocaleString('en-GB', style);

function when(millis) {
    const sameDay = new Date(millis).toDateString() === new Date().toDateString();
    return moment(millis, { hour: '2-digit', minute: '2-digit', ...(sameDay ? {} : { day: 'numeric', month: 'short' }) });
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
    element.id = `video-${video.id}`;
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
    card.toggleRemix = (open) => {
        if (open) {
            card.ask(null);
            part(card, '.cost').textContent = free ? 'Nothing is paid on the simulator.' : 'A change is another order, and is paid for.';
        }
        remix.hidden = !open;
        change.setAttribute('aria-expanded', String(open));
        (open ? remix.querySelector('textarea') : change).focus();
    };
    change.addEventListener('click', () => card.toggleRemix(remix.hidden));
    remix.querySelector('.not-now').addEventListener('click', () => card.toggleRemix(false));
    remix.addEventListener('keydown', (event) => event.key === 'Escape' && card.toggleRemix(false));
    sends(remix, () => {
        const text = remix.querySelector('textarea');
        const { id: remixOf, model } = card.video;
        return { order: { prompt: text.value, model, remixOf }, done: () => { text.value = ''; card.toggleRemix(false); } };
    });
    prepareQuestions(card);
    part(card, '.reuse').addEventListener('click', () => usePrompt(card));
    part(card, '.copy').addEventListener('click', () => copyLink(card));
    for (const button of ['.again', '.look']) {
        part(card, button).addEventListener('click', () => {
            ordered.add(video.id);
            act(card, () => post('api/videos/again', { id: video.id }));
        });
    }
    return card;
}

// ---- what can be done with a card

/** What a click does before it is done: a question, in plain words about money, and two answers. */
const QUESTIONS = {
    cancel: {
        question: () => free ? 'Stop waiting for this video? Nothing is paid on the simulator.'
            : 'Stop waiting for this video? The gateway may go on making it, and nothing is refunded.',
        yes: 'Cancel it', no: 'Keep it',
        act: ({ video }) => post('api/videos/cancel', { id: video.id }),
    },
    delete: {
        question: ({ video }) => {
            if (video.stage === 'COMPLETED') {
                return 'Delete this video from the studio, for good? What was paid for it is not refunded.';
            }
            return isLost(video) && video.taskId ? 'Delete this, for good? It may have been paid for, and cannot be looked for any more then.'
                : 'Delete this from the studio, for good?';
        },
        yes: 'Delete it', no: 'Keep it',
        act: async ({ video }) => {
            await post('api/videos/delete', { id: video.id });
            remove(video.id);
        },
    },
    repeat: {
        question: ({ video }) => `Make this again, with the same words${video.picture ? ' and the same picture' : ''}? `
            + (free ? 'Nothing is paid on the simulator.' : 'It is another order, and is paid for.'),
        yes: 'Make it again', no: 'Not now',
        act: async ({ video }) => placed(await post('api/videos/repeat', { id: video.id })),
    },
};

function prepareQuestions(card) {
    const panel = part(card, '.ask');
    let asked = null;
    card.ask = (kind) => {
        const opener = part(card, `.${kind ?? asked ?? 'repeat'}`);
        for (const other of Object.keys(QUESTIONS)) {
            part(card, `.${other}`).setAttribute('aria-expanded', String(other === kind));
        }
        panel.hidden = !kind;
        if (kind) {
            asked = kind;
            part(card, '.remix').hidden = true;
            part(card, '.change').setAttribute('aria-expanded', 'false');
            part(card, '.question').textContent = QUESTIONS[kind].question(card);
            part(card, '.yes').textContent = QUESTIONS[kind].yes;
            part(card, '.no').textContent = QUESTIONS[kind].no;
            part(card, '.no').focus();
        } else if (asked) {
            asked = null;
            if (panel.contains(document.activeElement) || document.activeElement === document.body) {
                (opener.hidden ? part(card, 'article') : opener).focus();
            }
        }
    };
    card.asks = () => asked;
    for (const kind of Object.keys(QUESTIONS)) {
        part(card, `.${kind}`).addEventListener('click', () => card.ask(asked === kind ? null : kind));
    }
    part(card, '.no').addEventListener('click', () => { part(card, `.${asked}`).focus(); card.ask(null); });
    panel.addEventListener('keydown', (event) => event.key === 'Escape' && part(card, '.no').click());
    part(card, '.yes').addEventListener('click', () => act(card, async () => {
        await QUESTIONS[asked].act(card);
        card.ask(null);
    }));
}

/** Does something once at a time for each card, and says on the card what went wrong. */
async function act(card, what) {
    if (card.busy) {
        return;
    }
    card.busy = true;
    const problem = part(card, '.mishap');
    tell(problem, '');
    try {
        await what();
    } catch (failure) {
        tell(problem, failure.message, failure.unreachable);
    } finally {
        card.busy = false;
    }
}

async function usePrompt(card) {
    const { prompt, gateway, model, picture: hasPicture, id } = card.video;
    byId('prompt').value = prompt;
    byId('model').value = model ?? '';
    if ([...byId('gateway').options].some((option) => option.value === gateway)) {
        byId('gateway').value = gateway;
    }
    takePicture(null);
    byId('prompt').focus();
    if (hasPicture) {
        await act(card, async () => {
            const blob = await (await reach(`api/videos/${id}/picture`)).blob();
            takePicture(new File([blob], 'The picture of the card', { type: blob.type }));
        });
    }
}

async function copyLink(card) {
    const link = card.video.videoUrl;
    try {
        await navigator.clipboard.writeText(link);
    } catch {
        // Browsers keep the clipboard for pages with https, and for this machine.
        const field = document.createElement('textarea');
        field.value = link;
        field.className = 'visually-hidden';
        part(card, '.copy').after(field);
        field.select();
        const copied = document.execCommand('copy');
        field.remove();
        part(card, '.copy').focus();
        if (!copied) {
            tell(part(card, '.mishap'), 'This browser does not let the page copy.');
            return;
        }
    }
    const label = part(card, '.copy span');
    label.textContent = 'Copied';
    announce('The link is copied. The links of most gateways expire after some hours.');
    setTimeout(() => { label.textContent = 'Copy link'; }, 2000);
}

// ---- how a card changes

function update(card, video) {
    card.video = video;
    const { element } = card;
    element.dataset.stage = video.stage;
    element.dataset.look = look(video);
    element.classList.toggle('cancelled', isCancelled(video));
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
    showActions(card);
    showFacts(card);
    showTime(card);
    showTrouble(card);
    showVideo(card);
}

function showActions(card) {
    const { video } = card;
    const ready = video.stage === 'COMPLETED';
    const failed = look(video) === 'trouble';
    const offered = {
        change: ready, download: ready && video.videoUrl, copy: ready && video.videoUrl, repeat: ready, delete: !isRunning(video),
        reuse: failed, again: failed && video.retryable, look: isLost(video) && video.taskId, page: failed && video.previewUrl,
        cancel: isRunning(video) && !isInterrupted(video),
    };
    const asked = card.asks();
    for (const [action, isOffered] of Object.entries(offered)) {
        part(card, `.${action}`).hidden = !isOffered;
    }
    if (asked && !offered[asked]) {
        card.ask(null); // the video came before the answer
    }
    if (offered.page) {
        part(card, '.page').href = video.previewUrl;
    }
    if (offered.download) {
        part(card, '.download').href = `api/videos/${video.id}/film`;
    }
}

/** What it was made with, and what it took; the rest is behind "Details". */
function showFacts(card) {
    const { video } = card;
    const fact = (selector, text) => {
        const value = part(card, selector);
        value.textContent = text ?? '';
        value.parentElement.hidden = !text;
    };
    fact('.at', video.gateway);
    fact('.model', video.model ?? video.responseModel ?? 'default');
    fact('.took', isRunning(video) ? null : took(video.changed - video.sent));
    part(card, '.took').previousElementSibling.textContent = video.stage === 'COMPLETED' ? 'Took' : 'Ended after';
    fact('.tokens', video.tokens?.toLocaleString('en'));
    fact('.said dd', video.stage === 'FAILED' ? video.reason : null);
    fact('.began dd', moment(video.created, { dateStyle: 'medium', timeStyle: 'medium' }));
    fact('.task dd', video.taskId);
    fact('.generation dd', video.id);
    const picture = part(card, '.from-picture');
    picture.hidden = !video.picture;
    if (video.picture && !picture.querySelector('img').src) {
        picture.querySelector('img').src = `api/videos/${video.id}/picture`;
    }
}

/** The videos that this one was made from, the first one first; null stands for one that is not there any more. */
function ancestors({ video }) {
    const found = [];
    for (let id = video.remixOf; id && !found.includes(id); id = cards.get(id)?.video.remixOf) {
        found.unshift(id);
    }
    return found;
}

function showChains() {
    const changes = new Map();
    for (const { video } of cards.values()) {
        if (video.remixOf) {
            changes.set(video.remixOf, [video.id, ...changes.get(video.remixOf) ?? []]);
        }
    }
    for (const card of cards.values()) {
        const before = ancestors(card);
        const after = changes.get(card.video.id) ?? [];
        showLinks(part(card, '.origin'), before);
        showLinks(part(card, '.changes'), after.sort((one, other) => cards.get(one).video.number - cards.get(other).video.number));
        part(card, '.chain').hidden = before.length + after.length === 0;
    }
}

function showLinks(group, ids) {
    const names = ids.map((id) => cards.get(id)?.video.prompt ?? '');
    const now = JSON.stringify([ids, names]);
    group.hidden = ids.length === 0;
    if (group.dataset.shows === now) {
        return; // so that the focus stays on a link
    }
    group.dataset.shows = now;
    group.querySelector('ol, ul').replaceChildren(...ids.map((id) => {
        const line = document.createElement('li');
        const target = cards.get(id);
        if (!target) {
            line.textContent = 'a video that is not in the list';
            return line;
        }
        const link = document.createElement('a');
        link.href = `#video-${id}`;
        link.textContent = target.video.prompt;
        link.addEventListener('click', (event) => {
            event.preventDefault();
            goTo(cards.get(id));
        });
        line.append(link);
        return line;
    }));
}

function goTo(card) {
    if (card) {
        part(card, 'article').focus({ preventScroll: true });
        card.element.scrollIntoView({ block: 'nearest', behavior: still.matches ? 'auto' : 'smooth' });
    }
}

function showTime({ video, element }) {
    element.querySelector('.time').textContent = isRunning(video)
        ? duration(Date.now() + clockDifference - video.sent) : when(video.changed);
}

function showTrouble(card) {
    const { video } = card;
    part(card, '.trouble').hidden = look(video) !== 'trouble' && !isInterrupted(video);
    if (!part(card, '.trouble').hidden) {
        const [what, advice] = trouble(video);
        part(card, '.what').textContent = what;
        part(card, '.advice').textContent = advice;
    }
}

function showVideo(card) {
    const { video } = card;
    const screen = part(card, '.screen');
    if (video.stage !== 'COMPLETED' || !video.videoUrl || screen.querySelector('video, .broken')) {
        return;
    }
    const player = document.createElement('video');
    player.loop = true;
    player.playsInline = true;
    player.preload = 'none';
    player.tabIndex = 0;
    player.setAttribute('aria-label', short(video.prompt));
    const play = part(card, '.play');
    play.hidden = false;
    play.setAttribute('aria-label', `Play: ${short(video.prompt)}`);
    play.addEventListener('click', () => {
        player.controls = true;
        player.play().catch(() => {}); // what is wrong comes as an error event
        player.focus({ preventScroll: true });
    });
    player.addEventListener('play', () => {
        play.hidden = true;
        for (const other of cards.values()) {
            if (other !== card) {
                other.element.querySelector('video')?.pause();
                other.element.classList.remove('large');
            }
        }
        card.element.classList.add('large');
    });
    player.addEventListener('loadedmetadata', () => takeRatio(card, player.videoWidth, player.videoHeight));
    // Controls where they are wanted: under the pointer, and with the keyboard. A finger has no other way to ask for them.
    const wanted = () => { player.controls = screen.matches(':hover, :focus-within') || matchMedia('(hover: none)').matches && !player.paused; };
    for (const change of ['pointerenter', 'pointerleave', 'focusin', 'focusout']) {
        screen.addEventListener(change, () => setTimeout(wanted));
    }
    player.addEventListener('play', wanted);
    if (video.thumbnailUrl) {
        const poster = new Image();
        poster.addEventListener('load', () => takeRatio(card, poster.naturalWidth, poster.naturalHeight));
        poster.src = video.thumbnailUrl;
        player.poster = video.thumbnailUrl;
    }
    player.addEventListener('error', () => {
        const broken = document.createElement('p');
        broken.className = 'broken';
        broken.textContent = 'This video cannot be reached any more. The links of most gateways expire after some hours.';
        play.hidden = true;
        player.replaceWith(broken);
    });
    player.src = video.videoUrl;
    screen.insertBefore(player, play);
}

/** As many rows of the list as the card is high. */
function takePlace({ element }) {
    const { gridAutoRows, columnGap } = getComputedStyle(byId('cards'));
    const rows = Math.ceil((element.offsetHeight + parseFloat(columnGap)) / parseFloat(gridAutoRows));
    element.style.gridRowEnd = `span ${rows}`;
}

const heights = new ResizeObserver((changes) => {
    for (const { target } of changes) {
        const card = cards.get(target.dataset.id);
        if (card) {
            takePlace(card);
        }
    }
});

/** The film in its own ratio, within reason. */
function takeRatio(card, width, height) {
    const ratio = Math.min(Math.max(width / height, 9 / 16), 21 / 9).toFixed(4);
    if (width && height && card.ratio !== ratio) {
        card.ratio = ratio;
        steadily(() => {
            part(card, '.screen').style.setProperty('--ratio', ratio);
            takePlace(card);
        });
    }
}

// ---- the list

/**
 * Changes the list without a jump: what is read stays where it is on the screen, and cards that get another place go there
 * visibly.
 */
function steadily(change) {
    const places = new Map();
    for (const card of cards.values()) {
        places.set(card, card.element.getBoundingClientRect());
    }
    const focused = document.activeElement?.closest('.card');
    const isSeen = (place) => place.bottom > 0 && place.top < innerHeight;
    const list = byId('cards').getBoundingClientRect().top;
    const seen = [...places].filter(([, place]) => isSeen(place) && list < 0);
    const anchor = seen.find(([card]) => card.element === focused) ?? seen[0];
    const result = change();
    if (anchor?.[0].element.isConnected) {
        scrollBy({ top: anchor[0].element.getBoundingClientRect().top - anchor[1].top, behavior: 'instant' });
    }
    if (!still.matches) {
        for (const [card, before] of places) {
            const after = card.element.getBoundingClientRect();
            const [x, y] = [before.left - after.left, before.top - after.top];
            if ((x || y) && (isSeen(before) || isSeen(after))) {
                card.element.animate([{ transform: `translate(${x}px, ${y}px)` }, { transform: 'none' }], { duration: 350, easing: 'ease-out' });
            }
        }
    }
    return result;
}

/** Puts a video in its place, the newest first. What is older than what is shown came late, and is dropped. */
function apply(video, fresh) {
    let card = cards.get(video.id);
    if (deleted.has(video.id) || card && card.video.version > video.version) {
        return card;
    }
    const before = card?.video;
    if (!card) {
        card = createCard(video);
        cards.set(video.id, card);
        const next = [...byId('cards').children].find((other) => cards.get(other.dataset.id).video.number < video.number);
        byId('cards').insertBefore(card.element, next ?? null);
        card.element.classList.toggle('new', fresh);
        heights.observe(card.element);
    }
    update(card, video);
    takePlace(card);
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
    showChains();
}

/** Somebody has deleted a video, perhaps here: the focus goes on to the next one. */
function remove(id) {
    deleted.add(id);
    const card = cards.get(id);
    if (!card) {
        return;
    }
    const hadFocus = card.element.contains(document.activeElement);
    const next = cards.get((card.element.nextElementSibling ?? card.element.previousElementSibling)?.dataset.id);
    steadily(() => {
        card.element.remove();
        cards.delete(id);
        count();
    });
    announce(`${short(card.video.prompt)}: deleted`);
    if (hadFocus) {
        (next ? part(next, 'article') : byId('videos')).focus({ preventScroll: true });
    }
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

/** Shows a problem, or removes it. What came from a lost connection goes by itself when there is one again. */
function tell(problem, text, unreachable = false) {
    problem.textContent = text;
    problem.toggleAttribute('data-unreachable', unreachable);
    if (unreachable) {
        reconnect();
    }
}

function reachedAgain() {
    for (const problem of document.querySelectorAll('[data-unreachable]')) {
        tell(problem, '');
    }
}

async function reach(address, request) {
    let response;
    try {
        response = await fetch(address, request);
    } catch {
        throw Object.assign(new Error('The studio cannot be reached. Is it still running?'), { unreachable: true });
    }
    if (!response.ok) {
        throw Object.assign(new Error(await response.text() || `The studio answered ${response.status}.`),
            { unreachable: response.status === 503 });
    }
    return response;
}

async function post(address, body) {
    const response = await reach(address, {
        method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
    });
    return response.json();
}

/** A video that was ordered here. It is shown; the page moves only if nothing of it can be seen. */
function placed(video) {
    ordered.add(video.id);
    const card = steadily(() => {
        const placedCard = apply(video, true);
        count();
        return placedCard;
    });
    announce(`${short(video.prompt)}: ${stageOf(video)}`);
    const { top, bottom } = card.element.getBoundingClientRect();
    if (bottom < 0 || top > innerHeight - 80) {
        card.element.scrollIntoView({ block: 'nearest', behavior: still.matches ? 'auto' : 'smooth' });
    }
}

const order = async (body) => placed(await post('api/videos', body));

/** Makes a form send an order: by its button, and by Ctrl or Command with Enter. One at a time: a double click buys one video. */
function sends(form, what) {
    const problem = form.querySelector('.problem');
    const button = form.querySelector('[type="submit"]');
    form.addEventListener('submit', async (event) => {
        event.preventDefault();
        if (button.getAttribute('aria-disabled') === 'true') {
            return;
        }
        tell(problem, '');
        const { order: body, done } = what();
        if (!body.prompt.trim()) {
            tell(problem, 'Describe it first.');
            form.querySelector('textarea').focus();
            return;
        }
        button.setAttribute('aria-disabled', 'true');
        try {
            await order(body);
            done();
        } catch (failure) {
            tell(problem, failure.message, failure.unreachable);
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

for (const idea of document.querySelectorAll('.idea')) {
    idea.addEventListener('click', () => {
        byId('prompt').value = idea.textContent;
        byId('prompt').focus();
        announce('The prompt is in the field. Nothing is ordered yet.');
    });
}

// ---- the picture to start from

const MAX_PICTURE = 8 * 1024 * 1024;
let picture = null;

function takePicture(file) {
    picture = null;
    byId('picture').hidden = true;
    tell(byId('problem'), '');
    if (!file) {
        byId('image').value = '';
        return;
    }
    if (file.size > MAX_PICTURE) {
        tell(byId('problem'), 'The picture is too large: at most 8 MiB.');
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
    free = names.join() === 'simulator';
    byId('free').hidden = !free;
    const select = byId('gateway');
    if ([...select.options].map((option) => option.value).join() !== names.join()) {
        select.replaceChildren(...names.map((name) => new Option(name, name)));
    }
}

let events = null;

/** After a request has failed: the stream may not have noticed, or be gone. The list that it begins with says that all is well. */
function reconnect() {
    connection('connecting', 'Reconnecting…');
    events?.close();
    setTimeout(connect, 1000);
}

function connect() {
    events?.close();
    const stream = new EventSource('api/events');
    events = stream;
    stream.addEventListener('list', ({ data }) => {
        const { now, started: since, gateways, videos } = JSON.parse(data);
        clockDifference = now - Date.now();
        started = since;
        showGateways(gateways);
        const known = new Set(videos.map(({ id }) => id));
        steadily(() => {
            for (const [id, card] of cards) {
                if (!known.has(id)) {
                    card.element.remove();
                    cards.delete(id);
                }
            }
            videos.toReversed().forEach((video) => apply(video, false));
            count();
        });
        connection('live', 'Live');
        reachedAgain();
    });
    stream.addEventListener('video', ({ data }) => steadily(() => {
        apply(JSON.parse(data), true);
        count();
    }));
    stream.addEventListener('deleted', ({ data }) => remove(JSON.parse(data).id));
    stream.addEventListener('error', () => {
        connection('connecting', 'Reconnecting…');
        if (events === stream && stream.readyState === EventSource.CLOSED) {
            setTimeout(connect, 2000);
        }
    });
}

connect();
