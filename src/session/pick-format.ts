// Which format reads a response: the one its content type names.

import type { Format } from '../formats/format.ts';

/** The formats that a response may have, by the one media type its transport asks for, where it asks for one. */
export function formatsFor(formats: readonly Format[], asked: string | undefined): readonly Format[] {
  return formats.filter(({ onlyWhenAsked, mediaTypes: [type] }) => !onlyWhenAsked || type === asked);
}

export function pickFormat(formats: readonly Format[], contentType: string | null): Format | undefined {
  const [mediaType = ''] = contentType?.toLowerCase().match(/[^\s;]+/) ?? [];
  // RFC 6839: `application/problem+json` is JSON.
  const type = mediaType.endsWith('+json') ? 'application/json' : mediaType;
  return formats.find(({ mediaTypes }) => mediaTypes.includes(type));
}
