// `Sijax`: what pages written for Sijax's own script call, and what they replace. So everything is looked up when used.

import { throwLater } from '../../ground/call.ts';
import type { Placement } from '../../commands/command.ts';
import { nameOf, textOf } from '../../commands/complaint.ts';
import { formValues } from '../../commands/form-values.ts';
import { propertyOf } from '../../commands/property.ts';
import { htmlText, placementOf, putHtml, reviveAll } from '../../commands/put-html.ts';
import { allowUnsigned, evaluate } from '../../commands/script-policy.ts';
import { setStyle } from '../../commands/style.ts';
import { EnckeError } from '../../ground/errors.ts';
import { nothing } from '../../ground/nothing.ts';
import { withFields } from './ajax-data.ts';
import { ajax, type AjaxSettings } from './ajax.ts';
import { createCommandList } from './command-list.ts';
import { ownUrl } from '../wire/own-url.ts';
import { pageJQuery, select } from './page-jquery.ts';
import { readAnswer } from './read-answer.ts';
import { callFields, PARAM_ARGS, PARAM_REQUEST } from '../wire/sijax-wire.ts';

/** A page adds commands as `process_TYPE`, and replaces those that are there. */
export interface Sijax extends Record<`process_${string}`, unknown> {
  PARAM_REQUEST: string;
  PARAM_ARGS: string;
  requestUri: string | null;
  setRequestUri(uri: string | null): void;
  getRequestUri(): string | null;
  setJsonUri(uri: string | null): void;
  processCommands(commands: unknown): void;
  getCommandProcessor(type: unknown): unknown;
  request(functionName: string, callArgs?: unknown, requestParams?: Partial<AjaxSettings> | null): void;
  getFormValues(selector: unknown): object;
}

/** Properties of which jQuery 3 leaves numbers as they are: `cssNumber`, and those of the page's own. */
const NUMBERS =
  /^(?:--.*|animation-iteration-count|aspect-ratio|border-image-slice|column-count|flex-(?:grow|shrink)|font-weight|grid-(?:area|(?:column|row)(?:-start|-end)?)|line-height|(?:(?:fill|flood|stop|stroke)-)?opacity|order|orphans|scale|stroke-miterlimit|widows|z-index|zoom)$/;

/** A command as it comes off the wire. */
type Params = Readonly<Record<string, unknown>>;

export function createSijax(): Sijax {
  const list = createCommandList((command) => {
    const { type } = command as Params;
    const process = sijax.getCommandProcessor(type);
    if (typeof process !== 'function') {
      throw new EnckeError('unknown-command', `There is no function Sijax.process_${String(type)}.`);
    }
    (process as (command: unknown) => void)(command);
  });
  const sijax: Sijax = {
    PARAM_REQUEST,
    PARAM_ARGS,
    requestUri: null,
    setRequestUri(uri) {
      sijax.requestUri = uri;
    },
    getRequestUri: () => sijax.requestUri,
    // Every browser has JSON.
    setJsonUri: nothing,
    processCommands: list.run,
    getCommandProcessor: (type) => sijax[`process_${String(type)}`],
    request(functionName, callArgs, requestParams) {
      const given = Object.entries(requestParams ?? {}).filter(([, value]) => value !== undefined);
      const settings = {
        url: sijax.requestUri && String(ownUrl(sijax.requestUri)),
        type: 'POST',
        cache: false,
        dataType: 'json',
        success: sijax.processCommands,
        ...Object.fromEntries(given),
        data: withFields(requestParams?.data, callFields(functionName, callArgs || [])),
      };
      const { ajax: send } = pageJQuery() ?? {};
      if (send) send(settings)?.fail?.(explain);
      else ajax(settings);
    },
    getFormValues: (selector) => formValues(select(selector)),

    process_alert({ alert }: Params) {
      window.alert(alert);
    },
    process_html({ selector, html, setType }: Params) {
      const targets = select(selector);
      const placement = placementOf(setType);
      if (html === undefined) return;
      if (placement === 'replace') forget(targets.flatMap(elementsIn));
      const loading = insert(targets, htmlText(html), placement);
      if (loading) list.hold(loading);
    },
    /** As properties, which jQuery has set since 1.6: `data-…` and the like never reach the document. */
    process_attr({ selector, key, value, setType }: Params) {
      const name = propertyOf(nameOf(key, 'key'));
      const targets = select(selector) as unknown as Record<string, unknown>[];
      const text = setType === 'replace' ? '' : (targets[0]?.[name] as string);
      const whole =
        setType === 'replace'
          ? value
          : setType === 'append'
            ? text + (value as string)
            : (value as string) + text;
      if (whole !== undefined) for (const target of targets) target[name] = whole;
    },
    process_css({ selector, key, value }: Params) {
      setStyle(select(selector), textOf(key, 'key'), value, (name) => (NUMBERS.test(name) ? '' : 'px'));
    },
    process_script({ script }: Params) {
      allowUnsigned.run(script as string);
    },
    process_remove({ remove }: Params) {
      const targets = select(remove);
      forget(targets.flatMap((target) => [target, ...elementsIn(target)]));
      for (const target of targets) target.remove();
    },
    process_call({ call, params }: Params) {
      Function.prototype.apply.call(evaluate(call as string) as () => void, null, params);
    },
  };
  return sijax;
}

/** Runs the scripts of the last place, as jQuery does. It puts HTML into a template itself, but where it replaces. */
function insert(targets: readonly Element[], html: string, placement: Placement): void | Promise<void> {
  let brought: HTMLScriptElement[] | undefined;
  for (const target of targets) brought = putHtml(target, html, placement, target);
  if (brought) return reviveAll(brought, allowUnsigned);
}

/** jQuery says no more than that it could not read the answer. */
function explain({ responseText }: { responseText: string }, status: unknown): void {
  const answer = status === 'parsererror' ? readAnswer(responseText) : [];
  if (!Array.isArray(answer)) throwLater(answer);
}

/** jQuery keeps data and handlers beside its elements, and would keep them for ever. */
function forget(elements: readonly Element[]): void {
  pageJQuery()?.cleanData(elements);
}

function elementsIn(element: Element): Element[] {
  return [...element.querySelectorAll('*')];
}
