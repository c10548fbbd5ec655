// A page of test/browsers/page with all that it loads, for a server that is not ours to serve.

import { pageAssets } from '../browsers/bundle.ts';
import { readAsset, type Asset } from '../server/static-files.ts';

const LIBRARY = '/dist/encke.min.js';

/** By path; the page itself is at `pagePath(name)`. */
export async function pageFiles(name: string): Promise<Map<string, Asset>> {
  const files = await pageAssets(name);
  const library = await readAsset(LIBRARY);
  return library ? files.set(LIBRARY, library) : files;
}
