// What Orbited 0.7.10 wrote on Twisted 12.0, body by body, with simplejson 3.8 beside it. Heads are left out.
//
// The flow each time: listen, post `127.0.0.1:7700` to an echo, post "héllo ✓" and, to the first, the bytes 0 and 255,
// then wait for a heartbeat.

const BEGIN = '11,113,opt014,pingTimeout,3011,213,opt015,pingInterval,3011,204,open';
const PADDING = ' '.repeat(256);

export const recorded = {
  xhrstream: `${PADDING}${BEGIN}11,314,data04,MQ==11,414,data016,aMOpbGxvIOKckwD/x`,
  htmlfile: `<html>\r\n <head>\r\n  <script src="../static/HTMLFileFrame.js"></script>\r\n </head>\r\n <body>${' '.repeat(168)}\n<script>e([["1", "opt", "pingTimeout,30"], ["2", "opt", "pingInterval,30"], ["2", "open"]])</script><script>e([["3", "data", "MQ=="]])</script><script>e([["4", "data", "aMOpbGxvIOKckw=="]])</script><script>h();</script>`,
  sse: 'Event: payload\ndata: [["1", "opt", "pingTimeout,30"], ["2", "opt", "pingInterval,30"], ["2", "open"]]\n\nEvent: payload\ndata: [["3", "data", "MQ=="]]\n\nEvent: payload\ndata: [["4", "data", "aMOpbGxvIOKckw=="]]\n\nEvent: payload\ndata: [["5", "ping"]]\n\n',
  /** Each is a whole answer. */
  longpoll: [BEGIN, '11,314,data04,MQ=='],
  poll: [BEGIN, '11,314,data04,MQ==', ''],
  /** The first stream behind one that was cut: Twisted fails to end that one, and writes why into this. */
  afterCut: `${PADDING}<html><head><title>web.Server Traceback (most recent call last)</title></head>`,
  /** The one behind it: what was not confirmed, and what came meanwhile. */
  afterThat: `${PADDING}11,414,data016,aMOpbGxvIOKckwD/11,514,data08,bG9zdD8=`,
  /** The answers of the proxy that say no; the stream ends behind them. */
  unauthorized: `${PADDING}${BEGIN}11,314,data08,MDEwNg==11,415,close014,loseConnection`,
  refused: `${PADDING}${BEGIN}11,314,data08,MDEwOA==11,415,close014,loseConnection`,
  invalid: `${PADDING}${BEGIN}11,314,data08,MDEwMg==11,415,close014,loseConnection`,
} as const;
