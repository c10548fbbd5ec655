// Which scripts are code.

/** The types of scripts that a browser runs. What has any other is a block of data. */
export const CODE_TYPE =
  /^\s*(?:$|module\s*$|(?:text|application)\/(?:x-)?(?:java|ecma|j|live)script(?![a-z-]))/i;
