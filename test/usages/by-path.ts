// A file of dist/ by its path, for who serves or copies it.

import { subscribe } from 'encke/dist/index.js';

export const { state } = subscribe('/events');
