// `sjxSuggest`: what the suggest plugin of Sijax for PHP calls in a page.

import { EnckeError } from '../../ground/errors.ts';
import type { Sijax } from './global-sijax.ts';
import {
  createSuggestField,
  type SuggestField,
  type SuggestParams,
  type SuggestResponse,
} from './suggest-field.ts';

export interface SjxSuggest {
  /** A field that is registered again is looked up anew, with these parameters. */
  registerSuggestField(params: SuggestParams): void;
  processResponse(response: SuggestResponse): void;
}

export function createSuggest(sijax: Sijax): SjxSuggest {
  const fields = new Map<string, SuggestField>();

  return {
    registerSuggestField(params) {
      const { fieldId, containerId, callback } = params;
      if (!fieldId || !containerId || !callback) {
        throw new EnckeError(
          'invalid-option',
          'A suggest field needs a fieldId, a containerId and a callback.',
        );
      }
      fields.get(fieldId)?.release();
      const field = createSuggestField(params, (request) => sijax.request(callback, [request]));
      fields.set(fieldId, field);
    },
    processResponse(response) {
      fields.get(response.fieldId)?.show(response);
    },
  };
}
