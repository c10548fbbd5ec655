// Calls that the original client and the drop-in are both told to make, and how the server answers them.

import type { Step } from '../server/script.ts';

export interface RequestScene {
  /** The arguments of `Sijax.request`, as code. Handlers write into the log; `complete` ends the scene where none is given. */
  readonly call: string;
  readonly answer: Step[];
}

const HTML = { 'Content-Type': 'text/html; charset=utf-8' };
const OK: Step[] = [
  { head: { headers: HTML } },
  { send: '[{"type":"call","call":"note","params":["answered"]}]' },
];

/** The script of the server that answers. */
export const REQUEST_NAME = 'golden-requests';
export const REQUEST_URI = `/scripted/${REQUEST_NAME}`;

export const REQUEST_SCENES: Readonly<Record<string, RequestScene>> = {
  'a call without arguments': { call: `'say', undefined, END`, answer: OK },
  'arguments of all kinds': {
    call: `'say', ['a b&c=d', 1.5, null, { über: [true, undefined] }, '</script>', new Date(0)], END`,
    answer: OK,
  },
  'arguments that are no list': { call: `'say', 'text', END`, answer: OK },
  'a function with dots': { call: `'object.method ü', [], END`, answer: OK },
  'data of the caller': {
    call: `'say', [], { data: { csrf_token: 'a b+c', empty: '', none: null }, complete: end }`,
    answer: OK,
  },
  'nested data': {
    call: `'say', [], { data: { list: [1, 'b', [2], { c: 3 }], object: { d: { e: 4 } }, code: function () { return 5 } }, complete: end }`,
    answer: OK,
  },
  'a method without a body': {
    call: `'say', [1], { type: 'GET', cache: true, data: { own: 1 }, complete: end }`,
    answer: OK,
  },
  'a method by its other name': { call: `'say', [1], { method: 'put', complete: end }`, answer: OK },
  'headers of the caller': {
    call: `'say', [], { headers: { 'X-CSRFToken': 'token', Accept: 'text/plain' }, complete: end }`,
    answer: OK,
  },
  'a header set before it is sent': {
    call: `'say', [], { beforeSend: function (xhr, settings) { note(settings.type); xhr.setRequestHeader('X-Late', 'yes') }, complete: end }`,
    answer: OK,
  },
  'a call that is held back': {
    call: `'say', [], { beforeSend: function () { setTimeout(end); return false } }`,
    answer: OK,
  },
  'a handler of success': {
    call: `'say', [], { success: function (data, status, xhr) { note(data, status, xhr.status, xhr.getResponseHeader('content-type')) }, complete: end }`,
    answer: OK,
  },
  'several handlers, in order': {
    call: `'say', [], { success: [function () { note(1) }, function () { note(2) }], complete: [function (xhr, status) { note(3, status) }, end] }`,
    answer: OK,
  },
  'settings that are undefined': {
    call: `'say', [], { success: undefined, url: undefined, complete: end }`,
    answer: OK,
  },
  'a context for handlers': {
    call: `'say', [], { context: { name: 'own' }, success: function () { note(this.name) }, complete: end }`,
    answer: OK,
  },
  'the settings as context': {
    call: `'say', [], { success: function () { note(this.type, this.dataType) }, complete: end }`,
    answer: OK,
  },
  'an address of its own': { call: `'say', [], { url: URI + '?q=1', complete: end }`, answer: OK },
  'an error of the server': {
    call: `'say', [], { error: function (xhr, status) { note(xhr.status, status, xhr.responseText) }, complete: end }`,
    answer: [{ head: { status: 500, headers: HTML } }, { send: 'An error.' }],
  },
  'an answer that is cut': {
    call: `'say', [], { error: function (xhr, status) { note(xhr.status, status) }, complete: end }`,
    // Behind the head: before it, browsers may connect again by themselves.
    answer: [{ head: { headers: HTML } }, { send: '[{"type"' }, { cut: 'reset' }],
  },
  'an answer that comes too late': {
    call: `'say', [], { timeout: 500, error: function (xhr, status) { note(status) }, complete: end }`,
    answer: [{ hang: true }],
  },
  'an answer as text': {
    call: `'say', [], { dataType: 'text', headers: { Accept: '*/*' }, success: function (data) { note(data) }, complete: end }`,
    answer: [{ head: { headers: HTML } }, { send: '<p>any</p>' }],
  },
  'a call that waits for its answer, with a time limit': {
    call: `'say', [], { async: false, timeout: 5000, complete: function () { note('complete') } }); note('returned'); end(`,
    answer: OK,
  },
  'a call that waits for an answer, and gets none': {
    call: `'say', [], { async: false, url: 'http://localhost:1/', error: function (xhr, status) { note(xhr.status, status) }, complete: function () { note('complete') } }); note('returned'); end(`,
    answer: OK,
  },
  'a call that waits for its answer': {
    call: `'say', [], { async: false, complete: function () { note('complete') } }); note('returned'); end(`,
    answer: OK,
  },
};

/** What a server answers that takes the call for a visit, or asks for a login. */
export const PAGE_SCENE: RequestScene = {
  call: `'say', [], { error: function (xhr, status) { note(status) }, complete: end }`,
  answer: [{ head: { headers: HTML } }, { send: '<!DOCTYPE html><title>Sign in</title>' }],
};
