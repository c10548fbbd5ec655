// Streamed answers of language models, written after the published formats of each service.

export interface LlmTranscript {
  readonly name: string;
  /** The heading in docs/llm.md under which the code stands that reads it. */
  readonly section: string;
  readonly contentType: string;
  readonly text: string;
  /** What the code tells: `print: …`, `tool: NAME INPUT`, `show: …`, and `error: …` where it throws. */
  readonly tells: readonly string[];
}

interface Typed {
  readonly type: string;
  readonly [key: string]: unknown;
}

const EVENT_STREAM = 'text/event-stream; charset=utf-8';

/** Events without names, and what else is given as it stands. */
function unnamed(...values: readonly (object | string)[]): string {
  return values
    .map((value) => (typeof value === 'string' ? value : `data: ${JSON.stringify(value)}\n\n`))
    .join('');
}

/** Events that are named by their `type`. */
function named(...values: readonly Typed[]): string {
  return values.map((value) => `event: ${value.type}\ndata: ${JSON.stringify(value)}\n\n`).join('');
}

const DONE = 'data: [DONE]\n\n';

function chunk(delta: object, finish_reason: string | null = null, more: object = {}): object {
  return {
    id: 'chatcmpl-A1b2C3',
    object: 'chat.completion.chunk',
    created: 1_790_000_000,
    model: 'some-model',
    choices: [{ index: 0, delta, logprobs: null, finish_reason }],
    usage: null,
    ...more,
  };
}

const chatUsage = chunk({}, null, {
  choices: [],
  usage: { prompt_tokens: 9, completion_tokens: 3, total_tokens: 12 },
});

function toolPiece(index: number, piece: object, id?: string): object {
  return chunk({
    tool_calls: [{ index, ...(id !== undefined && { id, type: 'function' }), function: piece }],
  });
}

const chat = [
  {
    name: 'text, a chunk with the usage and no choices, and [DONE]',
    text: unnamed(
      chunk({ role: 'assistant', content: '', refusal: null }),
      ': PROCESSING\n\n',
      chunk({ content: 'Ice ' }),
      chunk({ content: 'and dust \u2604\ufe0f.' }),
      chunk({}, 'stop'),
      chatUsage,
      DONE,
    ),
    tells: ['print: Ice ', 'print: and dust \u2604\ufe0f.', 'show: 12'],
  },
  {
    name: 'two tool calls in pieces, one inside the other',
    text: unnamed(
      chunk({ role: 'assistant', content: null }),
      toolPiece(0, { name: 'look_up', arguments: '' }, 'call_1'),
      toolPiece(0, { arguments: '{"name":"2P/' }),
      toolPiece(1, { name: 'now', arguments: '' }, 'call_2'),
      toolPiece(0, { arguments: 'Encke"}' }),
      toolPiece(1, { arguments: '{}' }),
      chunk({}, 'tool_calls'),
      DONE,
    ),
    tells: ['tool: look_up {"name":"2P/Encke"}', 'tool: now {}'],
  },
  {
    name: 'a whole tool call in the last chunk, as some services send it, without input and with another reason to finish',
    text: unnamed(
      chunk({ role: 'assistant', content: '' }),
      chunk({ tool_calls: [{ index: 0, id: 'call_1', function: { name: 'now', arguments: '' } }] }, 'stop'),
      DONE,
    ),
    tells: ['tool: now {}'],
  },
  {
    name: 'an error that is a text',
    text: unnamed(chunk({ content: 'Ice ' }), { error: 'The model was unloaded.' }),
    tells: ['print: Ice ', 'error: The model was unloaded.'],
  },
  {
    name: 'an error in the middle',
    text: unnamed(chunk({ content: 'Ice ' }), {
      error: { message: 'The server had an error.', type: 'server_error', param: null, code: null },
    }),
    tells: ['print: Ice ', 'error: The server had an error.'],
  },
].map((transcript) => ({ ...transcript, section: 'OpenAI: chat completions', contentType: EVENT_STREAM }));

const item = { id: 'fc_1', type: 'function_call', call_id: 'call_1', name: 'look_up' };

const responses = [
  {
    name: 'text between other events, and the usage',
    text: named(
      {
        type: 'response.created',
        sequence_number: 0,
        response: { id: 'resp_1', status: 'in_progress' },
      },
      { type: 'response.output_item.added', output_index: 0, item: { id: 'msg_1', type: 'message' } },
      { type: 'response.output_text.delta', item_id: 'msg_1', content_index: 0, delta: 'Ice ' },
      { type: 'response.output_text.delta', item_id: 'msg_1', content_index: 0, delta: 'and dust.' },
      { type: 'response.output_text.done', item_id: 'msg_1', text: 'Ice and dust.' },
      { type: 'response.output_item.done', output_index: 0, item: { id: 'msg_1', type: 'message' } },
      { type: 'response.completed', response: { status: 'completed', usage: { total_tokens: 12 } } },
    ),
    tells: ['print: Ice ', 'print: and dust.', 'show: 12'],
  },
  {
    name: 'a tool call in pieces',
    text: named(
      { type: 'response.output_item.added', output_index: 0, item: { ...item, arguments: '' } },
      { type: 'response.function_call_arguments.delta', item_id: 'fc_1', delta: '{"name":' },
      { type: 'response.function_call_arguments.delta', item_id: 'fc_1', delta: '"2P/Encke"}' },
      { type: 'response.function_call_arguments.done', item_id: 'fc_1', arguments: '{"name":"2P/Encke"}' },
      { type: 'response.output_item.done', item: { ...item, arguments: '{"name":"2P/Encke"}' } },
    ),
    tells: ['tool: look_up {"name":"2P/Encke"}'],
  },
  {
    name: 'an error in the middle',
    text: named(
      { type: 'response.output_text.delta', delta: 'Ice ' },
      { type: 'error', code: 'rate_limit_exceeded', message: 'Too many tokens.', param: null },
    ),
    tells: ['print: Ice ', 'error: Too many tokens.'],
  },
  {
    name: 'a response that failed',
    text: named({
      type: 'response.failed',
      response: { status: 'failed', error: { code: 'server_error', message: 'No more.' } },
    }),
    tells: ['error: No more.'],
  },
].map((transcript) => ({ ...transcript, section: 'OpenAI: responses', contentType: EVENT_STREAM }));

const message = { id: 'msg_1', type: 'message', role: 'assistant', content: [], usage: { input_tokens: 9 } };
const ping = { type: 'ping' };

function block(index: number, content_block: object): Typed {
  return { type: 'content_block_start', index, content_block };
}

function delta(index: number, piece: object): Typed {
  return { type: 'content_block_delta', index, delta: piece };
}

function stopOf(index: number): Typed {
  return { type: 'content_block_stop', index };
}

const anthropic = [
  {
    name: 'text and pings',
    text: named(
      { type: 'message_start', message },
      block(0, { type: 'text', text: '' }),
      ping,
      delta(0, { type: 'text_delta', text: 'Ice ' }),
      ping,
      delta(0, { type: 'text_delta', text: 'and dust.' }),
      stopOf(0),
      { type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 3 } },
      { type: 'message_stop' },
    ),
    tells: ['print: Ice ', 'print: and dust.', 'show: 3'],
  },
  {
    name: 'a tool call in pieces behind text, and one without input',
    text: named(
      { type: 'message_start', message },
      block(0, { type: 'text', text: '' }),
      delta(0, { type: 'text_delta', text: 'Let me look.' }),
      stopOf(0),
      block(1, { type: 'tool_use', id: 'toolu_1', name: 'look_up', input: {} }),
      delta(1, { type: 'input_json_delta', partial_json: '' }),
      delta(1, { type: 'input_json_delta', partial_json: '{"name": "2P' }),
      ping,
      delta(1, { type: 'input_json_delta', partial_json: '/Encke"}' }),
      stopOf(1),
      block(2, { type: 'tool_use', id: 'toolu_2', name: 'now', input: {} }),
      stopOf(2),
      { type: 'message_delta', delta: { stop_reason: 'tool_use' }, usage: { output_tokens: 8 } },
      { type: 'message_stop' },
    ),
    tells: ['print: Let me look.', 'tool: look_up {"name":"2P/Encke"}', 'tool: now {}', 'show: 8'],
  },
  {
    name: 'an error in the middle',
    text: named(
      { type: 'message_start', message },
      block(0, { type: 'text', text: '' }),
      delta(0, { type: 'text_delta', text: 'Ice ' }),
      { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } },
    ),
    tells: ['print: Ice ', 'error: Overloaded'],
  },
].map((transcript) => ({ ...transcript, section: 'Anthropic', contentType: EVENT_STREAM }));

function candidate(parts: readonly object[], more: object = {}): object {
  return {
    candidates: [{ content: { parts, role: 'model' }, index: 0, ...more }],
    usageMetadata: { promptTokenCount: 9, totalTokenCount: 12 },
    modelVersion: 'some-model',
  };
}

const geminiAnswers = [
  {
    name: 'text and a tool call',
    values: [
      candidate([{ text: 'Ice ' }]),
      candidate([{ text: 'and "dust", [more] {or} less.' }]),
      candidate([{ functionCall: { name: 'look_up', args: { name: '2P/Encke' } } }], {
        finishReason: 'STOP',
      }),
    ],
    tells: [
      'print: Ice ',
      'print: and "dust", [more] {or} less.',
      'tool: look_up {"name":"2P/Encke"}',
      'show: 12',
    ],
  },
  {
    name: 'a prompt that was blocked: no candidates',
    values: [{ promptFeedback: { blockReason: 'SAFETY' }, usageMetadata: { totalTokenCount: 9 } }],
    tells: [],
  },
  {
    name: 'an error in the middle',
    values: [
      candidate([{ text: 'Ice ' }]),
      { error: { code: 503, message: 'The model is overloaded.', status: 'UNAVAILABLE' } },
    ],
    tells: ['print: Ice ', 'error: The model is overloaded.'],
  },
];

const gemini = geminiAnswers.flatMap(({ name, values, tells }) => [
  { name: `${name}, as an event stream`, contentType: 'text/event-stream', text: unnamed(...values), tells },
  {
    name: `${name}, as a JSON array`,
    contentType: 'application/json; charset=UTF-8',
    // The comma comes with the next element only.
    text: `[${values.map((value) => JSON.stringify(value, null, 2)).join('\n,\r\n')}\n]\n`,
    tells,
  },
]);

function line(value: object): string {
  return `${JSON.stringify({ model: 'some-model', created_at: '2026-01-02T03:04:05Z', ...value })}\n`;
}

function said(content: string, more: object = {}): { message: object; done: boolean } {
  return { message: { role: 'assistant', content, ...more }, done: false };
}

const ollama = [
  {
    name: 'text',
    text:
      line(said('Ice ')) +
      line(said('and dust.')) +
      line({ ...said(''), done: true, done_reason: 'stop', total_duration: 5_000_000, eval_count: 3 }),
    tells: ['print: Ice ', 'print: and dust.', 'show: 3'],
  },
  {
    name: 'a tool call',
    text:
      line(said('', { tool_calls: [{ function: { name: 'look_up', arguments: { name: '2P/Encke' } } }] })) +
      line({ ...said(''), done: true, done_reason: 'stop', eval_count: 8 }),
    tells: ['tool: look_up {"name":"2P/Encke"}', 'show: 8'],
  },
  {
    name: 'an error in the middle',
    text: `${line(said('Ice '))}{"error":"an error was encountered while running the model"}\n`,
    tells: ['print: Ice ', 'error: an error was encountered while running the model'],
  },
].map((transcript) => ({ ...transcript, section: 'Ollama', contentType: 'application/x-ndjson' }));

const aiSdk = [
  {
    name: 'text, a part of its own, and [DONE]',
    text: unnamed(
      { type: 'start', messageId: 'msg_1' },
      { type: 'start-step' },
      { type: 'text-start', id: 'txt_1' },
      { type: 'text-delta', id: 'txt_1', delta: 'Ice ' },
      { type: 'text-delta', id: 'txt_1', delta: 'and dust.' },
      { type: 'text-end', id: 'txt_1' },
      { type: 'data-usage', data: { tokens: 12 } },
      { type: 'finish-step' },
      { type: 'finish' },
      DONE,
    ),
    tells: ['print: Ice ', 'print: and dust.', 'show: 12'],
  },
  {
    name: 'a tool call in pieces',
    text: unnamed(
      { type: 'tool-input-start', toolCallId: 'call_1', toolName: 'look_up' },
      { type: 'tool-input-delta', toolCallId: 'call_1', inputTextDelta: '{"name":' },
      { type: 'tool-input-delta', toolCallId: 'call_1', inputTextDelta: '"2P/Encke"}' },
      {
        type: 'tool-input-available',
        toolCallId: 'call_1',
        toolName: 'look_up',
        input: { name: '2P/Encke' },
      },
      DONE,
    ),
    tells: ['tool: look_up {"name":"2P/Encke"}'],
  },
  {
    name: 'an error in the middle',
    text: unnamed(
      { type: 'text-delta', id: 'txt_1', delta: 'Ice ' },
      { type: 'error', errorText: 'An error occurred.' },
      DONE,
    ),
    tells: ['print: Ice ', 'error: An error occurred.'],
  },
].map((transcript) => ({
  ...transcript,
  section: "The AI SDK's UI message stream",
  contentType: EVENT_STREAM,
}));

const result = { jsonrpc: '2.0', id: 1, result: { content: [{ type: 'text', text: 'Ice and dust.' }] } };
const failure = { jsonrpc: '2.0', id: 1, error: { code: -32_602, message: 'Unknown tool' } };

const mcp = [
  {
    name: 'notifications and requests of the server, then the result',
    contentType: EVENT_STREAM,
    text: [
      { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1, message: 'Looking' } },
      { jsonrpc: '2.0', id: 1, method: 'ping' },
      result,
    ]
      .map((value, index) => `id: ${String(index)}\nevent: message\ndata: ${JSON.stringify(value)}\n\n`)
      .join(''),
    tells: ['print: Looking', 'show: Ice and dust.'],
  },
  {
    name: 'an error behind a notification',
    contentType: EVENT_STREAM,
    text: unnamed(
      { jsonrpc: '2.0', method: 'notifications/progress', params: { progress: 1, message: 'Looking' } },
      failure,
    ),
    tells: ['print: Looking', 'error: Unknown tool'],
  },
  {
    name: 'the result as JSON',
    contentType: 'application/json',
    text: JSON.stringify(result),
    tells: ['show: Ice and dust.'],
  },
  {
    name: 'an error as JSON',
    contentType: 'application/json',
    text: JSON.stringify(failure),
    tells: ['error: Unknown tool'],
  },
].map((transcript) => ({ ...transcript, section: 'MCP: streamable HTTP' }));

export const llmTranscripts: readonly LlmTranscript[] = [
  ...chat,
  ...responses,
  ...anthropic,
  ...gemini.map((transcript) => ({ ...transcript, section: 'Gemini' })),
  ...ollama,
  ...aiSdk,
  ...mcp,
];
