// Which format reads a response: the one its content type names.

import type { Format } from '../formats/format.ts';

export function pickFormat(contentType: string | null, formats: readonly Format[]): Format | undefined {
  const mediaType = contentType?.split(';', 1)[0]?.trim().toLowerCase() ?? '';
  return formats.find(
    ({ mediaTypes }) => mediaTypes.includes(mediaType) || mediaTypes.includes(suffixType(mediaType)),
  );
}

/** RFC 6839: `application/problem+json` is JSON. */
function suffixType(mediaType: string): string {
  return mediaType.endsWith('+json') ? 'application/json' : mediaType;
}
