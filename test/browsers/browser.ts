// What a driven browser and its pages can do, whichever engine it is.

export type Engine = 'chromium' | 'firefox' | 'webkit';

/** The programs an engine needs: the browser, and for WebKit its driver and, without a display, Xvfb. */
export interface Programs {
  readonly browser: string;
  readonly driver?: string;
  readonly xvfb?: string;
}

/** An engine on this machine: either it can be launched, or it says how to install it. */
export type Found =
  | { readonly name: Engine; readonly programs: Programs }
  | { readonly name: Engine; readonly missing: string };

export interface LaunchOptions {
  /** Whether certificates that a test has made are taken as good. @defaultValue `false` */
  readonly acceptInsecureCerts?: boolean;
  /** A folder for what the browser keeps. @defaultValue one that is gone with the browser */
  readonly profile?: string;
}

export interface Browser {
  readonly name: Engine;
  /** As the browser itself reports it. */
  readonly version: string;
  newPage(url?: string): Promise<Page>;
  /** The same browser as if it were new: with storage of its own, and without the pages of others. Its end ends nothing else. */
  apart(): Promise<Browser>;
  /** Ids of all its processes, as they are now. */
  processes(): number[];
  /** Ends all service workers, as the browser does when it needs room. Absent where no driver can. */
  stopServiceWorkers?(): Promise<void>;
  /** Ends the browser and everything that was started for it. */
  close(): Promise<void>;
}

export interface Page {
  /** Resolves at the document's load event. */
  goto(url: string): Promise<void>;
  /**
   * Evaluates a function, or the text of an expression, in the page. Where the value is a function it is
   * called with the arguments; a promise is awaited. Arguments and result travel as JSON.
   * What the page throws is thrown here, with its name, message and stack.
   */
  run<Result = unknown>(code: PageFunction | string, ...values: unknown[]): Promise<Result>;
  /** Writes a PNG. */
  screenshot(path: string): Promise<void>;
  /** Puts it out of sight, as a user does who turns to something else. */
  hide(): Promise<void>;
  /** Brings it back to sight. */
  show(): Promise<void>;
  /** Bytes on its heap when all garbage has been cleared away. Absent where no driver can tell. */
  heap?(): Promise<number>;
  /** Freezes it, as browsers do with tabs out of sight. Absent where no driver can. */
  freeze?(): Promise<void>;
  thaw?(): Promise<void>;
  /** Ends its process, as where it has run out of memory. Absent where no driver can, or others would end with it. */
  crash?(): Promise<void>;
  /** Takes the network away, or gives it back. Absent where no driver can. */
  setOffline?(offline: boolean): Promise<void>;
  close(): Promise<void>;
}

/** Its source is sent to the page: it sees its arguments and the page's globals, nothing of this module. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- only `any` lets a caller declare the parameters.
export type PageFunction = (...values: any[]) => unknown;
