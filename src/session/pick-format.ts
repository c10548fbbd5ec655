// Which format reads a response: the one its content type names.

import type { Format } from '../formats/format.ts';
import { mediaTypeOf } from '../ground/media-type.ts';

/** RFC 6839 and RFC 8091: `application/problem+json` is JSON, `application/geo+json-seq` is lines of it. */
const SUFFIX = /^.*\+(?=json(?:-seq)?$)/;

/** The formats that a response may have, by the one media type its transport asks for, where it asks for one. */
export function formatsFor(formats: readonly Format[], asked: string | undefined): readonly Format[] {
  return formats.filter(({ onlyWhenAsked, mediaTypes: [type] }) => !onlyWhenAsked || type === asked);
}

export function pickFormat(formats: readonly Format[], contentType: string | null): Format | undefined {
  const type = mediaTypeOf(contentType);
  const reads = (name: string) => formats.find(({ mediaTypes }) => mediaTypes.includes(name));
  return reads(type) ?? reads(type.replace(SUFFIX, 'application/'));
}
