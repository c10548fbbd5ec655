// A URL as it may be shown: in errors, traces and logs, where tokens do not belong.
/** Without the values of its query, its credentials and its fragment; their names stay, for whoever looks for a fault. */
function shownUrl(url) {
    const [, start = '', query = ''] = /^([^?#]*)(?:\?([^#]*))?/.exec(url) ?? [];
    const names = query.split('&').map((pair) => pair.replace(/=.*/s, '=…'));
    const place = start.replace(/^([^/]*\/\/)[^/]*@/, '$1');
    return query ? `${place}?${names.join('&')}` : place;
}

// The one error class, and the closed set of codes it carries.
/** The URLs in a sentence, without what ends the sentence. */
const URLS = /https?:\/\/[^\s"]+?(?=[.,:;]?(?:[\s"]|$))/g;
/** Every error encke reports or throws. */
class EnckeError extends Error {
    name = 'EnckeError';
    code;
    constructor(code, message, details = {}) {
        super(message.replace(URLS, shownUrl));
        this.code = code;
        Object.assign(this, details);
        if (details.url !== undefined)
            this.url = shownUrl(details.url);
    }
}

// Calls into code that is not ours.
/**
 * Runs a handler. When it throws, the rest goes on and the page's error reporting hears of it.
 * Two parameters instead of a rest: this runs for every message, and no array is made for it.
 */
function call$1(handler, first, second) {
    try {
        return handler?.(first, second);
    }
    catch (error) {
        // A throw in a task of its own reaches `window.onerror` everywhere, and Node, which has no `reportError`.
        setTimeout(() => {
            throw error;
        });
        return undefined;
    }
}

// The Trusted Types policy of this library: the signature that a page's policy may ask for.
/** A page allows it by `trusted-types encke`. */
const POLICY$1 = 'encke';
const asItIs = (text) => text;
let policy; // a name can be taken once in a page
let asked = false; // once as well: the browser tells the page's owner of every refusal
/** Signs HTML that may be parsed. What it may hold is for its caller to decide, before. */
function trustedHtml(html) {
    return ourPolicy()?.createHTML(html) ?? html;
}
/** Signs code that may run. */
function trustedScript(code) {
    return ourPolicy()?.createScript(code) ?? code;
}
/** Signs the address of code that may run. */
function trustedScriptUrl(url) {
    return ourPolicy()?.createScriptURL(url) ?? url;
}
function ourPolicy() {
    if (asked)
        return policy;
    asked = true;
    const { trustedTypes } = globalThis;
    try {
        policy = trustedTypes?.createPolicy(POLICY$1, {
            createHTML: asItIs,
            createScript: asItIs,
            createScriptURL: asItIs,
        });
    }
    catch {
        // The page does not allow this policy; it may still allow text, which the first use will show.
    }
    return policy;
}

// What is wrong with a command, as the error that its verb throws.
/** Names that lead from an object to what all objects share. */
const SHARED = /(?:^|\.)(?:__proto__|constructor|prototype)(?:\.|$)/;
/** @throws EnckeError `malformed` when a field of a command is missing or no text. */
function textOf$2(value, field) {
    if (typeof value !== 'string')
        throw new EnckeError('malformed', `"${field}" must be text.`);
    return value;
}
/** @throws EnckeError as `textOf`, and `refused` for `__proto__`, `constructor` and `prototype`. */
function nameOf(value, field) {
    const name = textOf$2(value, field);
    if (SHARED.test(name))
        throw new EnckeError('refused', `"${field}" must not be ${name}.`);
    return name;
}
/** @throws EnckeError `refused` unless code of the server may run. */
function checkCode(scripts) {
    if (!scripts.allowsScripts)
        throw codeRefused();
}
/** One sentence for all ways to bring code: the command beside it shows which. */
function codeRefused() {
    return new EnckeError('refused', 'Code of the server runs only where the option "scripts" allows it.');
}

// HTML as nodes: parsed as what it is put into would parse it, and none of its scripts runs.
const HTML$2 = 'http://www.w3.org/1999/xhtml';
/** What may stand before the first element: text, comments, end tags and the like. */
const BEFORE = /[^<]+|<!-{2}(?:-?>|[^]*?(?:-{2}!?>|$))|<[!?/][^>]*>?|<(?![a-z])/iy;
const TABLE_PART = /<(?:t(?:[dhr]|head|body|foot)|col(?:group)?|caption)(?=[\s/>])/iy;
/** Elements that take tags for text, or drop those they have no place for. */
const CLOSED = /^(?:iframe|no(?:embed|frames|script)|plaintext|script|select|style|textarea|title|xmp)$/;
/** Whether a part of a table comes first, which has its place in few elements. */
function isTablePart(html) {
    BEFORE.lastIndex = TABLE_PART.lastIndex = 0;
    while (BEFORE.test(html))
        TABLE_PART.lastIndex = BEFORE.lastIndex;
    return TABLE_PART.test(html);
}
/** @param setHtml parses; by default as `innerHTML` does */
function parseHtml(html, target, setHtml = setInnerHtml) {
    const place = placeLike(target, html);
    setHtml(place, html);
    if (isTemplate(place))
        return place.content;
    const nodes = document.createDocumentFragment();
    nodes.append(...place.childNodes);
    return nodes;
}
function isTemplate(element) {
    return element.localName === 'template' && element.namespaceURI === HTML$2;
}
/**
 * Nodes of others may bring scripts that have yet to run. The parser marks those that it makes for `innerHTML` as not to
 * be run, so its own take their place.
 */
function withoutLiveScripts(nodes) {
    for (const script of nodes.querySelectorAll('script')) {
        const html = script.namespaceURI === HTML$2 ? '<script>' : '<svg><script>';
        const inert = parseHtml(html, document.createElement('template')).querySelector('script');
        if (!inert)
            continue;
        copyAttributes(script, inert);
        inert.append(...script.childNodes);
        script.replaceWith(inert);
    }
    return nodes;
}
/** From one script to another. */
function copyAttributes({ attributes }, script) {
    for (const { name, value } of attributes) {
        script.setAttribute(name, name === 'src' ? trustedScriptUrl(value) : value);
    }
}
/** In a template every part of a table has its place. A custom element would begin its life, and `html` make a page. */
function placeLike({ namespaceURI, localName, ownerDocument }, html) {
    const isOpen = namespaceURI === HTML$2 && (/-|^html$/.test(localName) || (!CLOSED.test(localName) && isTablePart(html)));
    return ownerDocument.createElementNS(namespaceURI, isOpen ? 'template' : localName);
}
function setInnerHtml(place, html) {
    place.innerHTML = trustedHtml(html);
}

// The one door by which HTML enters the page.
/** What the parser reads as anything but text. */
const SYNTAX = /[<&\r\0]/;
/** Elements in which it takes text for something else, and scripts, whose text has to be signed. */
const NO_TEXT = /html|template|colgroup|frameset|script/;
/** What jQuery appends as HTML. Half an entity is text to it. */
const MARKUP = /<|&#?\w+;/;
/** The types of scripts that run where they are inserted, as jQuery knows them. */
const CODE$1 = /^$|^module$|\/(?:java|ecma)script/i;
/** The types of scripts that browsers act on, by running them or by loading what they name; any other is a block of data. */
const ACTIVE = /^\s*(?:|module|importmap|speculationrules|(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script[\d.]*)\s*$/i;
/** @param placeOf what of a target the nodes go into */
function createHtmlDoor({ sanitize, preserve }, scripts, report, placeOf = contentOf) {
    return (targets, html, placement) => {
        if (html === undefined)
            return;
        const text = textFrom(html);
        const restore = preserve?.(targets);
        let brought; // by the last target: code runs once, and there, as with jQuery
        try {
            for (const target of targets) {
                // What is written into a script that has not run yet would run; a map says which code others load.
                if (target.localName === 'script' && ACTIVE.test(target.getAttribute('type') ?? ''))
                    checkCode(scripts);
                brought = put$1(target, sanitize ? cleaned(sanitize(text, target)) : text, placement, placeOf);
            }
        }
        finally {
            restore?.();
        }
        if (!brought?.length)
            return;
        if (scripts.allowsScripts)
            return reviveAll(brought, scripts);
        report(codeRefused());
    };
}
/** What stands in a template itself is in no use. */
function contentOf(target) {
    return isTemplate(target) ? target.content : target;
}
/** As jQuery takes it: a number for its text, `true` too, `false` and `null` for none. */
function textFrom(html) {
    if (typeof html === 'object' && html)
        return textOf$2(html, 'html');
    return html || html === 0 ? html.toString() : '';
}
/** Of callers without types everything must be looked at: what cannot be used must not empty the target. */
function cleaned(given) {
    if (typeof given === 'string')
        return given;
    const isFragment = given?.nodeType === Node.DOCUMENT_FRAGMENT_NODE;
    if (isFragment)
        return withoutLiveScripts(given);
    throw new EnckeError('invalid-option', 'sanitize must return text or a DocumentFragment.');
}
/** Gives the scripts that were put there, where there may be any. */
function put$1(target, html, placement, placeOf) {
    const isReplaced = placement === 'replace';
    const isDirect = typeof html === 'string' &&
        !(/<script/i.test(html) || isTablePart(html) || (isTemplate(target) && !isReplaced));
    if (!isDirect) {
        const nodes = typeof html === 'string' ? parseHtml(html, target) : html;
        return putNodes(target, placeOf(target), nodes, placement);
    }
    if (isReplaced) {
        if (SYNTAX.test(html) || NO_TEXT.test(target.localName))
            target.innerHTML = trustedHtml(html);
        else
            target.textContent = html;
    }
    else if (MARKUP.test(html)) {
        target.insertAdjacentHTML(placement === 'append' ? 'beforeend' : 'afterbegin', trustedHtml(html));
    }
    else if (html)
        target[placement](html);
    return undefined;
}
function putNodes(target, place, nodes, placement) {
    const scripts = [...nodes.querySelectorAll('script')].filter(isCode);
    if (placement === 'replace')
        place.textContent = '';
    // Rows belong into the body of a table, where it has one.
    const body = nodes.firstElementChild?.localName === 'tr' && target.tBodies?.[0];
    (body || place)[placement === 'append' ? 'append' : 'prepend'](nodes);
    return scripts;
}
function isCode(element) {
    return CODE$1.test(element.type);
}
/** In their order. Where one is waited for, those behind it wait, too. */
function reviveAll(scripts, policy) {
    for (let script = scripts.shift(); script; script = scripts.shift()) {
        const running = policy.revive(script);
        if (running)
            return running.then(() => reviveAll(scripts, policy));
    }
}

// Which code of the server's may run: none, what carries the page's nonce, or all of it.
//
// No other file of the library makes code of text.
/**
 * Runs no code of the server's. Refused are `script` commands, redirects and addresses that are `javascript:` URLs,
 * event handlers and `srcdoc` as attributes, and whatever would change a script element; scripts in inserted HTML
 * stand there and do nothing.
 *
 * The rest of inserted HTML is trusted: event handlers and `javascript:` links that are part of it work, and so do
 * frames. The option `sanitize` says what HTML may hold; a content security policy without `'unsafe-inline'`
 * makes handlers and such links inert, too.
 */
const refuseScripts = {
    allowsScripts: false,
    run() {
        throw codeRefused();
    },
    revive() {
        // It stays as the parser left it: marked as not to be run.
    },
};
/**
 * Runs the code of the server in script elements with the nonce of the page's content security policy
 * (`script-src 'nonce-…'`), which then needs no `'unsafe-eval'`.
 *
 * A `script` command runs as the body of a function: its variables are its own. What it throws is reported with the
 * command, and where the policy does not let it run, that is reported as `refused`.
 *
 * External scripts in inserted HTML hold up what is behind them until they have run or failed.
 */
function nonceScripts(nonce) {
    return {
        allowsScripts: true,
        run(code) {
            runWithNonce(nonce, code);
        },
        revive: (script) => revive(script, nonce),
    };
}
/**
 * Runs all code of the server, as Sijax's own client does. A content security policy must have `'unsafe-eval'` for
 * `script` commands, and whatever scripts in inserted HTML need.
 *
 * A `script` command runs as the body of a function: its variables are its own. What it throws is reported with the
 * command.
 *
 * External scripts in inserted HTML hold up what is behind them until they have run or failed.
 */
const allowScripts = {
    allowsScripts: true,
    run(code) {
        evaluate(asCall(code));
    },
    revive: (script) => revive(script, script.nonce),
};
/** The value of code in the global scope; none of ours is in its sight. */
function evaluate(code) {
    // Not `new Function`: not every browser takes trusted text for it.
    // eslint-disable-next-line no-eval, no-restricted-syntax -- to run what the server says is what the page asked for
    return globalThis.eval(trustedScript(code));
}
/** The line break ends a comment at the end of the code. */
function asCall(code) {
    return `(function(){${code}\n})();`;
}
function runWithNonce(nonce, code) {
    const script = document.createElement('script');
    script.nonce = nonce;
    const noting = `try{${asCall(code)}}catch(error){document.currentScript.failure=[error]}`;
    script.text = trustedScript(`document.currentScript.begun=true;${noting}`);
    addEventListener('error', keep, true);
    document.head.append(script);
    removeEventListener('error', keep, true);
    script.remove();
    if (script.failure)
        throw script.failure[0];
    if (script.begun)
        return;
    throw new EnckeError('refused', 'The content security policy runs no script with this nonce.');
    /** Code that cannot be parsed. The queue reports it, so nobody else needs to. */
    function keep(event) {
        // An error of another's, of a listener that the code calls for example.
        if (script.begun)
            return;
        script.failure = [event.error];
        event.preventDefault();
        event.stopImmediatePropagation();
    }
}
const HTML$1 = 'http://www.w3.org/1999/xhtml';
function revive(script, nonce) {
    // One before it may have removed it. Nothing would come of it, not even an event.
    if (!script.isConnected)
        return;
    // One of a drawing that names its code keeps its namespace; one that holds it gets that of HTML: only there can code be signed.
    const namespace = script.textContent === '' ? script.namespaceURI : HTML$1;
    const fresh = document.createElementNS(namespace, 'script');
    copyAttributes(script, fresh);
    fresh.nonce = nonce;
    fresh.textContent = trustedScript(script.textContent);
    const isAwaited = fresh.src && fresh.type !== 'module' && !fresh.noModule;
    if (isAwaited) {
        // By these a browser passes it over without an event, and what is behind it would wait for ever.
        fresh.type &&= 'text/javascript';
        for (const name of ['language', 'event'])
            fresh.removeAttribute(name);
    }
    const settled = isAwaited ? waitFor(fresh) : undefined;
    script.replaceWith(fresh);
    return settled;
}
function waitFor(script) {
    return new Promise((resolve) => {
        for (const type of ['load', 'error'])
            script.addEventListener(type, () => resolve());
    });
}

// From a selector to elements.
/** What jQuery takes for an id, too: `#1st` is no valid CSS, and yet names an element. */
const ID = /^#[\w-]+$/;
function createSelect({ root, select }, report) {
    return (value) => {
        const elements = find(textOf$2(value, 'selector'));
        if (elements.length === 0)
            report(new EnckeError('no-target', `Nothing matches ${String(value)}.`));
        return elements;
    };
    function find(selector) {
        // Asked for now: where the queue is created there may be no document yet. On a server there is none, and no target.
        const base = root ?? globalThis.document;
        if (!base)
            return [];
        if (!select && ID.test(selector)) {
            const element = byId(base, selector.slice(1));
            return element ? [element] : [];
        }
        try {
            return [...(select ? select(selector, base) : base.querySelectorAll(selector))];
        }
        catch (cause) {
            const sentence = `${selector} is no CSS selector; for those of jQuery there is the option "select".`;
            throw new EnckeError('selector', sentence, { cause });
        }
    }
}
/** Only the first element of an id, however many have it. */
function byId(root, id) {
    if ('getElementById' in root)
        return root.getElementById(id);
    return root.querySelector(`[id="${id}"]`);
}

// The page as verbs may touch it, made from the options of the queue.
/** @param report takes what is wrong with a command that is carried out all the same. */
function createCommandPage(options, report) {
    const { functions = {}, scripts = refuseScripts, alert = (text) => window.alert(text), navigate = (url) => location.assign(url), } = options;
    return {
        select: createSelect(options, report),
        insert: createHtmlDoor(options, scripts, report),
        scripts,
        functions,
        alert,
        navigate,
    };
}

// What was pushed, as commands: one, a list, or the JSON text of either.
const EXCERPT_LENGTH$2 = 200;
/** A list whose elements are still to be looked at one by one. */
function readList(pushed) {
    const value = typeof pushed === 'string' ? parse(pushed) : pushed;
    return Array.isArray(value) ? value : [value];
}
function isCommand(value) {
    return typeof value?.type === 'string';
}
function notACommand(value) {
    const payload = print(value).slice(0, EXCERPT_LENGTH$2);
    return new EnckeError('malformed', `No command, which is an object whose "type" is text: ${payload}`, {
        payload,
    });
}
/** Never throws. */
function print(value) {
    if (typeof value === 'string')
        return value;
    let json;
    try {
        json = JSON.stringify(value);
    }
    catch {
        // It has a circle, or a `toJSON` that throws.
    }
    return json ?? typeof value;
}
/** The text itself where it is not JSON; that is no command either. */
function parse(text) {
    try {
        // A byte order mark counts as white space here; JSON allows none.
        return JSON.parse(text.trim());
    }
    catch {
        return text;
    }
}

// The `call` command: a function of the page by its name.
/** A dotted name leads from object to object; the last one before the function is its `this`. */
const call = ({ call: value, params }, { functions }) => {
    const name = nameOf(value, 'call');
    let owner;
    let found = functions;
    for (const key of name.split('.')) {
        owner = found;
        // Of its own: what every object inherits was registered by nobody.
        found = Object.hasOwn(Object(owner), key) ? owner[key] : undefined;
    }
    if (typeof found === 'function')
        return Reflect.apply(found, owner, Array.isArray(params) ? params : []);
    throw new EnckeError('refused', `The option "functions" has no function ${name}.`);
};

// Addresses that are code.
/**
 * Whether a browser takes it for a `javascript:` URL, passing over spaces and control characters.
 * Animations have lists of addresses.
 */
function isScriptUrl(url) {
    return /(?:^|;)javascript:/i.test(String(url).replace(/[\0- ]+/g, ''));
}

// The `attr` command: what an element has by a name, as a property or else as an attribute.
/** Attributes of which the property has another name, as jQuery knows them. */
const PROPERTIES = {
    class: 'className',
    for: 'htmlFor',
    tabindex: 'tabIndex',
    readonly: 'readOnly',
    maxlength: 'maxLength',
    cellspacing: 'cellSpacing',
    cellpadding: 'cellPadding',
    rowspan: 'rowSpan',
    colspan: 'colSpan',
    usemap: 'useMap',
    frameborder: 'frameBorder',
    contenteditable: 'contentEditable',
};
/** Where the name of the attribute cannot be told from that of the property by its letters. */
const ATTRIBUTES = {
    className: 'class',
    classList: 'class',
    htmlFor: 'for',
    relList: 'rel',
    httpEquiv: 'http-equiv',
    acceptCharset: 'accept-charset',
    defaultValue: 'value',
    defaultChecked: 'checked',
    defaultSelected: 'selected',
    defaultMuted: 'muted',
};
/** Attributes that mean yes by being there, whatever their value. */
const BOOLEAN = /^(?:allowfullscreen|async|auto(?:focus|play)|checked|compact|controls|default(?:checked|muted|selected)?|defer|disable(?:d|pictureinpicture|remoteplayback)|(?:form)?novalidate|hidden|inert|ismap|itemscope|loop|multiple|muted|no(?:module|resize|shade|wrap)|open|playsinline|readonly|required|reversed|selected|shadowroot(?:clonable|delegatesfocus|serializable)|webkitdirectory)$/i;
/** Attributes with words for values, of which the property is a boolean: the text `false` would count as true. */
const WORDS = /^(?:autocorrect|draggable|hidden|spellcheck|translate)$/;
/** What does not follow an attribute: the state of form fields and media, and what has none. */
const STATE = /^(?:checked|currentTime|hash|indeterminate|innerText|muted|nodeValue|scroll(?:Left|Top)|search|selected(?:Index)?|srcObject|text|textContent|value)$/;
/** Event handlers, HTML that passes no door, and what makes code of the rest of an address. */
const CODE = /^(?:on|(?:outerhtml|srcdoc|protocol)$)/i;
/** Whatever stands before: `formaction`, `xlink:href`. The last three are of animations, which may move a link. */
const ADDRESS = /(?:href|src|action|data|values|from|to)$/i;
/** What else of a link's address can be written by itself: in `javascript:void(0)` it is code. */
const PART = /^(?:user|pass|host|port|path|search$|hash$)/;
/**
 * Sets the property `key` where the element has one that can be written, else the attribute. `null`, and `false` for a
 * boolean attribute, take the attribute away. `append` and `prepend` go on from what the first element has, and give the
 * whole to all.
 */
const attr = ({ selector, key: given, value: sent, setType }, page) => {
    const key = nameOf(given, 'key');
    const name = propertyOf(key);
    const targets = page.select(selector);
    const [first] = targets;
    if (!first || sent === undefined)
        return;
    const isBoolean = BOOLEAN.test(key);
    const value = isBoolean && sent === false ? null : sent;
    const isWhole = value === null || (isBoolean && value === true) || setType === 'replace';
    const whole = isWhole ? value : join(textIn(first, name, key), value, setType === 'append');
    if (name === 'innerHTML')
        return page.insert(targets, whole, 'replace');
    const isCode = whole !== null && (CODE.test(name) || (ADDRESS.test(name) && isScriptUrl(whole)));
    for (const target of targets) {
        const isPartOfCode = PART.test(name) && isScriptUrl(target['href']);
        if (isCode || isPartOfCode || target.localName === 'script')
            checkCode(page.scripts);
        if (whole === null)
            takeAway(target, name, key);
        else if (isWords(name, whole) || !hasSet(target, name, whole)) {
            target.setAttribute(attributeOf(key), isBoolean && whole === true ? '' : whole);
        }
    }
};
/** The name of the property for that of an attribute. */
function propertyOf(key) {
    return Object.hasOwn(PROPERTIES, key) ? (PROPERTIES[key] ?? key) : key;
}
/** An object is no text to go on from: that of `style` is in the attribute. What is missing counts for none. */
function textIn(element, name, key) {
    const present = element[name] ?? null;
    return typeof present === 'object' ? (element.getAttribute(attributeOf(key)) ?? '') : present;
}
/** As `+` does it: the sum of two numbers, otherwise one text behind the other. */
function join(present, value, isAppended) {
    return isAppended ? present + value : value + present;
}
function isWords(name, value) {
    return typeof value === 'string' && value !== '' && WORDS.test(name);
}
function takeAway(target, name, key) {
    if (name in target && (STATE.test(name) || isOwn(target, name))) {
        hasSet(target, name, typeof target[name] === 'string' ? '' : null);
    }
    // Afterwards, as some write the attribute: the value of a box, the number of a list item.
    target.removeAttribute(attributeOf(key));
}
/** Whether it is what a custom element has made up, which may follow no attribute. */
function isOwn({ localName }, name) {
    return localName.includes('-') && !(name in HTMLElement.prototype);
}
function attributeOf(key) {
    if (Object.hasOwn(ATTRIBUTES, key))
        return ATTRIBUTES[key] ?? key;
    return key.replace(/^aria(?=[A-Z])/, 'aria-');
}
function hasSet(target, name, value) {
    try {
        if (name in target) {
            target[name] = value;
            return true;
        }
        return false;
    }
    catch {
        // `false` is the answer of a property that is only for reading, as in SVG; any other throws once more.
        return Reflect.set(target, name, value);
    }
}

// The `css` command: one declaration of an element's own style.
/** A number by itself: its sign where it is relative, the number, its unit. */
const NUMBER = /^(?:([+-])=)?([+-]?(?:\d*\.)?\d+(?:e[+-]?\d+)?)([a-z%]*)$/i;
/** Sizes, which jQuery takes for pixels even as text, and never lets fall below 0. */
const SIZE = /^(?:width|height|padding|border-width)$/;
/**
 * `key` as in style sheets or in scripts. A number is taken for pixels where it is not valid without a unit; `+=` and
 * `-=` go on from what is computed; `''` removes. As wherever scripts set styles, `!important` is not valid in a value.
 */
const css = ({ selector, key, value }, page) => {
    const text = textOf$2(key, 'key');
    setStyle(page.select(selector), text, value);
};
function setStyle(targets, key, value, unitOf = validUnit) {
    if (value === undefined || value === null)
        return;
    const name = declarationOf(key);
    for (const element of targets) {
        element.style.setProperty(name, textFor(element, name, value, unitOf));
    }
}
/** `flex: 1` and `tab-size: 4` say something else than with a unit; strokes are measured in pixels either way. */
function validUnit(name, number) {
    const isPlain = CSS.supports(name, String(number)) && !name.startsWith('stroke-');
    return !isPlain && CSS.supports(name, `${number}px`) ? 'px' : '';
}
/** As style sheets write it. Most keys are: one look is quicker than three replacements. */
function declarationOf(key) {
    if (/^--|^[^A-Z]*$/.test(key))
        return key;
    return key.replace('cssF', 'f').replace(/[A-Z]/g, '-$&').toLowerCase();
}
function textFor(element, name, value, unitOf) {
    const isSize = SIZE.test(name);
    const [, sign, amount, given] = NUMBER.exec(String(value)) ?? [];
    if (!amount || !(sign || isSize || typeof value === 'number'))
        return String(value);
    let number = Number(amount);
    let unit = given;
    if (sign) {
        const computed = getComputedStyle(element).getPropertyValue(name);
        const [, , present = 0, its] = NUMBER.exec(computed) ?? [];
        // Only layout can add what has not the same unit.
        if (its && unit && its !== unit)
            return `calc(${computed} ${sign} ${amount}${unit})`;
        unit ||= its;
        number = Number(present) + Number(`${sign}1`) * number;
    }
    if (isSize)
        number = Math.max(0, number);
    return `${number}${unit || unitOf(name, number)}`;
}

// What commands do to the page: one verb for each type of the Sijax protocol.
const verbs = {
    html({ selector, html, setType }, page) {
        const targets = page.select(selector);
        if (targets.length > 0)
            return page.insert(targets, html, placementOf(setType));
    },
    attr,
    css,
    /** The key of the same name is the selector; the one that every other command has is taken, too. */
    remove({ remove, selector }, page) {
        for (const element of page.select(remove ?? selector))
            element.remove();
    },
    call,
    alert({ alert }, page) {
        page.alert(String(alert));
    },
    script({ script }, page) {
        page.scripts.run(textOf$2(script, 'script'));
    },
    redirect({ redirect }, page) {
        const url = textOf$2(redirect, 'redirect');
        if (isScriptUrl(url))
            checkCode(page.scripts);
        page.navigate(url);
    },
};
/** What is neither `replace` nor `append` puts before, as in Sijax's own client. */
function placementOf(setType) {
    return setType === 'replace' || setType === 'append' ? setType : 'prepend';
}

// Carries out one command: its verb, the hooks around it, and what becomes of an error.
function createRunner(options) {
    const { beforeApply, afterApply, onError } = options;
    const page = createCommandPage(options, fail);
    let command; // the one at work, the only one
    let failed = false; // whether an error of it was reported
    return {
        apply(next) {
            const answer = beforeApply && call$1(beforeApply, next);
            if (answer === false)
                return undefined;
            if (!answer || answer === true)
                return carryOut(next);
            return Promise.resolve(answer).then((later) => (later === false ? undefined : carryOut(next)), (cause) => {
                // Nobody has said that it may be carried out.
                command = next;
                fail(cause);
            });
        },
        report,
    };
    function carryOut(next) {
        command = next;
        failed = false;
        try {
            const verb = findVerb(options.verbs, next.type) ?? findVerb(verbs, next.type);
            if (!verb)
                throw new EnckeError('unknown-command', `No verb is called ${next.type}.`);
            // A function that "returns nothing" may return anything; only a promise is waited for.
            const work = verb(next, page);
            // A request is not either: it waits for its own commands, which come behind this one.
            if (work?.then && !work.closed)
                return Promise.resolve(work).then(finish, fail);
            finish();
        }
        catch (error) {
            fail(error);
        }
        return undefined;
    }
    function finish() {
        if (afterApply && command && !failed)
            call$1(afterApply, command);
    }
    function fail(cause) {
        const error = cause instanceof EnckeError ? cause : new EnckeError('command', sentenceFor(cause), { cause });
        error.command = command;
        failed = true;
        report(error);
    }
    function sentenceFor(cause) {
        // Of what is no error not everything can be made a text.
        return `A command of type ${command?.type} threw: ${cause instanceof Error ? String(cause) : print(cause)}`;
    }
    function report(error) {
        if (onError)
            call$1(onError, error);
        // Servers often send what only some pages have a place for.
        else if (error.code !== 'no-target')
            call$1(fling, error);
    }
}
/** Looks only at what the table itself holds: `constructor` and `__proto__` are no verbs. */
function findVerb(table, type) {
    return table && Object.hasOwn(table, type) ? table[type] : undefined;
}
/** Caught by `call`, it reaches the page's error reporting. */
function fling(error) {
    throw error;
}

// Refuses an option that does not exist, and names the one that was probably meant.
/** What a letter that was left out counts, beside one that is wrong: `timeout` is nearer to `connectTimeout` than to `retry`. */
const LEFT_OUT = 0.4;
/**
 * An option given as `undefined` is an option not given.
 *
 * @param owner - what takes the options, as the caller knows it
 * @throws EnckeError `invalid-option`
 */
function refuseUnknown(owner, options, names) {
    for (const [name, value] of Object.entries(options)) {
        if (value === undefined || Object.hasOwn(names, name))
            continue;
        const nearest = nearestOf(Object.keys(names), name);
        throw new EnckeError('invalid-option', `${owner} has no option ${name}. Did you mean ${nearest}?`);
    }
}
function nearestOf(names, typed) {
    const distances = names.map((name) => distance(typed.toLowerCase(), name.toLowerCase()));
    return names[distances.indexOf(Math.min(...distances))] ?? '';
}
/** The edit distance (Levenshtein's) with a weight of its own for letters left out. */
function distance(typed, name) {
    let row = Array.from({ length: name.length + 1 }, (_, at) => at * LEFT_OUT);
    for (const letter of typed) {
        let left = Infinity;
        let diagonal = Infinity;
        row = row.map((above, at) => {
            const replaced = diagonal + (letter === name[at - 1] ? 0 : 1);
            diagonal = above;
            return (left = Math.min(replaced, above + 1, left + LEFT_OUT));
        });
    }
    return row.at(-1) ?? 0;
}

// Tells assistive technology which elements are about to change.
const BUSY = 'aria-busy';
function createBusyMarks(options) {
    // What is wrong with a selector is told when its command is carried out.
    const select = createSelect(options, () => undefined);
    const looked = new Set(); // selectors
    const before = new Map(); // the attribute of every element marked
    return {
        mark({ selector, remove = selector }) {
            if (looked.has(remove))
                return;
            looked.add(remove);
            for (const element of find(remove)) {
                if (!before.has(element))
                    before.set(element, element.getAttribute(BUSY));
                element.setAttribute(BUSY, 'true');
            }
        },
        clear() {
            for (const [element, value] of before) {
                // Where a command has set it in the meantime, that stays.
                if (element.getAttribute(BUSY) !== 'true')
                    continue;
                if (value === null)
                    element.removeAttribute(BUSY);
                else
                    element.setAttribute(BUSY, value);
            }
            before.clear();
            looked.clear();
        },
    };
    function find(selector) {
        try {
            return select(selector);
        }
        catch {
            return [];
        }
    }
}

// Which commands make an earlier one superfluous.
const PLAIN_ID = /^#[\w-]+$/;
/**
 * HTML that reaches beyond its target: by ids or custom elements, by scripts or handlers, or because a choice
 * in it undoes another one (`name` of radio buttons, `selected`).
 */
const FAR_REACHING = /[\s"'/](?:id|is|name|on\w+)\s*=|\bselected\b|<(?:script|[a-z][^\s/>]*-)/i;
/** Attributes that take any plain value, and change nothing but themselves. */
const SIMPLE = /^(?:class|className|title|alt|placeholder|tab[iI]ndex)$/;
/** Those that change nothing else either, but come and go, or refuse a value. */
const FICKLE = /^(?:value|hidden|disabled|max[lL]ength|(?:aria|data)-.+)$/;
/** Relative to the present value; or a removal, after which the declaration would come back in another place. */
const NOT_ABSOLUTE = /^\s*(?:[+-]=|$)/;
/** To parse a declaration takes longer than to remember it; how many are. */
const MOST_KNOWN = 1_000;
/**
 * Names html, attr and css after what they write, so that a later one takes the place of an earlier one where the page
 * ends up the same without it. That needs ids that are unique, and between the two only commands that
 *
 * - write to what a plain `#id` names, and read nothing;
 * - bring no id, and change none: so elements with an id only ever go, and what was written to them goes with them;
 * - overwrite, the later one, all that the earlier one wrote.
 *
 * What only keeps to the first two is named `''`. Any other command has no name.
 */
function coalesceBy(ownVerbs = {}) {
    return (command) => {
        const { type, selector } = command;
        const nameOf = Object.hasOwn(NAMES, type) && !Object.hasOwn(ownVerbs, type) ? NAMES[type] : undefined;
        return typeof selector === 'string' && PLAIN_ID.test(selector) ? nameOf?.(command, selector) : undefined;
    };
}
const NAMES = {
    html: ({ html, setType }, selector) => setType === 'replace' && isPlain(html) && !FAR_REACHING.test(String(html)) ? selector : undefined,
    attr({ key, value, setType }, selector) {
        if (setType !== 'replace' || typeof key !== 'string')
            return undefined;
        if (SIMPLE.test(key) && isPlain(value))
            return `${selector} ${key}`;
        return FICKLE.test(key) ? '' : undefined;
    },
    css({ key, value }, selector) {
        if (typeof key !== 'string' || typeof value !== 'string')
            return '';
        if (NOT_ABSOLUTE.test(value))
            return undefined;
        return isValid(key, value) ? `${selector} ${key}` : '';
    },
};
function isPlain(value) {
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}
/** Whether it overwrites anything: a declaration that cannot be parsed is passed over. */
function isValid(key, value) {
    const declaration = `${key}:${value}`;
    if (!known.has(declaration)) {
        if (known.size === MOST_KNOWN)
            known.clear();
        known.set(declaration, CSS.supports(key.replace(/[A-Z]/g, '-$&'), value));
    }
    return known.get(declaration) === true;
}
const known = new Map(); // whether a declaration is valid

// The commands that wait: first come, first served, unless a later one takes the place of an earlier one.
function createLine(nameOf) {
    const latest = new Map(); // of each name, since the last command without one
    const end = {}; // closes the ring: behind it is the first, before it the last
    end.before = end.behind = end;
    let size = 0;
    return {
        get size() {
            return size;
        },
        add(command, room) {
            const name = nameOf?.(command);
            const earlier = name ? latest.get(name) : undefined;
            if (earlier && !earlier.stays)
                remove(earlier);
            else if (!room)
                return false;
            // By the first a declaration has its place among the others.
            const stays = !earlier && command.type === 'css';
            const link = { command, name, stays, before: end.before, behind: end };
            end.before = end.before.behind = link;
            size++;
            if (name)
                latest.set(name, link);
            else if (nameOf && name === undefined)
                latest.clear();
            return true;
        },
        take() {
            const first = end.behind;
            if (first === end)
                return undefined;
            remove(first);
            if (first.name && latest.get(first.name) === first)
                latest.delete(first.name);
            return first.command;
        },
        forEach(visit) {
            for (let link = end.behind; link !== end; link = link.behind)
                visit(link.command);
        },
    };
    function remove({ before, behind }) {
        before.behind = behind;
        behind.before = before;
        size--;
    }
}

// The next frame, or a task in its stead where the page draws none.
/** A frame that has not come by then may never come: the page lies off screen, or behind another. Milliseconds. */
const OVERDUE = 100;
/** Calls back once. What it returns calls that off; either leaves nothing behind. */
function callInFrame(callback) {
    const { document, requestAnimationFrame } = globalThis;
    const isDrawn = document?.hidden === false && requestAnimationFrame;
    const stop = isDrawn ? awaitFrame(come) : sendMessage(come);
    return stop;
    function come() {
        stop();
        callback();
    }
}
function awaitFrame(come) {
    const frame = requestAnimationFrame(come);
    const timer = setTimeout(come, OVERDUE);
    document.addEventListener('visibilitychange', come);
    return () => {
        cancelAnimationFrame(frame);
        clearTimeout(timer);
        document.removeEventListener('visibilitychange', come);
    };
}
/** The timers of a hidden page are held back for a second and more; messages are not. */
function sendMessage(come) {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = come;
    port2.postMessage(0);
    return () => {
        // Firefox 153 and WebKitGTK 2.50 deliver what is under way when a port is closed.
        port1.onmessage = null;
        port1.close();
    };
}

// When commands may be carried out: for a slice of each frame, so that the page stays responsive.
/** After a rest of a frame's length there is time again, whether a frame has come or not. Milliseconds. */
const REST = 16;
/** @param budget milliseconds in each frame */
function createSlices(budget, onFrame) {
    let left = budget; // when the last slice ended
    let restEnd = 0;
    let deadline = 0; // of the slice
    let awaited = false; // a frame
    let stop;
    return {
        get awaitsFrame() {
            return awaited;
        },
        begin() {
            const now = performance.now();
            if (!awaited && now >= restEnd)
                left = budget;
            deadline = now + left;
        },
        // One slow command among many quick ones would go unnoticed if not every one were clocked.
        hasTime: () => performance.now() < deadline,
        end() {
            const now = performance.now();
            left = deadline - now;
            restEnd = now + REST;
        },
        // Only behind the current code, which may flush: to await a frame and call it off costs as much as 20 commands.
        awaitFrame() {
            if (!awaited)
                queueMicrotask(listen);
            awaited = true;
        },
        cancel() {
            awaited = false;
            stop?.();
            stop = undefined;
        },
    };
    function listen() {
        if (awaited)
            stop ??= callInFrame(come);
    }
    function come() {
        awaited = false;
        stop = undefined;
        restEnd = 0;
        onFrame();
    }
}

// Commands on their way to the page: one after the other, in slices of time.
const OPTIONS = {
    root: 0,
    verbs: 0,
    functions: 0,
    scripts: 0,
    sanitize: 0,
    select: 0,
    alert: 0,
    navigate: 0,
    beforeApply: 0,
    afterApply: 0,
    onError: 0,
    preserve: 0,
    ariaBusy: 0,
    coalesce: 0,
    frameBudget: 0,
    maxQueue: 0,
};
const NUMBERS = 'frameBudget must be a number above 0, maxQueue one of at least 1.';
const POLICY = 'scripts must be refuseScripts, allowScripts or nonceScripts(nonce).';
/** Options that are functions. */
const FUNCTIONS = [
    'sanitize',
    'select',
    'alert',
    'navigate',
    'beforeApply',
    'afterApply',
    'onError',
    'preserve',
];
/**
 * Makes a queue. What is pushed while nothing waits is carried out before `push` returns, as far as the frame budget
 * goes; the rest in the frames to come.
 *
 * @throws EnckeError `invalid-option` for a value outside its bounds, and for an option that does not exist.
 */
function commandQueue(options = {}) {
    refuseUnknown('commandQueue', options, OPTIONS);
    const { frameBudget = 8, maxQueue = 50_000, beforeApply, coalesce, ariaBusy, verbs } = options;
    checkValues({ ...options, frameBudget, maxQueue });
    const runner = createRunner(options);
    const slices = createSlices(frameBudget, work);
    // A command that `beforeApply` skips must not have driven out another.
    const line = createLine(coalesce && !beforeApply ? coalesceBy(verbs) : undefined);
    const busyMarks = ariaBusy ? createBusyMarks(options) : undefined;
    let state = 'idle'; // held: a command takes its time
    let paused = false;
    let owed = 0; // how many are to be carried out whatever the time
    let gone = 0; // how many have left the line: carried out, dropped, or at work
    let before = 0; // how many had when the one at work left it
    let askers = [];
    return {
        get size() {
            return line.size;
        },
        get done() {
            const due = gone + line.size;
            return when(() => (state === 'idle' ? gone : before) >= due);
        },
        push,
        pause() {
            paused = true;
            owed = 0;
            rest();
        },
        resume() {
            paused = false;
            work();
        },
        flush() {
            owed = line.size;
            work();
        },
        clear() {
            owed = 0;
            while (line.take())
                gone++;
            rest();
        },
        ready() {
            return line.size < maxQueue / 2 ? undefined : when(() => line.size < maxQueue / 4);
        },
    };
    function push(pushed) {
        const blocked = paused || state === 'held';
        const strangers = [];
        let refused = 0;
        for (const item of readList(pushed)) {
            if (!isCommand(item))
                strangers.push(item);
            else if (!line.add(item, !blocked || line.size < maxQueue))
                refused++;
            else if (slices.awaitsFrame)
                busyMarks?.mark(item);
        }
        // Only now: who hears of them may push, too, and is to come behind.
        for (const stranger of strangers)
            runner.report(notACommand(stranger));
        if (refused > 0) {
            runner.report(new EnckeError('queue-full', `${refused} commands dropped: ${maxQueue} wait already.`));
        }
        if (!slices.awaitsFrame || line.size > maxQueue)
            work();
    }
    /** Carries out what may be by now. A command at work is not disturbed: what is asked of the queue meanwhile goes on behind it. */
    function work() {
        if (state !== 'idle')
            return;
        state = 'applying';
        slices.begin();
        let held;
        while (!held && line.size > 0 && mayGoOn())
            held = applyFirst();
        slices.end();
        state = held ? 'held' : 'idle';
        void held?.then(() => {
            state = 'idle';
            work();
        });
        rest();
    }
    function mayGoOn() {
        return owed-- > 0 || (!paused && (line.size > maxQueue || slices.hasTime()));
    }
    function applyFirst() {
        const command = line.take();
        before = gone++;
        return command && runner.apply(command);
    }
    /** Sees to those who wait: the commands, and who asked how far they are. */
    function rest() {
        if (state !== 'idle' || paused || line.size === 0)
            slices.cancel();
        else {
            slices.awaitFrame();
            if (busyMarks)
                line.forEach(busyMarks.mark);
        }
        if (state === 'idle' && line.size === 0)
            busyMarks?.clear();
        askers = askers.filter(({ isTime, resolve }) => !isTime() || resolve());
    }
    function when(isTime) {
        return new Promise((resolve) => {
            askers.push({ isTime, resolve });
            rest();
        });
    }
}
/** @throws EnckeError `invalid-option` */
function checkValues({ scripts, verbs = {}, functions = {}, ...rest }) {
    const { frameBudget, maxQueue } = rest;
    check(isAtLeast(frameBudget, Number.MIN_VALUE) && isAtLeast(maxQueue, 1), NUMBERS);
    for (const name of FUNCTIONS)
        check(isFunction(rest[name] ?? check), `${name} must be a function.`);
    for (const table of [verbs, functions])
        check(Object(table) === table, 'verbs and functions must be objects.');
    check(Object.values(verbs).every(isFunction), 'Every one of verbs must be a function.');
    check(!scripts || (isFunction(scripts.run) && isFunction(scripts.revive)), POLICY);
}
function check(isRight, sentence) {
    if (!isRight)
        throw new EnckeError('invalid-option', sentence);
}
/** Text and NaN are not. */
function isAtLeast(value, least) {
    return typeof value === 'number' && value >= least;
}
function isFunction(value) {
    return typeof value === 'function';
}

// A promise that is made when it is asked for, as members for another object.
/** Calls `make` once, when the first asks: where nobody does, no rejection goes unhandled. */
function thenable(make) {
    let promise;
    const get = () => (promise ??= make());
    return {
        then: (resolved, rejected) => get().then(resolved, rejected),
        catch: (rejected) => get().catch(rejected),
        finally: (settled) => get().finally(settled),
        [Symbol.toStringTag]: 'Exchange',
    };
}

// What happens to the page: hidden, shown, put away, woken, on line again.
/** Where there is no document, in a worker for one, only `online` is told. */
const browserPage = {
    watch,
    isHidden: () => documentOf()?.visibilityState === 'hidden',
    isPrerendered: () => documentOf()?.prerendering === true,
};
/** Never `unload` or `beforeunload`: a page that listens for them is kept out of the back/forward cache. */
const EVENTS = {
    pagehide: 'stored',
    pageshow: 'restored',
    freeze: 'frozen',
    resume: 'resumed',
    online: 'online',
    prerenderingchange: 'activated',
};
function watch(listener) {
    const controller = new AbortController();
    const { signal } = controller;
    const page = documentOf();
    const told = ({ type }) => {
        listener(EVENTS[type] ?? (browserPage.isHidden() ? 'hidden' : 'visible'));
    };
    for (const type of Object.keys(EVENTS)) {
        // [spec: Page Lifecycle] These come to the document, the others to the window, or to a worker's scope.
        const target = /^(freeze|resume|prerenderingchange)$/.test(type)
            ? page
            : globalThis;
        target?.addEventListener?.(type, told, { signal });
    }
    page?.addEventListener('visibilitychange', told, { signal });
    return () => {
        controller.abort();
    };
}
function documentOf() {
    return globalThis.document;
}

// What a session needs of the world around it, so that a test can be that world.
const browserEnvironment = {
    now: /* @__PURE__ */ sleeplessClock(),
    setTimer(callback, milliseconds) {
        // A longer timer would fire at once.
        const timer = setTimeout(callback, Math.min(milliseconds, MAX_TIMER));
        return () => {
            clearTimeout(timer);
        };
    },
    random: Math.random,
    // The document's base URL counts `<base href>`; a worker has only its location.
    baseUrl: () => globalThis.document?.baseURI ?? globalThis.location?.href,
    // The global is `'null'` in a sandboxed page, whatever its address says.
    origin: () => globalThis.origin ?? globalThis.location?.origin,
    fetch: (input, init) => fetch(input, init),
    page: browserPage,
    storage: () => globalThis.sessionStorage,
};
/** The longest timer browsers keep, about 24.8 days. */
const MAX_TIMER = 2 ** 31 - 1;
/** How far the two clocks may part in one go before the machine counts as having slept. Milliseconds. */
const SLEPT = 1_000;
/** `performance.now()` stands still while some machines sleep, `Date.now()` goes back where it is set. */
function sleeplessClock() {
    let slept = 0;
    let parted;
    return () => {
        const time = performance.now();
        const distance = Date.now() - time;
        const grown = distance - (parted ??= distance);
        slept += grown > SLEPT ? grown : 0;
        if (Math.abs(grown) > SLEPT)
            parted = distance;
        return time + slept;
    };
}

// Every option, what it means, and its default.
/** The default of every option that has a value for one. */
const DEFAULTS = {
    credentials: 'same-origin',
    lastEventId: '',
    cursor: 'last-event-id',
    transportParam: 'transport',
    callback: 'enckeReceive',
    maxMessageSize: 1_048_576,
    connectTimeout: 15_000,
    longPollTimeout: 60_000,
    pollInterval: 5_000,
    retryDelay: 1_000,
    maxRetryDelay: 30_000,
    maxAttempts: Infinity,
    heartbeat: 0,
    share: 'start',
    replays: 'drop',
};
/** The names of the options of both verbs. */
const OF_BOTH = {
    method: 0,
    headers: 0,
    body: 0,
    credentials: 0,
    signal: 0,
    fetch: 0,
    transports: 0,
    format: 0,
    parse: 0,
    on: 0,
    onMessage: 0,
    commands: 0,
    onError: 0,
    onOpen: 0,
    onState: 0,
    onTransport: 0,
    onResync: 0,
    onSettledState: 0,
    onUnauthorized: 0,
    heartbeat: 0,
    debug: 0,
    onUploadProgress: 0,
    allowTruncated: 0,
    endOn: 0,
    until: 0,
    lastEventId: 0,
    cursor: 0,
    lastEventIdParam: 0,
    transportParam: 0,
    callback: 0,
    maxMessageSize: 0,
    connectTimeout: 0,
};
/** Those of `subscribe` only. */
const OF_SUBSCRIBE = {
    longPollTimeout: 0,
    pollInterval: 0,
    retryDelay: 0,
    maxRetryDelay: 0,
    maxAttempts: 0,
    retry: 0,
    replays: 0,
    resume: 0,
    share: 0,
};
/** What a call in a script of a frame may name. */
const DOTTED_NAME = /^[\w$][\w$.]{0,99}$/;
/** Shortest time between two polls, in milliseconds. */
const MIN_POLL_INTERVAL = 1_000;
/**
 * Looks for misspelt options.
 *
 * @throws EnckeError `invalid-option`
 */
function refuseUnknownOptions(options, once) {
    const misplaced = once &&
        Object.entries(options).find(([name, value]) => value !== undefined && Object.hasOwn(OF_SUBSCRIBE, name));
    if (misplaced)
        throw new EnckeError('invalid-option', `${misplaced[0]} is an option of subscribe: a request is sent once.`);
    refuseUnknown(once ? 'request' : 'subscribe', options, { ...OF_BOTH, ...(!once && OF_SUBSCRIBE) });
}
/**
 * Puts the defaults in place, once, at the border.
 *
 * @throws EnckeError `invalid-option` for a value outside its bounds.
 */
function resolveOptions(options) {
    // An option given as `undefined` is an option not given.
    const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined));
    const resolved = { method: 'body' in given ? 'POST' : 'GET', ...DEFAULTS, ...given };
    resolved.method = resolved.method.toUpperCase();
    if (/^(GET|HEAD)$/.test(resolved.method) && resolved.body !== undefined) {
        throw new EnckeError('invalid-option', `A ${resolved.method} request has no body. Use POST.`);
    }
    const names = [resolved.callback].flat();
    if (!names.every((name) => DOTTED_NAME.test(name)) || /[\0\r\n]/.test(resolved.lastEventId)) {
        throw new EnckeError('invalid-option', 'callback must be a dotted name, lastEventId a single line.');
    }
    const { share, resume, transports = [] } = resolved;
    const isNamed = (value, by) => typeof value?.[by] === 'string';
    if (!isNamed(share, 'tabs') && ![false, 'start', 'page', 'tabs'].includes(share)) {
        throw new EnckeError('invalid-option', "share must be 'start', 'page', 'tabs', { tabs: NAME } or false.");
    }
    if (!isNamed(resume, 'session') && ![undefined, 'session'].includes(resume)) {
        throw new EnckeError('invalid-option', "resume must be 'session' or { session: NAME }.");
    }
    if (!['drop', 'deliver'].includes(resolved.replays)) {
        throw new EnckeError('invalid-option', "replays must be 'drop' or 'deliver'.");
    }
    if (!Array.isArray(transports) || transports.some((transport) => !transport.open)) {
        throw new EnckeError('invalid-option', 'transports must be a list of transports, [longPoll] for one.');
    }
    for (const [name, value] of Object.entries(DEFAULTS)) {
        const least = name === 'pollInterval' ? MIN_POLL_INTERVAL : 0;
        // Written so that NaN and text fail, too.
        if (typeof value !== 'number' || resolved[name] >= least)
            continue;
        throw new EnckeError('invalid-option', `${name} must be a number, at least ${least}.`);
    }
    return resolved;
}

// The moment from which several can take more.
/** `undefined` where none has to be waited for: asked for every chunk, so nothing is made then. */
function allReady(waits) {
    const pending = waits.filter((wait) => wait !== undefined);
    return pending.length > 1 ? Promise.all(pending).then(() => undefined) : pending[0];
}

// Messages on their way to a loop that takes them one by one.
/** A loop that lags this many messages behind holds back a carrier that can wait. */
const HIGH_WATER = 1_000;
/** @param onLeft called when the loop is left early */
function createMessageQueue(onLeft) {
    let items = [];
    let given = 0; // how many of them the loop has
    let ended = false;
    let failure; // thrown once, when the rest is given
    let wake; // set while the loop waits
    let isRead = false; // a loop takes them one by one
    let room; // while it lags behind
    let makeRoom;
    return {
        push(item) {
            items.push(item);
            wake?.();
        },
        ready() {
            if (!isRead || ended || items.length - given < HIGH_WATER)
                return undefined;
            return (room ??= new Promise((resolve) => (makeRoom = resolve)));
        },
        end,
        drop,
        take,
        read() {
            isRead = true;
            const loop = give();
            return {
                next: () => loop.next(),
                // A generator that waits would take its leave only with the next message, so it is woken first.
                return() {
                    drop();
                    onLeft();
                    return loop.return();
                },
                [Symbol.asyncIterator]() {
                    return this;
                },
            };
        },
    };
    async function* give() {
        for (;;) {
            // One by one: whoever closes at the first is not given the second.
            while (given < items.length) {
                const item = items[given++];
                forget();
                yield item;
            }
            // As a reader of a body does, with the reason of an aborted signal, whatever that is.
            // eslint-disable-next-line @typescript-eslint/only-throw-error
            if (failure !== undefined)
                throw failure;
            if (ended)
                return;
            await new Promise((resolve) => (wake = resolve));
        }
    }
    /** Makes room, and lets go of what was given: in bulk, since one by one would move the whole list each time. */
    function forget() {
        const lag = items.length - given;
        if (lag < HIGH_WATER / 2)
            freeRoom();
        if (lag > 0 && given < HIGH_WATER)
            return;
        items = items.slice(given);
        given = 0;
    }
    function freeRoom() {
        room = undefined;
        makeRoom?.();
    }
    function end(error) {
        ended = true;
        failure = error;
        wake?.();
        freeRoom();
    }
    function drop(error) {
        take();
        end(error);
    }
    function take() {
        const rest = items.slice(given);
        items = [];
        given = 0;
        freeRoom();
        return rest;
    }
}

// How the last event id travels: what servers expect that are not our own.
const CURSOR_CONVENTIONS = {
    'last-event-id': { param: 'lastEventId' },
    // The hub of Mercure up to 0.24, and as of 1.0.
    mercure: { param: 'lastEventID', echo: 'last-event-id' },
    'mercure-1': { param: 'last_event_id', echo: 'mercure-last-event-id' },
    // 410: it has let go of its listeners, as at every reload of nginx. The id is as good as before.
    nchan: {
        param: 'last_event_id',
        withoutEtag: true,
        holds: true,
        statuses: { 410: 'retry' },
        idOf: nchanId,
    },
    // The polyfill event-source-polyfill, and servers written for it.
    yaffle: { param: 'lastEventId', queryOnly: true },
};
/** Nchan writes an id as seconds and a tag; an answer has the one in `Last-Modified`, the other in `ETag`. */
function nchanId(headers) {
    const time = Date.parse(headers.get('last-modified') ?? '');
    const tag = headers.get('etag');
    return Number.isNaN(time) || tag === null ? undefined : `${String(time / 1000)}:${tag}`;
}

// A short name for what must not be read: the same for the same text, and nothing of the text can be seen in it.
/** 32 hexadecimal digits, made by four 32-bit hashes (FNV-1a with other primes and another mixing at the end). */
function hashOf(text) {
    return [0x01000193, 0x85ebca6b, 0xc2b2ae35, 0x27d4eb2f].map((prime) => lane(text, prime)).join('');
}
function lane(text, prime) {
    let hash = 0x811c9dc5 ^ prime;
    for (let at = 0; at < text.length; at++) {
        hash = Math.imul(hash ^ text.charCodeAt(at), prime);
        // Without this the high bits of a character would never reach the low ones of the hash.
        hash ^= hash >>> 15;
    }
    hash = Math.imul(hash ^ (hash >>> 16), 0x45d9f3b);
    return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0');
}

// Where we are in the stream: the last event id, and what must not be delivered again.
/** How many messages are remembered to recognise a replay. */
const MEMORY$1 = 512;
/** How many characters of them at most: what is kept may hang on the chunk it was cut from. */
const MEMORY_SIZE = 262_144;
/** Of a longer message only a hash is remembered. Characters. */
const LONG = 16_384;
/**
 * A replay is what was delivered before, under the same id and name and with the same data, at the beginning of a
 * connection. All of it counts, since a server that begins its numbering anew sends known ids with other messages.
 *
 * @param drops whether replays are told at all
 */
function createCursor(initialId, drops = true) {
    let id = initialId;
    let fresh = 0;
    let wasAnswered = false;
    let first = 0; // index of the oldest message remembered
    let size = 0; // characters remembered
    let ids = [];
    let texts = [];
    const cursor = {
        get id() {
            return id;
        },
        get fresh() {
            return fresh;
        },
        etag: null,
        get wasAnswered() {
            return wasAnswered;
        },
        answeredFrom(url, pageOrigin) {
            wasAnswered = true;
            const origin = originOf(url);
            cursor.inQuery = origin !== undefined && origin !== pageOrigin;
        },
        inQuery: false,
        forget() {
            id = '';
            cursor.etag = null;
        },
        connect,
    };
    return cursor;
    function connect() {
        let replaying = true; // all messages under ids of this connection so far are ones that were delivered before
        let delivered; // what was delivered before, as keys; made when it is first asked
        let stated = false; // it has stated an id
        return {
            moveTo(next) {
                id = next;
                stated = true;
                cursor.onMove?.(next);
            },
            isReplay({ event, data }) {
                if (id === '' || !drops)
                    return false;
                const content = textOf$1(data);
                if (content === undefined)
                    return false;
                const kept = content.length > LONG ? hashOf(content) : content;
                const text = `${String(event.length)} ${event}${kept}`;
                if (replaying && stated) {
                    delivered ??= new Set(ids.slice(first).map((known, index) => key(known, texts[first + index] ?? '')));
                    replaying = delivered.has(key(id, text));
                    if (replaying)
                        return true;
                }
                remember(text);
                return false;
            },
        };
    }
    function remember(text) {
        fresh++;
        ids.push(id);
        texts.push(text);
        size += text.length;
        while (ids.length - first > MEMORY$1 || size > MEMORY_SIZE) {
            size -= texts[first]?.length ?? 0;
            texts[first++] = '';
        }
        // Forgotten in bulk: one by one would move the whole list each time.
        if (first < MEMORY$1)
            return;
        ids = ids.slice(first);
        texts = texts.slice(first);
        first = 0;
    }
}
/** What JSON cannot write, a format of one's own may give; it is no replay of anything. */
function textOf$1(data) {
    if (typeof data === 'string')
        return data;
    try {
        return JSON.stringify(data);
    }
    catch {
        return undefined;
    }
}
function originOf(url) {
    try {
        return new URL(url).origin;
    }
    catch {
        // A transport of the caller's own may tell anything.
        return undefined;
    }
}
function key(id, text) {
    return `${id}\n${text}`;
}

// One session, and everyone who listens to it.
/** @param onOver called when it is closed; who comes later needs another */
function createHub(start, onOver) {
    // Replaced, never changed: a listener may leave while a message goes round.
    let listeners = [];
    let last;
    let head; // of the last response
    let hasDelivered = false;
    let chosen; // the last that was told
    const session = start({
        state(change) {
            last = change;
            // Before anyone hears of it, and might subscribe anew.
            if (change.state === 'closed')
                onOver();
            each((listener) => listener.state(change));
        },
        transport(change) {
            chosen = change;
            each((listener) => listener.transport(change));
        },
        head(seen) {
            head = seen;
            each((listener) => listener.head(seen));
        },
        message(message) {
            hasDelivered = true;
            for (const listener of listeners)
                listener.message(message);
        },
        error: (error) => each((listener) => listener.error(error)),
        resync: (gap) => each((listener) => listener.resync(gap)),
        closed: (closed) => each((listener) => listener.closed(closed)),
        eventNames: () => listeners.flatMap((listener) => listener.eventNames()),
        ready: () => allReady(listeners.map((listener) => listener.ready())),
    });
    return {
        get hasDelivered() {
            return hasDelivered;
        },
        join,
    };
    function join(listener) {
        let left = false;
        const [wasChosen, wasLast, wasHead] = [chosen, last, head];
        listeners = [...listeners, listener];
        if (wasChosen)
            session.listen();
        // Who comes late is told where things stand; asynchronously, like everyone else. What it has heard of meanwhile
        // is not told again, and its own handler may close it.
        queueMicrotask(() => {
            if (left || session.state === 'closed')
                return;
            if (chosen && chosen === wasChosen)
                listener.transport({ to: chosen.to, refusals: [] });
            if (head && head === wasHead && !isLeft())
                listener.head(head);
            if (last && last === wasLast && !isLeft())
                listener.state(last);
        });
        return {
            get state() {
                return left ? 'closed' : session.state;
            },
            get transport() {
                return session.transport;
            },
            get lastEventId() {
                return session.lastEventId;
            },
            get attempt() {
                return session.attempt;
            },
            trace: session.trace,
            reconnect: session.reconnect,
            listen: session.listen,
            close(reason, error, truncated) {
                if (left || session.state === 'closed')
                    return;
                left = true;
                if (listeners.length === 1)
                    session.close(reason, error, truncated);
                else
                    leave({ reason, error, truncated });
            },
        };
        /** A function, so that the compiler forgets what it knew before a handler ran. */
        function isLeft() {
            return left;
        }
        function leave(closed) {
            listeners = listeners.filter((other) => other !== listener);
            const { attempt, transport, state: previous } = session;
            const { reason, error } = closed;
            listener.state({ state: 'closed', previous, reason, attempt, transport, error });
            listener.closed(closed);
        }
    }
    function each(tell) {
        // The handler of one may close another.
        for (const listener of listeners)
            if (listeners.includes(listener))
                tell(listener);
    }
}

// A last event id that survives a reload of the page.
/** Of what is kept, and under which names. */
const VERSION$1 = 1;
/** @param name what it is kept for, which is not shown; without one nothing is. Where the page may keep nothing, nothing is said. */
function keptCursor({ storage }, name) {
    const key = `encke:${String(VERSION$1)}:${hashOf(String(name))}`;
    return {
        take() {
            const id = attempt((kept) => kept.getItem(key));
            attempt((kept) => {
                kept.removeItem(key);
            });
            return id ?? '';
        },
        put(id) {
            attempt((kept) => {
                if (id === '')
                    kept.removeItem(key);
                else
                    kept.setItem(key, id);
            });
        },
    };
    function attempt(use) {
        if (name === undefined)
            return undefined;
        try {
            const kept = storage();
            return kept && use(kept);
        }
        catch {
            // Blocked, or full.
            return undefined;
        }
    }
}

// Which transport carries a request: the best that can, until there is evidence that it does not work here.
/** Streams in a row that may open and bring nothing before the next rung is tried. */
const MUTE_STREAMS = 3;
/** How long a doubt lasts, in milliseconds. */
const DOUBT_LASTS = 300_000;
const FIX = 'Let the stream through: send X-Accel-Buffering: no and Cache-Control: no-transform, and turn buffering and compression off in the proxy.';
/** @throws EnckeError `no-transport` when no rung can carry the request. */
function createLadder(rungs, demand, memory, now, onChange) {
    const { doubts } = memory;
    const givenUp = new Map(); // transports that cannot work in this page → why
    let muteStreams = 0; // in a row
    let isProved = false;
    const proved = new Set(); // ever
    let previous; // the rung before, while a better one is on trial
    const first = pick();
    if (!first)
        throw noTransport(refusals(rungs));
    let transport = first;
    return {
        get transport() {
            return transport;
        },
        get isTrial() {
            return previous !== undefined;
        },
        get isProved() {
            return isProved;
        },
        get wasProved() {
            return proved.has(transport);
        },
        begin() {
            onChange({ to: transport.name, refusals: refusals(above(transport)) });
        },
        renew() {
            if (transport === rungs[0] || (isProved && transport.rhythm === 'stream'))
                return;
            const best = pick() ?? transport;
            // Down only on evidence of its own; up as soon as it may.
            if (!above(transport).includes(best))
                return;
            const left = transport;
            change(best, 'expired', 'it was held back a while ago, which may be over');
            previous = left;
        },
        beside(tried) {
            if (previous && !tried.has(previous))
                return previous;
            const able = rungs.filter((rung) => rung !== transport && !tried.has(rung) && !refusalOf(rung));
            // What holds this one back on its way holds others of its rhythm back, too.
            return (able.find(({ rhythm }) => rhythm !== transport.rhythm) ??
                able.find((rung) => !above(transport).includes(rung)));
        },
        giveUp(reason) {
            givenUp.set(transport, reason);
            const next = pick();
            if (next)
                change(next, 'unusable', reason);
            return next !== undefined;
        },
        moveTo(better, reason, isProof) {
            if (isProof)
                doubt(reason, better);
            change(better, 'held', reason, FIX);
        },
        weigh(opened, healthy) {
            muteStreams = healthy || !opened ? 0 : muteStreams + 1;
            if (muteStreams < MUTE_STREAMS || isProved)
                return;
            const other = rungs.find((rung) => rung.rhythm !== transport.rhythm && !refusalOf(rung));
            if (!other)
                return;
            const reason = `opened ${String(MUTE_STREAMS)} times and brought nothing`;
            doubt(reason, other);
            change(pick() ?? other, 'mute', reason, FIX);
        },
        prove() {
            isProved = true;
            proved.add(transport);
            previous = undefined;
        },
        suspect() {
            isProved = false;
        },
    };
    function change(next, evidence, reason, fix) {
        const from = transport.name;
        transport = next;
        previous = undefined;
        isProved = false;
        muteStreams = 0;
        onChange({ from, to: next.name, reason, evidence, fix, refusals: refusals(above(next)) });
    }
    /** What holds this stream back on its way holds the others back, too, unless one of them has proved better. */
    function doubt(reason, better) {
        const { name, rhythm } = transport;
        for (const rung of rungs) {
            if (rung === transport)
                doubts.set(rung, reason);
            else if (rung.rhythm === rhythm && better.rhythm !== rhythm) {
                doubts.set(rung, `is a ${rhythm} like ${name}, which ${reason}`);
            }
        }
        memory.doubtedAt = now();
    }
    /** A doubt is a hint, no proof: where nothing else is left, it counts for nothing. */
    function pick() {
        if (now() - memory.doubtedAt >= DOUBT_LASTS)
            doubts.clear();
        return (rungs.find((rung) => !doubts.has(rung) && !refusalOf(rung)) ?? rungs.find((rung) => !refusalOf(rung)));
    }
    function refusals(passed) {
        const reasons = passed.map((rung) => [rung.name, refusalOf(rung) ?? doubts.get(rung)]);
        return reasons.filter(([, reason]) => reason !== undefined).map((words) => words.join(' '));
    }
    function above(rung) {
        return rungs.slice(0, rungs.indexOf(rung));
    }
    function refusalOf(rung) {
        return givenUp.get(rung) ?? rung.refuses(demand);
    }
}
function noTransport(refusals) {
    const reasons = refusals.join('; ') || 'the list is empty';
    return new EnckeError('no-transport', `No transport can carry this: ${reasons}. Add fetchStream, xhrStream or longPoll, which carry any request.`);
}

// What kind of body a request has, told before anything is sent.
const CLASSES = {
    URLSearchParams: 'form',
    FormData: 'form',
    Blob: 'any',
    File: 'any',
    ArrayBuffer: 'any',
    ReadableStream: 'stream',
};
/** `undefined` for what no carrier sends as it is meant: fetch would write a Map as `[object Map]`, JSON as `{}`. */
function bodyKind(body) {
    if (body === undefined || body === null)
        return 'none';
    if (typeof body === 'string')
        return 'any';
    if (typeof body !== 'object')
        return undefined;
    if (Array.isArray(body))
        return 'json';
    // Memory that is shared may change while it is sent: browsers refuse it.
    if (ArrayBuffer.isView(body))
        return bodyKind(body.buffer);
    const prototype = Object.getPrototypeOf(body);
    // An object of another frame has the prototype of that frame.
    if (prototype === null || Object.getPrototypeOf(prototype) === null)
        return 'json';
    const name = Object.keys(CLASSES).find((known) => isOf(body, known));
    return name === undefined ? undefined : CLASSES[name];
}
/** By its tag, too: what was made in another frame is of that frame's class. */
function isOf(body, name) {
    const known = globalThis[name];
    return ((typeof known === 'function' && body instanceof known) ||
        Object.prototype.toString.call(body) === `[object ${name}]`);
}

// The media type of a response, as Fetch takes it out of the header `Content-Type`.
const TOKEN = "[\\w!#$%&'*+.^`|~-]+";
/** [spec] "Get, decode, and split": a comma inside a quoted string separates nothing. */
const VALUES = /(?:"(?:\\[^]|[^"\\])*"?|[^",])+/g;
/** [spec] "Parse a MIME type", as far as its type and subtype. */
const ESSENCE = new RegExp(`^[\\t\\n\\r ]*(${TOKEN}/${TOKEN})[\\t\\n\\r ]*(?:;|$)`);
/**
 * Lower case, without parameters; `''` where the header states none.
 * A header may have several values, for a gateway adds one of its own: the last that is valid counts.
 */
function mediaTypeOf(contentType) {
    const types = (contentType ?? '').match(VALUES)?.map((value) => ESSENCE.exec(value)?.[1]?.toLowerCase());
    return types?.filter((type) => type && type !== '*/*').at(-1) ?? '';
}

// Which format reads a response: the one its content type names.
/** RFC 6839 and RFC 8091: `application/problem+json` is JSON, `application/geo+json-seq` is lines of it. */
const SUFFIX = /^.*\+(?=json(?:-seq)?$)/;
/** The formats that a response may have, by the one media type its transport asks for, where it asks for one. */
function formatsFor(formats, asked) {
    return formats.filter(({ onlyWhenAsked, mediaTypes: [type] }) => !onlyWhenAsked || type === asked);
}
function pickFormat(formats, contentType) {
    const type = mediaTypeOf(contentType);
    const reads = (name) => formats.find(({ mediaTypes }) => mediaTypes.includes(name));
    return reads(type) ?? reads(type.replace(SUFFIX, 'application/'));
}

// One attempt's request, made from the options and the cursor.
/** What the options ask of a carrier. A function counts as what it may return. */
function demandOf({ crossOrigin, once, options }) {
    const { method, headers, body, credentials, fetch, onUploadProgress } = options;
    return {
        method,
        headers: headers !== undefined,
        body: demandedBody(bodyKind(body)),
        crossOrigin,
        credentials,
        once,
        ownFetch: fetch !== undefined,
        uploadProgress: onUploadProgress !== undefined,
    };
}
function demandedBody(kind) {
    return kind === undefined || kind === 'json' ? 'any' : kind;
}
/**
 * @param once whether it is sent once only
 * @throws EnckeError `invalid-option` for a body that would not be sent as it is meant
 */
function checkBody(body, once) {
    if (kindOf(body, once) === 'json')
        toJson(body);
}
function kindOf(body, once) {
    const kind = bodyKind(body);
    if (kind === undefined) {
        const name = Object.prototype.toString.call(body).slice(8, -1);
        throw unfit(`The body cannot be sent (${name}): give text, a form, bytes, a stream, a plain object or a list.`);
    }
    if (kind !== 'stream')
        return kind;
    if (!once)
        throw unfit('A stream can be sent once. Give a function, which makes one for every attempt.');
    try {
        // [spec] Throws a TypeError where the stream is disturbed or locked.
        new Response(body);
    }
    catch (cause) {
        throw unfit('The body is a stream that was read already. Give a function, which makes one.', cause);
    }
    return kind;
}
function toJson(body) {
    let text;
    let cause;
    try {
        text = JSON.stringify(body);
    }
    catch (thrown) {
        cause = thrown;
    }
    if (text === undefined)
        throw unfit(`JSON cannot write the body: ${String(cause)}`, cause);
    return text;
}
function unfit(sentence, cause) {
    return new EnckeError('invalid-option', sentence, { cause });
}
/** Asks the functions among the options, then puts the request together. */
async function buildRequest(target, transport, cursor, events) {
    const { options, convention, crossOrigin, fetch } = target;
    const { method, credentials, onUploadProgress } = options;
    const url = new URL(target.url);
    // At the same time: behind the first, the second might be asked when all is over.
    const [given, content] = await Promise.all([ask(options.headers), ask(options.body)]);
    const headers = new Headers(given);
    let body = content;
    const kind = kindOf(body, true);
    // A function may give a stream, which was not known when the transport was chosen.
    const refusal = kind === 'stream' && transport.refuses({ ...demandOf(target), body: kind });
    if (refusal)
        throw unfit(`The body is a stream: ${transport.name} ${refusal}.`);
    if (kind === 'json') {
        body = toJson(body);
        setDefault('content-type', 'application/json');
    }
    const namesAccept = headers.has('accept');
    setDefault('accept', acceptOf(target, transport));
    // Across origins, also behind a redirect, these headers would cause a preflight, which most servers refuse.
    const sendsHeaders = transport.sendsHeaders && !crossOrigin && !cursor.inQuery;
    if (cursor.id) {
        if (sendsHeaders && !convention.queryOnly)
            headers.set('last-event-id', utf8Bytes(cursor.id));
        else
            setParam(url, options.lastEventIdParam ?? convention.param, cursor.id);
    }
    const isPoll = transport.rhythm === 'interval' && method === 'GET' && sendsHeaders;
    if (isPoll && cursor.etag && !convention.withoutEtag)
        headers.set('if-none-match', cursor.etag);
    if (transport.namesItself && options.transportParam) {
        setParam(url, options.transportParam, transport.name);
    }
    return {
        url: url.href,
        method,
        headers,
        body: (body ?? null),
        credentials,
        lastEventId: cursor.id,
        fetch,
        onUploadProgress: onUploadProgress && ((progress) => call$1(onUploadProgress, progress)),
        callbacks: [options.callback].flat(),
        events,
        namesAccept,
    };
    function setDefault(name, value) {
        if (!headers.has(name))
            headers.set(name, value);
    }
}
async function ask(asked) {
    return typeof asked === 'function' ? asked() : asked;
}
function acceptOf({ options, formats }, { accept }) {
    if (!options.format && accept !== undefined)
        return accept;
    const asked = options.format ? [options.format] : formatsFor(formats, undefined);
    return asked.map(({ mediaTypes: [type] }) => type).join(', ');
}
/** As text, because `searchParams` would write the caller's part anew, and a signed URL would not be signed any more. */
function setParam(url, name, value) {
    const start = `${encodeURIComponent(name)}=`;
    const others = url.search
        .slice(1)
        .split('&')
        .filter((pair) => pair !== '' && !pair.startsWith(start));
    url.search = [...others, start + encodeURIComponent(value)].join('&');
}
/** [spec] The id is encoded as UTF-8; a header value takes one character per byte. */
function utf8Bytes(text) {
    return Array.from(new TextEncoder().encode(text), (byte) => String.fromCharCode(byte)).join('');
}

// A timer that knows whether the page slept through it.
/** A timer that comes more than this many times too late was suspended. */
const LATE = 2;
/** A shorter one counts as this long, in milliseconds: a busy page delays it by many times its length. */
const SHORTEST = 1_000;
/** @param due called with whether the page was suspended: then nothing is known of what happened meanwhile */
function startDeadline({ now, setTimer }, milliseconds, due) {
    const began = now();
    return setTimer(() => {
        due(now() - began > LATE * Math.max(milliseconds, SHORTEST));
    }, milliseconds);
}

// One turn: a request, and its response as messages.
/** Characters after which a carrier that keeps its whole text is opened anew. */
const ROTATE_AFTER = 1_048_576;
/** How long an event stream that answers a poll may go on before it counts as a stream. Milliseconds. */
const ANSWER_PATIENCE = 1_000;
/** What a server sends that knows no polls. */
const EVENT_STREAM = 'text/event-stream';
function startTurn(plan, transport, listener) {
    const { target, environment, cursor, rhythm } = plan;
    const { options, once } = target;
    const { idOf } = target.convention;
    let isStream = transport.rhythm === 'stream';
    // A request learns no rhythm: a model may think for as long as it likes.
    const isWatched = transport.showsLife && (!once || options.heartbeat > 0);
    const { connectTimeout, longPollTimeout } = options;
    const deadline = transport.rhythm === 'answer' ? longPollTimeout : connectTimeout;
    const freshBefore = cursor.fresh;
    const startedAt = environment.now();
    let live = true; // neither ended nor stopped
    let stopTransport;
    let decoder; // absent until the head, and where the browser decodes
    let begun;
    let answered = false; // whether a head has come, also that of a refusal
    let answerId; // of a whole answer, until it is stated
    let asked = false; // whether the request has left
    let brought = false; // whether it has brought a message
    let holds = 0; // how many waits of the carrier for us are under way
    let size = 0; // characters so far
    let ending = false; // the body has ended
    let torn = false; // and its last message is not whole: an engine took a cut for an end
    let beats = 0; // signs of life in the body
    let lastLife = startedAt; // when the last one came, or the turn began
    let watching = false; // whether the timer waits for a silence
    let stopTimer = () => undefined;
    awaitAnswer();
    const sink = {
        opened(head) {
            begun = head;
            answered = true;
            // A stream is under way; a poll has its answer only when it is whole.
            if (isStream)
                stopTimer();
            else if (isEventStream() && !once)
                limit(ANSWER_PATIENCE, takeForStream);
            else if (idOf && head.headers) {
                answerId = idOf(head.headers);
                // Without an id the same message would come again and again.
                if (answerId === undefined && !once)
                    return loseId(head);
            }
            lastLife = environment.now();
            if (isStream && isWatched)
                watch();
            if (head.headers)
                decode(head, head.headers.get('content-type'));
            if (live)
                listener.opened(head);
        },
        text(chunk) {
            beat();
            size += chunk.length;
            if (decoder)
                decoder.feed(chunk);
            else if (begun)
                refuse(begun, 'a body without content type');
            // Only once it has got on: else a message, or a replay, longer than that would be begun again for ever.
            const hasAdvanced = !once && cursor.id && cursor.fresh > freshBefore;
            if (live && transport.keepsText && size >= ROTATE_AFTER && hasAdvanced)
                over('rotated');
        },
        ready() {
            const pending = plan.ready();
            if (pending && live)
                void pending.then(hold());
            return pending;
        },
        alive() {
            // A refusal, whose status counts whatever becomes of its body.
            if (!begun)
                stopTimer();
            answered = true;
            beat();
        },
        // A handler may have closed us in the middle of a chunk: then the rest of it counts for nothing.
        message(message) {
            brought = true;
            if (!begun?.headers)
                beat();
            stateAnswerId();
            if (live)
                listener.message(message);
        },
        id(id) {
            if (live)
                listener.id(id);
        },
        retry: (milliseconds) => {
            if (live)
                listener.retry(milliseconds);
        },
        problem(error) {
            torn ||= ending;
            if (live)
                listener.problem(error);
        },
        failed(error) {
            finish({ how: 'failed', error });
        },
        ended(end) {
            if (end.how === 'cut' && mayEndHere())
                finish({ how: 'complete', truncated: true });
            if (end.how === 'complete') {
                ending = true;
                decoder?.end();
                stateAnswerId();
            }
            if (torn && !once)
                finish({ how: 'complete', truncated: true });
            // Whatever its carrier says: what was answered was sent.
            else
                finish(end.how === 'unusable' && answered ? { ...end, sent: true } : end);
        },
    };
    // A function among the options may close: then whoever began this turn must hold its stop already.
    queueMicrotask(send);
    return stop;
    function send() {
        if (!live)
            return;
        buildRequest(target, transport, cursor, plan.eventNames()).then((request) => {
            if (!live)
                return;
            asked = true;
            listener.asked(request);
            stopTransport = transport.open(request, sink);
        }, (cause) => {
            // A function that asks for a token may fail because the network does: the next attempt asks it again.
            const sentence = `The request cannot be built: ${String(cause)}`;
            const isTold = cause instanceof EnckeError && cause.code === 'invalid-option';
            const error = isTold ? cause : new EnckeError('invalid-option', sentence, { cause });
            finish({ how: 'cut', error });
        });
    }
    /** Finds the format that reads this response. An answer that says nothing of its type may still be empty. */
    function decode(head, contentType) {
        const { formats } = target;
        const format = options.format ?? pickFormat(formatsFor(formats, transport.accept), contentType);
        decoder = format?.decoder(sink, { ...options, lastEventId: answerId ?? cursor.id, flush: once });
        if (!decoder && contentType !== null)
            refuse(head, contentType);
    }
    /** Only now: an answer that broke off before its message must be asked for again. */
    function stateAnswerId() {
        if (live && answerId !== undefined)
            listener.id(answerId);
        answerId = undefined;
    }
    /** A sign of life. */
    function beat() {
        if (!live)
            return;
        const now = environment.now();
        if (isStream && beats++ > 0)
            rhythm.heard(now - lastLife);
        lastLife = now;
        if (begun && isStream && isWatched && !watching)
            watch();
        listener.alive();
    }
    /** No clock of the server's runs while the carrier waits for us; afterwards each begins anew. */
    function hold() {
        holds++;
        stopTimer();
        watching = false;
        listener.held(true);
        return () => {
            if (--holds > 0 || !live)
                return;
            lastLife = environment.now();
            // What comes next tells nothing of the rhythm.
            beats = 0;
            listener.held(false);
            if (!isStream)
                awaitAnswer();
            else if (isWatched)
                watch();
        };
    }
    /** For the head of a stream, or the whole answer to a poll. */
    function awaitAnswer() {
        const patience = plan.isLate() ? Math.max(deadline, rhythm.patience) : deadline;
        limit(patience, () => {
            if (target.convention.holds && transport.rhythm === 'answer' && !once)
                over('rotated');
            else if (asked)
                lose(`No answer within ${String(patience)} ms.`);
            else
                lose(`The functions among the options (headers, body) gave nothing within ${String(patience)} ms.`);
        });
    }
    /** A server that knows no polls has begun a stream: nothing but its silence tells that it is lost. */
    function takeForStream() {
        isStream = true;
        if (isWatched)
            watch();
    }
    function isEventStream() {
        return mediaTypeOf(begun?.headers?.get('content-type')) === EVENT_STREAM;
    }
    /** Looks again when the silence will have lasted too long, rather than at every chunk. */
    function watch() {
        const left = rhythm.patience - silence();
        watching = holds === 0 && left < Infinity;
        if (!watching)
            return;
        limit(Math.max(left, 0), () => {
            if (silence() < rhythm.patience)
                return watch();
            rhythm.alarm();
            lose(`Nothing has come for ${String(Math.round(silence()))} ms.`);
        });
    }
    /** What a page slept through is no timeout: its connection is made anew, or else has its time once more. */
    function limit(milliseconds, expire) {
        stopTimer();
        stopTimer = startDeadline(environment, milliseconds, (suspended) => {
            if (!suspended)
                expire();
            else if (once || (watching && silence() < rhythm.patience))
                limit(milliseconds, expire);
            else
                over('suspended');
        });
    }
    function silence() {
        return environment.now() - lastLife;
    }
    /** The server may be one that never ends its responses as it should; nothing of a message is missing then. */
    function mayEndHere() {
        return once && options.allowTruncated && brought && decoder?.isWhole?.();
    }
    function refuse(head, what) {
        const sentence = `No format reads ${what}. Is it a login or error page? Else name the format.`;
        sink.failed(new EnckeError('content-type', sentence, head));
    }
    function loseId(head) {
        const sentence = `The answer of ${head.url} has no ETag. Turn compression off for it.`;
        finish({ how: 'unusable', sent: true, error: new EnckeError('unusable', sentence, head) });
    }
    function lose(sentence) {
        finish({ how: 'cut', error: new EnckeError('timeout', sentence) });
    }
    function over(reason) {
        if (!live)
            return;
        stop();
        listener.renew(reason);
    }
    function finish(end) {
        if (!live)
            return;
        stop();
        listener.ended(end, {
            elapsed: environment.now() - startedAt,
            isEmptyStream: isEventStream() && !brought,
        });
    }
    function stop() {
        live = false;
        stopTimer();
        stopTransport?.();
    }
}

// What the end of a response means for what comes next.
/** What a status that carries no messages means. One not listed is `retry` from 500 on, and else `fatal`. */
const STATUS_VERDICTS = {
    // [spec] Clients will reconnect if the connection is closed; a client can be told to stop reconnecting
    // using the HTTP 204 No Content response code.
    204: 'done',
    205: 'done',
    304: 'again',
    401: 'refresh',
    403: 'refresh',
    408: 'retry',
    410: 'forget',
    412: 'forget',
    425: 'retry',
    429: 'retry',
};
/** What these mean to a poll: nothing yet. It has no stream to end, and says by 205 that there is nothing more. */
const POLL_VERDICTS = { 204: 'again', 408: 'again' };
/** What a gateway answers when its server takes longer than it waits; the last is Cloudflare's. */
const GATEWAY_STATUSES = [502, 504, 524];
/** Held this long before, such an answer to a long poll says no more than that there is nothing yet. Milliseconds. */
const LONG_HOLD = 5_000;
function verdictOn(end, attempt) {
    const { once } = attempt;
    switch (end.how) {
        case 'complete':
            if (once)
                return { next: 'done' };
            if (attempt.rhythm === 'stream')
                return { next: 'retry' };
            return attempt.isEmptyStream && attempt.elapsed < LONG_HOLD ? NO_ANSWER : { next: 'again' };
        case 'cut':
            return { next: once ? 'fatal' : 'retry', error: end.error };
        case 'unusable':
            return { next: once && end.sent ? 'fatal' : 'fall-back', error: end.error };
        case 'failed':
            return { next: 'fatal', error: end.error };
        case 'status':
            return verdictOnStatus(end.head, end.body, attempt);
    }
}
function verdictOnStatus(head, body, attempt) {
    const { once, resumed, statuses } = attempt;
    const { status } = head;
    const next = statuses?.[status] ??
        (once ? undefined : verdictOnPoll(status, attempt)) ??
        STATUS_VERDICTS[status] ??
        (status < 500 ? 'fatal' : 'retry');
    const error = new EnckeError('status', `The server answered ${status}.`, { ...head, body });
    if (next === 'done')
        return { next };
    if (next === 'refresh')
        return { next, error };
    if (once || (next === 'forget' && !resumed))
        return { next: 'fatal', error };
    return next === 'again' ? { next } : { next, error };
}
const NO_ANSWER = { next: 'retry' };
function verdictOnPoll(status, { rhythm, elapsed }) {
    if (rhythm === 'stream')
        return undefined;
    const isHeld = rhythm === 'answer' && elapsed >= LONG_HOLD;
    return isHeld && GATEWAY_STATUSES.includes(status) ? 'again' : POLL_VERDICTS[status];
}

// One attempt: the turn of the transport in use and, while that stays mute, one of the next rung beside it.
//
// What the one beside it brings is held for a moment. When the first shows life meanwhile, it was a tie: a quiet
// server had something to say, and said it to both. When it does not, it is held back on its way, and the other wins.
// Compare RFC 8305, "happy eyeballs".
/** How long a head may take before another rung is opened beside it. Milliseconds. */
const HEAD_PATIENCE = 3_000;
/** How long the first byte may take after the head. Milliseconds. */
const BYTE_PATIENCE = 8_500;
/** How long a message is held for a tie. Milliseconds. */
const TIE = 250;
/** A stream that ends within this time of a question beside it was ended for it. Milliseconds. */
const AS_IT_OPENED = 1_000;
/** Shortest time from one empty answer to the next question, in milliseconds. */
const EMPTY_ANSWER_PAUSE = 1_000;
/** How many times longer the interval of polling is in a hidden tab. */
const HIDDEN_SLOWDOWN = 4;
/** From one poll to the next, in milliseconds. */
function pollInterval({ options }, { page }) {
    return options.pollInterval * (page.isHidden() ? HIDDEN_SLOWDOWN : 1);
}
function startAttempt(plan, listener) {
    const { ladder, environment, cursor, target, memory } = plan;
    const { method } = target.options;
    const tried = new Set(); // what was opened beside it, in vain
    let unreached = []; // of these, what met no server, and may another time
    // What is not safe to ask twice is not asked beside itself (RFC 9110, section 9.2.1).
    const isStream = ladder.transport.rhythm === 'stream';
    const isHedged = !target.once && method === 'GET' && isStream && !ladder.isProved;
    const place = cursor.connect();
    let live = true;
    let hasHead = false; // the first
    let hasAnswer = false; // the one beside it, though an empty one
    let isFixed = false; // the caller has said by `accept` what the answer is to be
    let firstLife; // when the first byte of the first came
    let didLetThrough = false; // what was known of the way before that
    let rival;
    let stopTimer; // of the patience with the first, or with a tie
    const lead = {
        ...listener,
        asked(request) {
            isFixed = request.namesAccept;
        },
        opened(head) {
            hasHead = true;
            if (isHedged && !rival)
                wait(BYTE_PATIENCE, besideIt);
            listener.opened(head);
        },
        alive() {
            if (firstLife === undefined) {
                firstLife = environment.now();
                didLetThrough = memory.letsThrough;
                memory.letsThrough ||= isStream;
            }
            dropRival('the first has shown life');
            listener.alive();
        },
        id(id) {
            place.moveTo(id);
        },
        message(message) {
            if (place.isReplay(message))
                return;
            ladder.prove();
            listener.message(message);
        },
        ended(end, response) {
            const now = environment.now();
            const isTimeout = end.how === 'cut' && end.error.code === 'timeout';
            // A stream that is held back comes all at once, at its end.
            if (firstLife !== undefined && now - firstLife < TIE)
                memory.letsThrough = didLetThrough;
            // What breaks may have broken for any reason, and the one beside it with it.
            if (rival && end.how !== 'cut' && now - rival.at < AS_IT_OPENED)
                memory.asksOnce.add(target.resource);
            const isOver = end.how === 'cut' || end.how === 'complete';
            // A stream that has ever delivered is left only for one that answers: a server that hangs answers neither.
            const isHeadless = isTimeout && !hasHead && (hasAnswer || !ladder.wasProved);
            // A rung tried again that dies mute has had its chance; so has one whose message is here by another way.
            if (rival && (isHeadless || (isOver && (ladder.isTrial || rival.delivers)))) {
                win(rival, isHeadless ? 'gave no head in time' : 'ended and brought nothing');
            }
            else {
                dropRival(end.how);
                listener.ended(end, response);
            }
        },
        renew(reason) {
            dropRival(reason);
            listener.renew(reason);
        },
    };
    let stopFirst = startTurn(plan, ladder.transport, lead);
    if (isHedged)
        wait(ladder.isTrial ? 0 : HEAD_PATIENCE, besideIt);
    return () => {
        live = false;
        stopFirst();
        stopTimer?.();
        rival?.stop();
    };
    function besideIt() {
        if (!mayAskBeside())
            return;
        const transport = ladder.beside(tried);
        if (transport)
            return open(transport);
        for (const rung of unreached)
            tried.delete(rung);
        if (unreached.length > 0)
            wait(BYTE_PATIENCE, besideIt);
        unreached = [];
    }
    /** A question that is not free for the server is asked only where there is reason to doubt the way of the stream. */
    function mayAskBeside() {
        const { asksOnce, lateHeads, letsThrough } = memory;
        if (asksOnce.has(target.resource) || isFixed)
            return false;
        return ladder.isTrial || !(letsThrough || lateHeads.has(target.resource));
    }
    function open(transport) {
        plan.note(`${transport.name} is opened beside ${ladder.transport.name}, which is mute`);
        const held = [];
        const current = {
            transport,
            held,
            stop: () => undefined,
            at: environment.now(),
            delivers: false,
        };
        rival = current;
        // Until it wins, nothing it says counts.
        const hold = (say) => (...values) => {
            if (rival === current)
                held.push(() => say(...values));
            else
                say(...values);
        };
        current.stop = startTurn(plan, transport, {
            asked() {
                current.at = environment.now();
            },
            opened(head) {
                current.at = environment.now();
                hold(listener.opened)(head);
                // A server that knows no other way has begun a second stream, as mute as the first.
                const isStream = mediaTypeOf(head.headers?.get('content-type')) === EVENT_STREAM;
                if (rival === current && hasHead && isStream)
                    wait(ANSWER_PATIENCE, forgo);
            },
            id: hold(lead.id),
            retry: hold(lead.retry),
            problem: hold(lead.problem),
            alive: hold(listener.alive),
            held: hold(listener.held),
            renew(reason) {
                if (rival !== current || current.delivers)
                    return hold(lead.renew)(reason);
                open(transport);
            },
            message(message) {
                if (rival === current && !current.delivers) {
                    current.delivers = true;
                    wait(TIE, () => win(current, `stayed mute while ${transport.name} brought a message`));
                }
                hold(lead.message)(message);
            },
            ended(end, response) {
                if (rival !== current || current.delivers)
                    return hold(lead.ended)(end, response);
                const { rhythm } = transport;
                const { statuses } = target.convention;
                // A stream that has ended is an answer, even without a message: the other one goes on.
                const facts = { ...response, isEmptyStream: false, once: false, rhythm, resumed: false, statuses };
                const { next } = verdictOn(end, facts);
                const isEmpty = next === 'again';
                rival = undefined;
                hasAnswer ||= isEmpty;
                if (isEmpty)
                    return wait(pauseOf(transport), () => open(transport));
                plan.note(`${transport.name} failed beside it: ${end.how}`);
                tried.add(transport);
                if (end.how === 'cut')
                    unreached.push(transport);
                // A refusal, or a stream of the kind that is there already. Who has other credentials next time may ask again.
                const isForGood = end.how !== 'cut' && end.how !== 'unusable' && next !== 'refresh';
                if (isForGood)
                    memory.asksOnce.add(target.resource);
                besideIt();
            },
        });
    }
    function pauseOf({ rhythm }) {
        return rhythm === 'interval' ? pollInterval(target, environment) : EMPTY_ANSWER_PAUSE;
    }
    /** Nothing else is tried beside it. */
    function forgo() {
        memory.asksOnce.add(target.resource);
        dropRival('it is a stream, too');
    }
    function win(winner, reason) {
        stopTimer?.();
        // What the first was sent before the other asked is lost, unless that asked after an id.
        if (cursor.id === '')
            plan.missed();
        stopFirst();
        rival = undefined;
        stopFirst = winner.stop;
        // Two that wait for a head may both wait for a free connection: only an answer is worth remembering.
        ladder.moveTo(winner.transport, reason, winner.delivers || hasAnswer || ladder.isTrial);
        for (const say of winner.held)
            if (live)
                say();
    }
    function dropRival(why) {
        stopTimer?.();
        stopTimer = undefined;
        if (!rival)
            return;
        plan.note(`${rival.transport.name} beside it is stopped: ${why}`);
        rival.stop();
        rival = undefined;
    }
    function wait(milliseconds, then) {
        stopTimer?.();
        stopTimer = environment.setTimer(then, milliseconds);
    }
}

// The refresh of credentials: one at a time for each handler, whichever connection asks.
/** Two connections with handlers of their own have credentials of their own. */
function refreshOf(refreshes, handler) {
    const known = refreshes.get(handler) ?? { pending: undefined, endedAt: -Infinity };
    refreshes.set(handler, known);
    return known;
}
function startRefresh(refresh, handler, error, now) {
    // Asynchronous, so that what it throws is a rejection as well.
    const ask = async () => handler(error);
    refresh.pending = ask().finally(() => {
        refresh.pending = undefined;
        refresh.endedAt = now();
    });
}

// How long to wait before the next attempt.
/** How far behind one another the places of a crowd are, in milliseconds. */
const ROOM = 80;
/**
 * Exponential back-off with jitter. What the server asked for is a floor, to which the jitter is added.
 *
 * After a healthy connection the jitter is full. Of a crowd that lost its server each comes back around a place of its own.
 * After failures the lower half of the range is left out: a lucky draw must not hammer a server that
 * accepts and drops (at the defaults at most 12 attempts fall into two minutes).
 *
 * @param random a number from 0 to below 1
 */
function retryDelay(facts, random) {
    const { failures, retryDelay: base, serverRetry, retryAfter = 0, crowd = 0 } = facts;
    const floor = Math.max(serverRetry ?? 0, retryAfter);
    const behind = crowd * ROOM;
    const longest = (usual) => Math.min(facts.maxRetryDelay, Math.max(usual, behind));
    if (failures > 0)
        return floor + (longest(base * 2 ** failures) * (1 + random)) / 2;
    // A healthy server that named a short time means it: 20 ms stay about 20 ms.
    const isNamed = serverRetry !== undefined || retryAfter > 0;
    const width = isNamed && floor < base ? (floor * floor) / base : base;
    const most = longest(width);
    // Behind the others rather than among them: else the first second would be the fullest of all.
    const least = most === behind ? Math.max(0, most - Math.max(base, width)) : 0;
    return floor + least + random * (most - least);
}
/**
 * The wait that a `Retry-After` header asks for, in milliseconds; 0 where there is none or it cannot be read.
 * RFC 9110, section 10.2.3: seconds, or an HTTP date.
 *
 * @param wallClock milliseconds since 1970
 */
function readRetryAfter(value, wallClock) {
    if (value && /^\d+$/.test(value))
        return Number(value) * 1000;
    return Math.max(0, Date.parse(value ?? '') - wallClock || 0);
}

// The watchdog: how often a server shows that it is alive, and how long it may be silent.
/** Shortest silence that counts as a lost connection, in milliseconds. */
const LEAST_PATIENCE = 30_000;
/** How many intervals the server may miss. */
const MISSED = 2.5;
/** Signs of life closer than this are one, cut by the network; of a server that never pauses they add up. Milliseconds. */
const ONE_BURST = 50;
/** Of a server that never pauses, a byte is old when it came so long ago. Milliseconds. */
const LEAST_AGE = 1_000;
/** How many gaps tell a rhythm, and how many are remembered. */
const ENOUGH = 2;
const MEMORY = 8;
/** Alarms in a row after which patience grows no more. */
const MOST_ALARMS = 6;
/** @param heartbeat the interval, where it is known; 0 learns it */
function createRhythm(heartbeat) {
    let gaps = [];
    let alarms = 0; // in a row
    let least = 0; // an interval is no shorter
    let burst = 0; // how long the latest has lasted, in milliseconds
    return {
        get interval() {
            return interval();
        },
        get age() {
            const known = interval();
            return known && Math.max(LEAST_AGE, known);
        },
        get patience() {
            const known = interval();
            if (known === undefined)
                return Infinity;
            // A server that just has nothing to say must not be asked every half minute for ever.
            return Math.max(LEAST_PATIENCE, MISSED * known) * 2 ** Math.min(alarms, MOST_ALARMS);
        },
        heard(gap) {
            burst += gap;
            if (burst < ONE_BURST)
                return;
            gaps = [...gaps.slice(1 - MEMORY), burst];
            burst = alarms = 0;
        },
        waited(milliseconds) {
            least = Math.max(least, milliseconds);
        },
        alarm() {
            alarms++;
        },
    };
    function interval() {
        if (heartbeat > 0)
            return heartbeat;
        return gaps.length < ENOUGH ? undefined : Math.max(least, ...gaps);
    }
}

// The life of one subscription or request: connect, keep, and decide what follows an end.
/** Open this long, a stream has proved healthy even without a message. Milliseconds. */
const HEALTHY_AFTER = 10_000;
/** Shortest time from one long poll to the next when the first brought messages without ids, which a server that answers at once would send again and again. */
const REPEATED_ANSWER_PAUSE = 100;
/** Of so many failures in a row one may be due to a redirect that is new. */
const GUESS_EVERY = 8;
/** The moves a state allows. */
const MOVES = {
    connecting: ['open', 'waiting', 'closed'],
    open: ['waiting', 'closed'],
    waiting: ['connecting', 'closed'],
    closed: [],
};
/** @throws EnckeError `no-transport` when no rung can carry the request. */
function startSession(plan, listener) {
    const { target, environment, cursor, memory, trace } = plan;
    const { options, once } = target;
    const rhythm = createRhythm(options.heartbeat);
    const ladder = createLadder(plan.rungs, demandOf(target), memory, environment.now, (change) => {
        trace('transport', [change.to, change.evidence, change.reason].filter(Boolean).join(': '));
        listener.transport(change);
    });
    let state = 'connecting';
    let attempt = 0; // requests made
    let failures = 0; // attempts in a row that brought nothing
    let serverRetry; // the reconnection time the server set
    let startedAt = 0; // when the current attempt began
    let startedAfter = ''; // the last event id then
    let lastLife = 0; // when the last byte came, or the attempt began
    let head; // of the current attempt
    let asked = []; // the event names it listens for
    let messages = 0; // what it has brought
    let headAt = 0; // when its head came
    let isHeadNew = false; // nothing has come behind it yet
    let isRetrySet = false; // it has set the reconnection time
    let isAsSaid = false; // the last one ended and had set it
    let isHeld = false; // its carrier waits for us
    let suspectsRedirect = false; // the last one may have failed for its header, at another origin
    let isGuess = false; // this one sends the id by query because of that
    let endsStreams = false; // the last stream held nothing, and was ended by the server
    let hasComplained = false; // of what `retry` gives
    let { wasOpen = false, gap } = plan.earlier ?? {}; // ever; why messages may be missing, until it is told
    let isRefreshed = false; // since credentials were last accepted
    let isUnreachable = false; // the last attempt met no server, so that none has asked for patience
    let rest; // absent while an attempt is under way
    let stopAttempt;
    let stopTimer; // of the rest
    let stopWatching;
    // The first connection waits for the end of the current code,
    // so that what is closed at once (a component mounted twice) never reaches the network.
    queueMicrotask(() => {
        if (isClosed())
            return;
        if (!once)
            stopWatching = environment.page.watch(heed);
        ladder.begin();
        connect();
    });
    return {
        get state() {
            return state;
        },
        get transport() {
            return ladder.transport.name;
        },
        get lastEventId() {
            return cursor.id;
        },
        get attempt() {
            return attempt;
        },
        trace: trace.entries,
        reconnect,
        listen() {
            const isNew = (name) => !asked.includes(name);
            if (ladder.transport.hearsByName && listener.eventNames().some(isNew))
                reconnect();
        },
        close,
    };
    function reconnect() {
        // What led to the handler that calls this goes on first. Where an attempt follows of itself, that is enough.
        const last = attempt;
        queueMicrotask(() => {
            if (attempt === last)
                connectAtOnce('reconnect() was called');
        });
    }
    function connect() {
        if (isClosed())
            return;
        rest = undefined;
        if (!memory.asksOnce.has(target.resource))
            ladder.renew();
        // The handler of a change may have closed it.
        if (isClosed())
            return;
        attempt++;
        messages = 0;
        head = undefined;
        isRetrySet = isHeld = isHeadNew = false;
        isGuess = suspectsRedirect;
        if (isGuess)
            cursor.inQuery = true;
        lastLife = startedAt = environment.now();
        startedAfter = cursor.id;
        const { eventNames, ready } = listener;
        asked = eventNames();
        const note = (detail) => {
            trace('beside', detail);
        };
        const missed = () => {
            gap ??= 'no-ids';
        };
        stopAttempt = startAttempt({ target, environment, cursor, rhythm, ladder, memory, isLate, eventNames, ready, note, missed }, {
            asked: () => undefined,
            opened(seen) {
                if (!isWellAsked(seen))
                    return;
                head = seen;
                isRefreshed = false;
                headAt = environment.now();
                isHeadNew = true;
                // Ten answers a second to polls would leave room for nothing else.
                const isNews = state !== 'open' || ladder.transport.rhythm === 'stream';
                if (isNews)
                    trace('head', `${String(seen.status)} ${shownUrl(seen.url)}`);
                listener.head(seen);
                become('open', 'the server has answered');
                tellGap(seen);
            },
            alive() {
                lastLife = environment.now();
                noteLateness();
            },
            held(waits) {
                isHeld = waits;
                lastLife = environment.now();
            },
            message(message) {
                messages++;
                noteLateness();
                listener.message(message);
                if (environment.page.isHidden())
                    plan.keep(cursor.id);
            },
            retry(milliseconds) {
                serverRetry = milliseconds;
                isRetrySet = true;
            },
            problem: report,
            ended,
            renew(reason) {
                if (reason === 'suspended') {
                    if (wake('the page was suspended', true))
                        gap = 'suspended';
                }
                else {
                    breakOff();
                    connect();
                }
            },
        });
    }
    function ended(end, response) {
        const { transport } = ladder;
        const { rhythm } = transport;
        if (end.how === 'status' && !isWellAsked(end.head))
            return;
        suspectsRedirect = mayBeRedirected(end);
        const resumed = startedAfter !== '';
        const { statuses } = target.convention;
        // It may be how a server answers polls, but not one that ends its streams like that.
        const isEmptyStream = response.isEmptyStream && endsStreams && rhythm !== 'stream';
        endsStreams = rhythm === 'stream' ? response.isEmptyStream && !isRetrySet : endsStreams;
        const { next, error } = verdictOn(end, { ...response, isEmptyStream, once, rhythm, resumed, statuses });
        const isWholeAnswer = next === 'again' && rhythm !== 'stream';
        const isHealthy = isWholeAnswer || hasProved();
        // A stream that ended with the word when to come back has done what it was to do, also without a message.
        isAsSaid = end.how === 'complete' && isRetrySet && rhythm === 'stream';
        if (isHealthy)
            startAfresh();
        else
            failures++;
        if (error?.code === 'timeout')
            suspect();
        ladder.weigh(head !== undefined, isHealthy || isAsSaid);
        if (end.how === 'complete' && rhythm === 'interval') {
            // Of half an answer the server must not be told that it is known.
            cursor.etag = end.truncated ? null : head?.headers?.get('etag');
        }
        if (isWholeAnswer) {
            become('open', 'the server has answered');
            if (end.how === 'status')
                tellGap(end.head);
        }
        else if (cursor.id === '')
            gap ??= 'no-ids';
        if (next === 'done')
            over(next, undefined, end.how === 'complete' ? end.truncated : undefined);
        else if (next === 'fatal')
            over(next, error);
        else if (isWholeAnswer)
            wait('between answers', pauseBetweenAnswers(response.elapsed));
        else if (next === 'refresh')
            refresh(error);
        else if (next === 'fall-back')
            fallBack(error);
        else {
            if (next === 'forget') {
                cursor.forget();
                gap = 'expired';
            }
            retry(error);
        }
    }
    /** Where the query was a guess, and the answer comes from the page's own origin after all, it is asked once more by header. */
    function isWellAsked({ url }) {
        cursor.answeredFrom(url, environment.origin());
        const isWrong = isGuess && !cursor.inQuery;
        isGuess = suspectsRedirect = false;
        if (isWrong) {
            stopAttempt?.();
            connect();
        }
        return !isWrong;
    }
    /** A redirect to another origin refuses a header of ours, and nothing tells that from a server that is down. */
    function mayBeRedirected(end) {
        const isUnanswered = end.how === 'cut' && end.error.code === 'network' && !head;
        const wasInHeader = startedAfter !== '' && ladder.transport.sendsHeaders && !cursor.inQuery;
        if (isGuess)
            cursor.inQuery = false;
        return (isUnanswered &&
            wasInHeader &&
            !target.crossOrigin &&
            (!cursor.wasAnswered || (failures + 1) % GUESS_EVERY === 0));
    }
    /**
     * A server that sends the head of a stream with its first byte is mute by nature until then. Firefox (153) shows no head
     * before that, whatever the server does.
     */
    function noteLateness() {
        // Asked once for each response.
        if (!isHeadNew)
            return;
        isHeadNew = false;
        const isStream = mediaTypeOf(head?.headers?.get('content-type')) === EVENT_STREAM;
        if (isStream && headAt - startedAt >= HEAD_PATIENCE && environment.now() - headAt < TIE) {
            memory.lateHeads.add(target.resource);
            rhythm.waited(headAt - startedAt);
        }
    }
    function isLate() {
        return memory.lateHeads.has(target.resource);
    }
    /** What was proved of the way counts no more. */
    function suspect() {
        ladder.suspect();
        memory.letsThrough = false;
    }
    /** Whether the attempt under way has brought something, or was open for so long that it might have. */
    function hasProved() {
        return messages > 0 || (head !== undefined && environment.now() - startedAt >= HEALTHY_AFTER);
    }
    /** What went wrong before counts no more. */
    function startAfresh() {
        failures = 0;
    }
    /** A long poll that brings nothing, or nothing that can be resumed after, never comes back in a tight loop. */
    function pauseBetweenAnswers(elapsed) {
        // One message of however many there are leaves no time to lose.
        if (target.convention.idOf && cursor.id !== startedAfter)
            return 0;
        if (ladder.transport.rhythm === 'interval')
            return pollInterval(target, environment);
        if (cursor.id !== startedAfter)
            return 0;
        const pause = messages > 0 ? REPEATED_ANSWER_PAUSE : Math.max(EMPTY_ANSWER_PAUSE, serverRetry ?? 0);
        return Math.max(0, pause - elapsed);
    }
    function fallBack(error) {
        const reason = error?.message ?? '';
        if (!ladder.giveUp(reason)) {
            const sentence = `No transport works here. The last one failed: ${reason}`;
            over('fatal', new EnckeError('no-transport', sentence, { cause: error }));
            return;
        }
        report(error);
        become('waiting', reason, error, 0);
        wait('back-off', 0);
    }
    /** Once, until credentials were accepted again; for one handler at a time. */
    function refresh(error) {
        const { onUnauthorized } = options;
        if (!onUnauthorized || !error)
            return over('fatal', error);
        const known = refreshOf(memory.refreshes, onUnauthorized);
        // Refused with the credentials of before a refresh, which is under way or has ended since.
        const isStale = known.pending !== undefined || startedAt < known.endedAt;
        if (isRefreshed && !isStale)
            return over('fatal', error);
        isRefreshed = true;
        rest = 'refresh';
        become('waiting', error.message, error);
        if (isClosed())
            return;
        if (!isStale)
            startRefresh(known, onUnauthorized, error, environment.now);
        Promise.resolve(known.pending).then(() => {
            if (rest === 'refresh')
                connectAtOnce('the credentials were refreshed');
        }, (cause) => {
            if (rest === 'refresh')
                over('fatal', Object.assign(error, { cause }));
        });
    }
    function retry(error) {
        if (isClosed())
            return;
        const wanted = askRetry(error, failures < options.maxAttempts && usualDelay(error), true);
        if (wanted !== false)
            return waitAsWanted(error, wanted);
        const sentence = `Gave up after ${String(failures)} attempts in a row that brought nothing.`;
        fail('retries', new EnckeError('retries', sentence, { cause: error }));
    }
    /** The server, or what it answered, has ended it, unless the caller wants to connect again all the same. */
    function over(reason, error, truncated) {
        if (isClosed())
            return;
        const wanted = once ? false : askRetry(error, reason === 'fatal' && usualDelay(error), false);
        if (wanted !== false)
            return waitAsWanted(error, wanted);
        report(error);
        close(reason, error, truncated);
    }
    function usualDelay(error) {
        const retryAfter = readRetryAfter(error?.headers?.get('retry-after'), Date.now());
        isUnreachable = error?.code === 'network' || error?.code === 'timeout';
        const wasWell = isAsSaid ? 0 : failures;
        const facts = { ...options, failures: wasWell, serverRetry, retryAfter, crowd: memory.waiting };
        return Math.round(retryDelay(facts, environment.random()));
    }
    /** @param goesOn whether it connects again where the caller wants nothing else */
    function askRetry(error, delay, goesOn) {
        const usual = goesOn && delay;
        const wanted = call$1(options.retry, { error, failures, delay }) ?? usual;
        if (wanted === false || (typeof wanted === 'number' && wanted >= 0 && wanted < Infinity))
            return wanted;
        const sentence = 'retry must give milliseconds, at least 0, or false, and no promise. The default is taken.';
        if (!hasComplained)
            report(new EnckeError('invalid-option', sentence));
        hasComplained = true;
        return usual;
    }
    function waitAsWanted(error, wanted) {
        report(error, wanted);
        become('waiting', error?.message ?? 'the stream ended', error, wanted);
        wait('back-off', wanted);
    }
    function wait(why, milliseconds) {
        if (isClosed())
            return;
        rest = why;
        const isCrowding = why === 'back-off';
        if (isCrowding)
            memory.waiting++;
        const stop = environment.setTimer(() => {
            endRest();
            become('connecting', 'the wait is over');
            connect();
        }, milliseconds);
        stopTimer = () => {
            if (isCrowding)
                memory.waiting--;
            stop();
        };
    }
    function endRest() {
        stopTimer?.();
        stopTimer = undefined;
        rest = undefined;
    }
    function connectAtOnce(why) {
        if (isClosed())
            return;
        breakOff();
        become('waiting', why, undefined, 0);
        become('connecting', why);
        connect();
    }
    /** Ends what is under way, an attempt or a rest, for no fault of either. */
    function breakOff() {
        if (rest === undefined && hasProved())
            startAfresh();
        if (rest === undefined && head && cursor.id === '')
            gap ??= 'no-ids';
        stopAttempt?.();
        endRest();
    }
    /** What the page goes through, and what that means for a connection. */
    function heed(event) {
        trace('page', event);
        if (event === 'activated')
            return;
        if (event === 'online') {
            memory.doubts.clear();
            memory.letsThrough = false;
        }
        // The last that a page hears which is discarded or killed in the background.
        if (event === 'hidden' || event === 'frozen')
            return plan.keep(cursor.id);
        if (event !== 'stored')
            plan.keep('');
        if (event !== 'stored') {
            const wasAway = event === 'resumed' || rest === 'stored';
            const isMade = wake(`the page is ${event}`, rest === 'stored', event === 'visible');
            if (isMade && wasAway)
                gap = 'suspended';
        }
        else if (!isClosed()) {
            // An open connection keeps a page out of the back/forward cache.
            breakOff();
            rest = 'stored';
            plan.keep(cursor.id);
            become('waiting', 'the page is put away');
        }
    }
    /** Connects anew where the connection may have died unnoticed, or where there is no use in waiting any longer. */
    function wake(why, isSure, isGlance = false) {
        if (isClosed())
            return false;
        const silence = environment.now() - lastLife;
        const isStream = ladder.transport.rhythm === 'stream';
        const isDue = rest === undefined
            ? !isHeld &&
                // A long poll is silent by nature; its own deadline tells when the page slept through it.
                silence >= ((isStream && rhythm.age) || LEAST_PATIENCE) &&
                (isStream || !isGlance)
            : rest === 'between answers' && silence >= options.pollInterval;
        // Where a server has asked for patience, or refused, waking up changes nothing.
        const isMade = isSure || isDue || (rest === 'back-off' && isUnreachable);
        if (isMade)
            connectAtOnce(why);
        return isMade;
    }
    /** Tells of a gap, once the connection is back. */
    function tellGap({ headers }) {
        const { echo } = target.convention;
        const answered = echo === undefined ? undefined : headers?.get(echo);
        if (startedAfter !== '' && typeof answered === 'string' && answered !== startedAfter)
            gap = 'reset';
        const reason = gap;
        gap = undefined;
        if (wasOpen && reason !== undefined && !once && !isClosed()) {
            trace('resync', reason);
            listener.resync({ reason, lastEventId: startedAfter });
        }
        wasOpen = true;
    }
    function fail(reason, error) {
        report(error);
        close(reason, error);
    }
    function report(error, retryIn) {
        if (isClosed() || !error)
            return;
        error.url ??= shownUrl(target.url);
        trace('error', `${error.code}: ${error.message}`);
        listener.error(Object.assign(error, { attempt, transport: ladder.transport.name, retryIn }));
    }
    function close(reason, error, truncated) {
        if (isClosed())
            return;
        endRest();
        stopAttempt?.();
        stopWatching?.();
        become('closed', error?.message ?? reason, error);
        listener.closed({ reason, error, truncated });
    }
    function become(next, reason, error, retryIn) {
        if (!MOVES[state].includes(next))
            return;
        const previous = state;
        state = next;
        const transport = ladder.transport.name;
        trace('state', `${next}: ${reason}`);
        listener.state({ state, previous, reason, attempt, transport, retryIn, error });
    }
    /** A function, so that the compiler forgets what it knew of `state` before a handler ran. */
    function isClosed() {
        return state === 'closed';
    }
}

// Which subscriptions are equal, and can be served by one connection.
/** Options that each listener has for itself: what is done with messages, not how they come. */
const OWN$1 = new Set([
    'on',
    'onMessage',
    'onError',
    'onOpen',
    'onState',
    'onSettledState',
    'onTransport',
    'onResync',
    'commands',
    'parse',
    'endOn',
    'until',
    'signal',
]);
/** Objects and functions are equal when they are the same one, so each has a number. */
const numbers = new WeakMap();
let counted = 0;
/** Equal for equal subscriptions of one page. */
function pageKey(url, options) {
    return keyOf(url, options, (value) => {
        const number = numbers.get(value) ?? ++counted;
        numbers.set(value, number);
        return number;
    });
}
/**
 * Equal for equal subscriptions of any page of the origin. A transport or format is its name, binary data its bytes; what
 * else is not data does not count.
 */
function tabsKey(url, options) {
    return keyOf(url, options, (value) => {
        if (value instanceof FormData)
            return [...value];
        if (value instanceof ArrayBuffer)
            return [...new Uint8Array(value)];
        if (ArrayBuffer.isView(value))
            return [...new Uint8Array(value.buffer, value.byteOffset, value.byteLength)];
        return typeof value === 'object' && 'name' in value ? value.name : 0;
    });
}
/** Options that say which stream it is that the server sends, rather than how it is read and kept up. */
const STREAM = ['method', 'headers', 'body', 'credentials', 'format', 'cursor', 'resume'];
/** Equal for subscriptions of any page of the origin that may go on where the other was. */
function cursorKey(url, options) {
    return tabsKey(url, Object.fromEntries(STREAM.map((name) => [name, options[name]])));
}
/** Whether nobody can tell from a body what it will send: that of a function, or of a file. */
function isOpaque(body) {
    if (body instanceof FormData)
        return [...body.values()].some(isOpaque);
    return typeof body === 'function' || body instanceof Blob;
}
/** @throws EnckeError `invalid-option` for a body that JSON cannot write */
function keyOf(url, options, stateOf) {
    const shared = Object.entries(options)
        .filter(([name]) => !OWN$1.has(name))
        .sort(([one], [other]) => (one < other ? -1 : 1));
    try {
        return JSON.stringify([url, shared], (_, value) => {
            if (value instanceof Headers || value instanceof URLSearchParams)
                return [...value];
            return isData(value) ? value : stateOf(value);
        });
    }
    catch (cause) {
        throw new EnckeError('invalid-option', String(cause), { cause });
    }
}
/** What JSON keeps whole. */
function isData(value) {
    if (Object(value) !== value || Array.isArray(value))
        return true;
    const prototype = Object.getPrototypeOf(value);
    // A getter is code, which is not run for this.
    const members = Object.values(Object.getOwnPropertyDescriptors(value));
    const hasCode = members.some((member) => member.get ?? typeof member.value === 'function');
    return (prototype === null || prototype === Object.prototype) && !hasCode;
}

// What has happened to a connection, for bug reports.
/** How many entries are kept. */
const TRACE_LENGTH = 200;
/** @param debug prints each entry: a function that takes lines, or `true` for `console.debug` */
function createTrace(url, now, debug) {
    const entries = [];
    let began;
    // eslint-disable-next-line no-console -- asked for by `debug`.
    const print = debug === true ? (line) => console.debug(line) : debug;
    return Object.assign(note, { entries });
    function note(what, detail) {
        const time = now();
        const at = Math.round(time - (began ??= time));
        if (entries.push({ at, what, detail }) > TRACE_LENGTH)
            entries.shift();
        if (print)
            call$1(print, `encke ${shownUrl(url)} +${String(at)} ms ${what}: ${detail}`);
    }
}

// What a connection listens to: a session of its own, one that others use too, or nothing on a server.
/** Stands for the page's address on a server, where nothing is requested. */
const NOWHERE = 'https://localhost';
/**
 * @param once whether this is one exchange, never sent again
 * @throws EnckeError `invalid-option`, `no-transport`
 */
function openSession(household, given, options, once, listener) {
    const { environment, hubs } = household;
    const base = environment.baseUrl();
    const url = resolveUrl(given, base ?? NOWHERE);
    const convention = CURSOR_CONVENTIONS[options.cursor];
    if (!Object.hasOwn(CURSOR_CONVENTIONS, options.cursor)) {
        throw new EnckeError('invalid-option', `cursor must be ${Object.keys(CURSOR_CONVENTIONS).join(', ')}.`);
    }
    if (typeof options.body !== 'function')
        checkBody(options.body, once);
    const { share, resume, body } = options;
    // One would get what is the other's.
    if (isOpaque(body) && (share === 'tabs' || resume === 'session')) {
        const sentence = 'Nobody can tell what a function or a file sends: write share: { tabs: NAME }, resume: { session: NAME }.';
        throw new EnckeError('invalid-option', sentence);
    }
    // A page's code may call us while a server renders it; nothing must happen then.
    if (base === undefined)
        return inert(listener);
    const target = {
        url: url.href,
        resource: url.origin + url.pathname,
        crossOrigin: url.origin !== environment.origin(),
        options,
        convention,
        formats: household.formats,
        fetch: options.fetch ?? environment.fetch,
        once,
    };
    const isOfTabs = !once && (share === 'tabs' || typeof share === 'object');
    if (once || share === false)
        return start(listener);
    const key = pageKey(url.href, options);
    let hub = hubs.get(key);
    // What the server sends at the beginning, a snapshot of its state for one, would be missed by who joins later.
    if (!hub || (share === 'start' && hub.hasDelivered)) {
        const opened = createHub(start, () => {
            if (hubs.get(key) === opened)
                hubs.delete(key);
        });
        hubs.set(key, (hub = opened));
    }
    return hub.join(listener);
    function start(heard) {
        const trace = createTrace(url.href, environment.now, options.debug);
        const kept = keptCursor(environment, resume && cursorKey(url.href, options));
        const cursor = createCursor(options.lastEventId || kept.take(), options.replays === 'drop');
        const rungs = options.transports ?? household.transports;
        const memory = household.memory(url.origin);
        const plan = { target, rungs, environment, cursor, memory, trace, keep: kept.put };
        if (!isOfTabs)
            return startSession(plan, heard);
        if (!household.tabs)
            throw new EnckeError('invalid-option', 'Give createClient tabs: shareTabs.');
        // What cannot be carried here must throw here, even where another tab leads.
        createLadder(rungs, demandOf(target), memory, environment.now, () => undefined);
        return household.tabs({
            name: tabsKey(url.href, options),
            environment,
            trace,
            cursor,
            keep: kept.put,
            start: (leading, earlier) => startSession({ ...plan, earlier }, leading),
        }, heard);
    }
}
function inert(listener) {
    let state = 'connecting';
    return {
        get state() {
            return state;
        },
        transport: '',
        lastEventId: '',
        attempt: 0,
        trace: [],
        reconnect: () => undefined,
        listen: () => undefined,
        close(reason) {
            if (state === 'closed')
                return;
            state = 'closed';
            listener.closed({ reason });
        },
    };
}
function resolveUrl(url, base) {
    try {
        return new URL(url, base);
    }
    catch (cause) {
        throw new EnckeError('invalid-option', `"${String(url)}" is not a URL.`, { cause });
    }
}

// The state that has lasted a while: for banners that shall not flicker.
/** How long a state must last to count as settled, in milliseconds. */
const SETTLED_AFTER = 3_000;
function createSettledState({ now, setTimer }, onSettled) {
    let settled = 'connecting';
    let current = 'connecting';
    let since = 0;
    let stop;
    return {
        get state() {
            return isSettled() ? current : settled;
        },
        note(change) {
            if (isSettled())
                settled = current;
            current = change.state;
            since = now();
            stop?.();
            if (current === 'closed')
                call$1(onSettled, change);
            else if (onSettled) {
                stop = setTimer(() => {
                    // There and back within the time is no change.
                    if (current !== settled)
                        call$1(onSettled, change);
                    settled = current;
                }, SETTLED_AFTER);
            }
        },
    };
    function isSettled() {
        return current === 'closed' || now() - since >= SETTLED_AFTER;
    }
}

// What a caller holds: a session, with the handlers and loops that its messages go to.
function startConnection(plan) {
    const { household, once } = plan;
    const options = resolveOptions(plan.options);
    const { signal, onMessage, parse, endOn, until, commands } = options;
    const handlers = new Map();
    const loops = new Set();
    const settled = createSettledState(household.environment, options.onSettledState);
    const isOnServer = household.environment.baseUrl() === undefined;
    let head;
    let last; // once it is over
    let settle;
    const closed = new Promise((resolve) => (settle = resolve));
    for (const [event, handler] of Object.entries(options.on ?? {}))
        on(event, handler);
    // A request keeps its messages for whoever awaits it or loops over it later.
    let unclaimed = once && !onMessage && !options.on && !commands ? addLoop() : undefined;
    const session = openSession(household, plan.url, options, once, {
        state(change) {
            settled.note(change);
            call$1(options.onState, change);
        },
        transport: (change) => call$1(options.onTransport, change),
        head(seen) {
            head = seen;
            call$1(options.onOpen, seen);
        },
        message: receive,
        error: (error) => call$1(options.onError, error),
        resync: (gap) => call$1(options.onResync, gap),
        closed(closing) {
            last = closing;
            signal?.removeEventListener('abort', abort);
            for (const loop of loops)
                endLoop(loop, closing);
            settle(closing);
        },
        eventNames: () => [...handlers.keys()],
        ready: () => allReady([...loops, commands].map((taker) => taker?.ready())),
    });
    if (signal?.aborted)
        abort();
    else
        signal?.addEventListener('abort', abort);
    const connection = {
        get state() {
            return session.state;
        },
        get transport() {
            return session.transport;
        },
        get lastEventId() {
            return session.lastEventId;
        },
        get settledState() {
            return settled.state;
        },
        get trace() {
            return session.trace;
        },
        closed,
        close,
        on,
        [Symbol.asyncIterator]() {
            const loop = unclaimed ?? addLoop();
            unclaimed = undefined;
            return loop.read();
        },
    };
    return {
        connection: connection,
        reconnect: () => {
            session.reconnect();
        },
        reply,
    };
    function receive(raw) {
        // Others who listen to the same session may have closed this connection.
        if (isClosed())
            return;
        if (endOn !== undefined && raw.data === endOn) {
            session.close('done');
            return;
        }
        const message = parse && typeof raw.data === 'string' ? parsed(raw, raw.data, parse) : raw;
        if (!message || isClosed())
            return;
        if (onMessage)
            call$1(onMessage, message);
        if (commands && !isClosed())
            commands.push(message.data);
        // Not asked where nobody listens by name, or loops: this runs for every message.
        if (handlers.size > 0)
            dispatch(message);
        if (loops.size > 0 && !isClosed())
            for (const loop of loops)
                loop.push(message);
        if (until && !isClosed() && call$1(until, message))
            session.close('done');
    }
    function dispatch(message) {
        // A copy: a handler that takes itself away and adds itself anew would be met for ever.
        for (const handler of [...(handlers.get(message.event) ?? [])]) {
            // A handler may close the connection; the ones after it hear nothing more.
            if (!isClosed())
                call$1(handler, message.data, message);
        }
    }
    function parsed(raw, text, parse) {
        try {
            return { ...raw, data: parse(text) };
        }
        catch (cause) {
            const payload = text.slice(0, 200);
            const { attempt, transport } = session;
            const details = { cause, payload, attempt, transport };
            call$1(options.onError, new EnckeError('malformed', `parse: ${String(cause)}`, details));
            return undefined;
        }
    }
    function on(event, handler) {
        const known = handlers.get(event) ?? new Set();
        handlers.set(event, known.add(handler));
        return () => {
            known.delete(handler);
        };
    }
    function addLoop() {
        const loop = createMessageQueue(close);
        loops.add(loop);
        if (isOnServer)
            loop.end();
        // A loop that begins after the connection has ended.
        if (last)
            endLoop(loop, last);
        return loop;
    }
    /** What the caller closed gives nothing more; an abort for a reason of its own, a time limit for one, is told. */
    function endLoop(loop, { reason, error }) {
        if (reason === 'user')
            loop.drop();
        else if (reason === 'abort')
            loop.drop(isAbortError(signal?.reason) ? undefined : signal?.reason);
        else
            loop.end(error);
    }
    /** A function, so that the compiler forgets what it knew before a handler ran. */
    function isClosed() {
        return session.state === 'closed';
    }
    function close() {
        session.close('user');
    }
    function abort() {
        session.close('abort');
    }
    async function reply() {
        if (isOnServer)
            throw new EnckeError('no-transport', 'On a server nothing is requested.');
        const { reason, error, truncated = false } = await closed;
        if (error)
            throw error;
        if (reason === 'abort')
            throw signal?.reason;
        // What was closed half way must not pass for a whole reply.
        if (reason === 'user')
            throw new DOMException('The request was closed.', 'AbortError');
        await commands?.done;
        return {
            truncated,
            messages: (unclaimed?.take() ?? []),
            status: head?.status ?? 204,
            url: head?.url ?? String(plan.url),
            headers: head?.headers,
            transport: session.transport,
        };
    }
}
function isAbortError(reason) {
    return reason?.name === 'AbortError';
}

// What a client has learned of an origin; every subscription to it begins with that.
function createMemory() {
    const origins = new Map();
    const refreshes = new WeakMap();
    return (origin) => {
        const known = origins.get(origin) ?? {
            doubts: new Map(),
            doubtedAt: 0,
            letsThrough: false,
            asksOnce: new Set(),
            lateHeads: new Set(),
            waiting: 0,
            refreshes,
        };
        origins.set(origin, known);
        return known;
    };
}

// The two verbs, made from the parts they are given.
const PARTS = { transports: 0, formats: 0, environment: 0, tabs: 0 };
/**
 * Makes a client of the parts named, and of nothing else: what is not named can leave the bundle.
 *
 * @throws EnckeError `invalid-option`
 */
function createClient({ environment = browserEnvironment, ...parts }) {
    refuseUnknown('createClient', parts, PARTS);
    const household = { ...parts, environment, memory: createMemory(), hubs: new Map() };
    return { subscribe, request };
    function subscribe(url, options = {}) {
        refuseUnknownOptions(options, false);
        const { connection, reconnect } = startConnection({ household, url, options, once: false });
        return Object.assign(connection, { reconnect });
    }
    function request(url, given = {}) {
        refuseUnknownOptions(given, true);
        // One exchange may take its time; who wants a limit gives one, or a signal.
        const { connectTimeout = Infinity } = given;
        const options = { ...given, connectTimeout, longPollTimeout: connectTimeout };
        const { connection, reply } = startConnection({ household, url, options, once: true });
        return Object.assign(connection, thenable(reply));
    }
}

// Ends that are no clean end: a status without messages, a connection that failed, a carrier that cannot work.
/** How much of the body of a refusal is kept, in characters. */
const EXCERPT_LENGTH$1 = 4_096;
/** How long that body may take, in milliseconds: the status counts, whatever becomes of the body. */
const EXCERPT_TIME = 1_000;
const NO_CONTENT = 204;
const RESET_CONTENT = 205;
/** Whether a response with this status carries messages. */
function carriesMessages({ status }) {
    return status >= 200 && status < 300 && status !== NO_CONTENT && status !== RESET_CONTENT;
}
/** The end of a response whose body is over: a refusal, or else `otherwise`. */
function endOf(head, body, otherwise) {
    if (carriesMessages(head))
        return otherwise;
    // Half an error page is a refusal all the same.
    return { how: 'status', head, body: body.slice(0, EXCERPT_LENGTH$1) };
}
const COMPLETE = { how: 'complete' };
/** No response, or none that the page may read: browsers do not tell which. */
function unreachable(url, cause) {
    return cut(`No response from ${url}: the server is down, or a policy (CORS, CSP, X-Frame-Options) forbids it.`, url, cause);
}
function brokeOff(url, cause) {
    return cut(`The response from ${url} broke off.`, url, cause);
}
function cut(sentence, url, cause) {
    return { how: 'cut', error: new EnckeError('network', sentence, { url, cause }) };
}
/** `sent`: whether the request may have left. */
function unusable(sentence, sent, cause) {
    return { how: 'unusable', sent, error: new EnckeError('unusable', sentence, { cause }) };
}

// A sink held to the laws: opened once, nothing after the end, nothing after the stop.
/** `release` runs before the last call, or at the stop: it takes away what the carrier put up. */
function guardSink({ url }, sink, release) {
    let live = true;
    let open = false;
    const guarded = {
        isLive: () => live,
        stop() {
            live = false;
            release();
        },
        begin(start) {
            queueMicrotask(() => {
                try {
                    if (live)
                        start();
                }
                catch (cause) {
                    guarded.ended(unreachable(url, cause));
                }
            });
        },
        opened(head) {
            if (live && !open)
                sink.opened(head);
            open = true;
        },
        text(chunk) {
            if (live)
                sink.text(chunk);
        },
        ready: () => (live ? sink.ready() : undefined),
        alive() {
            if (live)
                sink.alive();
        },
        problem(error) {
            if (live)
                sink.problem(error);
        },
        ended(end) {
            if (!live)
                return;
            guarded.stop();
            sink.ended(end);
        },
    };
    return guarded;
}

// What a carrier that is not made of fetch cannot do.
function refusesWithoutFetch({ ownFetch, credentials, crossOrigin, body, }) {
    if (body === 'stream')
        return 'cannot send a stream';
    if (ownFetch)
        return 'cannot use a fetch of your own';
    // It sends the cookies of the page's own origin whatever was asked.
    return credentials === 'omit' && !crossOrigin ? 'cannot omit cookies' : undefined;
}
function refusesWithoutHeaders(demand) {
    return demand.headers ? 'cannot send headers' : refusesWithoutFetch(demand);
}

// The browser's own EventSource, for one connection only.
//
// It is closed at its first error: browsers differ in when and whether they reconnect, and the session decides.
// It sees no status, no header and no comment, and only events whose names it was told.
/** What performance entries call the initiator: Chromium and Firefox `other`, WebKit `eventsource`. */
const OWN = /^(?:other|eventsource)$/;
const eventSource = {
    name: 'event-source',
    rhythm: 'stream',
    sendsHeaders: false,
    namesItself: false,
    tellsCuts: false,
    showsLife: false,
    hearsByName: true,
    accept: 'text/event-stream',
    refuses: refusesEventSource,
    open: openEventSource,
};
function refusesEventSource(demand) {
    if (typeof EventSource !== 'function')
        return 'needs EventSource';
    if (demand.method !== 'GET')
        return `cannot ${demand.method}`;
    if (demand.once)
        return 'cannot tell the end of an answer from a failure';
    return refusesWithoutHeaders(demand);
}
function openEventSource(request, sink) {
    const { url, credentials, events } = request;
    const asking = new AbortController(); // of the question that follows a refusal
    let source;
    let opened = false;
    let startedAt = 0; // by the clock of the page's performance entries
    let shownId = ''; // what this connection has stated, as the browser shows it
    let id = request.lastEventId; // what messages carry
    const guarded = guardSink(request, sink, () => {
        source?.close();
        asking.abort();
    });
    guarded.begin(() => {
        startedAt = performance.now();
        const connection = (source = new EventSource(url, { withCredentials: credentials === 'include' }));
        // Once each, for a name may be asked for twice, and a server may name its events `open` and `error`.
        for (const name of new Set(['open', 'error', 'message', ...events])) {
            connection.addEventListener(name, (event) => {
                if (event instanceof MessageEvent)
                    giveMessage(event);
                else if (name === 'open')
                    open();
                else
                    fail(connection);
            });
        }
    });
    return guarded.stop;
    function open() {
        opened = true;
        guarded.opened({ status: 200, url });
    }
    function giveMessage({ type, data, lastEventId }) {
        // The browser begins each connection without an id, and shows one as soon as the stream states it.
        if (guarded.isLive() && lastEventId !== shownId)
            sink.id((id = shownId = lastEventId));
        if (guarded.isLive())
            sink.message({ event: type, data, id });
    }
    /** Called before the source is closed: its state is all that is known of the error. */
    function fail(connection) {
        // The stream ended or broke off, and the browser would connect again: it tells neither from the other.
        if (opened)
            return guarded.ended(COMPLETE);
        if (connection.readyState !== EventSource.CLOSED)
            return guarded.ended(unreachable(url));
        const end = answered();
        if (end)
            return guarded.ended(end);
        // Closed for good. Firefox (153) does that to another origin that is only down, so that one is asked for an answer.
        const question = { method: 'HEAD', mode: 'no-cors', credentials, cache: 'no-store' };
        fetch(url, { ...question, signal: asking.signal }).then(() => guarded.ended(answered() ?? refused(url)), (cause) => guarded.ended(unreachable(url, cause)));
    }
    /** The status, where the engine shows it in the performance entry of this very request, as Firefox (153) does. */
    function answered() {
        const entries = performance.getEntriesByName(url, 'resource');
        const own = entries.find((entry) => entry.startTime >= startedAt && OWN.test(entry.initiatorType));
        const status = own?.responseStatus ?? 0;
        // A redirect may have led to a server that is down.
        if (status < 200 || (status >= 300 && status < 400))
            return undefined;
        return status === 200 ? refused(url) : { how: 'status', head: { status, url }, body: '' };
    }
}
function refused(url) {
    const sentence = `${url} answered, but the browser refuses it: by its status, its content type or its CORS headers, which a page is not shown.`;
    return { how: 'failed', error: new EnckeError('status', sentence, { url }) };
}

// Bytes to text, in any cut, and word of what was no UTF-8.
const REPLACEMENT = '\uFFFD';
/** The bytes of U+FFFD, each read as one character. EF never continues a sequence, so they are nothing else. */
const REPLACEMENT_BYTES = '\u00EF\u00BF\u00BD';
/**
 * Decodes one response: called with each chunk, and without one at the end of the body.
 * `onInvalid` is called once, at the first bytes that are not UTF-8.
 */
function utf8Decoder(onInvalid) {
    // The byte order mark is the format's to drop: only the event stream has a rule for it.
    const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
    const byteReader = new TextDecoder('latin1');
    let valid = true; // no invalid byte so far
    let tail = ''; // the last two bytes, where a U+FFFD that the server sent may have begun
    return (bytes) => {
        const text = decoder.decode(bytes, { stream: bytes !== undefined });
        if (!valid)
            return text;
        if (text.includes(REPLACEMENT)) {
            valid = count(REPLACEMENT, text) === count(REPLACEMENT_BYTES, tail + byteReader.decode(bytes));
            if (!valid)
                onInvalid();
        }
        tail = (tail + byteReader.decode(bytes?.subarray(-2))).slice(-2);
        return text;
    };
}
function count(part, text) {
    return text.split(part).length;
}

// One fetch, its body carried to a sink as text: the carrier of fetch-stream, htmlfile, long-poll and poll.
function openFetch(request, sink) {
    const controller = new AbortController();
    let reader; // once there is a body
    let timer; // the time for the body of a refusal
    const guarded = guardSink(request, sink, release);
    guarded.begin(() => {
        send$1(request, controller.signal).then(receive, (cause) => {
            guarded.ended(unsent(request, cause));
        });
    });
    return guarded.stop;
    function release() {
        clearTimeout(timer);
        controller.abort();
        // A caller's own fetch may not heed the signal.
        reader?.cancel().catch(ignore);
    }
    async function receive(response) {
        const { status, headers } = response;
        const head = { status, url: response.url || request.url, headers };
        const isRefusal = !carriesMessages(head);
        let end = COMPLETE;
        let excerpt = ''; // of a refusal
        try {
            // Throws where a caller's own fetch gives a body that was read already.
            reader = response.body?.getReader();
            if (isRefusal)
                guarded.alive();
            else
                guarded.opened(head);
            if (!guarded.isLive())
                release();
            else if (isRefusal)
                timer = setTimeout(conclude, EXCERPT_TIME);
            // What an earlier connection has brought may be more than can be used already.
            const first = readiness();
            if (first)
                await first;
            for await (const chunk of textOf(response, reader, reportInvalid)) {
                if (isRefusal)
                    excerpt += chunk;
                else if (chunk)
                    guarded.text(chunk);
                // Asked first: waiting for nothing would cost a turn of promises for every chunk.
                const ready = readiness();
                if (ready)
                    await ready;
                if (!guarded.isLive() || excerpt.length >= EXCERPT_LENGTH$1)
                    break;
            }
        }
        catch (cause) {
            end = brokeOff(head.url, cause);
        }
        conclude();
        function conclude() {
            guarded.ended(endOf(head, excerpt, end));
        }
        function readiness() {
            return isRefusal ? undefined : guarded.ready();
        }
        function reportInvalid() {
            const sentence = `${head.url} sent bytes that are not UTF-8. They became U+FFFD.`;
            if (!isRefusal)
                guarded.problem(new EnckeError('encoding', sentence, { url: head.url }));
        }
    }
}
function unsent({ url, body }, cause) {
    if (bodyKind(body) !== 'stream')
        return unreachable(url, cause);
    const sentence = `No response from ${url}. To send a stream, Chromium needs HTTP/2 or later; else the server is down, or a policy forbids it.`;
    return cut(sentence, url, cause);
}
/** Why this page cannot carry a request by fetch at all. */
function refusesFetch({ ownFetch, body }) {
    const present = (ownFetch || typeof fetch === 'function') && typeof TextDecoder === 'function';
    if (!present)
        return 'needs fetch and TextDecoder';
    return body === 'stream' && !ownFetch && !sendsStreams()
        ? 'cannot send a stream in this browser'
        : undefined;
}
/** A browser that knows no such body asks for no `duplex`, or takes the stream for text and adds the type of that. */
function sendsStreams() {
    let isAsked = false;
    const init = {
        method: 'POST',
        body: new ReadableStream(),
        get duplex() {
            isAsked = true;
            return 'half';
        },
    };
    return !new Request('https://localhost', init).headers.has('content-type') && isAsked;
}
/** Why this page cannot read a response by fetch before it has ended. */
function refusesFetchStream(demand) {
    const present = typeof ReadableStream === 'function' && 'body' in Response.prototype;
    return refusesFetch(demand) ?? (present ? undefined : 'needs streams in responses');
}
function send$1(request, signal) {
    // Taken out first: the browser's own function refuses to be called as a method of the request.
    const { fetch, url, method, headers, body, credentials } = request;
    // [spec] `duplex`: needs to be set when the body is a ReadableStream. `half` is the only value.
    const duplex = bodyKind(body) === 'stream' && { duplex: 'half' };
    return fetch(url, { method, headers, body, credentials, signal, cache: 'no-store', ...duplex });
}
/** The body as it comes. The next piece is asked for when the last one has been taken; throws when the body breaks off. */
async function* textOf(response, reader, onInvalid) {
    if (!reader) {
        // A response of a caller's own fetch may lack the stream.
        yield await response.text();
        return;
    }
    const decode = utf8Decoder(onInvalid);
    for (;;) {
        const { done, value } = await reader.read();
        yield decode(value);
        if (done)
            return;
    }
}
function ignore() {
    // A body that failed already cannot be cancelled; its failure was told.
}

// fetch streaming: the response is read while it comes.
const fetchStream = {
    name: 'fetch-stream',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: false,
    tellsCuts: true,
    showsLife: true,
    refuses,
    open: openFetch,
};
/** Only this one: the others made of fetch come behind XHR, which tells the progress, and are better than nothing. */
function refuses(demand) {
    return demand.uploadProgress ? 'cannot tell the progress of an upload' : refusesFetchStream(demand);
}

// A document that nobody sees and nothing runs in, filled by the browser's own HTML parser.
const SCRIPT_END = /<\/script[\t\n\f\r ]*>\s*$/i;
/** @throws where the page's policy forbids `document.write` even here. */
function createInertPage() {
    // Without a browsing context no script runs, no event handler is compiled, nothing is loaded.
    const page = document.implementation.createHTMLDocument('');
    let tail = ''; // of the text written so far
    page.open();
    parse('');
    return {
        write(html) {
            parse(html);
            tail = (tail + html.slice(-32)).slice(-32);
            const scripts = takeScripts(page, SCRIPT_END.test(tail));
            prune(page);
            return scripts;
        },
        close() {
            page.close();
        },
    };
    function parse(html) {
        // eslint-disable-next-line @typescript-eslint/no-deprecated -- nothing else hands the parser text piece by piece
        page.write(trustedHtml(html));
    }
}
/**
 * A script that is still arriving shows part of its text. Only the last one can be: it is whole when the parser
 * stands behind it, or when the text written so far ends with its end tag.
 */
function takeScripts(page, endsWithScript) {
    const scripts = [...page.scripts];
    const last = scripts.at(-1);
    if (last?.contains(deepestLast(page)) && !endsWithScript)
        scripts.pop();
    for (const script of scripts)
        script.remove();
    // As in a page, the text of a script with a source counts for nothing.
    return scripts.filter((script) => !script.hasAttribute('src')).map((script) => script.text);
}
function deepestLast(node) {
    return node.lastChild ? deepestLast(node.lastChild) : node;
}
/** Removes all but the way to where the parser stands, so that an endless stream takes no memory. */
function prune(parent) {
    if (parent instanceof HTMLScriptElement)
        return;
    while (parent.firstChild !== parent.lastChild)
        parent.firstChild?.remove();
    const { lastChild } = parent;
    if (lastChild instanceof CharacterData)
        lastChild.remove();
    else if (lastChild)
        prune(lastChild);
}

// htmlfile: streamed HTML is parsed in a document off screen, and its scripts are read instead of run.
//
// The name is that of the ActiveX object which did this in old Internet Explorer. No loading indicator,
// no history entry; and since the bytes come by fetch, statuses and cuts are seen.
const HTML = /^(?:text\/html|application\/xhtml\+xml)$/;
const FORBIDDEN = `Trusted Types forbid it. Add "trusted-types ${POLICY$1}" to the content security policy.`;
const htmlFile = {
    name: 'htmlfile',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    // Firefox (153) keeps what was written into a document until it is closed.
    keepsText: true,
    accept: 'text/html',
    refuses: refusesHtmlFile,
    open: openHtmlFile,
};
function refusesHtmlFile(demand) {
    return typeof document === 'undefined' ? 'needs a document' : refusesFetchStream(demand);
}
function openHtmlFile(request, sink) {
    let page;
    let stopFetch;
    let isHtml = false; // other text is passed on as it is
    const guarded = guardSink(request, sink, () => {
        stopFetch?.();
        page?.close();
    });
    guarded.begin(() => {
        // Before anything is sent: what cannot be read here must not be asked for.
        try {
            page = createInertPage();
        }
        catch (cause) {
            return guarded.ended(unusable(FORBIDDEN, false, cause));
        }
        stopFetch = openFetch(request, { ...guarded, opened, text });
    });
    return guarded.stop;
    function opened(head) {
        isHtml = HTML.test(mediaTypeOf(head.headers?.get('content-type')));
        guarded.opened(head);
    }
    function text(chunk) {
        if (page && isHtml)
            giveScripts(page.write(chunk));
        else
            guarded.text(chunk);
    }
    function giveScripts(scripts) {
        if (scripts.length === 0)
            guarded.alive();
        else
            guarded.text(scripts.map((text) => `<script>${text}</script>`).join(''));
    }
}

// One message, whatever carrier and format brought it.
const ENVELOPE_KEYS = new Set(['id', 'event', 'data', 'retry']);
/**
 * Tells an envelope from a bare value. The JSON formats and the frame's callback share this rule:
 * an object with `data` and `id` or `event` (or both), as strings, and no other key but `retry`.
 *
 * `{"id":42,"data":{…}}` is what many servers call an object of theirs, so a number is an id only where nothing but a
 * message is meant: beside an `event`, or where `data` is text, as in an event stream. Rounded, it would be another id.
 */
function isEnvelope(value) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, 'data'))
        return false;
    if (!Object.keys(value).every((key) => ENVELOPE_KEYS.has(key)))
        return false;
    const { id = null, event, data } = value;
    const isNamed = typeof event === 'string';
    if (typeof id !== 'number')
        return typeof id === 'string' || (isNamed && id === null);
    return Math.abs(id) <= Number.MAX_SAFE_INTEGER && (isNamed || typeof data === 'string');
}

// Posts a body into a frame, by a form that nobody sees.
/** @throws in Firefox, where a content security policy forbids it. */
function postInto(document, target, { url, body }) {
    const form = document.createElement('form');
    const fields = body instanceof URLSearchParams || body instanceof FormData ? [...body] : [];
    const hasFiles = fields.some(([, value]) => typeof value !== 'string');
    form.acceptCharset = 'utf-8';
    form.action = url;
    form.enctype = hasFiles ? 'multipart/form-data' : 'application/x-www-form-urlencoded';
    form.hidden = true;
    form.method = 'post';
    form.target = target;
    // Not by inputs: one named `submit` would hide the method of that name.
    form.onformdata = ({ formData }) => {
        for (const [name, value] of fields)
            formData.append(name, value);
    };
    document.documentElement.append(form);
    try {
        form.submit();
    }
    finally {
        form.remove();
    }
}

// The functions that the scripts of a frame call in the window around it.
/** Has `receive` called for each call of `window[name]`; names may be dotted. The window is ours, so nothing is in the way. */
function receiveCalls(window, names, receive) {
    for (const name of names) {
        const path = name.split('.');
        const key = path.pop() ?? name;
        let owner = window;
        for (const step of path)
            owner = (owner[step] ??= {});
        owner[key] = (...values) => {
            receive(name, values);
        };
    }
}

// The hidden iframe: the server streams a page, and its scripts call a function of this one.
//
// The frame is put in after the page's load, so that no loading indicator turns, and its first navigation is the
// request, so that no history entry is made. It stands in an empty frame of ours, which has two uses: the functions
// that its scripts call are put up there instead of in the page; and the outer frame's `load` tells when the inner
// one is over, also when the response broke off, of which Chromium (156) tells the inner frame nothing at all.
/** How often the frame is looked at, in milliseconds: no event tells that its document came, or will never come. */
const LOOK = 100;
/** How many looks after the last byte `load` may take: the parser may still be busy. */
const PATIENCE = 10;
/** The document of a frame whose response has not begun. */
const BLANK = 'about:blank';
const VIOLATION = 'securitypolicyviolation';
const iframe = {
    name: 'iframe',
    rhythm: 'stream',
    sendsHeaders: false,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    // The browser keeps the source of a document that has not ended, whatever was taken out of it.
    keepsText: true,
    accept: 'text/html',
    refuses: refusesIframe,
    open: openIframe,
};
function refusesIframe(demand) {
    if (typeof document === 'undefined')
        return 'needs a document';
    if (demand.crossOrigin)
        return 'cannot read a frame of another origin';
    if (demand.method !== 'GET' && demand.method !== 'POST')
        return `cannot ${demand.method}`;
    if (demand.body === 'any')
        return 'cannot send a body that is no form';
    return refusesWithoutHeaders(demand);
}
function openIframe(request, sink) {
    const { url, method, callbacks } = request;
    const outer = document.createElement('iframe');
    const observer = new MutationObserver(sweep);
    let frame; // the inner one, once the outer one is in the page
    let timer; // the wait for the page's load, the next look, or the end
    let excerptTimer; // the time for the page of a refusal
    let head; // once a document has come
    let looksAfterEnd = 0; // how often it was looked at since the last byte
    const guarded = guardSink(request, sink, () => {
        removeEventListener('load', soon);
        removeEventListener(VIOLATION, heedPolicy);
        observer.disconnect();
        clearTimeout(timer);
        clearTimeout(excerptTimer);
        outer.onload = null;
        outer.remove();
    });
    guarded.begin(() => {
        if (document.readyState === 'complete')
            start();
        else
            addEventListener('load', soon);
    });
    return guarded.stop;
    function soon() {
        timer = setTimeout(start);
    }
    function start() {
        outer.style.display = 'none';
        // Not into the body: pages that swap it would take the frame along.
        document.documentElement.append(outer);
        const { contentDocument: room, contentWindow: around } = outer;
        // An extension may take frames away at once.
        if (!room || !around)
            return guarded.ended(unusable('The page does not keep frames.', false));
        room.open();
        room.append(room.createElement('html'));
        frame = room.createElement('iframe');
        receiveCalls(around, callbacks, receive);
        around.onmessage = receivePosted;
        around.addEventListener(VIOLATION, heedPolicy);
        // Firefox (153) tells the page instead of the outer frame.
        addEventListener(VIOLATION, heedPolicy);
        frame.name = 'encke';
        frame.onload = readPage;
        if (method === 'GET')
            frame.src = url;
        outer.onload = over;
        room.documentElement.append(frame);
        timer = setInterval(look, LOOK);
        try {
            if (method === 'POST')
                postInto(room, frame.name, request);
            // From here on the outer frame loads as long as the inner one. A form is sent later: that one has not begun yet.
            else
                room.close();
        }
        catch (cause) {
            guarded.ended(forbidden('form-action', false, cause));
        }
    }
    /** WebKit (2.50) tells of a reset connection by the time of the last byte alone; of any other end, `load` tells first. */
    function look() {
        const page = readPage();
        const { responseStart = 0, responseEnd = 0 } = (page && navigationOf(page)) ?? {};
        if (responseEnd > responseStart && ++looksAfterEnd > PATIENCE)
            guarded.ended(brokeOff(url));
    }
    /** The document of the response, once it is there. No document at all is one of another origin, or an error page. */
    function readPage() {
        const page = frame?.contentDocument;
        if (!page)
            guarded.ended(unreachable(url));
        else if (page.URL !== BLANK) {
            if (!head)
                arrive(page);
            return page;
        }
        return undefined;
    }
    function arrive(page) {
        const headers = new Headers({ 'content-type': 'text/html' });
        head = { status: statusOf(page), url: page.URL, headers };
        outer.contentDocument?.close();
        if (!carriesMessages(head)) {
            guarded.alive();
            const end = () => conclude(page);
            if (guarded.isLive())
                excerptTimer = setTimeout(end, EXCERPT_TIME);
            return;
        }
        if (!page.contentType.includes('html')) {
            const sentence = `${url} sent a frame ${page.contentType}, not HTML.`;
            guarded.ended({ how: 'failed', error: new EnckeError('content-type', sentence, head) });
        }
        guarded.opened(head);
        if (guarded.isLive())
            observer.observe(page, { childList: true, characterData: true, subtree: true });
    }
    /** Takes away what was looked at, so that an endless page takes no memory. */
    function sweep(records) {
        guarded.alive();
        for (const { addedNodes } of records) {
            for (const node of addedNodes)
                if (isPadding(node))
                    node.parentNode?.removeChild(node);
        }
    }
    /**
     * The call becomes text again: the format knows what it says, and nothing of the frame's is kept.
     * Arguments that are no JSON throw into the script that gave them.
     */
    function receive(name, values) {
        const page = readPage();
        if (!page || !head || !carriesMessages(head))
            return;
        guarded.text(`<script>${name}(${JSON.stringify(values).slice(1, -1)})</script>`);
        page.currentScript?.remove();
    }
    function receivePosted({ source, origin, data }) {
        const isOurs = source === frame?.contentWindow && origin === self.origin;
        if (isOurs && isEnvelope(data))
            receive(callbacks[0] ?? '', [data]);
    }
    function heedPolicy({ disposition, effectiveDirective, blockedURI }) {
        const concernsFrames = /^(?:frame-src|form-action)$/.test(effectiveDirective);
        if (disposition !== 'enforce' || !concernsFrames || !url.startsWith(blockedURI))
            return;
        // What the page asks for, or what the answer redirects to: the event is the same for both.
        guarded.ended(forbidden(effectiveDirective, true));
    }
    function over() {
        const page = readPage();
        clearTimeout(timer);
        if (!guarded.isLive())
            return;
        // What the page has posted is still on its way; where no page came, so is word of the policy that forbids it.
        timer = setTimeout(() => {
            if (page)
                conclude(page);
            // Of a 204, or where WebKit (2.50) met no server: nothing else tells of them.
            else
                guarded.ended(unreachable(url));
        }, page ? 0 : LOOK);
    }
    /** A document whose response broke off is never `complete`. WebKit (2.50) takes a closed socket for the end. */
    function conclude(page) {
        const end = page.readyState === 'complete' ? COMPLETE : brokeOff(url);
        // Where the very beginning broke off there is no element yet, whatever the type says.
        const root = page.documentElement;
        if (head)
            guarded.ended(endOf(head, root?.textContent ?? '', end));
    }
}
function forbidden(directive, sent, cause) {
    return unusable(`The content security policy forbids it by ${directive}.`, sent, cause);
}
/** WebKit (2.50) does not tell the status of a frame's document; there, any page counts as 200. */
function statusOf(page) {
    return navigationOf(page)?.responseStatus || 200;
}
function navigationOf({ defaultView }) {
    return defaultView?.performance.getEntriesByType('navigation')[0];
}
/** Text in a script is none: that script may still be arriving. */
function isPadding({ nodeType, parentNode }) {
    return (nodeType === Node.TEXT_NODE || nodeType === Node.COMMENT_NODE) && parentNode?.nodeName !== 'SCRIPT';
}

// Long polling: the server answers when it has something to say, and is asked again at once.
const longPoll = {
    name: 'long-poll',
    rhythm: 'answer',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    accept: 'application/json',
    refuses: refusesFetch,
    open: openFetch,
};

// Polling: the server answers at once, and is asked again after the interval.
const poll = {
    name: 'poll',
    rhythm: 'interval',
    sendsHeaders: true,
    namesItself: true,
    tellsCuts: true,
    showsLife: true,
    accept: 'application/json',
    refuses: refusesFetch,
    open: openFetch,
};

// XHR streaming: the response text is read while it grows.
//
// Second to fetch: the whole text stays in memory until the end (a session opens a new one in time), Chromium and
// Firefox tell of progress at most once per 50 ms, and bytes that are not UTF-8 become U+FFFD unnoticed.
const BYTE_ORDER_MARK$1 = '\uFEFF';
const xhrStream = {
    name: 'xhr-stream',
    rhythm: 'stream',
    sendsHeaders: true,
    namesItself: false,
    tellsCuts: true,
    showsLife: true,
    keepsText: true,
    refuses: refusesXhr,
    open: openXhr,
};
function refusesXhr(demand) {
    return typeof XMLHttpRequest === 'function' ? refusesWithoutFetch(demand) : 'needs XMLHttpRequest';
}
function openXhr(request, sink) {
    const xhr = new XMLHttpRequest();
    let head; // once there is a response
    let given = 0; // characters of the text that the sink has
    let timer; // the time for the body of a refusal
    const guarded = guardSink(request, sink, () => {
        clearTimeout(timer);
        xhr.abort();
    });
    xhr.onreadystatechange = xhr.onprogress = receive;
    xhr.onload = () => {
        receive();
        conclude(COMPLETE);
    };
    // Comes after `load`, too; then the end was told.
    xhr.onloadend = () => {
        conclude(brokeOff(request.url));
    };
    guarded.begin(() => {
        send(xhr, request);
    });
    return guarded.stop;
    function receive() {
        // Zero stands for no response yet, and for none any more.
        if (xhr.status === 0)
            return;
        const isNew = !head;
        head ??= readHead(xhr, request.url);
        if (carriesMessages(head))
            return giveText(head);
        if (isNew)
            guarded.alive();
        if (isNew && guarded.isLive())
            timer = setTimeout(() => conclude(COMPLETE), EXCERPT_TIME);
        if (xhr.responseText.length >= EXCERPT_LENGTH$1)
            conclude(COMPLETE);
    }
    function giveText(known) {
        guarded.opened(known);
        // A handler may have stopped, and the text is gone then.
        const chunk = xhr.responseText.slice(given);
        // The browser has taken one away, and a format takes one more: of two, the second belongs to the text.
        const isMarked = given === 0 && chunk.startsWith(BYTE_ORDER_MARK$1);
        given += chunk.length;
        if (chunk)
            guarded.text(isMarked ? BYTE_ORDER_MARK$1 + chunk : chunk);
    }
    function conclude(end) {
        guarded.ended(head ? endOf(head, xhr.responseText, end) : unreachable(request.url));
    }
}
function send(xhr, request) {
    const { method, url, headers, body, credentials, onUploadProgress } = request;
    xhr.open(method, url);
    xhr.withCredentials = credentials === 'include';
    headers.forEach((value, name) => xhr.setRequestHeader(name, value));
    // XHR has no cache mode, and `Cache-Control` would cost a preflight at another origin, also behind a redirect.
    // Only where asked for: a listener there costs a preflight across origins.
    if (onUploadProgress)
        xhr.upload.onprogress = ({ loaded, total }) => onUploadProgress({ loaded, total });
    // UTF-8 whatever the server says, and no XML parser behind it; the headers stay as they came.
    xhr.overrideMimeType('text/plain; charset=utf-8');
    // No stream: a request that has one is refused.
    xhr.send(body);
}
function readHead(xhr, requestUrl) {
    const lines = xhr.getAllResponseHeaders().matchAll(/^([^:\n]+):(.*)$/gm);
    const headers = new Headers([...lines].map(([, name = '', value = '']) => [name, value]));
    return { status: xhr.status, url: xhr.responseURL || requestUrl, headers };
}

// The ladder: every transport, best first.
/**
 * - fetch first: it sees statuses, headers and comments, carries any method, header and body, and is the fastest.
 * - XHR second: it sees and carries the same where fetch cannot stream, but late: Chromium and Firefox tell of
 *   progress at most once per 50 ms (27 ms of latency in the median, against 0.5 ms).
 * - EventSource third: as fast as fetch, but it sees no status and no comment and carries GET only. A 503 that closes
 *   the subscription is worse than a late message.
 * - htmlfile then: it needs a server that writes scripts.
 * - Long polling and polling: they work wherever a page can load anything, at the price of a request per answer.
 * - The iframe last: it sees least of all, and a frame that is sent something else than HTML may offer it as a download.
 */
const ladder = [
    fetchStream,
    xhrStream,
    eventSource,
    htmlFile,
    longPoll,
    poll,
    iframe,
];

// JSON text to a value, without exceptions.
/** `undefined`, which no JSON says, when the text is not JSON. */
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        // Every caller reports it, in words that fit what was read.
        return undefined;
    }
}
/** Words that JavaScript has and JSON has not. The first half passes over strings, where they are text. */
const NOT_IN_JSON = /"[^"\\]*(?:\\[^][^"\\]*)*"|-?\b(?:NaN|Infinity|undefined)\b/g;
/** The same for what scripts hold: `NaN`, `Infinity` and `undefined`, which some servers write, become `null`. */
function parseLiteral(text) {
    return (parseJson(text) ?? parseJson(text.replace(NOT_IN_JSON, (word) => (word.startsWith('"') ? word : 'null'))));
}

// Finds the end of a JSON value in text that comes in pieces, without parsing it.
const MARKS = /["[{(\]}),<]/g;
const MARKS_IN_STRING = /["\\\r\n]/g;
function createJsonScanner() {
    let depth = 0; // brackets open
    let quoted = false; // inside a string
    let at = 0; // where to go on; 1 when a backslash was the last character of the text before
    return (text) => {
        for (;;) {
            const marks = quoted ? MARKS_IN_STRING : MARKS;
            marks.lastIndex = at;
            const mark = marks.exec(text)?.[0];
            if (!mark) {
                at = Math.max(0, at - text.length);
                return text.length;
            }
            at = marks.lastIndex;
            if (mark === '"')
                quoted = !quoted;
            else if (mark === '\\')
                at++;
            else if ('[{('.includes(mark))
                depth++;
            else if (depth > 0 && ']})'.includes(mark))
                depth--;
            else if (depth === 0 || mark !== ',') {
                const border = at - 1;
                at = 0;
                return border;
            }
        }
    };
}

// The errors of a message that cannot be read, or is too long to be.
const EXCERPT_LENGTH = 200;
/** The sentence says what is wrong; the text is the message, or its beginning. */
function malformed(sentence, text) {
    return unreadable('malformed', sentence, text);
}
/** Shows no more of the text than the limit, so that the excerpt is the same wherever the text was cut. */
function tooLarge(text, maxMessageSize) {
    const sentence = `A message is longer than maxMessageSize, ${maxMessageSize} characters.`;
    return unreadable('too-large', sentence, text.slice(0, maxMessageSize));
}
function unreadable(code, sentence, text) {
    return new EnckeError(code, `${sentence} It was skipped.`, { payload: text.slice(0, EXCERPT_LENGTH) });
}

// The text of one message while it comes, kept no longer than the limit.
function createLimitedText(sink, { maxMessageSize }) {
    let text = ''; // undefined: too long, and dropped
    return {
        add(piece) {
            if (text === undefined)
                return;
            text += piece;
            if (text.length <= maxMessageSize)
                return;
            const start = text;
            text = undefined;
            sink.problem(tooLarge(start, maxMessageSize));
        },
        take() {
            const whole = text ?? '';
            text = '';
            return whole;
        },
    };
}

// What a JSON value says: a message, and around it what an envelope states.
/** Not in an id: a header cannot carry them, so the server would never see the id again. */
const NOT_IN_A_HEADER = /[\0\r\n]/;
function createGiveValue(sink, { lastEventId }) {
    let currentId = lastEventId;
    return (value, unnamed = 'message') => {
        if (!isEnvelope(value)) {
            sink.message({ event: unnamed, data: value, id: currentId });
            return;
        }
        const { id, event, retry, data } = value;
        if (typeof retry === 'number' && retry >= 0 && Number.isInteger(retry))
            sink.retry(retry);
        const stated = typeof id === 'number' ? String(id) : id;
        if (typeof stated === 'string' && !NOT_IN_A_HEADER.test(stated))
            sink.id((currentId = stated));
        sink.message({ event: (typeof event === 'string' && event) || unnamed, data, id: currentId });
    };
}
/** Gives the value that JSON text states; blank text states none. */
function createGiveJson(sink, options) {
    const give = createGiveValue(sink, options);
    return (text) => {
        // JavaScript counts a byte order mark among the blanks, JSON does not.
        const trimmed = text.trim();
        if (!trimmed)
            return;
        const value = parseJson(trimmed);
        if (value === undefined)
            sink.problem(malformed('A message is not JSON.', trimmed));
        else
            give(value);
    };
}

// The `script-tags` format: the calls that stand in the script blocks of streamed HTML.
//
// It knows just enough of HTML to find the blocks, and of JavaScript to find `name(JSON)` where a statement may
// begin. Nothing is executed. Outside of arguments, the place where it is, is the pattern it looks for.
/** The function our own server calls. As it is the default, it names no event. */
const DEFAULT_CALLBACK = 'enckeReceive';
/** A comment's beginning, or a script's start tag up to its `>`, with the attributes. */
const OPENING = /<!(?=--)|<script(?=[\s/>])([^>]{0,990})(?=>)/i;
const COMMENT_END = /-->/;
/** The block's end, or a call's name where a statement may begin: also behind the `>` of the start tag or of its attributes. */
const END_OR_CALL = /<\/script[\s/>]|[>;{}&)\r\n][ \t]{0,99}([\w$][\w$.]{0,99})\s{0,99}\(/i;
const SOURCE = /[\s"']src\s*=/i;
const END = /<\/script/i;
/** A tag of which the end is missing. */
const OPEN_TAG = /<[^>]*$/;
/** How arguments begin that were meant as JSON, unlike most other code of a page. */
const LITERAL = /^\s*["'[{\d-]/;
const WINDOW = /^(?:(?:window|parent|top|self)\.)+/;
const scriptTags = {
    name: 'script-tags',
    mediaTypes: ['text/html', 'application/xhtml+xml'],
    onlyWhenAsked: true,
    decoder: createScriptTagsDecoder,
};
function createScriptTagsDecoder(sink, options) {
    const give = createGiveValue(sink, options);
    const held = createLimitedText(sink, options); // arguments
    const later = []; // what is behind the rest, not joined to it, which would copy it each time
    let scan = createJsonScanner();
    let rest = ''; // what is still to be read
    let sought = OPENING; // what the text is searched for
    let called = ''; // the function whose arguments are being read, if any are
    let ignored = false; // whether the calls of this block are of no interest
    return {
        feed(chunk) {
            rest += chunk;
            readOn();
        },
        isWhole: () => sought === OPENING && !OPEN_TAG.test(rest),
        end() {
            // Giving a call up may bring to light another one that is not closed either.
            for (; called; readOn())
                giveUp(held.take());
        },
    };
    function readOn() {
        while ((called ? readArguments() : search()) || takeLater())
            ;
    }
    function takeLater() {
        const next = later.pop();
        rest += next ?? '';
        return next !== undefined;
    }
    /** Says whether there is more to read, as its two siblings do. */
    function search() {
        const match = sought.exec(rest);
        rest = match ? rest.slice(match.index + match[0].length) : rest.slice(-1e3);
        if (match)
            enter(match[1]);
        return match !== null;
    }
    function enter(found) {
        if (sought === OPENING)
            enterMarkup(found);
        else if (found === undefined)
            sought = OPENING;
        else if (!ignored) {
            called = found;
            scan = createJsonScanner();
        }
    }
    /** A script's attributes tell it from a comment, which has none. */
    function enterMarkup(attributes) {
        if (attributes === undefined)
            sought = COMMENT_END;
        else if (!attributes.endsWith('/'))
            sought = END_OR_CALL; // XHTML closes an empty element so
        ignored = attributes !== undefined && SOURCE.test(attributes);
    }
    function readArguments() {
        const end = scan(rest);
        const border = rest.charAt(end);
        const next = border === ',' ? end + 1 : end;
        held.add(rest.slice(0, next));
        rest = rest.slice(next);
        if (border === ')')
            giveCall(held.take());
        else if (border && border !== ',')
            giveUp(held.take());
        return border !== '';
    }
    function giveCall(text) {
        const values = parseLiteral(`[${text}]`);
        if (!values)
            return giveUp(text);
        if (values.length > 0)
            give(values.length > 1 ? values : values[0], eventOf(called));
        called = '';
    }
    /**
     * The call cannot be read, so its block ends as for a browser: at the first `</script`, in a string or not.
     * A quote that is never closed may have swallowed other blocks behind that, which are read again.
     */
    function giveUp(text) {
        ignored = LITERAL.test(text);
        const sentence = `An argument of ${called}() is not JSON.`;
        if (ignored)
            sink.problem(malformed(sentence, `${called}(${text}`));
        called = '';
        const end = text.search(END);
        if (end < 0)
            return;
        later.push(rest);
        rest = text.slice(end);
    }
}
function eventOf(called) {
    const name = called.replace(WINDOW, '');
    return name === DEFAULT_CALLBACK ? 'message' : name;
}

// What a form's fields hold, nested as their names say: what Sijax's `getFormValues` gives.
const FIELDS = 'input, textarea, select';
/** `a[b][c]`, `a[]`. What stands before and between the brackets are the keys. */
const NESTED = /^(\w+)\[(.*?)\]$/;
/** Names that reach beyond a plain object wherever the values may be copied to. */
const REFUSED = new Set(['__proto__', 'constructor', 'prototype']);
/**
 * Gives the values of every input, textarea and select inside an element, a list of elements, or what a selector
 * names. `a[b]` lies under `a` as `b`, `a[]` adds to the list `a`; of fields with the same name the last counts.
 *
 * Fields that are disabled, nameless or badly named are left out, and so are unchecked boxes. Buttons are in.
 *
 * @throws EnckeError `selector` when it cannot be parsed.
 */
function formValues(root) {
    const values = emptyValues();
    const fields = [...rootsOf(root)].flatMap((parent) => [...parent.querySelectorAll(FIELDS)]);
    // A root inside of another one would bring its fields twice.
    for (const field of new Set(fields))
        if (counts(field))
            put(values, keysOf(field.name), valueOf(field));
    return values;
}
function rootsOf(root) {
    // A form is iterable, too.
    if (typeof root !== 'string')
        return 'querySelectorAll' in root ? [root] : root;
    try {
        return document.querySelectorAll(root);
    }
    catch (cause) {
        throw new EnckeError('selector', `"${root}" is not a selector.`, { cause });
    }
}
function counts(field) {
    if (field.matches(':disabled') || keysOf(field.name).some((key) => REFUSED.has(key)))
        return false;
    // The attribute as it is written, as the original asks for it: `type="CHECKBOX"` counts checked or not.
    const isBox = field.localName === 'input' && /^(?:checkbox|radio)$/.test(field.getAttribute('type') ?? '');
    return !isBox || field.checked;
}
/** As jQuery's `val()` gives it. */
function valueOf(field) {
    if (!('selectedOptions' in field))
        return field.value.replaceAll('\r', '');
    const chosen = [...field.selectedOptions].filter((option) => !option.matches(':disabled'));
    const values = chosen.map(({ value }) => value);
    return field.multiple ? values : (values[0] ?? null);
}
/** None for a name that says nothing; the last one is `''` where the value is added to a list. */
function keysOf(name) {
    if (!name.includes('['))
        return name ? [name] : [];
    const [, first, rest = ''] = NESTED.exec(name) ?? [];
    return first === undefined ? [] : [first, ...rest.split('][')];
}
/** Where another field's value stands in the way, this one is left out. */
function put(place, keys, value) {
    const [key, ...rest] = keys;
    if (isAddition(keys)) {
        if (Array.isArray(place))
            place.push(value);
    }
    else if (key !== undefined && canHold(place, key)) {
        if (rest.length === 0)
            place[key] = value;
        else {
            // Not `??=`: the null of a select stands in the way like any other value.
            if (place[key] === undefined)
                place[key] = isAddition(rest) ? [] : emptyValues();
            put(place[key], rest, value);
        }
    }
}
function isAddition(keys) {
    return keys.length === 1 && keys[0] === '';
}
/** A list has places by number, and nothing else that JSON could say. */
function canHold(place, key) {
    return typeof place === 'object' && place !== null && (!Array.isArray(place) || /^\d+$/.test(key));
}
function emptyValues() {
    return Object.create(null);
}

// The text/event-stream format: server-sent events, by the grammar of the HTML standard, section 9.2.6.
const eventStream = {
    name: 'event-stream',
    mediaTypes: ['text/event-stream'],
    decoder: createDecoder,
};
const NULL = '\0';
const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;
const SPACE = 32;
const COLON = 58;
const BYTE_ORDER_MARK = 0xfeff;
const ASCII_DIGITS = /^[0-9]+$/;
/** Length of `data: `: a line that has as many characters shows whether it carries data, and where. */
const DATA_PREFIX = 6;
/** Length of `event: `: what a line may have beside a value that is kept. */
const LONGEST_PREFIX = 7;
/** A chunk shorter than this is searched character by character, which is faster there than `indexOf`. */
const SHORT_CHUNK = 16;
/** A chunk longer than this is taken in pieces, so that none is suspected of holding a message that is too large. */
const LONG_CHUNK = 65_536;
/**
 * The grammar stands here twice. `takeLine` is the standard's own, for any line. `takeLines` and the two below it obey the
 * same rules for the lines that lie whole inside a chunk, without a string per line. They are fast because they search
 * for no character twice, slice a value once, join by `+` (engines copy nothing then), leave the limit to `feed`, and
 * never ask for a character outside the string (V8 throws away what it compiled when one does).
 */
function createDecoder(sink, options) {
    const { maxMessageSize } = options;
    /** The last event ID string of the event source: what messages carry. */
    let lastEventId = options.lastEventId;
    /** The last event ID buffer; undefined while this block has not set it. */
    let id;
    /** The event type buffer. */
    let event = '';
    /** The data buffer without its last line feed; undefined while this block has no data. */
    let data;
    /** The data of this block was too large. What is left of it is not kept. */
    let dropped = false;
    /** The beginning of an unfinished line that is not known to carry data. */
    let pending = '';
    /** The unfinished line carries data, and its value so far is at the end of the data buffer. */
    let inData = false;
    /** Nothing has come yet. */
    let fresh = true;
    /** The last chunk ended with a carriage return. */
    let afterCarriageReturn = false;
    return { feed, end };
    function feed(chunk) {
        if (chunk.length <= LONG_CHUNK)
            return feedPiece(chunk);
        for (let at = 0; at < chunk.length; at += LONG_CHUNK)
            feedPiece(chunk.slice(at, at + LONG_CHUNK));
    }
    function feedPiece(chunk) {
        const length = chunk.length;
        if (length === 0)
            return;
        let start = fresh || afterCarriageReturn ? skipMark(chunk.charCodeAt(0)) : 0;
        if (length < SHORT_CHUNK || dropped || mayBeTooLarge(length))
            return takeSlowly(chunk, start);
        const lineFeed = find(chunk, '\n', start);
        const carriageReturn = find(chunk, '\r', start);
        if (inData || pending !== '') {
            const lineEnd = Math.min(lineFeed, carriageReturn);
            if (lineEnd === length)
                return takeBeginning(chunk.slice(start));
            takeRest(chunk.slice(start, lineEnd));
            start = skipLineEnd(chunk, lineEnd);
        }
        takeLines(chunk, start, lineFeed, carriageReturn);
    }
    function end() {
        // [spec] Once the end of the file is reached, any pending data must be discarded. (If the file ends in the middle of
        // an event, before the final empty line, the incomplete event is not dispatched.)
        if (!options.flush)
            return;
        if (inData || pending !== '')
            takeRest('');
        takeBlank();
    }
    /** Whether a chunk of this length can hold what is too large: all of it may be data, and one line as long again. */
    function mayBeTooLarge(length) {
        return 2 * length + pending.length + (data === undefined ? 0 : data.length) > maxMessageSize;
    }
    /** How many characters at the start of a chunk belong to no line. */
    function skipMark(first) {
        // [spec] stream = [ bom ] *event
        // [spec] end-of-line = ( cr lf / cr / lf ): a line feed that was cut from its carriage return ends no line of its own.
        const skip = first === (fresh ? BYTE_ORDER_MARK : LINE_FEED) ? 1 : 0;
        fresh = afterCarriageReturn = false;
        return skip;
    }
    /** Where the line behind this line end starts. */
    function skipLineEnd(chunk, lineEnd) {
        const start = lineEnd + 1;
        if (chunk.charCodeAt(lineEnd) === LINE_FEED)
            return start;
        afterCarriageReturn = start === chunk.length;
        return !afterCarriageReturn && chunk.charCodeAt(start) === LINE_FEED ? start + 1 : start;
    }
    function takeSlowly(chunk, start) {
        for (let lineEnd; (lineEnd = scanLine(chunk, start)) < chunk.length;) {
            takeRest(chunk.slice(start, lineEnd));
            start = skipLineEnd(chunk, lineEnd);
        }
        if (start < chunk.length)
            takeBeginning(start === 0 ? chunk : chunk.slice(start));
    }
    /** Takes text that begins a line or goes on with it, and does not end it. */
    function takeBeginning(text) {
        if (inData)
            return setData((data ?? '') + text);
        const wasUndecided = pending.length < DATA_PREFIX;
        pending += text;
        if (wasUndecided && pending.length >= DATA_PREFIX && startsData(pending, 0)) {
            inData = true;
            takeData(pending.slice(skipSpace(pending, 5)));
            pending = '';
        }
        else if (isTooLong(pending)) {
            // A comment costs nobody a message, however long it is. What is left of another line is read as a comment.
            if (pending.charCodeAt(0) !== COLON)
                drop((data ?? '') + pending);
            pending = ':';
        }
    }
    /** Takes the text between what came of a line before and its end. */
    function takeRest(text) {
        if (inData) {
            inData = false;
            setData((data ?? '') + text);
        }
        else {
            const line = pending + text;
            pending = '';
            takeLine(line);
        }
    }
    function takeLine(line) {
        // [spec] If the line is empty (a blank line): Dispatch the event, as defined below.
        if (line === '')
            return takeBlank();
        // [spec] If the line starts with a U+003A COLON character (:): Ignore the line.
        if (line.charCodeAt(0) === COLON)
            return;
        // [spec] If the line contains a U+003A COLON character (:): Collect the characters on the line before the first
        // U+003A COLON character (:), and let field be that string. Collect the characters on the line after the first
        // U+003A COLON character (:), and let value be that string.
        // [spec] Otherwise, the string is not empty but does not contain a U+003A COLON character (:): Process the field using
        // the steps described below, using the whole line as the field name, and the empty string as the field value.
        const colon = find(line, ':', 0);
        const field = line.slice(0, colon);
        const value = line.slice(skipSpace(line, colon + 1));
        if (field === 'data')
            takeData(value);
        else if (isTooLong(line))
            drop((data ?? '') + line);
        else
            takeField(field, value);
    }
    function takeField(field, value) {
        // [spec] Field names must be compared literally, with no case folding performed.
        // [spec] If the field name is "event": Set the event type buffer to field value.
        if (field === 'event')
            event = value;
        // [spec] If the field name is "id": If the field value does not contain U+0000 NULL, then set the last event ID buffer
        // to the field value. Otherwise, ignore the field.
        else if (field === 'id' && !value.includes(NULL))
            id = value;
        // [spec] If the field name is "retry": If the field value consists of only ASCII digits, then interpret the field value
        // as an integer in base ten, and set the event stream's reconnection time to that integer. Otherwise, ignore the field.
        else if (field === 'retry' && ASCII_DIGITS.test(value))
            sink.retry(Number(value));
        // [spec] Otherwise: The field is ignored.
    }
    function takeData(value) {
        // [spec] Append the field value to the data buffer, then append a single U+000A LINE FEED (LF) character to the data
        // buffer.
        // [spec] If the data buffer's last character is a U+000A LINE FEED (LF) character, then remove the last character from
        // the data buffer. So one stands between each two values, also after an empty first one.
        setData(data === undefined ? value : data + '\n' + value);
    }
    function setData(value) {
        if (value.length > maxMessageSize)
            drop(value);
        else if (!dropped)
            data = value;
    }
    function takeBlank() {
        // [spec] Set the last event ID string of the event source to the value of the last event ID buffer.
        // Here and not at its line: a connection cut inside a block has to ask for that block again.
        if (id !== undefined) {
            lastEventId = id;
            id = undefined;
            sink.id(lastEventId);
        }
        // [spec] If the data buffer is an empty string, set the data buffer and the event type buffer to the empty string and
        // return. (The data buffer of a block with an empty data line is not empty: it holds a line feed.)
        // [spec] Initialize event's type attribute to "message" … If the event type buffer has a value other than the empty
        // string, change the type of the newly created event to equal the value of the event type buffer.
        const message = data === undefined ? undefined : { event: event || 'message', data, id: lastEventId };
        // [spec] Set the data buffer and the event type buffer to the empty string.
        data = undefined;
        event = '';
        dropped = false;
        if (message)
            sink.message(message);
    }
    function isTooLong(line) {
        return line.length + (data === undefined ? 0 : data.length) > maxMessageSize + LONGEST_PREFIX;
    }
    function drop(text) {
        if (dropped)
            return;
        dropped = true;
        data = undefined;
        sink.problem(tooLarge(text, maxMessageSize));
    }
    /** Takes the lines of a chunk that fits. `lineFeed` and `carriageReturn` are where the next one is, or the length. */
    function takeLines(chunk, start, lineFeed, carriageReturn) {
        const length = chunk.length;
        const lastPrefix = length - LONGEST_PREFIX;
        let nullCharacter = -1;
        while (start < length) {
            const first = chunk.charCodeAt(start);
            let lineEnd = start;
            if (first === LINE_FEED || first === CARRIAGE_RETURN) {
                takeBlank();
            }
            else if (start <= lastPrefix && startsData(chunk, start)) {
                if (carriageReturn === length) {
                    const taken = data !== undefined
                        ? takeDataLines(chunk, start, data)
                        : id === undefined
                            ? takeMessages(chunk, start)
                            : takeMessage(chunk, start, id);
                    if (taken > start) {
                        start = taken;
                        continue;
                    }
                }
                const from = skipSpace(chunk, start + 5);
                if (lineFeed < from)
                    lineFeed = find(chunk, '\n', from);
                if (carriageReturn < from)
                    carriageReturn = find(chunk, '\r', from);
                lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
                if (lineEnd === length)
                    break;
                const value = chunk.slice(from, lineEnd);
                data = data === undefined ? value : data + '\n' + value;
            }
            else if (start <= lastPrefix && startsId(chunk, start)) {
                const from = skipSpace(chunk, start + 3);
                lineEnd = scanLine(chunk, from);
                if (lineEnd === length)
                    break;
                if (nullCharacter < from)
                    nullCharacter = find(chunk, NULL, from);
                if (nullCharacter >= lineEnd)
                    id = chunk.slice(from, lineEnd);
            }
            else if (start <= lastPrefix && startsEvent(chunk, start)) {
                const from = skipSpace(chunk, start + 6);
                lineEnd = scanLine(chunk, from);
                if (lineEnd === length)
                    break;
                event = chunk.slice(from, lineEnd);
            }
            else {
                if (lineFeed < start)
                    lineFeed = find(chunk, '\n', start);
                if (carriageReturn < start)
                    carriageReturn = find(chunk, '\r', start);
                lineEnd = lineFeed < carriageReturn ? lineFeed : carriageReturn;
                if (lineEnd === length)
                    break;
                if (first !== COLON)
                    takeLine(chunk.slice(start, lineEnd));
            }
            start = skipLineEnd(chunk, lineEnd);
        }
        if (start < length)
            takeBeginning(chunk.slice(start));
    }
    /** Takes the message of a single data line behind this id. Returns where it stopped. */
    function takeMessage(chunk, start, stated) {
        const lineEnd = chunk.indexOf('\n', start);
        if (lineEnd < start || lineEnd + 1 === chunk.length || chunk.charCodeAt(lineEnd + 1) !== LINE_FEED)
            return start;
        const message = {
            event: event || 'message',
            data: chunk.slice(skipSpace(chunk, start + 5), lineEnd),
            id: stated,
        };
        lastEventId = stated;
        id = undefined;
        event = '';
        sink.id(stated);
        sink.message(message);
        return lineEnd + 2;
    }
    /** Takes messages of a single data line each, as long as one follows the other. Returns where it stopped. */
    function takeMessages(chunk, start) {
        let name = event || 'message';
        event = '';
        for (;;) {
            const lineEnd = chunk.indexOf('\n', start);
            if (lineEnd < start + 5 || lineEnd + 1 === chunk.length)
                break;
            if (chunk.charCodeAt(lineEnd + 1) !== LINE_FEED || !startsData(chunk, start))
                break;
            const message = {
                event: name,
                data: chunk.slice(skipSpace(chunk, start + 5), lineEnd),
                id: lastEventId,
            };
            name = 'message';
            sink.message(message);
            start = lineEnd + 2;
        }
        event = name;
        return start;
    }
    /** Takes data lines behind the first of a block, as long as one follows the other. Returns where it stopped. */
    function takeDataLines(chunk, start, before) {
        const lastPrefix = chunk.length - LONGEST_PREFIX;
        for (let joined = before + '\n';;) {
            const from = skipSpace(chunk, start + 5);
            const lineEnd = find(chunk, '\n', from);
            if (lineEnd >= lastPrefix || !startsData(chunk, lineEnd + 1)) {
                data = joined + chunk.slice(from, lineEnd);
                inData = lineEnd === chunk.length;
                return inData ? lineEnd : lineEnd + 1;
            }
            // Another one follows, so this value takes its own line feed along: one piece to join instead of two.
            joined += chunk.slice(from, lineEnd + 1);
            start = lineEnd + 1;
        }
    }
}
// These three expect a line's first characters to be inside the text. They compare one by one: `startsWith` is slower.
function startsData(text, at) {
    return (text.charCodeAt(at) === 100 &&
        text.charCodeAt(at + 1) === 97 &&
        text.charCodeAt(at + 2) === 116 &&
        text.charCodeAt(at + 3) === 97 &&
        text.charCodeAt(at + 4) === COLON);
}
function startsId(text, at) {
    return text.charCodeAt(at) === 105 && text.charCodeAt(at + 1) === 100 && text.charCodeAt(at + 2) === COLON;
}
function startsEvent(text, at) {
    return (text.charCodeAt(at) === 101 &&
        text.charCodeAt(at + 1) === 118 &&
        text.charCodeAt(at + 2) === 101 &&
        text.charCodeAt(at + 3) === 110 &&
        text.charCodeAt(at + 4) === 116 &&
        text.charCodeAt(at + 5) === COLON);
}
function skipSpace(text, at) {
    // [spec] If value starts with a U+0020 SPACE character, remove it from value.
    return at < text.length && text.charCodeAt(at) === SPACE ? at + 1 : at;
}
/** Where the character is, or the length of the text. */
function find(text, character, start) {
    const at = text.indexOf(character, start);
    return at < 0 ? text.length : at;
}
/** Where the line ends, or the length of the text. */
function scanLine(text, start) {
    for (; start < text.length; start++) {
        const code = text.charCodeAt(start);
        if (code === LINE_FEED || code === CARRIAGE_RETURN)
            break;
    }
    return start;
}

// The `json-lines` format: every line is a JSON value.
/** RFC 7464 puts it before each value. No JSON text holds it, so it parts values as well as a line end does. */
const RECORD_SEPARATOR = '\x1e';
const jsonLines = {
    name: 'json-lines',
    mediaTypes: [
        'application/x-ndjson',
        'application/ndjson',
        'application/nd+json',
        'application/jsonl',
        'application/x-jsonl',
        'application/jsonlines',
        'application/x-jsonlines',
        'application/json-lines',
        'application/x-json-lines',
        'application/ldjson',
        'application/x-ldjson',
        'application/json-seq',
        'application/x-json-seq',
        'application/stream+json',
        'application/json-stream',
        'application/x-json-stream',
        'text/x-ndjson',
        'text/ndjson',
        'text/jsonl',
        'text/x-jsonl',
    ],
    decoder: createJsonLinesDecoder,
};
function createJsonLinesDecoder(sink, options) {
    const give = createGiveJson(sink, options);
    const line = createLimitedText(sink, options);
    return {
        feed(chunk) {
            const [first = '', ...others] = chunk.split('\n');
            line.add(first);
            for (const piece of others) {
                endLine();
                line.add(piece);
            }
        },
        // A JSON value shows by itself whether it is whole, so the last line needs no terminator.
        end: endLine,
    };
    function endLine() {
        for (const record of line.take().split(RECORD_SEPARATOR))
            give(record);
    }
}

// The `json` format: the body is one JSON document, and an array is a list of messages.
//
// The elements of an array are given as they come, so that one that is broken or too long costs only itself,
// and a server that writes a long array slowly streams.
const json = {
    name: 'json',
    mediaTypes: ['application/json', 'text/json'],
    decoder: createJsonDecoder,
};
function createJsonDecoder(sink, options) {
    const give = createGiveJson(sink, options);
    const held = createLimitedText(sink, options);
    const scan = createJsonScanner();
    let bracket; // the array's last bracket; '' where the document is none; undefined before it
    return {
        feed(chunk) {
            let rest = bracket === undefined ? begin(chunk.trimStart()) : chunk;
            while (bracket === '[' && rest)
                rest = readArray(rest);
            held.add(rest);
        },
        end() {
            const rest = held.take();
            // With its bracket, neither an array that is not closed nor text behind one is JSON.
            if (bracket === '[' || rest.trim())
                give(`${bracket ?? ''}${rest}`);
        },
    };
    function begin(text) {
        if (text)
            bracket = text.startsWith('[') ? '[' : '';
        return text.slice(bracket?.length);
    }
    /** Reads to the next border, and returns what is behind it. */
    function readArray(text) {
        const end = scan(text);
        const border = text.charAt(end);
        const ends = border === ',' || border === ']';
        // Another border should not be there: with it the element will be found broken.
        held.add(text.slice(0, ends ? end : end + 1));
        if (border === ']')
            bracket = border;
        if (ends)
            give(held.take());
        return text.slice(end + 1);
    }
}

// The `text` format: every piece of plain text is a message as it comes.
const HIGH_SURROGATE = /[\ud800-\udbff]/;
const text = {
    name: 'text',
    mediaTypes: ['text/plain'],
    decoder: createTextDecoder,
};
function createTextDecoder(sink, options) {
    const limited = createLimitedText(sink, options);
    let half = ''; // the first half of a character whose second half is still to come
    return {
        feed(chunk) {
            const piece = half + chunk;
            const last = piece.slice(-1);
            half = HIGH_SURROGATE.test(last) ? last : '';
            give(piece.slice(0, piece.length - half.length));
        },
        end() {
            give(half);
        },
    };
    function give(piece) {
        limited.add(piece);
        const data = limited.take();
        if (data)
            sink.message({ event: 'message', data, id: options.lastEventId });
    }
}

// One connection for all tabs that want the same: one tab leads, and tells the others what comes.
//
// Law 1: who holds the lock leads, and nobody else. It runs the session, with the cursor of its own tab.
// Law 2: the others believe the tab that announced itself last, until it says that it has left. Each moves a cursor of
//        its own and remembers what it delivered. So whoever leads next goes on from where it is itself, and what the
//        others have heard beyond that is a replay to them, as after any reconnection.
// Law 3: a page that is put away or frozen leaves. A lock keeps a page out of the back/forward cache, and a frozen page
//        that were granted one would lead without moving.
// Law 4: who joins, becomes visible, or loses its leader asks for a sign of life. Where none comes within a second, it
//        takes the lock by force. The one that had it learns so from the browser, when its code runs again, and follows.
//
// What browsers do with locks of pages that are frozen or put away: docs/sharing.md.
/** How long the leading tab may take to give a sign of life. Milliseconds. */
const SIGN_OF_LIFE = 1_000;
/** How often the tab that heard the end looks whether others wait for the lock, each time a way to the browser and back. */
const LOOKS = 100;
/** Of what tabs say to one another: those of another version are no tabs of ours. */
const VERSION = 1;
const REFUSAL = 'share: "tabs" needs Web Locks and BroadcastChannel';
const shareTabs = (plan, listener) => {
    const { environment, cursor, trace } = plan;
    const { navigator, BroadcastChannel } = environment.tabs ?? globalThis;
    const name = `encke:${String(VERSION)}:${hashOf(plan.name)}`;
    const me = 1 + environment.random(); // tells this tab from the others
    const names = new Set(); // of events that any tab listens for
    let last = {
        state: 'connecting',
        previous: 'connecting',
        reason: '',
        attempt: 0,
        transport: '',
    };
    let transport = ''; // that the listener knows of
    let wasOpen = false; // ever
    let missedAfter; // the last event id when it left the stream, until that is told
    let returnsBy; // while it is put away or frozen
    let refusals = []; // why it connects for itself, where it does
    let channel;
    let awaited; // the lock asked for last
    let release; // lets the lock go
    let session; // while this tab leads
    let leader; // whose word counts; null when it has left
    let place = cursor.connect(); // of what the leader says
    let stated; // the last event id, until it is passed on
    let stopTimer; // of the wait for a sign of life
    const words = {
        ...listener,
        transport: turnTo,
        closed: finish,
        head(head) {
            // Whoever leads next asks where the answer came from.
            cursor.answeredFrom(head.url, environment.origin());
            listener.head(head);
        },
        state(change) {
            // The end has a word of its own.
            if (change.state !== 'closed')
                become(change);
        },
    };
    const leading = {
        // `ready` of this tab alone: one that is slow elsewhere does not hold the network.
        ...listener,
        state: say('state'),
        transport: say('transport'),
        head: say('head'),
        message: say('message'),
        error: say('error'),
        resync: say('resync'),
        closed: say('closed'),
        eventNames: () => [...listener.eventNames(), ...names],
    };
    cursor.onMove = (id) => {
        if (!session)
            return;
        stated = id;
        // Mostly with the message it belongs to; else by itself.
        queueMicrotask(() => {
            if (stated !== undefined)
                pass('id');
        });
    };
    const stopWatching = environment.page.watch(heed);
    // As a session does: what is closed in the same task asks for nothing.
    queueMicrotask(join);
    return {
        get state() {
            return last.state;
        },
        get transport() {
            return transport;
        },
        get lastEventId() {
            return cursor.id;
        },
        get attempt() {
            return session?.attempt ?? last.attempt;
        },
        trace: trace.entries,
        reconnect() {
            post('reconnect');
            session?.reconnect();
        },
        listen() {
            post('hello', listener.eventNames());
            session?.listen();
        },
        close(reason, error, truncated) {
            finish({ reason, error, truncated });
        },
    };
    function join() {
        if (isClosed() || returnsBy)
            return;
        // Locks and channels of a page that nobody sees yet wait, and their silence would pass for that of a tab that hangs.
        if (environment.page.isPrerendered?.()) {
            returnsBy = 'activated';
            return;
        }
        try {
            channel = new BroadcastChannel(name);
            channel.onmessage = hear;
            queueUp();
            ask();
        }
        catch (error) {
            connectAlone(error);
        }
    }
    function queueUp(steal = false) {
        awaited?.abort();
        const { signal } = (awaited = new AbortController());
        const granted = () => {
            if (signal.aborted)
                return undefined;
            const held = new Promise((resolve) => (release = resolve));
            lead();
            return held;
        };
        // [spec: Web Locks] `steal` and `signal` exclude each other.
        navigator.locks.request(name, steal ? { steal } : { signal }, granted).catch((error) => {
            if (signal.aborted)
                return;
            // By force: this tab was frozen, or hung.
            if (error.name === 'AbortError')
                restart('another tab has taken the lead');
            else
                connectAlone(error);
        });
    }
    /** Asks for a sign of life of whoever leads. */
    function ask() {
        post('hello', listener.eventNames());
        stopTimer?.();
        stopTimer = environment.setTimer(() => {
            trace('share', 'the leading tab gives no sign of life');
            queueUp(true);
        }, SIGN_OF_LIFE);
    }
    function lead() {
        stopTimer?.();
        trace('share', 'this tab leads');
        move('connecting', 'this tab leads');
        if (isClosed())
            return;
        post('lead', standing());
        const gap = missedAfter === undefined ? (wasOpen && cursor.id === '' ? 'no-ids' : undefined) : 'suspended';
        missedAfter = undefined;
        session = plan.start(leading, { wasOpen, gap });
    }
    function connectAlone(error) {
        trace('share', `${REFUSAL}: ${String(error)}`);
        refusals = [REFUSAL];
        leave();
        lead();
    }
    function heed(event) {
        // A session of its own heeds for itself.
        if (refusals.length > 0)
            return;
        if (event === 'hidden')
            plan.keep(cursor.id);
        if (event === 'stored' || (event === 'frozen' && !returnsBy)) {
            returnsBy = event === 'stored' ? 'restored' : 'resumed';
            plan.keep(cursor.id);
            leave();
            move('waiting', `the page is ${event}`);
        }
        else if (event === returnsBy) {
            returnsBy = undefined;
            plan.keep('');
            if (event === 'activated')
                join();
            else
                restart(`the page is ${event}`);
        }
        else if (event === 'visible' && !session) {
            plan.keep('');
            if (!returnsBy)
                ask();
        }
    }
    function restart(reason) {
        leave();
        leader = undefined;
        if (wasOpen)
            miss();
        move('connecting', reason);
        join();
    }
    function miss() {
        wasOpen = true;
        missedAfter ??= cursor.id;
    }
    function leave() {
        const [own, free] = [session, release];
        session = release = undefined;
        if (own)
            post('left');
        stopTimer?.();
        awaited?.abort();
        channel?.close();
        channel = undefined;
        if (own?.state === 'closed')
            void whenHeard(free);
        else
            free?.();
        own?.close('user');
    }
    /** Lets the lock go when nobody waits for it any longer: who were granted it before it hears the end would ask the server once more. */
    async function whenHeard(free) {
        for (let look = 0; free && look < LOOKS; look++) {
            const { pending } = await navigator.locks.query().catch(() => ({ pending: [] }));
            if (!pending?.some((lock) => lock.name === name))
                break;
        }
        free?.();
    }
    function hear({ data }) {
        const { from, what } = data;
        const value = what === 'message' ? data.value : unpack(data.value);
        if (what === 'hello') {
            for (const event of value)
                names.add(event);
            session?.listen();
            if (session)
                post('here', standing());
        }
        else if (what === 'reconnect') {
            session?.reconnect();
        }
        else if (session) {
            // Who led before may have heard the end while it let the lock go.
            if (what === 'closed' && from === leader)
                leading.closed(value);
        }
        else {
            const isNext = what === 'lead' && leader !== undefined;
            const isNews = what === 'lead' || (what === 'here' && !leader);
            if (isNews)
                follow(from, isNext, value);
            if (from === leader)
                believe({ ...data, value });
        }
    }
    /** @param isNext whether it leads after one that was followed to the end, so that nothing is missed */
    function follow(from, isNext, { id, names: heard, ...change }) {
        trace('share', 'another tab leads');
        for (const event of heard)
            names.add(event);
        if (!isNext) {
            if (cursor.id !== '' && cursor.id !== id)
                miss();
            cursor.connect().moveTo(id);
        }
        place = cursor.connect();
        leader = from;
        if (change.transport !== '')
            turnTo({ to: change.transport, refusals: [] });
        become(change);
    }
    function believe({ what, value, id }) {
        stopTimer?.();
        if (id !== undefined)
            place.moveTo(id);
        if (what === 'left') {
            leader = null;
            ask();
        }
        else if (what === 'message') {
            const message = value;
            if (!place.isReplay(message))
                listener.message(message);
        }
        else if (Object.hasOwn(words, what)) {
            words[what](value);
        }
    }
    /** Passes on what the session says: to the others, and then to this tab, whose handlers may close it. */
    function say(what) {
        return (value) => {
            if (!session)
                return;
            if (what === 'head')
                leader = me;
            pass(what, value);
            words[what](value);
        };
    }
    /** Says it to the others, and the last event id with it. */
    function pass(what, value) {
        const id = stated;
        stated = undefined;
        post(what, value, id);
    }
    function post(what, value = null, id) {
        // What a format of one's own makes of a message need not be something that can be cloned.
        call$1(() => {
            channel?.postMessage({ from: me, what, value: what === 'message' ? value : pack(value), id });
        }, undefined);
    }
    function standing() {
        return { ...last, transport, id: cursor.id, names: leading.eventNames() };
    }
    function turnTo(change) {
        // A new leader chooses anew, and mostly the same.
        if (change.to === transport)
            return;
        transport = change.to;
        listener.transport({ ...change, refusals: [...refusals, ...change.refusals] });
    }
    function move(state, reason, error) {
        become({ ...last, state, reason, error, retryIn: undefined });
    }
    function become(change) {
        const { state: previous } = last;
        if (isClosed() || change.state === previous)
            return;
        if (previous === 'open' && change.state === 'connecting') {
            become({ ...change, state: 'waiting', retryIn: 0 });
            return become(change);
        }
        if (!session)
            trace('state', `${change.state}: ${change.reason}`);
        last = { ...change, previous };
        wasOpen ||= change.state === 'open';
        listener.state(last);
        const lastEventId = missedAfter;
        if (change.state !== 'open' || lastEventId === undefined || isClosed())
            return;
        missedAfter = undefined;
        listener.resync({ reason: 'suspended', lastEventId });
    }
    function finish(closed) {
        if (isClosed())
            return;
        leave();
        stopWatching();
        const { reason, error } = closed;
        move('closed', error?.message ?? reason, error);
        listener.closed(closed);
    }
    /** A function, so that the compiler forgets what it knew of `last` before a handler ran. */
    function isClosed() {
        return last.state === 'closed';
    }
};
/** Headers and errors become data that can be cloned; a cause that is an error of another kind becomes its text. */
function pack(value) {
    return JSON.stringify(value, (_, member) => {
        if (member instanceof Headers)
            return [...member];
        if (member instanceof EnckeError)
            return Object.assign({}, member, { message: member.message });
        return member instanceof Error ? String(member) : member;
    });
}
function unpack(text) {
    return JSON.parse(text, (name, member) => {
        if (name === 'headers')
            return new Headers(member);
        const { code, message, ...details } = Object(member);
        return code && /^(error|cause|)$/.test(name) ? new EnckeError(code, String(message), details) : member;
    });
}

// What someone is doing in a part of the page survives that this part is written anew.
/**
 * For the option `preserve`: where inserted HTML puts an element in the place of another one of the same id, it takes
 * over the focus, what is selected in it (of inputs and textareas), and how far it is scrolled.
 *
 * It asks for scroll positions, for which browsers lay out the page before each insertion.
 */
function keepFocus(targets) {
    const restores = targets.flatMap((target) => {
        const { activeElement } = target.getRootNode(); // a tree outside of the page has none
        const scrolled = [...target.querySelectorAll('[id]')].filter(isScrolled);
        return [
            ...(activeElement && target.contains(activeElement) ? [keepActive(target, activeElement)] : []),
            ...scrolled.map((element) => keepScroll(target, element)),
        ];
    });
    return () => {
        for (const restore of restores)
            restore();
    };
}
function keepActive(target, active) {
    const { selectionStart, selectionEnd, selectionDirection } = active;
    return () => {
        const heir = heirOf(target, active);
        heir?.focus({ preventScroll: true });
        // Both are `null` or absent where there is no text to select in.
        if (typeof selectionStart !== 'number' || typeof heir?.selectionStart !== 'number')
            return;
        heir.setSelectionRange(selectionStart, selectionEnd, selectionDirection ?? undefined);
    };
}
function isScrolled({ scrollTop, scrollLeft }) {
    return scrollTop !== 0 || scrollLeft !== 0;
}
function keepScroll(target, element) {
    const { scrollTop, scrollLeft } = element;
    return () => {
        const heir = heirOf(target, element);
        if (heir)
            Object.assign(heir, { scrollTop, scrollLeft });
    };
}
/** None for an element that is still there, as all are where HTML was put before or behind. */
function heirOf(target, element) {
    if (target.contains(element) || !element.id)
        return null;
    return [...target.querySelectorAll('[id]')].find(({ id }) => id === element.id) ?? null;
}

// The browser's own sanitizer.
/**
 * For the option `sanitize`: what the browser's `Element.setHTML` leaves of HTML, which is nothing that could run.
 *
 * @throws EnckeError `unusable` where the browser has none.
 */
const nativeSanitizer = (html, target) => parseHtml(html, target, setHtml);
function setHtml(place, html) {
    if (place.setHTML)
        return place.setHTML(html);
    throw new EnckeError('unusable', 'This browser has no Element.setHTML: give "sanitize" a sanitizer of your own.');
}

// The public face: every technique, every format, and the two verbs made of them.
const everything = /* @__PURE__ */ createClient({
    transports: ladder,
    formats: [eventStream, jsonLines, json, scriptTags, text],
    tabs: shareTabs,
});
const subscribe = (url, options) => everything.subscribe(url, options);
const request = (url, options) => everything.request(url, options);

export { eventSource as A, keepFocus as B, longPoll as C, DEFAULTS as D, EnckeError as E, nativeSanitizer as F, nonceScripts as G, poll as H, refuseScripts as I, request as J, shareTabs as K, subscribe as L, thenable as a, browserEnvironment as b, createClient as c, commandQueue as d, formValues as e, fetchStream as f, shownUrl as g, htmlFile as h, iframe as i, formatsFor as j, pickFormat as k, eventStream as l, malformed as m, jsonLines as n, json as o, parseLiteral as p, text as q, refuseUnknown as r, scriptTags as s, tooLarge as t, utf8Decoder as u, carriesMessages as v, bodyKind as w, xhrStream as x, call$1 as y, allowScripts as z };
//# sourceMappingURL=shared-index.js.map
